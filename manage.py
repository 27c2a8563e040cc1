#!/usr/bin/env python
import sys

from disclosure.commands import main

if __name__ == "__main__":
    main(sys.argv)
