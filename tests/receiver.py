"""A portal's end of a callback: a real HTTP server that keeps what it is sent, and answers
as it is told to."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Receiver:
    url: str = ""
    answers: list[int] = field(default_factory=list)  # then 204
    headers: dict[str, str] = field(default_factory=dict)  # of every answer
    raw: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    served: dict[str, bytes] = field(default_factory=dict)  # path → what is there
    asked: list[tuple[str, str]] = field(default_factory=list)  # (path, by which key)
    got: list[dict] = field(default_factory=list)  # what was answered with a success

    def take(self, headers, body: bytes) -> int:
        status = self.answers.pop(0) if self.answers else 204
        self.raw.append((headers, body))
        if status < 300:
            self.got.append(json.loads(body))
        return status


@contextmanager
def listening() -> Iterator[Receiver]:
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            self.send_response(receiver.take(headers, body))
            for name, value in receiver.headers.items():
                self.send_header(name, value)
            self.end_headers()

        def do_GET(self) -> None:
            told = receiver.served.get(self.path.partition("?")[0])
            receiver.asked.append((self.path, self.headers.get("Authorization", "")))
            self.send_response(200 if told is not None else 404)
            self.end_headers()
            self.wfile.write(told or b"")

        def log_message(self, *args) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver.url = f"http://127.0.0.1:{server.server_port}/callback?a=1"
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.05}
    )
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
