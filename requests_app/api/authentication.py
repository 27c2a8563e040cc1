"""Who calls: a portal by its key, staff by their session."""

from drf_spectacular.authentication import SessionScheme
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from wireup import Injected
from wireup.integration.django import inject

from requests_app.dependencies import Dependencies
from requests_app.models.language import spoken
from requests_app.models.portals import Portal
from requests_app.services import portals
from requests_app.services.sign_in import MUST_ENROL


class PortalBearer(BaseAuthentication):
    """`Authorization: Bearer KEY`; the portal stands in `request.user`."""

    def authenticate(self, request) -> tuple[Portal, None] | None:
        scheme, _, key = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        portal = self.holder(key.strip())
        if portal is None:
            raise AuthenticationFailed(
                spoken(
                    "密钥无效、已过期或平台已停用",
                    "The key is unknown, expired or disabled",
                )
            )
        return portal, None

    @inject
    def holder(self, key: str, deps: Injected[Dependencies]) -> Portal | None:
        return portals.holder_of(key, deps=deps)

    def authenticate_header(self, request) -> str:
        return 'Bearer realm="api"'


class StaffSession(SessionAuthentication):
    """The admin's session; where a second factor is still to be enrolled, nothing yet."""

    def authenticate(self, request):
        found = super().authenticate(request)
        if found and request.session.get(MUST_ENROL):
            raise PermissionDenied(
                spoken(
                    "请先在管理后台启用动态口令",
                    "Enrol the second factor in the admin first",
                )
            )
        return found


class StaffSessionScheme(SessionScheme):
    target_class = StaffSession
    priority = 1


class PortalBearerScheme(OpenApiAuthenticationExtension):
    target_class = PortalBearer
    name = "portal"

    def get_security_definition(self, auto_schema) -> dict[str, str]:
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "平台密钥，由 `manage.py create_portal` 签发 (a portal's key)",
        }
