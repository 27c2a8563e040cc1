"""An intake portal in three small files: a citizen fills in the official form, gets a
receipt, and looks the status up. Start it as README.md says."""

import json
import os
import sys
import uuid
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl

import api
import pages

OFFICE = api.Office(
    os.environ.get("DISCLOSURE_URL", "http://127.0.0.1:8000"),
    os.environ.get("DISCLOSURE_KEY", ""),
)
AGENCY = os.environ.get("DISCLOSURE_AGENCY", "530000")
SECRET = os.environ.get("DISCLOSURE_SECRET", "")
SHANGHAI = timezone(timedelta(hours=8))
MOST_BYTES = 100_000
#: id of a callback → what it told; a repeat has the same id
NEWS: dict[str, dict] = {}


def today() -> str:
    """Drawn with the form and sent with it: after midnight it is still the same body."""
    return datetime.now(SHANGHAI).date().isoformat()


class Portal(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/":
            self.show(pages.form({"day": today()}, str(uuid.uuid4()), {}))
        elif self.path == "/status":
            self.show(pages.ask())
        else:
            self.show(pages.page("没有此页", ""), 404)

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        if length > MOST_BYTES:
            self.show(pages.page("内容过长", ""), 413)
            return
        body = self.rfile.read(length)
        if self.path == "/callback":
            self.hear(body)
            return
        given = dict(parse_qsl(body.decode("utf-8", "replace")))
        try:
            self.status(given) if self.path == "/status" else self.submit(given)
        except api.Away:
            self.show(pages.away(), 503)

    def submit(self, given: dict[str, str]) -> None:
        key = given.get("key") or str(uuid.uuid4())
        applicant = {name: given[name] for name in pages.FIELDS if given.get(name)}
        form = {
            "agency": AGENCY,
            "channel": "online",
            "channel_detail": "web",
            "submitted_at": given.get("day") or today(),
            "applicant": {"kind": given.get("kind", ""), **applicant},
            "subject": given.get("subject", ""),
            "portal_reference": key,
            **{name: given[name] for name in pages.WISHES if given.get(name)},
        }
        try:
            told = OFFICE.hand_in(form, key)
        except api.Refused as refused:
            faults = refused.faults or {"": str(refused)}
            self.show(pages.form(given, key, faults), 400)
        else:
            self.show(pages.receipt(told))

    def status(self, given: dict[str, str]) -> None:
        reference = given.get("reference", "").strip()
        try:
            told = OFFICE.look_up(reference, given.get("query_code", "").strip())
        except api.Refused:
            self.show(pages.ask("编号或查询码不符"), 404)
        else:
            news = [
                (one["on"], one["type"].removeprefix("request."))
                for one in NEWS.values()
                if one.get("request", {}).get("reference") == told["reference"]
            ]
            self.show(pages.status(told, news))

    def hear(self, body: bytes) -> None:
        """A callback: genuine ones are kept, and heard once however often they come."""
        if not SECRET or not api.is_genuine(self.headers, body, SECRET):
            self.send_error(401)
            return
        told = json.loads(body)
        NEWS.setdefault(told["id"], told)
        self.send_response(204)
        self.end_headers()

    def show(self, html: str, status: int = 200) -> None:
        content = html.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.send_header(
            "Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'"
        )
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args) -> None:
        """What citizens send is nobody's log's business."""


def main() -> None:
    if not OFFICE.key:
        sys.exit("DISCLOSURE_KEY is needed: manage.py create_portal NAME --agency CODE")
    port = int(os.environ.get("PORT") or 8100)
    server = ThreadingHTTPServer(("127.0.0.1", port), Portal)
    sys.stdout.write(f"http://127.0.0.1:{port}/\n")  # said once it can be called
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    main()
