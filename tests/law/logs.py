"""Random logs: what can happen to a request, seldom what should."""

from datetime import date, timedelta

from hypothesis import strategies as some

from requests_app.domain.events import KINDS, Extended, OpinionEvent

FIRST, LAST = date(2008, 5, 1), date(2027, 3, 31)
# fmt: off
#: what may follow while these are open: answers only to what was asked
QUESTIONS = {
    "supplement_asked": "supplement_received",
    "fee_noticed": "fee_paid",
    "opinion_sought": "opinion_received",
}
# fmt: on


@some.composite
def logs(draw):
    """(day of receipt, events as tuples in legal order): possible, seldom regular."""
    received = draw(some.dates(FIRST, LAST))
    told, day, open_ = [], received, []
    for nth in range(draw(some.integers(0, 8))):
        day += timedelta(draw(some.integers(0, 15)))
        answers = [(QUESTIONS[kind], name) for kind, name in open_]
        answers += [
            ("opinion_delivered", name)
            for kind, name in open_
            if kind == "opinion_sought"
            and ("opinion_delivered", name) not in told_of(told)
        ]
        asked = [kind for kind, _ in open_]
        choices = [
            ("extended", draw(some.integers(1, 25))),
            ("opinion_sought", f"函{nth}"),
        ]
        choices += [
            (kind, "")
            for kind in ("supplement_asked", "fee_noticed")
            if kind not in asked
        ]
        kind, extra = draw(some.sampled_from(choices + answers * 2))
        told.append((kind, day, extra))
        if kind in QUESTIONS:
            open_.append((kind, extra))
        open_ = [(q, n) for q, n in open_ if (QUESTIONS[q], n) != (kind, extra)]
    return received, told


def told_of(told):
    return {(kind, extra) for kind, _, extra in told}


def as_event(kind, on, extra):
    of = KINDS[kind]
    if of is Extended:
        return Extended(on=on, days=extra)
    return of(on=on, consultation=extra) if issubclass(of, OpinionEvent) else of(on=on)
