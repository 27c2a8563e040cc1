from django.urls import path, register_converter

from reporting.api.cells import CellRequests
from reporting.api.editions import ReportEdition
from reporting.api.reports import AnnualReport


class Year:
    regex = r"[12][0-9]{3}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class Code:
    """A line's or a column's code: dots and all, one segment."""

    regex = r"[A-Za-z0-9._-]{1,40}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Year, "year")
register_converter(Code, "code")
urlpatterns = [
    path("reports/<year:year>/", AnnualReport.as_view(), name="report"),
    path("reports/<year:year>/edition/", ReportEdition.as_view(), name="edition"),
    path(
        "reports/<year:year>/cells/<code:line>/<code:column>/requests/",
        CellRequests.as_view(),
        name="cell_requests",
    ),
]
