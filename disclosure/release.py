"""Which software this is, as everything that is signed names it."""

import tomllib
from pathlib import Path

SHOWN = 12  # of a commit's digits


def release(project: Path, commit: str) -> str:
    """The version that the project states, and the commit it was built from, if given."""
    version = tomllib.loads(project.read_text())["project"]["version"]
    return f"{version}+{commit[:SHOWN]}" if commit else version
