"""What is reviewed was submitted, by other hands, and goes out as it was approved."""

from datetime import date

import pytest
from django.contrib.auth import get_user_model

from requests_app.domain.events import (
    Replied,
    Reviewed,
    Searched,
    SubmittedForReview,
)
from requests_app.domain.regimes import NotAllowed
from requests_app.domain.vocabulary import Outcome
from requests_app.services import letters
from requests_app.services.recording import record
from tests.requests_app.services.drafting import drafted, filled

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 20)
REVIEWED = Reviewed(on=ON)
NOT_HELD = Outcome.NOT_HELD


@pytest.fixture
def staff(office):
    """A superuser of that name: no right makes two pairs of eyes of one."""

    def made(name):
        return get_user_model().objects.create_superuser(name, agency=office)

    return made


def submitted(outcome=NOT_HELD, letter=None):
    revision = letter.revision if letter else None
    draft = letter.pk if letter else None
    return SubmittedForReview(on=ON, outcome=outcome, draft=draft, revision=revision)


def test_what_nobody_submitted_is_not_reviewed(found, staff, deps):
    with pytest.raises(NotAllowed, match="尚未送审"):
        record(found, REVIEWED, by=staff("审核"), deps=deps)
    record(found, submitted(), by=staff("送审"), deps=deps)
    record(found, REVIEWED, by=staff("另一人"), deps=deps)
    with pytest.raises(NotAllowed, match="尚未送审"):
        record(found, REVIEWED, by=staff("再一人"), deps=deps)


def test_no_hand_that_was_in_it_reviews_it(found, staff, deps):
    searcher, drafter, submitter = staff("检索"), staff("拟稿"), staff("送审")
    record(found, Searched(on=ON), by=searcher, deps=deps)
    drafted(found, drafter, deps)
    record(found, submitted(), by=submitter, deps=deps)
    for one in (searcher, drafter, submitter):
        with pytest.raises(NotAllowed, match="请由他人审核"):
            record(found, REVIEWED, by=one, deps=deps)
    record(found, REVIEWED, by=staff("审核"), deps=deps)


def test_who_registered_it_does_not_review_it(office, staff, deps):
    from requests_app.services.recording import register

    clerk = staff("登记")
    found = register(agency=office, received_on=date(2026, 3, 2), by=clerk, deps=deps)
    record(found, submitted(), by=None, deps=deps)
    with pytest.raises(NotAllowed, match="请由他人审核"):
        record(found, REVIEWED, by=clerk, deps=deps)


def test_another_outcome_than_the_approved_one_is_submitted_again(found, staff, deps):
    handler, reviewer = staff("承办"), staff("审核")
    record(found, submitted(), by=handler, deps=deps)
    record(found, REVIEWED, by=reviewer, deps=deps)
    other = Replied(on=ON, outcome=Outcome.DELIBERATIVE)
    with pytest.raises(NotAllowed, match="审核通过的是“申请信息不存在”"):
        record(found, other, by=handler, deps=deps)
    found = record(found, submitted(Outcome.DELIBERATIVE), by=handler, deps=deps)
    assert (found.stage, found.submitted_on) == ("in_handling", ON)
    record(found, REVIEWED, by=reviewer, deps=deps)
    assert record(found, other, by=handler, deps=deps).outcome == "deliberative"


def test_what_ends_without_a_letter_asks_no_review(found, staff, deps):
    handler = staff("承办")
    record(found, submitted(), by=handler, deps=deps)
    record(found, REVIEWED, by=staff("审核"), deps=deps)
    withdrawn = Replied(on=ON, outcome=Outcome.WITHDRAWN)
    assert record(found, withdrawn, by=handler, deps=deps).outcome == "withdrawn"


def test_a_letter_changed_after_the_approval_is_not_issued(
    found, staff, numbered, bodies, deps
):
    handler, reviewer = staff("承办"), staff("审核")
    granted = Outcome.GRANTED
    letter = filled(drafted(found, handler, deps))
    record(found, submitted(granted, letter), by=handler, deps=deps)
    record(found, REVIEWED, by=reviewer, deps=deps)
    changed = filled(letter, decision="现予提供：另一份。")
    with pytest.raises(NotAllowed, match="不是审核通过的文稿"):
        letters.issue(changed, seen=changed.revision, by=handler, deps=deps)
    record(found, submitted(granted, changed), by=handler, deps=deps)
    record(found, REVIEWED, by=reviewer, deps=deps)
    changed.refresh_from_db()
    issued = letters.issue(changed, seen=changed.revision, by=handler, deps=deps)
    assert issued.number == "云府公复〔2026〕1号"


def test_a_letter_changed_after_it_was_submitted_is_not_approved(found, staff, deps):
    handler = staff("承办")
    letter = filled(drafted(found, handler, deps))
    record(found, submitted(Outcome.GRANTED, letter), by=handler, deps=deps)
    filled(letter, decision="现予提供：另一份。")
    with pytest.raises(NotAllowed, match="送审后文书已改动"):
        record(found, REVIEWED, by=staff("审核"), deps=deps)
