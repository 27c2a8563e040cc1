"""A text column that is encrypted at rest (AES-256-GCM, column as associated data)."""

import base64
import hashlib
import os
from functools import cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

NONCE = 12  # bytes, as GCM wants them


@cache
def key_of(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


@cache
def key_id(secret: str) -> str:
    return hashlib.sha256(b"id" + key_of(secret)).hexdigest()[:8]


class EncryptedTextField(models.TextField):
    """Stored as `KEYID:BASE64`; the first of FIELD_ENCRYPTION_KEYS encrypts, any reads.

    Raises KeyError when the key of a stored value is no longer among the settings.
    """

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        if not value:
            return value
        secret = settings.FIELD_ENCRYPTION_KEYS[0]
        nonce = os.urandom(NONCE)
        sealed = AESGCM(key_of(secret)).encrypt(nonce, value.encode(), self._column())
        return f"{key_id(secret)}:{base64.b64encode(nonce + sealed).decode()}"

    def from_db_value(self, value, expression, connection):
        if not value:
            return value
        name, sealed = value.split(":", 1)
        secret = {key_id(s): s for s in settings.FIELD_ENCRYPTION_KEYS}[name]
        raw = base64.b64decode(sealed)
        plain = AESGCM(key_of(secret)).decrypt(raw[:NONCE], raw[NONCE:], self._column())
        return plain.decode()

    def _column(self) -> bytes:
        return f"{self.model._meta.db_table}.{self.column}".encode()
