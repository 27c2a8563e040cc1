"""An HTTP call to a host that somebody else named (SSRF): the name is resolved once, every
address must be a public one, and the connection goes to the address that was looked at.
No redirect is followed, no proxy is asked, and the whole call has an end."""

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from requests_app.dependencies import Undelivered

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
SECONDS_A_STEP = 5
SECONDS_IN_ALL = 10
NAT64 = ipaddress.ip_network("64:ff9b::/96")


def post(
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    networks: Sequence[Network],
    *,
    seconds: float = SECONDS_IN_ALL,
) -> int:
    """The status answered. `networks` may be called though they are not public, and there
    without TLS too. Raises Undelivered."""
    with asked("POST", url, body, headers, networks, seconds) as answer:
        return answer.status


def get(
    url: str,
    headers: Mapping[str, str],
    networks: Sequence[Network],
    *,
    most_bytes: int,
    seconds: float = SECONDS_IN_ALL,
) -> bytes:
    """The body of a 200. Raises Undelivered, for one that is too large too."""
    with asked("GET", url, None, headers, networks, seconds) as answer:
        if answer.status != 200:
            raise Undelivered(f"HTTP {answer.status}")
        told = answer.read(most_bytes + 1)
    if len(told) > most_bytes:
        raise Undelivered(f"超过 {most_bytes} 字节 (too large)")
    return told


@contextlib.contextmanager
def asked(
    method: str,
    url: str,
    body: bytes | None,
    headers: Mapping[str, str],
    networks: Sequence[Network],
    seconds: float,
) -> Iterator[http.client.HTTPResponse]:
    parts = urlsplit(url)
    host = parts.hostname or ""
    tls = parts.scheme == "https"
    port = parts.port or (443 if tls else 80)
    address, ours = permitted(host, port, networks)
    if not (tls or ours):
        raise Undelivered("须用 https (https is needed)")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        with connected(host, port, address, tls=tls, seconds=seconds) as call:
            call.request(method, path, body, dict(headers))
            yield call.getresponse()
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise Undelivered(f"{type(error).__name__}: {error}") from error


def permitted(
    host: str, port: int, networks: Sequence[Network]
) -> tuple[Address, bool]:
    """The first address, and whether it lies in our networks; all must be permitted."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Undelivered(f"无法解析 {host} (no such host)") from error
    addresses = [ipaddress.ip_address(info[4][0]) for info in found]
    for address in addresses:
        if not (within(address, networks) or is_public(address)):
            raise Undelivered(f"{host} 不是公网地址 (not a public address)")
    return addresses[0], within(addresses[0], networks)


def within(address: Address, networks: Sequence[Network]) -> bool:
    return any(address in network for network in networks)


def is_public(address: Address) -> bool:
    """Not one of ours in another dress either: mapped, translated and tunnelled IPv4."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is not None:
            return is_public(inner)
        if address.teredo is not None or address in NAT64:
            return False
    return address.is_global and not address.is_multicast


@contextlib.contextmanager
def connected(
    host: str, port: int, address: Address, *, tls: bool, seconds: float
) -> Iterator[http.client.HTTPConnection]:
    """The certificate must be the host's though the address is called."""
    sock = socket.create_connection((str(address), port), timeout=SECONDS_A_STEP)

    def hang_up() -> None:
        with contextlib.suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)

    end = threading.Timer(seconds, hang_up)
    end.daemon = True
    end.start()
    try:
        if tls:
            context = ssl.create_default_context()
            sock = context.wrap_socket(
                sock, server_hostname=host, do_handshake_on_connect=False
            )
            sock.do_handshake()
        call = http.client.HTTPConnection(host, port, timeout=SECONDS_A_STEP)
        call.sock = sock
        yield call
    finally:
        end.cancel()
        sock.close()
