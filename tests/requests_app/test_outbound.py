"""A host that somebody else named is called only where it is public, or one of ours."""

import contextlib
import socket
import threading
import time
from contextlib import contextmanager
from ipaddress import ip_address, ip_network

import pytest

from requests_app.adapters import outbound
from requests_app.dependencies import Undelivered
from tests.receiver import listening

LOCAL = [ip_network("127.0.0.0/8")]


@pytest.fixture
def receiver():
    with listening() as receiver:
        yield receiver


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("240e::1", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1", False),
        ("fd00::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:8.8.8.8", True),
        ("2002:7f00:1::", False),
        ("2001:0:808:808::1", False),
        ("64:ff9b::7f00:1", False),
    ],
)
def test_public_addresses(address, public):
    assert outbound.is_public(ip_address(address)) is public


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "0177.0.0.1", "[::1]"],
)
def test_this_machine_is_not_called_however_it_is_spelt(host):
    with listening() as receiver:
        url = receiver.url.replace("127.0.0.1", host)
        with pytest.raises(Undelivered):
            outbound.post(url, b"{}", {}, [])
    assert receiver.raw == []


def test_a_network_of_ours_is_called(receiver):
    assert outbound.post(receiver.url, b"{}", {}, LOCAL) == 204


def test_a_redirect_is_not_followed(receiver):
    receiver.answers = [302]
    receiver.headers = {"Location": receiver.url}
    assert outbound.post(receiver.url, b"{}", {}, LOCAL) == 302
    assert len(receiver.raw) == 1


def test_a_public_host_needs_tls():
    with pytest.raises(Undelivered, match="https"):
        outbound.post("http://8.8.8.8/", b"", {}, LOCAL)


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_one_who_never_ends_is_left(scheme):
    began = time.monotonic()
    with dripping() as port, pytest.raises(Undelivered):
        url = f"{scheme}://127.0.0.1:{port}/"
        outbound.post(url, b"{}", {}, LOCAL, seconds=0.5)
    assert time.monotonic() - began < 4


@pytest.mark.parametrize("answer", [b"", b"\x00" * 99, b"HTTP/1.1 abc\r\n\r\n"])
def test_one_who_speaks_no_http_is_not_delivered_to(answer):
    with speaking([answer]) as port, pytest.raises(Undelivered):
        outbound.post(f"http://127.0.0.1:{port}/", b"{}", {}, LOCAL)


def test_a_name_that_nobody_has_is_not_delivered_to():
    with pytest.raises(Undelivered, match="无法解析"):
        outbound.post("https://nobody.invalid/", b"", {}, LOCAL)


@pytest.mark.parametrize(
    ("path", "most", "found"),
    [
        ("/report", 5, b"12345"),
        ("/report", 4, "超过"),
        ("/nowhere", 5, "HTTP 404"),
    ],
)
def test_what_is_fetched_is_bounded(receiver, path, most, found):
    receiver.served["/report"] = b"12345"
    url = receiver.url.replace("/callback", path)
    if isinstance(found, bytes):
        assert outbound.get(url, {}, LOCAL, most_bytes=most) == found
        return
    with pytest.raises(Undelivered, match=found):
        outbound.get(url, {}, LOCAL, most_bytes=most)


def test_this_machine_is_not_fetched_from(receiver):
    with pytest.raises(Undelivered, match="公网"):
        outbound.get(receiver.url, {}, [], most_bytes=9)
    assert receiver.asked == []


@contextmanager
def speaking(parts, pause=0.0):
    """Says its parts to whoever calls, one after the other."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve():
            with contextlib.suppress(OSError):
                caller, _ = server.accept()
                with caller:
                    caller.recv(65536)
                    for part in parts:
                        caller.sendall(part)
                        time.sleep(pause)

        thread = threading.Thread(target=serve)
        thread.start()
        yield server.getsockname()[1]
    thread.join()


def dripping():
    return speaking([b"H", b"T", b"T", b"P", *[b"/"] * 20], pause=0.15)
