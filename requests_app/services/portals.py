"""Portals: opening, keys that are shown once and rotated with overlap, closing at once."""

import hashlib
import secrets
from collections.abc import Collection, Iterable
from datetime import timedelta

from django.db import transaction

from requests_app.dependencies import Dependencies
from requests_app.domain.regimes import NotAllowed
from requests_app.models import Agency
from requests_app.models.portals import Operation, Portal, PortalKey, by_default

PREFIX = "dpk_"  # so that a leaked key is known for what it is
OVERLAP = timedelta(days=7)
MOST_PER_MINUTE = 10**9


@transaction.atomic
def create(
    *,
    name: str,
    codes: Iterable[str],
    operations: Collection[str] = (),
    per_minute: int = 600,
    deps: Dependencies,
) -> tuple[Portal, str]:
    """The portal and its key, which is kept nowhere; NotAllowed for what cannot be."""
    agencies = named(codes)
    if not name.strip():
        raise NotAllowed("平台须有名称 (a portal needs a name)")
    if not 1 <= per_minute <= MOST_PER_MINUTE:
        raise NotAllowed(
            f"每分钟次数应在 1 至 {MOST_PER_MINUTE} 之间 (calls a minute out of bounds)"
        )
    if Portal.objects.filter(name=name.strip()).exists():
        raise NotAllowed(f"已有平台 {name} (the name is taken)")
    unknown = sorted(set(operations) - set(Operation.values))
    if unknown:
        known = "、".join(Operation.values)
        raise NotAllowed(
            f"没有操作 {'、'.join(unknown)}，可用：{known} (no such operation)"
        )
    portal = Portal.objects.create(
        name=name.strip(),
        operations=sorted(operations) or by_default(),
        per_minute=per_minute,
        created_at=deps.clock.now(),
    )
    portal.agencies.set(agencies)
    return portal, new_key(portal, deps)


def named(codes: Iterable[str]) -> list[Agency]:
    codes = set(codes)
    if not codes:
        raise NotAllowed("平台须有可受理机关 (a portal needs an agency)")
    found = list(Agency.objects.filter(code__in=codes))
    missing = sorted(codes - {agency.code for agency in found})
    if missing:
        raise NotAllowed(f"没有机关 {'、'.join(missing)} (no such agency)")
    return found


@transaction.atomic
def rotate(portal: Portal, *, overlap: timedelta = OVERLAP, deps: Dependencies) -> str:
    """A new key; those there are go on for the overlap, and not longer than they would."""
    until = deps.clock.now() + overlap
    portal.keys.filter(expires_at=None).update(expires_at=until)
    portal.keys.filter(expires_at__gt=until).update(expires_at=until)
    return new_key(portal, deps)


def disable(portal: Portal, *, deps: Dependencies) -> None:
    """From the next call on none of its keys is valid."""
    portal.disabled_at = deps.clock.now()
    portal.save(update_fields=["disabled_at"])


def enable(portal: Portal) -> None:
    """With the keys it had, as far as they have not expired."""
    portal.disabled_at = None
    portal.save(update_fields=["disabled_at"])


def new_key(portal: Portal, deps: Dependencies) -> str:
    key = PREFIX + secrets.token_urlsafe(32)
    PortalKey.objects.create(
        portal=portal, hash=hashed(key), created_at=deps.clock.now()
    )
    return key


def holder_of(key: str, *, deps: Dependencies) -> Portal | None:
    valid = PortalKey.objects.valid(deps.clock.now()).filter(hash=hashed(key))
    keys = valid.select_related("portal__callback")
    return next((found.portal for found in keys), None)


def hashed(key: str) -> str:
    """256 random bits need no slow hash."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
