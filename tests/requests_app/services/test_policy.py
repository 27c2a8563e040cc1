"""What goes out with an act: a letter of its own kind, issued and stamped."""

from dataclasses import replace
from datetime import date

import pytest

from requests_app.domain.events import (
    ConfidentialityReviewed,
    DelayAgreed,
    Extended,
    Replied,
    ReplyDelivered,
    Reviewed,
    SupplementAsked,
)
from requests_app.domain.letters import LetterKind
from requests_app.domain.regimes import NotAllowed
from requests_app.domain.vocabulary import ConfidentialityConclusion, Outcome
from requests_app.services import letters
from requests_app.services.policy import forbid_unready_letter
from requests_app.services.recording import record
from tests.requests_app.services.drafting import drafted, filled, issued, stamped

pytestmark = pytest.mark.django_db


def test_an_act_goes_out_by_its_letter(reviewed, handler, numbered, bodies, deps):
    letter = issued(drafted(reviewed, handler, deps), handler, deps)
    reply = Replied(on=date(2026, 3, 20), outcome=Outcome.GRANTED, letter=letter.pk)
    with pytest.raises(NotAllowed, match="尚无检查合格的盖章件"):
        record(reviewed, reply, by=handler, deps=deps)
    stamped(letter, handler, deps)
    for wrong in (
        replace(reply, outcome=Outcome.NOT_HELD),
        Extended(on=reply.on, days=5, consented_by=handler.pk, letter=letter.pk),
        SupplementAsked(on=reply.on, letter=letter.pk + 1),
    ):
        with pytest.raises(NotAllowed, match="文书"):
            record(reviewed, wrong, by=handler, deps=deps)
    record(reviewed, reply, by=handler, deps=deps)
    delivered = ReplyDelivered(on=reply.on, letter=letter.pk)
    record(reviewed, delivered, by=handler, deps=deps)
    told = list(reviewed.entries.order_by("sequence").values_list("details", flat=True))
    assert [d.get("letter") for d in told] == [*[None] * 4, letter.pk, letter.pk]


def test_a_delay_goes_out_by_its_own_letter(found, handler, numbered, deps):
    notices = [
        issued(drafted(found, handler, deps, kind, None), handler, deps)
        for kind in (LetterKind.DELAY_NOTICE, LetterKind.EXTENSION_NOTICE)
    ]
    for letter in notices:
        stamped(letter, handler, deps)
    delay, extension = notices
    assert delay.number == "云府公告〔2026〕1号"
    event = DelayAgreed(on=date(2026, 3, 20), until=date(2026, 6, 30), letter=delay.pk)
    with pytest.raises(NotAllowed, match="不是本件此项的有效文书"):
        record(found, replace(event, letter=extension.pk), by=handler, deps=deps)
    record(found, event, by=handler, deps=deps)
    last = found.entries.order_by("sequence").last()
    assert last.details == {"letter": delay.pk, "until": "2026-06-30"}


@pytest.mark.parametrize("outcome", [Outcome.GRANTED, Outcome.PARTLY_GRANTED])
def test_nothing_is_released_before_the_confidentiality_review(
    found, handler, deps, outcome
):
    on = date(2026, 3, 20)
    record(found, Reviewed(on=on), by=None, deps=deps)
    reply = Replied(on=on, outcome=outcome)
    with pytest.raises(NotAllowed, match="尚未保密审查") as refused:
        record(found, reply, by=handler, deps=deps)
    assert refused.value.article == "第十七条"
    for conclusion in ConfidentialityConclusion:
        if conclusion is not ConfidentialityConclusion.PUBLISH:
            looked = ConfidentialityReviewed(on=on, conclusion=conclusion)
            record(found, looked, by=None, deps=deps)
    with pytest.raises(NotAllowed, match="不是可以公开"):
        record(found, reply, by=handler, deps=deps)
    record(found, ConfidentialityReviewed(on=on), by=None, deps=deps)
    assert record(found, reply, by=handler, deps=deps).outcome == outcome


def test_a_refusal_and_what_the_system_records_await_no_such_review(
    found, fresh, handler, deps
):
    on = date(2026, 3, 20)
    record(found, Reviewed(on=on), by=None, deps=deps)
    not_held = Replied(on=on, outcome=Outcome.NOT_HELD)
    assert record(found, not_held, by=handler, deps=deps).outcome == "not_held"
    granted = Replied(on=on, outcome=Outcome.GRANTED)
    assert record(fresh, granted, by=None, deps=deps).outcome == "granted"


def test_an_extension_is_of_the_days_that_its_letter_tells(
    found, handler, numbered, deps
):
    draft = drafted(found, handler, deps, LetterKind.EXTENSION_NOTICE, None)
    letter = filled(draft, "答复期限延长20个工作日，本机关将另行答复您。")
    letter = letters.issue(letter, seen=letter.revision, by=handler, deps=deps)
    stamped(letter, handler, deps)
    event = Extended(
        on=date(2026, 3, 20), days=10, consented_by=handler.pk, letter=letter.pk
    )
    with pytest.raises(NotAllowed, match="文书写明延长20个工作日，所填为10个工作日"):
        forbid_unready_letter(event, list(found.entries.all()))
    forbid_unready_letter(replace(event, days=20), list(found.entries.all()))
