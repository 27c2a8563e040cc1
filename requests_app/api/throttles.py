"""So many calls a minute, counted in the database, so that all web processes share it."""

import time

from django.utils.crypto import salted_hmac
from rest_framework.throttling import BaseThrottle

from requests_app.models.throttle import ThrottleCount

WINDOW = 60  # seconds


class PerMinute(BaseThrottle):
    """`Retry-After` is honest: at that second the next window begins."""

    scope = "anyone"
    calls_per_minute = 600
    waiting = 0.0

    def allow_request(self, request, view) -> bool:
        now = time.time()
        window, passed = divmod(now, WINDOW)
        self.waiting = WINDOW - passed
        made = ThrottleCount.count(self.caller(request), int(window))
        most = self.most(request)
        if made > most + 1:
            view.is_noted = False  # the log has the first refusal of a window
        return made <= most

    def wait(self) -> float:
        return self.waiting

    def most(self, request) -> int:
        return self.calls_per_minute

    def caller(self, request) -> str:
        """A caller without an account is known by the address."""
        if request.user.is_authenticated:
            return f"{self.scope}:{request.user._meta.model_name}:{request.user.pk}"
        return self.address(request)

    def address(self, request) -> str:
        """Kept as a keyed hash."""
        told = salted_hmac("throttle", self.get_ident(request)).hexdigest()
        return f"{self.scope}:{told}"


class OfStrangers(PerMinute):
    """Keys and sessions that are none, by the address that shows them; whoever shows a
    good one from there is let in all the same."""

    scope = "stranger"
    calls_per_minute = 60

    def caller(self, request) -> str:
        return self.address(request)


class PerCaller(PerMinute):
    """A portal's own limit; staff as anyone."""

    scope = "caller"

    def most(self, request) -> int:
        return getattr(request.user, "per_minute", self.calls_per_minute)


class PerAddress(PerMinute):
    """Where no key is needed: so many an address. A portal that calls for its citizens,
    and shows its key, has its own limit instead."""

    def allow_request(self, request, view) -> bool:
        self.portal = PerCaller() if request.user.is_authenticated else None
        if self.portal is not None:
            return self.portal.allow_request(request, view)
        return super().allow_request(request, view)

    def wait(self) -> float:
        return self.portal.wait() if self.portal is not None else super().wait()
