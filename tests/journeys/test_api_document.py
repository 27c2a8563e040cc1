"""Every command of docs/api.md, run by a shell against the real API."""

import os
import re
import subprocess
from pathlib import Path
from shutil import which

import pytest
from django.utils import timezone

from requests_app.models import Agency, DisclosureRequest
from requests_app.services import portals
from requests_app.services.agencies import place

DOCUMENT = Path(__file__).parent.parent.parent / "docs" / "api.md"


@pytest.mark.skipif(which("curl") is None, reason="needs curl")
def test_every_command_of_the_document_works(
    committed, live_server, deps, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path / "media"
    place(Agency(code="530000", name="云南省人民政府", kind="government"), on=None)
    _, key = portals.create(name="我的平台", codes=["530000"], deps=deps)
    blocks = re.findall(r"```sh\n(.*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL)
    ran = subprocess.run(
        ["bash", "-e", "-c", "\n".join(blocks)],
        cwd=tmp_path,
        env=os.environ | {"URL": live_server.url, "KEY": key},
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    made = DisclosureRequest.objects.get()
    assert (made.outcome, made.replied_on) == ("withdrawn", timezone.localdate())
    refused = re.findall(r'"urn:disclosure:problem:(\w+)"', ran.stdout)
    assert refused == ["invalid", "refused", "conflict"]
    told = ("Idempotent-Replayed: true", '"name":"identity.pdf"', '"2018-03-06"')
    assert [words for words in told if words not in ran.stdout] == []
