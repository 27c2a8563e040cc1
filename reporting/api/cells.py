"""What is behind one cell of a year's report: the very rows that it counts, or who entered
it and when."""

from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.response import Response
from wireup import Injected
from wireup.integration.django import inject

from reporting.api.reports import (
    QUERY,
    agency_asked,
    asked_of,
    form_asked,
    not_that_year,
)
from reporting.api.rows import (
    APPEAL,
    CHANGE,
    FIGURE,
    MOST_CHANGES,
    ROW,
    CountedRequestPage,
    example,
)
from reporting.dependencies import Dependencies
from reporting.models import FigureChange
from reporting.period import year as whole
from reporting.services import editions, opened
from reporting.services.editions import Which
from reporting.services.findings import number
from reporting.services.tree import tree_on
from reporting.tables import Form
from requests_app.api.endpoint import Endpoint
from requests_app.api.listing import CURSOR, ListPages, RequestPages
from requests_app.api.permissions import sees_persons
from requests_app.api.problems import Problem
from requests_app.api.sight import written_down
from requests_app.models.agencies import Agency
from requests_app.models.portals import Operation

PERSONAL = {"applicant_name": "applicant__name", "subject": "wording__subject"}
#: source → what is told of a row beside its agency: our key → the column
COLUMNS: dict[str, dict[str, str]] = {
    "requests": {
        name: name
        for name in (
            "reference", "number", "channel", "applicant_kind", "stage", "received_on",
            "due_on", "replied_on", "outcome", "timeliness",
        )
    },
    "appeals": {
        "case_number": "case_number",
        "reference": "disclosure_request__reference",
        **{n: n for n in ("procedure", "body", "filed_on", "decided_on", "result")},
    },
    "complaints": {n: n for n in ("received_on", "about", "concluded_on", "result")},
}  # fmt: skip


class CellRequests(Endpoint):
    operation = Operation.REPORTS

    @extend_schema(
        operation_id="reports_cell_requests",
        summary="一格之下的申请、案件或填报数 (what is behind a cell)",
        description=(
            "统计表一格（条例第五十条）所计的每一件申请、复议诉讼案件或举报投诉（`source` 为"
            " `requests`、`appeals`、`complaints`），不含个人信息，角色可见者除外；填报的格"
            "（`figures`）为谁在何时填报。已签发的报告给出签发时所计的。"
            " What one cell counts, or who entered it and when."
        ),
        parameters=[*QUERY, *CURSOR],
        responses={
            200: OpenApiResponse(
                CountedRequestPage,
                examples=[
                    example("申请 (requests)", "requests", ROW),
                    example("复议诉讼 (appeals)", "appeals", APPEAL),
                    example("填报 (figures)", "figures", FIGURE, changes=[CHANGE]),
                ],
            )
        },
    )
    @inject
    def get(
        self, request, year: int, line: str, column: str, deps: Injected[Dependencies]
    ) -> Response:
        asked = asked_of(request)
        agency = agency_asked(request.user, asked)
        form = form_asked(year, asked, deps)
        cell = cell_of(form, line, column)
        which = Which(agency, year, form.key, asked["scope"])
        found = behind(which, form, cell)
        pages: ListPages | RequestPages
        if found.rows is None:
            pages = ListPages()
            listed = [entered(figure, request.user) for figure in found.figures]
            results = pages.paginate_queryset(listed, request, view=self)
        else:
            pages = RequestPages()
            results = rows(found.source, found.rows, pages, request, self)
        answer = pages.get_paginated_response(results)
        answer.data |= {
            "source": "figures" if found.rows is None else found.source,
            "figures": [],
            "changes": [],
        }
        if not asked.get("cursor"):
            answer.data |= beside(found, request.user)
        return answer


def behind(which: Which, form: Form, cell: opened.Cell) -> opened.Opened:
    signed = editions.in_force(which)
    if signed:
        return opened.of_edition(signed, form, cell)
    then = whole(which.year)
    if which.scope == "area" and which.agency.pk not in tree_on(then.end).nodes:
        raise not_that_year(which.agency, which.year)
    return opened.of_books(which.agency.pk, which.scope, then, form, cell)


def rows(
    source: str, found: QuerySet, pages: RequestPages, request, view
) -> list[dict[str, Any]]:
    """A portal reads rows of the agencies it was opened for, however far the area goes."""
    if getattr(request.user, "is_portal", False):
        found = found.filter(agency__in=Agency.objects.visible_to(request.user))
    columns = COLUMNS[source]
    personal = PERSONAL if source == "requests" else {}
    asked = found.values(
        "pk", "agency_id", "agency__code", *columns.values(), *personal.values()
    )
    page = pages.paginate_queryset(asked, request, view=view)
    seen = in_sight_with_persons(request.user, {row["agency_id"] for row in page})
    named = [row["pk"] for row in page if row["agency_id"] in seen]
    if personal:
        written_down(named, ["name"], request.user)
    return [told(row, columns, personal if row["agency_id"] in seen else {})
            for row in page]  # fmt: skip


def told(
    row: dict[str, Any], columns: dict[str, str], personal: dict[str, str]
) -> dict[str, Any]:
    shown = {name: row[column] or None for name, column in columns.items()}
    shown["agency"] = row["agency__code"]
    return shown | {name: row[column] or "" for name, column in personal.items()}


def beside(found: opened.Opened, caller) -> dict[str, Any]:
    changes = found.changes[:MOST_CHANGES]
    counted = found.rows is not None
    return {
        "figures": [entered(f, caller) for f in found.figures] if counted else [],
        "changes": [changed(change, caller) for change in changes],
    }


def username(name: str | None, caller) -> str | None:
    """Staff know each other; a portal is told no official's account."""
    return None if getattr(caller, "is_portal", False) else name


def entered(figure: dict[str, Any], caller) -> dict[str, Any]:
    shown = {name: figure[name] for name in FIGURE}
    shown["entered_by"] = username(shown["entered_by"], caller)
    return shown | {"value": number(Decimal(figure["value"]))}


def changed(change: FigureChange, caller) -> dict[str, Any]:
    by = change.changed_by and change.changed_by.get_username()
    return {
        "agency": change.agency.code,
        "was": number(change.was),
        "now": number(change.now),
        "origin": change.origin,
        "reason": change.reason,
        "changed_by": username(by, caller),
        "changed_at": change.changed_at.isoformat(),
    }


def cell_of(form: Form, line: str, column: str) -> opened.Cell:
    if (line, column) not in form.known:
        raise Problem(
            "not_found",
            f"{form.key} 没有这一格 {line} / {column}",
            f"{form.key} has no cell {line} / {column}",
        )
    return line, column


def in_sight_with_persons(caller, agencies: set[int]) -> set[int]:
    """The agencies whose applicants the caller may know by name."""
    if not sees_persons(caller):
        return set()
    visible = Agency.objects.visible_to(caller).filter(pk__in=agencies)
    return set(visible.values_list("pk", flat=True))
