"""The office's own due days as respondent: answers to review and court, performance."""

from dataclasses import dataclass
from datetime import date

from requests_app.domain.calendars import Calendar
from requests_app.domain.periods import Period
from requests_app.domain.vocabulary import Procedure


@dataclass(frozen=True, kw_only=True)
class Duty:
    """What has to be done, and within which period from the day of notice."""

    zh: str
    en: str
    period: Period
    article: str

    def due_on(self, notified_on: date, calendar: Calendar) -> date:
        return self.period.last_day(notified_on, calendar)


# fmt: off
ANSWER_TO_REVIEW = Duty(
    zh="提交行政复议答复书",
    en="answer to the reconsideration body", period=Period(working_days=10),
    article="行政复议法（2023）第四十八条、第八十八条")
ANSWER_TO_SIMPLE_REVIEW = Duty(
    zh="提交行政复议答复书（简易程序）",
    en="answer to the reconsideration body (simple procedure)", period=Period(working_days=5),
    article="行政复议法（2023）第五十四条、第八十八条")
ANSWER_TO_COURT = Duty(
    zh="提交行政诉讼答辩状",
    en="answer to the court", period=Period(days=15), article="行政诉讼法第六十七条")
DISCLOSURE_ORDERED = Duty(
    zh="按裁判重新答复或公开", en="decide anew or disclose as ordered",
    period=Period(working_days=20),
    article="法释〔2025〕8号第十一条")
# fmt: on


def answer(procedure: Procedure, *, simple: bool = False) -> Duty:
    """What the office owes first in that procedure."""
    if procedure is Procedure.RECONSIDERATION:
        return ANSWER_TO_SIMPLE_REVIEW if simple else ANSWER_TO_REVIEW
    return ANSWER_TO_COURT


def performance_due_on(
    decided_on: date, ordered_until: date | None, calendar: Calendar
) -> date:
    """The day that the decision orders; where it orders none, 20 working days."""
    return ordered_until or DISCLOSURE_ORDERED.due_on(decided_on, calendar)
