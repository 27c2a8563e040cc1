"""How a due day stands today, in a word, a sign and a colour: it reads without the colour."""

from dataclasses import dataclass, replace
from datetime import date

from django.utils.html import format_html
from django.utils.translation import gettext as _

from requests_app.domain.calendars import Calendar
from requests_app.domain.lifecycle import Stage
from requests_app.models import DisclosureRequest
from requests_app.services import queues
from requests_app.services.watch import FURTHEST


@dataclass(frozen=True, kw_only=True)
class State:
    key: str  # names the colour in office.css
    sign: str
    words: str

    def __html__(self) -> str:
        return format_html(
            '<span class="state state-{}"><span aria-hidden="true">{}</span> {}</span>',
            self.key,
            self.sign,
            self.words,
        )

    @property
    def badge(self) -> str:
        """For a template, which would take the plain text of an object."""
        return self.__html__()

    def __str__(self) -> str:
        return f"{self.sign} {self.words}"


def state(found: DisclosureRequest, today: date, calendar: Calendar) -> State:
    if found.voided_on:
        return State(key="void", sign="✕", words=_("已作废"))
    if found.stage == Stage.ARCHIVED:
        return State(key="done", sign="■", words=_("已归档"))
    if found.replied_on:
        words = _("已办结 · %(timeliness)s") % {
            "timeliness": found.get_timeliness_display()
        }
        if found.returned_on:
            return State(key="soon", sign="✓", words=f"{words} · {_('退回待再送达')}")
        if queues.is_unserved(found):
            return State(key="waiting", sign="✓", words=f"{words} · {_('待送达')}")
        return State(key="done", sign="✓", words=words)
    due = found.due_on
    if due is None:
        return State(key="waiting", sign="‖", words=_("等待申请人"))
    if due < today:
        words = _("逾期 %(n)s 天") % {"n": (today - due).days}
        return State(key="overdue", sign="▲", words=words)
    return running(due, today, calendar, waiting=bool(found.waiting_for))


def co_state(due: date, today: date, calendar: Calendar) -> State:
    """协办, by its inner day: overdue inside the office is not yet so for the applicant."""
    if due < today:
        words = _("协办逾期 %(n)s 天") % {"n": (today - due).days}
        return State(key="overdue", sign="▲", words=words)
    told = running(due, today, calendar, waiting=False)
    return replace(told, words=_("协办") + " · " + told.words)


def running(due: date, today: date, calendar: Calendar, *, waiting: bool) -> State:
    if due == today:
        return State(key="soon", sign="◆", words=_("今日到期"))
    left = calendar.between(today, due)
    words = _("剩 %(n)s 个工作日") % {"n": left}
    if left <= FURTHEST:
        return State(key="soon", sign="◆", words=words)
    if waiting:
        return State(key="waiting", sign="‖", words=_("等待意见") + " · " + words)
    return State(key="running", sign="○", words=words)


def owed(due: date, today: date, calendar: Calendar) -> State:
    """A due day of its own, beside the reply's: of the office as respondent."""
    if due < today:
        words = _("逾期 %(n)s 天") % {"n": (today - due).days}
        told = State(key="overdue", sign="▲", words=words)
    else:
        told = running(due, today, calendar, waiting=False)
    return State(key=told.key, sign=told.sign, words=f"{due} · {told.words}")
