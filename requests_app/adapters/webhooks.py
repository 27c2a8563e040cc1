"""Callbacks to portals, signed as Standard Webhooks has it, so that ready-made libraries
can check them: `webhook-signature: v1,BASE64(HMAC-SHA256(secret, id.timestamp.body))`, and
another after a space for each older secret that still counts."""

import base64
import hmac
import json
from collections.abc import Mapping, Sequence
from typing import Any

from requests_app.adapters.outbound import Network, post
from requests_app.dependencies import Clock, Undelivered
from requests_app.models.callbacks import Callback


class WebhookCourier:
    def __init__(self, clock: Clock, networks: Sequence[Network] = ()) -> None:
        self.clock, self.networks = clock, networks

    def deliver(self, topic: str, key: str, payload: Mapping[str, Any]) -> None:
        callback = Callback.objects.filter(
            portal=payload["portal"], stopped_at=None, portal__disabled_at=None
        ).first()
        if callback is None:
            raise Undelivered("回调或平台已停用 (the callback is stopped)")
        body = json.dumps(payload["body"], ensure_ascii=False).encode()
        secrets = callback.secrets(self.clock.now())
        status = post(
            callback.url, body, self.headers(secrets, key, body), self.networks
        )
        if not 200 <= status < 300:
            raise Undelivered(f"HTTP {status}")

    def headers(self, secrets: Sequence[str], key: str, body: bytes) -> dict[str, str]:
        at = str(int(self.clock.now().timestamp()))
        return {
            "Content-Type": "application/json",
            "User-Agent": "disclosure-callback/1",
            "webhook-id": key,
            "webhook-timestamp": at,
            "webhook-signature": " ".join(
                signature(secret, key, at, body) for secret in secrets
            ),
        }


def signature(secret: str, key: str, at: str, body: bytes) -> str:
    raw = base64.b64decode(secret.removeprefix("whsec_"))
    mac = hmac.new(raw, f"{key}.{at}.".encode() + body, "sha256").digest()
    return "v1," + base64.b64encode(mac).decode()
