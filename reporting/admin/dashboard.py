"""总览: the first page. Every number leads to the list that it counts."""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wireup import Injected
from wireup.integration.django import inject_app

from reporting.dependencies import Dependencies
from reporting.pictures import Mark, Series, bars, columns
from reporting.services.overview import OVERDUE, Below, Overview, overview
from requests_app.domain.vocabulary import (
    AppealResult,
    Channel,
    Outcome,
    Timeliness,
    term,
)
from requests_app.models.language import spoken

#: they report: the year comes first; for the others their queues do
REPORTS = ("statistician", "office_head", "supervisor", "auditor")
YEARS, AGENCIES, NARROW = 12, 30, 440
MONTHS = range(1, 13)
NOT_VOIDED = {"voided_on__isnull": "True"}
STILL_OPEN = {"replied_on__isnull": "True", **NOT_VOIDED}


@inject_app
def dashboard(request, context: dict[str, Any], deps: Injected[Dependencies]):
    """Unfold's callback for the index page."""
    user, today = request.user, deps.clock.today()
    found = overview(user=user, year=chosen(request, today), today=today)
    context |= {
        "title": _("总览"),
        "overview": found,
        "years": found.years[-YEARS:],
        "queues_first": not (user.is_superuser or user.has_role(*REPORTS)),
        "queues": context["sidebar_navigation"][0]["items"],
        "may_register": user.is_superuser or user.has_role("intake_clerk"),
    }
    if found.years:
        context |= shown(found)
    return context


def chosen(request, today: date) -> int | None:
    told = request.GET.get("year", "")
    return int(told) if told.isdecimal() and 2008 <= int(told) <= today.year else None


def shown(found: Overview) -> dict[str, Any]:
    concluded = list(outcomes(found))
    return {
        "tiles": list(tiles(found)),
        "by_month": drawn(months(found)),
        "channels": [
            (
                _("各月收到，按申请方式（件）"),
                list(by_channel(found, "received_on", found.received)),
            ),
            (
                _("各月办结，按申请方式（件）"),
                list(by_channel(found, "replied_on", found.closed)),
            ),
        ],
        "months": MONTHS,
        "timeliness": drawn(bars(_("办理时效"), list(timeliness(found)), width=NARROW)),
        "outcomes": drawn(bars(_("答复类别"), concluded)) if concluded else "",
        "appeals": drawn(bars(_("复议诉讼结果"), list(appeals(found)), width=NARROW)),
        "agencies": [by_agency(one, found.year) for one in most(found)],
        "more": max(len(found.below) - AGENCIES, 0),
    }


def drawn(picture: str) -> SafeString:
    return mark_safe(picture)


# --- the lists behind the numbers ---------------------------------------------------------
def listed(**asked: str) -> str:
    return f"{reverse('admin:requests_app_disclosurerequest_changelist')}?{urlencode(asked)}"


def within(day: str, year: int, month: int | None = None) -> dict[str, str]:
    """That day in the year, or in one month of it: as the list's own filter has it."""
    start = date(year, month or 1, 1)
    last = date(year, month or 12, monthrange(year, month or 12)[1])
    return {f"{day}_from": str(start), f"{day}_to": str(last), **NOT_VOIDED}


def named(terms, key: str) -> str:
    return spoken(term(terms, key).zh, term(terms, key).en) if key else _("未登记")


# --- the numbers --------------------------------------------------------------------------
def tiles(found: Overview) -> Iterator[Mark]:
    """The year's two, and how it stands today."""
    received, concluded, open_, overdue = found.whole
    yield Mark(_("收到"), received, listed(**within("received_on", found.year)))
    yield Mark(_("办结"), concluded, listed(**within("replied_on", found.year)))
    yield Mark(_("目前在办"), open_, listed(**STILL_OPEN))
    yield Mark(_("目前逾期"), overdue, listed(queue="overdue"))


def months(found: Overview) -> str:
    def marks(day: str, number) -> tuple[Mark, ...]:
        return tuple(
            Mark(month_name(m), number(m), listed(**within(day, found.year, m)))
            for m in MONTHS
        )

    return columns(
        _("各月收到与办结"),
        [
            Series(_("收到"), marks("received_on", found.received_in)),
            Series(_("办结"), marks("replied_on", lambda m: found.concluded[m])),
        ],
    )


def month_name(month: int) -> str:
    return _("%(n)s月") % {"n": month}


def by_channel(
    found: Overview, day: str, numbers: Counter
) -> Iterator[tuple[str, list[Mark], Mark]]:
    """(channel, each month, the whole year)"""
    for channel in [*Channel, *([""] if any(not c for _m, c in numbers) else [])]:
        name = named(Channel, channel)
        asked = {"channel__exact": channel}
        marks = [
            Mark(
                name, numbers[m, channel],
                listed(**within(day, found.year, m), **asked),
            )
            for m in MONTHS
        ]  # fmt: skip
        whole = listed(**within(day, found.year), **asked)
        yield name, marks, Mark(name, sum(m.number or 0 for m in marks), whole)


def timeliness(found: Overview) -> Iterator[Mark]:
    for key in Timeliness:
        asked = within("replied_on", found.year) | {"timeliness__exact": key.value}
        yield Mark(named(Timeliness, key), found.timeliness[key], listed(**asked))


def outcomes(found: Overview) -> Iterator[Mark]:
    """From the most frequent down."""
    for key, number in found.outcomes.most_common():
        asked = within("replied_on", found.year) | {"outcome__exact": key}
        yield Mark(named(Outcome, key), number, listed(**asked))


def appeals(found: Overview) -> Iterator[Mark]:
    page = reverse("admin:requests_app_appeal_changelist")
    for key in AppealResult:
        link = f"{page}?{urlencode({'counted': f'{found.year}-{key}'})}"
        yield Mark(named(AppealResult, key), found.appeals[key], link)


def most(found: Overview) -> list[Below]:
    """The agencies with most on their hands: late ones first, then by what came in."""
    return sorted(
        found.below, key=lambda b: (-b.numbers[OVERDUE], -b.numbers[0], b.code)
    )[:AGENCIES]


def by_agency(one: Below, year: int) -> tuple[str, str, list[Mark]]:
    """(name, 本级 where it is without those below, numbers)"""
    of = {"agency__id__exact": str(one.key)} if one.alone else {"area": one.code}
    asked = (
        within("received_on", year),
        within("replied_on", year),
        STILL_OPEN,
        {"queue": "overdue"},
    )
    return (
        one.name,
        _("本级") if one.alone else "",
        [
            Mark(one.name, number, listed(**which, **of))
            for number, which in zip(one.numbers, asked, strict=True)
        ],
    )
