"""The statutory clock of one request: what is known so far, and the day a reply is due."""

from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property

from requests_app.domain.calendars import Calendar, Day
from requests_app.domain.days import Pause, nth_working_day, provisional, strip
from requests_app.domain.regimes import Regime

UNNAMED = "opinion"  # a consultation that nobody named, where there is but one


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Something irregular that happened all the same."""

    rule: str
    on: date
    message: str
    article: str = ""


@dataclass(frozen=True, kw_only=True)
class Consultation:
    name: str
    sought_on: date
    delivered_on: date | None = None
    received_on: date | None = None
    pauses: bool = True  # one begun after the due day pauses nothing


@dataclass(frozen=True, kw_only=True)
class Clock:
    """The clock of one request after the events read so far."""

    received_on: date
    regime: Regime
    calendar: Calendar
    counting_from: date  # itself not counted: receipt, or the last restart
    extension_days: int = 0  # of the one extension with effect
    supplements_asked: int = 0
    supplement_open: bool = False  # asked and not answered, with or without effect
    supplement_awaited: bool = False  # the clock stands until it comes
    fee_open: bool = False
    fee_awaited: bool = False
    agreed_until: date | None = None  # 第三十五条: a day fixed instead of the due day
    consultations: tuple[Consultation, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def stands_still(self) -> bool:
        return self.supplement_awaited or self.fee_awaited

    @cached_property
    def pauses(self) -> tuple[Pause, ...]:
        return tuple(
            Pause(c.sought_on, self.pause_ends_on(c), c.name)
            for c in self.consultations
            if c.pauses
        )

    def pause_ends_on(self, consultation: Consultation) -> date:
        """2019 第三十二条: silence ends it on the 15th working day after delivery."""
        answered = consultation.received_on
        if answered and not consultation.delivered_on:
            return answered
        silence = nth_working_day(
            consultation.delivered_on or consultation.sought_on,
            self.regime.opinion_days,
            self.calendar,
        )
        return min(answered, silence) if answered else silence

    @cached_property
    def base_due_on(self) -> date | None:
        """The last day without any extension; None while the clock stands still."""
        if self.stands_still:
            return None
        return nth_working_day(
            self.counting_from, self.regime.reply_days, self.calendar, self.pauses
        )

    @cached_property
    def due_on(self) -> date | None:
        """With the extension; or the later day that was agreed instead (第三十五条)."""
        base = self.base_due_on
        if base is None:
            return None
        extended = nth_working_day(
            base, self.extension_days, self.calendar, self.pauses
        )
        return max(extended, self.agreed_until or extended)

    @property
    def provisional(self) -> bool:
        due = self.due_on
        return due is not None and provisional(self.counting_from, due, self.calendar)

    @property
    def waiting_for(self) -> frozenset[str]:
        """`supplement`, `payment`, and the names of the consultations still open."""
        open_ = {c.name for c in self.consultations if c.received_on is None}
        return frozenset(
            open_
            | ({"supplement"} if self.supplement_open else set())
            | ({"payment"} if self.fee_open else set())
        )

    def days(self) -> tuple[Day, ...]:
        """The strip: every day from the day after the start to `due_on`, and why; empty
        while the clock stands still."""
        due = self.due_on
        if due is None:
            return ()
        return strip(self.counting_from, due, self.calendar, self.pauses)

    def but(self, **changes: object) -> "Clock":
        """A copy with these fields changed, nothing read from it kept. It does what
        `dataclasses.replace` does in a third of the time, in the innermost loop there
        is."""
        known = self.__dict__
        copy = object.__new__(Clock)
        copy.__dict__.update({name: known[name] for name in FIELDS}, **changes)
        return copy

    def found(self, rule: str, on: date, message: str, article: str) -> "Clock":
        finding = Finding(rule=rule, on=on, message=message, article=article)
        return self.but(findings=(*self.findings, finding))


FIELDS = tuple(field.name for field in fields(Clock))
