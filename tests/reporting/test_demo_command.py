"""What the demo says before it works: a port that cannot be served."""

import socket

import pytest
from django.core.management import CommandError, call_command


def refused() -> str:
    with pytest.raises(CommandError) as told:
        call_command("demo")
    return str(told.value)


def test_a_port_in_use_is_told_before_anything_is_loaded(monkeypatch):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))
        assert refused() == (
            f"端口 {port} 已被占用，请换一个：PORT={port + 1} make demo "
            f"(port {port} is in use; choose another)"
        )


@pytest.mark.parametrize("told", ["http", "0", "65536", "-1", "80.5"])
def test_what_is_no_port_is_named(monkeypatch, told):
    monkeypatch.setenv("PORT", told)
    assert refused() == (
        f"PORT={told} 不是端口号，请给出 1 到 65535 之间的数 (not a port number)"
    )
