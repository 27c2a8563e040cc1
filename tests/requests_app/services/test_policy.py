"""What goes out with an act: a letter of its own kind, issued and stamped."""

from dataclasses import replace
from datetime import date

import pytest

from requests_app.domain.events import (
    DelayAgreed,
    Extended,
    Replied,
    ReplyDelivered,
    SupplementAsked,
)
from requests_app.domain.letters import LetterKind
from requests_app.domain.regimes import NotAllowed
from requests_app.domain.vocabulary import Outcome
from requests_app.services.recording import record
from tests.requests_app.services.drafting import drafted, issued, stamped

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
    assert [d.get("letter") for d in told] == [None, None, None, letter.pk, letter.pk]


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
