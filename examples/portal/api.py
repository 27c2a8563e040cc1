"""Calling the disclosure API (docs/api.md) with nothing but the standard library."""

import base64
import hmac
import http.client
import json
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any

#: still at work, too many calls, away for the moment, a gateway without an answer
RETRIED = {409, 429, 502, 503, 504}
TRIES = 4
TOLERANCE = 300  # seconds that a callback's timestamp may be off


class Away(Exception):
    """The office could not be reached; the same call may be made again later."""


class Refused(Exception):
    """A problem document (RFC 9457): what was wrong, by field."""

    def __init__(self, problem: dict[str, Any]) -> None:
        super().__init__(problem.get("detail", ""))
        self.problem = problem
        self.faults = {
            fault["pointer"]: fault["detail"] for fault in problem.get("errors", [])
        }


@dataclass(frozen=True)
class Office:
    url: str
    key: str

    def hand_in(self, form: dict[str, Any], idempotency_key: str) -> dict[str, Any]:
        """Registered and answered. With the same key it is the same request, however often
        this is called: keep the key until there is an answer."""
        headers = {
            "Authorization": f"Bearer {self.key}",
            "Idempotency-Key": idempotency_key,
        }
        return self.post("requests/", form, headers)

    def look_up(self, reference: str, query_code: str) -> dict[str, Any]:
        """What the applicant may know. With the key all our citizens together have the
        portal's own limit, and not that of one address."""
        asked = {"reference": reference, "query_code": query_code}
        return self.post("lookup/", asked, {"Authorization": f"Bearer {self.key}"})

    def post(self, path: str, body: dict, headers: dict[str, str]) -> dict[str, Any]:
        for attempt in range(TRIES):
            call = urllib.request.Request(
                f"{self.url}/api/v1/{path}",
                json.dumps(body).encode(),
                {"Content-Type": "application/json", **headers},
            )
            try:
                with urllib.request.urlopen(call, timeout=30) as answer:
                    return json.load(answer)
            except urllib.error.HTTPError as error:
                problem = told_by(error)
                if error.code not in RETRIED or "reference" in problem:
                    raise Refused(problem) from error
                wait = int(error.headers.get("Retry-After") or 1)
            except (OSError, http.client.HTTPException, ValueError):
                wait = 1  # no answer, or half of one: it may have been done, or not
            if attempt < TRIES - 1:
                time.sleep(min(wait * 2**attempt, 5))
        raise Away


def told_by(error: urllib.error.HTTPError) -> dict[str, Any]:
    """The problem document; nothing where a gateway answered in the office's stead."""
    with error:
        try:
            return json.loads(error.read() or b"{}")
        except ValueError:
            return {}


def is_genuine(headers, body: bytes, secret: str) -> bool:
    """Whether a callback was signed with our secret, and lately."""
    key, at = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not at.isdigit() or abs(time.time() - int(at)) > TOLERANCE:
        return False
    raw = base64.b64decode(secret.removeprefix("whsec_"))
    mac = hmac.new(raw, f"{key}.{at}.".encode() + body, "sha256").digest()
    ours = "v1," + base64.b64encode(mac).decode()
    told = headers.get("webhook-signature", "").split(" ")
    return any(hmac.compare_digest(ours, theirs) for theirs in told)
