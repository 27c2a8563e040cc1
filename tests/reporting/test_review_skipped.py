"""未经复议直接起诉 where review comes first (LAW 1.10): the page of a case, the import and the
report say the same of it."""

from dataclasses import replace
from datetime import date

import pytest

from reporting.formats import national_2018, national_2021
from reporting.services import editions
from reporting.services.counting import count
from reporting.services.editions import Which
from reporting.services.obstacles import obstacles
from reporting.services.reports import report
from requests_app.domain.events import Received, Replied
from requests_app.domain.vocabulary import Outcome
from requests_app.models import Appeal
from requests_app.services import appeals
from requests_app.services.history import History, record_history
from tests.fakes import FixedClock
from tests.reporting.conftest import member

pytestmark = pytest.mark.django_db
DIRECT = "litigation_direct"


@pytest.fixture
def replied(office, deps):
    """A request that was replied to on that day in that way."""

    def replied(on="2024-03-20", outcome=Outcome.DELIBERATIVE):
        day = date.fromisoformat(on)
        events = Received(on=date(day.year, 3, 1)), Replied(on=day, outcome=outcome)
        row = History(
            agency=office, number_year=day.year, channel="post", events=events
        )
        return record_history([row], by=None, deps=deps)[0]

    return replied


def case(request, number, filed="2024-05-06", decided=None, result="pending", **also):
    told = {"procedure": DIRECT, "case_number": number} | also
    return Appeal.objects.create(
        agency=request.agency, disclosure_request=request, result=result,
        filed_on=date.fromisoformat(filed), **told,
        decided_on=date.fromisoformat(decided) if decided else None,
    )  # fmt: skip


def decided_anew(request, on, outcome):
    """After a reconsideration that was lost."""
    return case(
        request, f"复{on}", "2024-03-25", "2024-04-01", "corrected",
        procedure="reconsideration", orders_disclosure=True,
        performed_on=date.fromisoformat(on), new_outcome=outcome,
    )  # fmt: skip


# fmt: off
CASES = {
    "a refusal of 2024":             (("2024-03-20", Outcome.DELIBERATIVE), {}, (), True),
    "decided against the applicant": (("2024-03-20", Outcome.DELIBERATIVE), {"decided": "2024-06-01", "result": "upheld"}, (), True),
    "the refused part of a partial grant": (("2024-03-20", Outcome.PARTLY_GRANTED), {}, (), True),
    "turned away":                   (("2024-03-20", Outcome.DELIBERATIVE), {"decided": "2024-06-01", "result": "other"}, (), False),
    "after review":                  (("2024-03-20", Outcome.DELIBERATIVE), {"procedure": "litigation_after_reconsideration"}, (), False),
    "an enquiry matter":             (("2024-03-20", Outcome.ENQUIRY_MATTER), {}, (), False),
    "not held":                      (("2024-03-20", Outcome.NOT_HELD), {}, (), False),
    "a refusal of 2023":             (("2023-12-29", Outcome.DELIBERATIVE), {}, (), False),
    "filed before the reply":        (("2024-05-20", Outcome.DELIBERATIVE), {}, (), False),
    "over a new answer that grants": (("2024-03-20", Outcome.DELIBERATIVE), {}, [("2024-04-20", "granted")], False),
    "over a new refusal":            (("2024-03-20", Outcome.GRANTED), {}, [("2024-04-20", "state_secret")], True),
    "over the last of two":          (("2024-03-20", Outcome.GRANTED), {}, [("2024-04-20", "state_secret"), ("2024-04-28", "granted")], False),
    "decided anew after the suit":   (("2024-03-20", Outcome.DELIBERATIVE), {}, [("2024-05-20", "granted")], True),
    "an old refusal, decided anew":  (("2023-12-29", Outcome.DELIBERATIVE), {}, [("2024-04-20", "state_secret")], True),
}
# fmt: on


@pytest.mark.parametrize(
    ("reply", "suit", "anew", "skipped"), CASES.values(), ids=CASES
)
def test_the_case_and_the_count_say_the_same(
    office, replied, calendar, reply, suit, anew, skipped
):
    request = replied(*reply)
    for on, outcome in anew:
        decided_anew(request, on, outcome)
    appeal = case(request, "初1", **suit)
    rules = {found.rule for found in appeals.findings(appeal, calendar)}
    many = {found.rule for _, found in appeals.findings_of([appeal.pk], calendar)}
    counted = count(national_2021.FORM, 2024).own[office.pk].get("review_skipped", 0)
    assert ("review_skipped" in rules, many, counted) == (skipped, rules, skipped)


@pytest.mark.parametrize(
    ("form", "at"),
    [(national_2021.FORM, ("4.2", "total")), (national_2018.FORM, ("5", "count"))],
)
def test_the_report_names_the_cases(office, replied, form, at):
    request = replied()
    case(request, "初1")
    case(request, "初2", "2024-07-01", "2024-09-01", "corrected")
    content = report(count(form, 2024), office.pk, "own")
    found = [f for f in content["findings"] if f["rule"] == "review_skipped"]
    assert found == [
        {
            "rule": "review_skipped",
            "level": "soft",
            "where": dict(zip(("line", "column"), at, strict=True)),
            "left": 2,
            "right": 0,
            "message": "2 件未经复议直接起诉的案件，所诉答复依法应先申请行政复议，请核对：初1、初2"
            " / 2 suits brought directly over a reply against which review comes first",
        }
    ]


def test_the_list_of_obstacles_opens_them(office, replied, statistics):
    suit = case(replied(), "初1")
    deps = replace(
        statistics, clock=FixedClock.on("2025-01-10"), formats=(national_2021.FORM,)
    )
    which = Which(office, 2024, "national_2021", "own")
    listed = obstacles(which, user=member(office), deps=deps)
    [found] = [one for one in listed if one.rule == "review_skipped"]
    assert (found.kind, found.appeals) == ("soft", ((suit.pk, "初1"),))
    _tally, content = editions.counted(which, deps)
    assert "review_skipped" in {f["rule"] for f in editions.unexplained(which, content)}
