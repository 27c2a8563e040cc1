"""`python tools/probe.py [URL]`: exit 0 when the web process says that it is ready.
For the image's HEALTHCHECK, which has no curl."""

import sys
import urllib.error
import urllib.request

HERE = "http://127.0.0.1:8000/readyz"


def main(url: str = HERE) -> int:
    try:
        with urllib.request.urlopen(url, timeout=7) as answer:
            told, status = answer.read().decode(), answer.status
    except urllib.error.HTTPError as error:
        told, status = error.read().decode(), error.code
    except OSError as error:
        told, status = str(error), 0
    sys.stdout.write(f"{told}\n")
    return 0 if status == 200 else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
