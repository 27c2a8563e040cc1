"""What was irregular in a reply itself: late, unasked, out of its time (INTERFACES §2)."""

from collections.abc import Iterator
from datetime import date

from requests_app.domain import deadlines, service
from requests_app.domain import events as happened
from requests_app.domain.clock import Clock, Finding
from requests_app.domain.vocabulary import Outcome, Timeliness

AFTER_SUPPLEMENT = frozenset({Outcome.STILL_UNCLEAR, Outcome.SUPPLEMENT_LAPSED})
#: outcomes whose article came into force, or ended, on a day (outcomes.csv)
SINCE = {
    Outcome.FEE_LAPSED: date(2021, 1, 1),
    **dict.fromkeys(
        (
            Outcome.OTHER_THIRD_PARTY_RIGHTS,
            Outcome.ENQUIRY_MATTER,
            Outcome.STILL_UNCLEAR,
            Outcome.SUPPLEMENT_LAPSED,
            Outcome.EXCESSIVE,
            Outcome.RECONFIRMATION,
        ),
        date(2019, 5, 15),
    ),
}
UNTIL = {Outcome.TOLD_TO_AMEND: date(2019, 5, 14)}


def at_conclusion(clock: Clock, reply: happened.Replied | None) -> Iterator[Finding]:
    if reply is None:
        return
    article = clock.regime.article

    def found(rule: str, message: str, where: str) -> Finding:
        return Finding(rule=rule, on=reply.on, message=message, article=where)

    if deadlines.timeliness(clock, reply.on) is Timeliness.LATE:
        yield found(
            "reply_late",
            f"答复期限 {clock.due_on} 届满后答复 (replied after the due day)",
            article.reply,
        )
    if reply.outcome is not Outcome.WITHDRAWN and open_opinions(clock, reply.on):
        yield found(
            "reply_while_consulting",
            "征求意见未结束即答复 (replied while an opinion was awaited)",
            article.opinion,
        )
    if reply.outcome in AFTER_SUPPLEMENT and not clock.supplements_asked:
        yield found(
            "no_supplement_asked",
            "没有告知补正的记录 (no supplement was asked for)",
            article.supplement,
        )
    if reply.outcome is Outcome.FEE_LAPSED and not clock.fee_open:
        yield found(
            "no_fee_notice", "没有收费告知的记录 (no fee was noticed)", article.fee
        )
    if out_of_time(reply):
        yield found(
            "outcome_out_of_time",
            "该答复类别当时尚无或已无依据 (no ground for this outcome that day)",
            article.reply,
        )
    yield from service.irregular(reply.service, reply.on)


def out_of_time(reply: happened.Replied) -> bool:
    """The law of a reply is that of its own day (DESIGN §10)."""
    return not in_force(reply.outcome, reply.on)


def in_force(outcome: Outcome, on: date) -> bool:
    """Whether the outcome has a ground on that day."""
    return SINCE.get(outcome, date.min) <= on <= UNTIL.get(outcome, date.max)


def open_opinions(clock: Clock, on: date) -> bool:
    """An opinion still awaited on that day, its time for an answer not yet run out."""
    return any(
        c.received_on is None and on <= clock.pause_ends_on(c)
        for c in clock.consultations
    )
