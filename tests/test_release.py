"""Which software this is."""

from pathlib import Path

import pytest
from django.conf import settings

from disclosure.release import release

PROJECT = '[project]\nname = "disclosure"\nversion = "1.2.3"\n'


@pytest.mark.parametrize(
    ("commit", "told"),
    [("", "1.2.3"), ("0123456789abcdef0123456789abcdef01234567", "1.2.3+0123456789ab")],
)
def test_the_version_and_the_commit_if_it_is_known(tmp_path, commit, told):
    project = tmp_path / "pyproject.toml"
    project.write_text(PROJECT)
    assert release(Path(project), commit) == told


def test_the_running_product_knows_its_own():
    assert settings.RELEASE.partition("+")[0] == "0.1.0"
