"""What the log knows of a letter's blanks (【】), so that nobody types it a second time: what
was said beside an act that has no letter yet, its days and amounts, the guide's evidence."""

from collections.abc import Mapping, Sequence
from datetime import date

from requests_app.dependencies import Dependencies
from requests_app.domain import lifecycle
from requests_app.domain.events import (
    DelayAgreed,
    Event,
    Extended,
    FeeNoticed,
    SupplementAsked,
)
from requests_app.domain.guide import STEPS
from requests_app.domain.letters import SHAPES, LetterKind, in_words
from requests_app.domain.regimes import NotAllowed
from requests_app.domain.remedies import REFUSED_14_TO_16
from requests_app.domain.vocabulary import Outcome
from requests_app.models import DisclosureRequest, LogEntry
from requests_app.models.log import voided_in
from requests_app.models.requests import in_legal_order
from requests_app.services import guidance
from requests_app.services.letterless import letterless

Blanks = dict[str, str]
DAY = "【日期】"
#: the guide's headings
HEADINGS = {field.key: field.zh for step in STEPS for field in step.evidence}
#: step → the blank that takes what was said beside its act
SAID: Mapping[LetterKind, str] = {
    LetterKind.SUPPLEMENT_NOTICE: "需补正的事项",
    LetterKind.EXTENSION_NOTICE: "延期理由",
    LetterKind.DELAY_NOTICE: "申请人说明的理由",
}
#: a lapse tells on which day what was not answered had been asked
ASKED = {
    Outcome.SUPPLEMENT_LAPSED: SupplementAsked.kind,
    Outcome.FEE_LAPSED: FeeNoticed.kind,
}
SEARCHED = frozenset({Outcome.NOT_HELD, Outcome.NEEDS_MAKING})


def known(
    found: DisclosureRequest,
    kind: LetterKind,
    outcome: Outcome | None,
    entries: Sequence[LogEntry],
) -> Blanks:
    if outcome is not None:
        return of_the_reply(outcome, entries)
    entry = act_of(found, kind, entries)
    if entry is None:
        return {}
    said = {SAID[kind]: entry.text} if kind in SAID and entry.text else {}
    return said | of_the_fee(entry.event())


def act_of(
    found: DisclosureRequest, kind: LetterKind, entries: Sequence[LogEntry]
) -> LogEntry | None:
    """The last act of that letter that was recorded without one."""
    act = SHAPES[kind].act
    acts = [one.entry for one in letterless(found, entries) if one.entry.kind == act]
    return acts[-1] if acts else None


def of_the_fee(event: Event) -> Blanks:
    if not isinstance(event, FeeNoticed) or event.amount is None:
        return {}
    told = {"金额": str(event.amount)}
    if event.pages:
        told["按件或者按量"] = f"按量，共{event.pages}页"
    elif event.nth:
        told["按件或者按量"] = f"按件，当月第{event.nth}件"
    return told


def of_the_reply(outcome: Outcome, entries: Sequence[LogEntry]) -> Blanks:
    """The weighing of interests stays in 【】: it was written for the office, and is gone
    over before it is told."""
    if outcome in ASKED:
        asked_on = last_day(ASKED[outcome], entries)
        return {"日期": in_words(asked_on)} if asked_on else {}
    if outcome in SEARCHED:
        told = under(guidance.evidence(entries, "held"), "where", "terms", "result")
        return {"检索的范围、方法和结果": told} if told else {}
    if outcome in REFUSED_14_TO_16:
        weighed = under(guidance.evidence(entries, "give"))
        blanks = ("理由", "理由和条款") if weighed else ()
        return dict.fromkeys(blanks, f"【{weighed}】")
    return {}


def under(evidence: Mapping[str, str], *fields: str) -> str:
    """In one line, each under its heading."""
    return "；".join(
        f"{HEADINGS[key]}：{text}".replace("\n", "，")
        for key, text in evidence.items()
        if not fields or key in fields
    )


def last_day(kind: str, entries: Sequence[LogEntry]) -> date | None:
    voided = voided_in(entries)
    days = [e.on for e in entries if e.kind == kind and e.sequence not in voided]
    return max(days, default=None)


def days(
    found: DisclosureRequest,
    kind: LetterKind,
    entries: Sequence[LogEntry],
    deps: Dependencies,
) -> dict[str, str]:
    """From which due day to which, once the extension or the delay is recorded; before
    that the most there is, and a person settles on fewer."""
    entry = act_of(found, kind, entries)
    event = entry.event() if entry else None
    if not isinstance(event, Extended | DelayAgreed):
        return beforehand(kind, entries, deps)
    without = [e for e in entries if e is not entry]
    was = lifecycle.standing(in_legal_order(without), deps.calendar).due_on
    told = {"due": in_words(was)} if was else {}
    if isinstance(event, DelayAgreed):
        return told | {"new_due": in_words(event.until)}
    told["days"] = str(event.days)
    return told | {"new_due": in_words(found.due_on) if found.due_on else DAY}


def beforehand(
    kind: LetterKind, entries: Sequence[LogEntry], deps: Dependencies
) -> dict[str, str]:
    if kind is LetterKind.DELAY_NOTICE:
        return {"new_due": DAY}
    if kind is not LetterKind.EXTENSION_NOTICE:
        return {}
    log = list(in_legal_order(entries))
    most = lifecycle.standing(log, deps.calendar).clock.regime.most_extension_days
    today = deps.clock.today()
    try:
        then = lifecycle.act(log, Extended(on=today, days=most), deps.calendar)
    except NotAllowed:
        return {"days": "【天数】", "new_due": DAY}
    return {"days": str(most), "new_due": in_words(then.due_on) if then.due_on else DAY}
