"""The SHA-256 of a JSON value: its keys sorted, in UTF-8."""

import hashlib
import json
from typing import Any


def canonical(told: Any) -> bytes:
    return json.dumps(told, ensure_ascii=False, sort_keys=True).encode()


def sha256(told: Any) -> str:
    return hashlib.sha256(canonical(told)).hexdigest()
