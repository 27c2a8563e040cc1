"""The web process of docker-compose.yml: alive, ready, its own static files; and what it
says when the database is away."""

import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

from tests.journeys.stack import ROOT

pytestmark = pytest.mark.services
PATIENCE = 90  # seconds until a web process answers on a busy machine


def get(port, path):
    """(status, body)"""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as a:
            return a.status, a.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()


@pytest.fixture
def serve(stack):
    def start(**changed):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        stack.start("web", port=port, **changed)
        until = time.monotonic() + PATIENCE
        while True:
            try:
                assert get(port, "/healthz") == (200, b'{"alive": true}')
                return port
            except (urllib.error.URLError, ConnectionError):
                assert time.monotonic() < until, stack.said()
                time.sleep(0.2)

    return start


def test_it_is_ready_and_serves_its_static_files(stack, serve):
    stack.manage("collectstatic", "--noinput")
    port = serve()
    status, told = get(port, "/readyz")
    assert (status, json.loads(told)["faults"]) == (200, {})
    assert "redis" not in json.loads(told)["warnings"]
    style = stack.folder / "static" / "reporting" / "progress.js"
    assert get(port, "/static/reporting/progress.js") == (200, style.read_bytes())
    status, page = get(port, "/admin/login/")
    assert (status, b"csrfmiddlewaretoken" in page) == (200, True)
    probe = [sys.executable, "tools/probe.py", f"http://127.0.0.1:{port}/readyz"]
    assert subprocess.run(probe, cwd=ROOT, capture_output=True).returncode == 0


def test_without_its_database_it_lives_and_is_not_ready(stack, serve):
    port = serve(DATABASE_URL="postgres://nobody@127.0.0.1:1/nowhere")
    status, told = get(port, "/readyz")
    assert (status, json.loads(told)["faults"]) == (503, {"database": "unreachable"})
    probe = [sys.executable, "tools/probe.py", f"http://127.0.0.1:{port}/readyz"]
    assert subprocess.run(probe, cwd=ROOT, capture_output=True).returncode == 1
