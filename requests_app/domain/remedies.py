"""What an applicant can do against a reply, by its outcome and its day (LAW 1.10).

Rows of data: outcome × day of reply. What was not read in a text is marked unverified
and says so wherever it is shown; review body and court come from the agency's data.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from requests_app.domain.calendars import Calendar
from requests_app.domain.periods import Period
from requests_app.domain.vocabulary import AppealResult, Outcome, Procedure

#: refusals under Art. 14, 15 and 16, the refused part of a partial grant included
REFUSED_14_TO_16 = frozenset(
    {
        Outcome.PARTLY_GRANTED,
        Outcome.STATE_SECRET,
        Outcome.TRADE_SECRET,
        Outcome.PERSONAL_PRIVACY,
        Outcome.OTHER_THIRD_PARTY_RIGHTS,
        Outcome.THREE_SECURITIES,
        Outcome.FORBIDDEN_BY_LAW,
        Outcome.INTERNAL_AFFAIRS,
        Outcome.DELIBERATIVE,
        Outcome.ENFORCEMENT_FILE,
    }
)


#: over which a court takes no suit from 2025-06-01 on: 法释〔2025〕8号第十条
NO_SUIT = frozenset(
    {
        Outcome.RECONFIRMATION,
        Outcome.ENQUIRY_MATTER,
        Outcome.NEEDS_MAKING,
        Outcome.PETITION,
        Outcome.PUBLICATION,
    }
)


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A way of redress open to replies of these days."""

    procedure: Procedure
    period: Period
    article: str
    since: date = date.min
    until: date = date.max
    outcomes: frozenset[Outcome] = frozenset(Outcome)
    verified: bool = True


REVIEW_FIRST_SINCE = date(2024, 1, 1)
SPC25_SINCE = date(2025, 6, 1)
# fmt: off
RULES = (
    Rule(procedure=Procedure.RECONSIDERATION, period=Period(days=60),
         article="行政复议法（2017）第九条", until=date(2023, 12, 31)),
    Rule(procedure=Procedure.RECONSIDERATION, period=Period(days=60),
         article="行政复议法（2023）第二十条", since=REVIEW_FIRST_SINCE),
    Rule(procedure=Procedure.LITIGATION_DIRECT, period=Period(months=3),
         article="行政诉讼法（1989）第三十九条", until=date(2015, 4, 30), verified=False),
    Rule(procedure=Procedure.LITIGATION_DIRECT, period=Period(months=6),
         article="行政诉讼法第四十六条", since=date(2015, 5, 1), until=date(2023, 12, 31)),
    Rule(procedure=Procedure.LITIGATION_DIRECT, period=Period(months=6),
         article="行政诉讼法第四十六条", since=REVIEW_FIRST_SINCE, until=date(2025, 5, 31),
         outcomes=frozenset(Outcome) - REFUSED_14_TO_16),
    Rule(procedure=Procedure.LITIGATION_DIRECT, period=Period(months=6),
         article="行政诉讼法第四十六条", since=SPC25_SINCE,
         outcomes=frozenset(Outcome) - REFUSED_14_TO_16 - NO_SUIT),
    Rule(procedure=Procedure.LITIGATION_AFTER_RECONSIDERATION, period=Period(days=15),
         article="行政诉讼法第四十五条"),
)
# fmt: on
REVIEW_FIRST_ARTICLE = "行政复议法（2023）第二十三条第一款第（四）项、第二款"
#: 行政复议法实施条例（修订）第三十条、第三十一条, told of at second hand: a letter cites it
#: once somebody has read the text
UNREAD_SINCE = date(2026, 7, 1)
#: 行诉解释第六十四条: a letter that names no remedy leaves a year
UNNAMED = Period(months=12)


@dataclass(frozen=True, kw_only=True)
class Remedy:
    """`until` runs from delivery; None while that is unknown, and for a suit after
    reconsideration, whose period runs from the decision on it."""

    procedure: Procedure
    period: Period
    article: str
    until: date | None
    provisional: bool
    verified: bool


def remedies(
    outcome: Outcome, replied_on: date, delivered_on: date | None, calendar: Calendar
) -> Iterator[Remedy]:
    """Those of the reply's own day, in the order in which a letter names them."""
    for rule in RULES:
        if not rule.since <= replied_on <= rule.until or outcome not in rule.outcomes:
            continue
        after_review = rule.procedure is Procedure.LITIGATION_AFTER_RECONSIDERATION
        runs = delivered_on if not after_review else None
        last = rule.period.last_day(runs, calendar) if runs else None
        yield Remedy(
            procedure=rule.procedure,
            period=rule.period,
            article=rule.article,
            until=last,
            provisional=last is not None and not calendar.is_published(last.year),
            verified=rule.verified,
        )


def review_comes_first(outcome: Outcome, replied_on: date) -> bool:
    """复议前置: 行政复议法（2023）第二十三条第一款第（四）项, from 2024-01-01; the letter
    has to say so (第二款)."""
    return replied_on >= REVIEW_FIRST_SINCE and outcome in REFUSED_14_TO_16


def review_skipped(
    procedure: str, result: str, outcome: Outcome, replied_on: date
) -> bool:
    """A suit brought without the review that comes first, which the court did not turn
    away: 法释〔2025〕8号第一条、第十条. To be looked at again, never refused."""
    return (
        procedure == Procedure.LITIGATION_DIRECT
        and result != AppealResult.OTHER
        and review_comes_first(outcome, replied_on)
    )
