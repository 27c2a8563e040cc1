"""The product's own web server (granian, as docker-compose.yml starts it) as processes of
its own, on a database that may go away without anybody stopping PostgreSQL."""

import contextlib
import os
import select
import shlex
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import yaml
from django.db import connection

ROOT = Path(__file__).parent.parent


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def command(port: int) -> list[str]:
    """As the compose file has it, but one process, on this port of this machine."""
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    program, *words = shlex.split(compose["services"]["web"]["command"])
    words[words.index("--workers") + 1] = "1"
    words[words.index("--port") + 1] = str(port)
    words[words.index("--host") + 1] = "127.0.0.1"
    return [str(Path(sys.executable).parent / program), *words]


@contextlib.contextmanager
def serving(database_port: int | None = None) -> Iterator[str]:
    """A web process on the test's database; its address."""
    database = dict(connection.settings_dict)
    database["PORT"] = database_port or database["PORT"]
    url = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**database)
    port = free_port()
    environment = os.environ | {"DATABASE_URL": url, "REDIS_URL": "", "DEBUG": "1"}
    process = subprocess.Popen(
        command(port), cwd=ROOT, env=environment,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        answers(port, process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(20)


def answers(port: int, process, seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        assert process.poll() is None, "the server ended"
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        time.sleep(0.1)
    raise AssertionError("the server did not start")


class Wire:
    """A way to the database that can be cut and mended."""

    def __init__(self) -> None:
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port = self.server.getsockname()[1]
        self.whole = True
        self.open: set[socket.socket] = set()
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self.server.accept()
                if self.whole:
                    threading.Thread(
                        target=self.carry, args=(near,), daemon=True
                    ).start()
                else:
                    near.close()

    def carry(self, near: socket.socket) -> None:
        database = connection.settings_dict
        address = (database["HOST"] or "127.0.0.1", int(database["PORT"] or 5432))
        with near, socket.create_connection(address) as far:
            self.open |= {near, far}
            with contextlib.suppress(OSError, ValueError):
                while True:
                    for end in select.select([near, far], [], [])[0]:
                        told = end.recv(65536)
                        if not told:
                            return
                        (far if end is near else near).sendall(told)

    def cut(self) -> None:
        self.whole = False
        for end in list(self.open):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        self.open.clear()

    def mend(self) -> None:
        self.whole = True

    def close(self) -> None:
        self.cut()
        self.server.close()
