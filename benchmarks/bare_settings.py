"""The product's settings, with the views of `bare.py` beside it and its numbers."""

from disclosure.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.bare_urls"
WIREUP = WireupSettings(injectables=["benchmarks.bare"], auto_inject_views=False)  # noqa: F405
