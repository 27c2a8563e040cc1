"""What every endpoint for portals and staff shares: who, how often, what, and the log."""

import logging
import time
from collections.abc import Mapping

from django.db import Error
from django.utils import timezone
from rest_framework.exceptions import APIException
from rest_framework.permissions import AllowAny
from rest_framework.views import APIView

from requests_app.api.authentication import PortalBearer, StaffSession
from requests_app.api.permissions import MayDo
from requests_app.api.throttles import OfStrangers, PerCaller
from requests_app.models import unawaited
from requests_app.models.portals import ApiCall, Operation

log = logging.getLogger("disclosure.api")


class Endpoint(APIView):
    authentication_classes = (PortalBearer, StaffSession)
    permission_classes = (MayDo,)
    throttle_classes = (PerCaller,)
    operation: Operation | Mapping[str, Operation] = Operation.READ
    is_noted = True

    def initialize_request(self, request, *args, **kwargs):
        self.began = time.perf_counter()
        return super().initialize_request(request, *args, **kwargs)

    def perform_authentication(self, request) -> None:
        try:
            super().perform_authentication(request)
        except APIException:
            stranger = OfStrangers()
            if not stranger.allow_request(request, self):
                self.throttled(request, stranger.wait())
            raise

    def check_permissions(self, request) -> None:
        """How often comes before what: a call that is refused costs a row in the log."""
        super().check_throttles(request)
        super().check_permissions(request)

    def check_throttles(self, request) -> None:
        """Counted already, before the permissions."""

    def finalize_response(self, request, response, *args, **kwargs):
        answer = super().finalize_response(request, response, *args, **kwargs)
        caller = getattr(request, "_user", None)
        if getattr(caller, "is_portal", False) and self.is_noted:
            self.note(request, answer.status_code, caller)
        return answer

    def note(self, request, status: int, portal) -> None:
        """One row per call of a portal, and one for all that are too many in a minute; a
        log that cannot be written stops no call."""
        call = ApiCall(
            portal=portal,
            at=timezone.now(),
            method=request.method[:8],
            route=request.resolver_match.route[:120],
            reference=self.kwargs.get("reference", "")[:60],
            status=status,
            milliseconds=int((time.perf_counter() - self.began) * 1000),
        )
        try:
            unawaited.insert(call)
        except Error as error:
            log.warning(
                "a call of %s (%s %s %s) is not in the log: %s",
                portal.pk, call.method, call.route, status, error,
            )  # fmt: skip


class OpenEndpoint(Endpoint):
    """For anybody; a portal may show its key, and is then counted and logged as one."""

    authentication_classes = (PortalBearer,)
    permission_classes = (AllowAny,)
