"""What of the service of letters a portal is told: what moves the due day, and no more."""

from dataclasses import replace
from datetime import date

import pytest

from requests_app.domain import events as happened
from requests_app.domain.letters import LetterKind
from requests_app.models import OutboxMessage
from requests_app.models.portals import Submission
from requests_app.services import callbacks, portals
from requests_app.services.recording import record
from requests_app.services.voiding import void
from tests.fakes import FixedClock
from tests.requests_app.services.drafting import drafted, issued, stamped

pytestmark = pytest.mark.django_db
ON, RECEIVED = date(2026, 3, 20), date(2026, 3, 25)


@pytest.fixture
def by_portal(found, office, deps):
    portal, _ = portals.create(name="省政府门户", codes=[office.code], deps=deps)
    callbacks.set_url(portal, "https://portal.example.cn/called", deps=deps)
    Submission.objects.create(disclosure_request=found, portal=portal)


@pytest.fixture
def letter(found, handler, numbered, bodies, deps):
    made = drafted(found, handler, deps, LetterKind.OPINION_THIRD_PARTY, None)
    sent = issued(made, handler, deps)
    stamped(sent, handler, deps)
    return sent


def said() -> list[tuple[str, str | None]]:
    """Type and due day of each message, in order."""
    written = OutboxMessage.objects.filter(topic=callbacks.TOPIC).order_by("pk")
    told = [message.payload["body"] for message in written]
    return [(body["type"], body["request"]["due_on"]) for body in told]


def served(found, letter, deps, *before):
    then = replace(deps, clock=FixedClock.on(str(RECEIVED)))
    for event in (
        *before,
        happened.LetterSent(on=ON, letter=letter.pk),
        happened.LetterDelivered(on=RECEIVED, letter=letter.pk),
    ):
        record(found, event, by=None, deps=then)
    return then


def test_the_delivery_that_moves_the_due_day_is_told_and_its_taking_back(
    by_portal, found, letter, deps
):
    """第三十二条: the third party's 15 working days run from then."""
    sought = happened.OpinionSought(on=ON, consultation="1", letter=letter.pk)
    then = served(found, letter, deps, sought)
    void(found, entry=found.entries.last().sequence, by=None, deps=then)
    assert said() == [
        ("request.opinion_sought", "2026-04-21"),
        ("request.opinion_delivered", "2026-04-24"),
        ("request.entry_voided", "2026-04-21"),
    ]


def test_the_delivery_of_any_other_letter_stays_inside(by_portal, found, letter, deps):
    then = served(found, letter, deps)
    void(found, entry=found.entries.last().sequence, by=None, deps=then)
    assert said() == []
