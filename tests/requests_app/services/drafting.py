"""A letter on its way, as the tests of several services need it."""

import io
from dataclasses import replace
from datetime import date, timedelta

from requests_app.domain.letters import LetterKind
from requests_app.domain.vocabulary import Outcome
from requests_app.models import Applicant
from requests_app.services import letters, served
from requests_app.services.recording import register
from tests.fakes import FixedClock
from tests.requests_app.letters.test_pdf_leaks import pdf


def asked_for(office, deps, received_on):
    return register(
        agency=office,
        received_on=received_on,
        applicant=Applicant(name="张三"),
        applicant_kind="natural_person",
        subject="某路的征地批复。",
        by=None,
        deps=deps,
    )


def drafted(found, handler, deps, kind=LetterKind.GRANTED, outcome=Outcome.GRANTED):
    return letters.draft(found, kind=kind, outcome=outcome, by=handler, deps=deps)


def filled(letter, decision="现予提供：征地批复一份。", on=date(2026, 3, 20), by=None):
    return letters.revise(
        letter,
        by=by or letter.made_by,
        seen=letter.revision,
        dated_on=on,
        addressee=letter.addressee or "某公司",
        facts=letter.facts,
        decision=decision,
    )


def issued(letter, handler, deps):
    letter = filled(letter)
    return letters.issue(letter, seen=letter.revision, by=handler, deps=deps)


def stamped(letter, handler, deps, content=None, name="盖章件.pdf"):
    content = content or pdf("已盖章")
    return served.take_in(
        letter, file=io.BytesIO(content), name=name, size=len(content), by=handler,
        deps=deps,
    )  # fmt: skip


def later(deps):
    """An hour after the receipt was recorded: what is done then is no history."""
    clock = FixedClock(deps.clock.now() + timedelta(hours=1))
    return replace(deps, clock=clock)
