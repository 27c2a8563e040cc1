"""What intake and status cost at least: a plain DRF view with our validation and our
INSERTs, or one SELECT, and the same in raw SQL; neither numbers, chains, seals nor answers
twice, nor asks who calls and how often. And the
product itself with numbers that cost nothing, to see what the counter costs."""

import random
from dataclasses import replace
from datetime import date
from itertools import count

import wireup
from django.db import models, transaction
from django.utils import timezone
from rest_framework.response import Response
from rest_framework.views import APIView

from disclosure import wiring
from disclosure.wiring import calendar, clock, reporting_deps
from requests_app.adapters.clocks import SystemClock
from requests_app.api.bodies import CreateBody
from requests_app.dependencies import Dependencies
from requests_app.domain.calendars import Calendar
from requests_app.models import (
    Agency,
    Applicant,
    DisclosureRequest,
    FirstAnswer,
    LogEntry,
    Submission,
    Wording,
)

__all__ = ["calendar", "clock", "reporting_deps"]  # found here by the container
#: numbers no two of which are alike: each process begins somewhere else
SERIALS = count(random.randrange(1000) * 2_000_000)


class Unnumbered:
    """Unique and not gapless; asks no database."""

    def next(self, agency_id: int, year: int, *series: str) -> tuple[int, ...]:
        return tuple(next(SERIALS) for _ in series)


@wireup.injectable(lifetime="scoped")
def unnumbered(clock: SystemClock, calendar: Calendar) -> Dependencies:
    return replace(wiring.requests_dependencies(clock, calendar), numbers=Unnumbered())


class Bare(APIView):
    authentication_classes = permission_classes = throttle_classes = ()

    def post(self, request) -> Response:
        body = CreateBody.parse(request.data)
        return Response({"reference": inserted(body)}, status=201)


class BareStatus(APIView):
    authentication_classes = permission_classes = throttle_classes = ()

    def get(self, request, reference: str) -> Response:
        found = DisclosureRequest.objects.filter(reference=reference)
        return Response(found.values(*TOLD).get())


@transaction.atomic
def inserted(form) -> str:
    """One row in each of the seven tables that a request handed in has rows in."""
    told = dict(form["applicant"])
    kind, today, now = told.pop("kind"), date(2026, 11, 24), timezone.now()
    serial = next(SERIALS)
    made = DisclosureRequest.objects.create(
        agency=Agency.objects.get(code=form["agency"]), channel=form["channel"],
        channel_detail=form["channel_detail"], applicant_kind=kind,
        applicant=Applicant.objects.create(**told), topic=form["topic"],
        reference=f"bare-{serial}", number=f"bare-{serial}", serial=serial,
        number_year=2026, stage="in_handling", received_on=today,
        base_due_on=today, due_on=today,
    )  # fmt: skip
    Wording.objects.create(disclosure_request=made, subject=form["subject"])
    for sequence, what in ((1, "received"), (2, "registered")):
        LogEntry.objects.create(
            disclosure_request=made, sequence=sequence, kind=what, on=today,
            recorded_at=now, details={}, hash="x" * 64,
        )  # fmt: skip
    Submission.objects.create(disclosure_request=made, query_code="x")
    FirstAnswer.objects.create(
        caller="bare", key=str(serial), sealed="x", answered_at=now
    )
    return made.reference


#: what the status tells of the request's own row and its agency's
TOLD = (
    "reference", "number", "agency__code", "stage", "received_on", "base_due_on",
    "due_on", "provisional", "waiting_for", "outcome", "replied_on", "voided_on",
)  # fmt: skip


def insert(model: type[models.Model], **told: str) -> str:
    """INSERT with these expressions, and nothing ('', false) in every other column that
    may not be null."""
    nothing = {
        field.column: "false" if isinstance(field, models.BooleanField) else "''"
        for field in model._meta.concrete_fields
        if not (field.null or field.primary_key)
    }
    columns = nothing | told
    names = ", ".join(f'"{column}"' for column in columns)
    values = ", ".join(columns.values())
    return f"INSERT INTO {model._meta.db_table} ({names}) VALUES ({values})"


def logged(sequence: str, kind: str) -> str:
    return insert(
        LogEntry, disclosure_request_id="%(id)s", sequence=sequence, kind=kind,
        on="'2026-11-24'", recorded_at="now()", details="'{}'", hash="'x'",
    )  # fmt: skip


TEXT, DAY = "%(text)s", "'2026-11-24'"
RAW = (
    insert(
        Applicant, name="'张三'", id_kind="'居民身份证'", id_number=TEXT, phone=TEXT,
        address=TEXT, email=TEXT, salt="'x'",
    ) + " RETURNING id",
    insert(
        DisclosureRequest, agency_id="%(agency)s", applicant_id="%(id)s",
        reference="%(name)s", number="%(name)s", serial="%(serial)s",
        number_year="2026", channel="'online'", channel_detail="'web'",
        applicant_kind="'natural_person'", stage="'in_handling'", received_on=DAY,
        base_due_on=DAY, due_on=DAY, findings="'[]'",
    ) + " RETURNING id",
    insert(Wording, disclosure_request_id="%(id)s", subject=TEXT, salt="'x'"),
    logged("1", "'received'"),
    logged("2", "'registered'"),
    insert(Submission, disclosure_request_id="%(id)s", query_code="'x'"),
    insert(FirstAnswer, caller="'raw'", key="%(name)s", sealed=TEXT, answered_at="now()"),
)  # fmt: skip


def raw(link, agency: int) -> None:
    """One request by psycopg alone, on a connection of the caller's."""
    serial = next(SERIALS)
    told = {
        "agency": agency,
        "serial": serial,
        "name": f"raw-{serial}",
        "text": "x" * 60,
    }
    with link.transaction(), link.cursor() as cursor:
        for statement in RAW:
            cursor.execute(statement, told)
            if "RETURNING" in statement:
                told["id"] = cursor.fetchone()[0]


def raw_status(link, reference: str) -> tuple:
    """The same row by psycopg alone."""
    return link.execute(READ, [reference]).fetchone()


READ = (
    "SELECT {columns}, a.code FROM {requests} r JOIN {agencies} a ON a.id = r.agency_id"
    " WHERE r.reference = %s"
).format(
    columns=", ".join(f"r.{name}" for name in TOLD if name != "agency__code"),
    requests=DisclosureRequest._meta.db_table,
    agencies=Agency._meta.db_table,
)
