"""未附文书: which acts have no letter, and what makes up for one."""

import io
from datetime import date

import pytest

from requests_app.domain.events import (
    DelayAgreed,
    Extended,
    FeeNoticed,
    OpinionSought,
    Received,
    Replied,
    Searched,
    SupplementAsked,
)
from requests_app.domain.letters import LetterKind
from requests_app.domain.vocabulary import Outcome
from requests_app.services import attachments, letters
from requests_app.services.history import History, record_history
from requests_app.services.letterless import letterless
from requests_app.services.recording import record
from requests_app.services.voiding import void
from tests.requests_app.letters.test_pdf_leaks import pdf
from tests.requests_app.services.drafting import drafted, filled, issued, later, stamped

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 20)
GRANTED = Replied(on=ON, outcome=Outcome.GRANTED)


def told(found):
    """(kind of the act, the letter that it lacks, whether one is begun)."""
    entries = list(found.entries.order_by("sequence"))
    return [
        (one.entry.kind, one.kind, one.draft is not None)
        for one in letterless(found, entries)
    ]


@pytest.mark.parametrize(
    ("event", "kind"),
    [
        (SupplementAsked(on=ON), LetterKind.SUPPLEMENT_NOTICE),
        (OpinionSought(on=ON, consultation="1"), LetterKind.OPINION_THIRD_PARTY),
        (Extended(on=ON, days=5), LetterKind.EXTENSION_NOTICE),
        (DelayAgreed(on=ON, until=date(2026, 6, 30)), LetterKind.DELAY_NOTICE),
        (FeeNoticed(on=ON), LetterKind.FEE_NOTICE),
    ],
)
def test_a_step_that_goes_out_by_a_letter_is_reminded_of(fresh, deps, event, kind):
    assert told(record(fresh, event, by=None, deps=later(deps))) == [
        (event.kind, kind, False)
    ]


def test_a_reply_lacks_the_letter_of_its_outcome(reviewed, deps):
    found = record(reviewed, GRANTED, by=None, deps=later(deps))
    assert told(found) == [("replied", LetterKind.GRANTED, False)]


def test_inner_work_needs_no_letter(found, deps):
    assert told(record(found, Searched(on=ON), by=None, deps=later(deps))) == []


def test_to_who_withdrew_nothing_need_be_written(found, deps):
    withdrawn = Replied(on=ON, outcome=Outcome.WITHDRAWN)
    assert told(record(found, withdrawn, by=None, deps=later(deps))) == []


def test_the_letter_may_follow_its_act(fresh, handler, numbered, deps):
    asked = SupplementAsked(on=ON)
    found = record(fresh, asked, by=handler, deps=later(deps))
    notice = LetterKind.SUPPLEMENT_NOTICE
    letter = filled(drafted(fresh, handler, deps, notice, None))
    assert told(found) == [("supplement_asked", notice, True)]
    letter = letters.issue(letter, seen=letter.revision, by=handler, deps=deps)
    assert told(found) == []
    letters.void(letter, reason="错", by=handler, deps=deps)
    assert told(found) == [("supplement_asked", notice, False)]


def test_a_letter_of_another_outcome_is_none(reviewed, handler, numbered, bodies, deps):
    issued(drafted(reviewed, handler, deps), handler, deps)
    not_held = Replied(on=ON, outcome=Outcome.NOT_HELD)
    found = record(reviewed, not_held, by=handler, deps=later(deps))
    assert told(found) == [("replied", LetterKind.NOT_HELD, False)]


def test_an_act_that_names_its_letter_lacks_none(
    reviewed, handler, numbered, bodies, deps
):
    letter = issued(drafted(reviewed, handler, deps), handler, deps)
    stamped(letter, handler, deps)
    reply = Replied(on=ON, outcome=Outcome.GRANTED, letter=letter.pk)
    found = record(reviewed, reply, by=handler, deps=later(deps))
    assert told(found) == []


def test_what_was_written_elsewhere_lies_in_the_file(reviewed, handler, deps):
    found = record(reviewed, GRANTED, by=handler, deps=later(deps))
    content = pdf("已盖章")
    attachments.attach(
        found, file=io.BytesIO(content), name="答复书.pdf", size=len(content),
        kind="reply", by=handler, deps=deps,
    )  # fmt: skip
    assert told(found) == []


def test_a_voided_act_needs_none(fresh, handler, deps):
    asked = SupplementAsked(on=ON)
    found = record(fresh, asked, by=handler, deps=later(deps))
    assert told(void(found, entry=3, by=handler, deps=deps)) == []


def test_what_was_imported_happened_before(office, handler, deps):
    received = Received(on=date(2026, 3, 2))
    asked = SupplementAsked(on=date(2026, 3, 5))
    row = History(agency=office, events=(received, asked), number_year=2026)
    [found] = record_history([row], by=handler, deps=deps)
    assert told(found) == []
