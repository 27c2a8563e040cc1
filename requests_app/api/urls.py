from django.urls import path, re_path, register_converter

from requests_app.api.acts import Confirmation, Supplements, Withdrawal
from requests_app.api.agencies import Agencies
from requests_app.api.attachments import Attachments, OneAttachment
from requests_app.api.callbacks import Callbacks, CallbackTest
from requests_app.api.deadlines import Deadlines
from requests_app.api.documents import OneDocument
from requests_app.api.lookup import Lookup, LookupDocument
from requests_app.api.requests import OneRequest, Requests


class Reference:
    """AGENCYCODE-YEAR-SERIAL: ASCII alone, so that nothing else reaches the database."""

    regex = r"[A-Za-z0-9-]{1,60}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Reference, "reference")
urlpatterns = [
    path("agencies/", Agencies.as_view(), name="agencies"),
    path("callbacks/", Callbacks.as_view(), name="callbacks"),
    path("callbacks/test/", CallbackTest.as_view(), name="callback_test"),
    path("deadlines/", Deadlines.as_view(), name="deadlines"),
    path("requests/", Requests.as_view(), name="requests"),
    path("requests/<reference:reference>/", OneRequest.as_view(), name="request"),
    *(
        path(f"requests/<reference:reference>/{name}/", view.as_view(), name=name)
        for name, view in (
            ("supplements", Supplements),
            ("withdrawal", Withdrawal),
            ("confirmation", Confirmation),
            ("attachments", Attachments),
        )
    ),
    re_path(
        r"^requests/(?P<reference>[A-Za-z0-9-]{1,60})/attachments/(?P<sha256>[0-9a-f]{64})/$",
        OneAttachment.as_view(),
        name="attachment",
    ),
    re_path(
        r"^requests/(?P<reference>[A-Za-z0-9-]{1,60})/documents/(?P<sha256>[0-9a-f]{64})/$",
        OneDocument.as_view(),
        name="document",
    ),
    path("lookup/", Lookup.as_view(), name="lookup"),
    re_path(
        r"^lookup/documents/(?P<sha256>[0-9a-f]{64})/$",
        LookupDocument.as_view(),
        name="lookup_document",
    ),
]
