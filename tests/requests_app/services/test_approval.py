"""What is reviewed was submitted, by other hands, and goes out as it was approved."""

from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from requests_app.domain.events import (
    Replied,
    Reviewed,
    Searched,
    SentBack,
    SubmittedForReview,
)
from requests_app.domain.regimes import NotAllowed
from requests_app.domain.vocabulary import Outcome
from requests_app.services import letters
from requests_app.services.approval import forbid_unapproved
from requests_app.services.offers import WITHOUT_LETTER
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


def test_who_revised_the_draft_does_not_review_it_and_is_told_who_may(
    office, found, staff, deps
):
    for name, active in (("甲", True), ("乙", True), ("丙", False)):
        other = get_user_model().objects.create_user(
            name, agency=office, is_active=active
        )
        other.groups.add(Group.objects.get(name="reviewer"))
    drafter, reviser = staff("拟稿"), get_user_model().objects.get(username="甲")
    letter = filled(drafted(found, drafter, deps), by=reviser)
    record(found, submitted(Outcome.GRANTED, letter), by=drafter, deps=deps)
    with pytest.raises(NotAllowed) as refused:
        record(found, REVIEWED, by=reviser, deps=deps)
    assert str(refused.value) == (
        "登记人、承办人、检索人、拟稿人、改稿人和送审人不得审核本人承办的申请，"
        "请由他人审核：乙 (who registered, handled, searched, drafted, revised or "
        "submitted it does not review it: ask 乙)"
    )


@pytest.mark.parametrize(
    "before", [[], [submitted()], [submitted(), REVIEWED, SentBack(on=ON)]]
)
def test_without_a_review_nothing_is_replied_whoever_asks(found, staff, deps, before):
    for event in before:
        record(found, event, by=None, deps=deps)
    with pytest.raises(NotAllowed, match="答复须先审核") as refused:
        record(found, Replied(on=ON, outcome=NOT_HELD), by=staff("承办"), deps=deps)
    assert refused.value.article == "第四十五条"


@pytest.mark.parametrize(
    ("outcome", "by"),
    [*((one, "承办") for one in sorted(WITHOUT_LETTER)), (NOT_HELD, None)],
)
def test_what_needs_no_letter_and_what_the_system_records_is_not_reviewed(
    fresh, staff, deps, outcome, by
):
    event = Replied(on=ON, outcome=outcome)
    forbid_unapproved(event, by and staff(by), list(fresh.entries.all()))


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
