"""举报投诉: a log of its own, append-only, sealed, kept by who received it."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from requests_app.domain.regimes import NotAllowed
from requests_app.domain.vocabulary import ComplaintAbout, ComplaintResult
from requests_app.models import Agency, Complaint, ComplaintEntry, ComplaintText, Staff
from requests_app.models.log import digest_of
from requests_app.services import complaints
from requests_app.services.agencies import place
from requests_app.services.standings import broken_links
from tests.fakes import FixedClock
from tests.reporting.conftest import member

pytestmark = pytest.mark.django_db
FOUND = ComplaintResult.FOUND


@pytest.fixture
def clerk(office):
    return member(office, "intake_clerk")


def registered(office, clerk, deps, on="2018-03-01", **also):
    return complaints.register(
        agency=office, received_on=date.fromisoformat(on),
        about=ComplaintAbout.ON_REQUEST, text="逾期未答复", by=clerk, deps=deps, **also,
    )  # fmt: skip


def concluded(complaint, clerk, deps, on="2018-03-20"):
    return complaints.conclude(
        complaint, on=date.fromisoformat(on), result=FOUND, text="责令改正", by=clerk,
        deps=deps,
    )  # fmt: skip


def log(complaint):
    return [
        (e.sequence, e.kind, str(e.on), e.details, e.said.text)
        for e in complaint.entries.all()
    ]


def columns(complaint):
    complaint = Complaint.objects.get(pk=complaint.pk)
    return complaint.concluded_on, complaint.result, complaint.voided_on


def test_a_complaint_is_registered_and_concluded(office, clerk, deps):
    complaint = concluded(registered(office, clerk, deps), clerk, deps)
    assert columns(complaint) == (date(2018, 3, 20), "found", None)
    assert log(complaint) == [
        (1, "registered", "2018-03-01", {"about": "on_request"}, "逾期未答复"),
        (2, "concluded", "2018-03-20", {"result": "found"}, "责令改正"),
    ]
    assert list(broken_links()) == []


def test_a_mistaken_conclusion_is_taken_back_and_another_given(office, clerk, deps):
    complaint = concluded(registered(office, clerk, deps), clerk, deps)
    complaints.void(complaint, entry=2, reason="误录", by=clerk, deps=deps)
    assert columns(complaint) == (None, "", None)
    concluded(complaint, clerk, deps, "2018-04-02")
    assert columns(complaint) == (date(2018, 4, 2), "found", None)
    assert complaints.voidable(complaint) == [1, 4]


def test_a_mistaken_registration_takes_the_whole_with_it(office, clerk, deps):
    complaint = registered(office, clerk, deps)
    complaints.void(complaint, entry=1, reason="不是举报", by=clerk, deps=deps)
    assert columns(complaint) == (None, "", date(2026, 11, 24))
    assert complaints.voidable(complaint) == []
    with pytest.raises(NotAllowed, match="作废"):
        concluded(complaint, clerk, deps)


def test_the_same_form_sent_twice_is_one_complaint(office, clerk, deps):
    first, again = (registered(office, clerk, deps, key="k") for _ in "12")
    assert (first, Complaint.objects.count(), len(log(first))) == (again, 1, 1)


# fmt: off
FORBIDDEN = {
    "after today":           lambda c, by, deps: registered(c.agency, by, deps, on="2026-12-01"),
    "before the Regulations": lambda c, by, deps: registered(c.agency, by, deps, on="2008-04-30"),
    "before its receipt":    lambda c, by, deps: concluded(c, by, deps, "2018-02-01"),
    "concluded twice":       lambda c, by, deps: concluded(concluded(c, by, deps), by, deps),
    "nothing to void":       lambda c, by, deps: complaints.void(c, entry=2, reason="x", by=by, deps=deps),
    "void without a reason": lambda c, by, deps: complaints.void(c, entry=1, reason=" ", by=by, deps=deps),
    "by a reviewer":         lambda c, by, deps: concluded(c, member(c.agency, "reviewer"), deps),
    "by another agency":     lambda c, by, deps: concluded(c, member(another(), "handler"), deps),
}
# fmt: on


def another():
    agency = Agency(code="440000", name="别省", kind="government")
    place(agency, on=None)
    return agency


@pytest.mark.parametrize("act", FORBIDDEN.values(), ids=FORBIDDEN)
def test_what_cannot_be_is_refused_and_nothing_is_written(office, clerk, deps, act):
    complaint = registered(office, clerk, deps)
    with pytest.raises(NotAllowed), transaction.atomic():
        act(complaint, clerk, deps)
    assert (Complaint.objects.count(), len(log(complaint))) == (1, 1)


@pytest.mark.parametrize("act", ["update", "delete"])
def test_the_database_itself_refuses_to_change_the_log(office, clerk, deps, act):
    registered(office, clerk, deps)
    entries = ComplaintEntry.objects.all()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        entries.update(on=date(2018, 1, 1)) if act == "update" else entries._raw_delete(
            entries.db
        )


def test_erasing_what_was_said_leaves_the_chain_whole(office, clerk, deps):
    complaint = registered(office, clerk, deps)
    text = ComplaintText.objects.get()
    assert text.entry.digest == digest_of(text.salt, text.text)
    text.delete()
    assert (len(complaint.entries.all()), list(broken_links())) == (1, [])


def test_who_sees_them(office, clerk, deps):
    complaint = registered(office, clerk, replace(deps, clock=FixedClock()))
    stranger = member(another(), "handler")
    seen = [list(Complaint.objects.visible_to(u)) for u in (clerk, stranger)]
    assert (seen, Staff.objects.count()) == ([[complaint], []], 2)
