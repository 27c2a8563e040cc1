"""The second factor of a member of staff, and where somebody signs in from."""

from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django_otp import match_token
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from requests_app.models import Staff

MUST_ENROL = "must_enrol"  # in the session: nothing else is open before
RECOVERY_CODES = 10


def address(request: HttpRequest) -> str:
    """Of the client, by as many proxies as the installation trusts."""
    trusted = settings.REST_FRAMEWORK["NUM_PROXIES"]
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if trusted and len(hops) >= trusted and hops[-trusted].strip():
        return hops[-trusted].strip()
    return request.META.get("REMOTE_ADDR", "")


def is_enrolled(user: Staff) -> bool:
    return TOTPDevice.objects.filter(user=user, confirmed=True).exists()


def is_required(user: Staff) -> bool:
    """By the installation, for some roles (SECOND_FACTOR_ROLES)."""
    wanted = settings.SECOND_FACTOR_ROLES
    return user.has_role(*wanted) or (user.is_superuser and "superuser" in wanted)


def is_right(user: Staff, code: str) -> bool:
    """A code of the authenticator, once; or a recovery code, which is used up."""
    return bool(code) and match_token(user, code) is not None


def begun(user: Staff) -> TOTPDevice:
    """The device to be confirmed by its first code; begun twice, it is the same."""
    device, _ = TOTPDevice.objects.get_or_create(
        user=user, confirmed=False, defaults={"name": "totp"}
    )
    return device


@transaction.atomic
def confirm(user: Staff, code: str) -> Sequence[str] | None:
    """The recovery codes, shown once; None for a wrong code."""
    device = TOTPDevice.objects.select_for_update().get(pk=begun(user).pk)
    if not code.isdecimal() or not device.verify_token(code):
        return None
    TOTPDevice.objects.filter(user=user, confirmed=True).delete()
    device.confirmed = True
    device.save()
    StaticDevice.objects.filter(user=user).delete()
    kept = StaticDevice.objects.create(user=user, name="recovery")
    codes = [StaticToken.random_token() for _ in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=kept, token=c) for c in codes)
    return codes


@transaction.atomic
def give_up(user: Staff) -> None:
    """The user with a code, or an administrator for somebody who lost the device."""
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()


def end_all_sessions(user: Staff) -> None:
    """Of every device: a session holds good for one round."""
    user.session_round += 1
    user.save(update_fields=["session_round"])
