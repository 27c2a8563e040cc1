"""One small form per act: what is typed becomes the event, and the text beside it."""

from dataclasses import dataclass, fields, replace
from datetime import date
from typing import ClassVar

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from requests_app.domain.events import Event
from requests_app.domain.lifecycle import Standing
from requests_app.models import DisclosureRequest, Letter, LogEntry, Staff
from requests_app.services import letters, together
from requests_app.services.policy import HeadsReason


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """What a form is drawn from."""

    disclosure_request: DisclosureRequest
    now: Standing
    user: Staff
    today: date


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ActForm(forms.Form):
    kind: ClassVar[type[Event]]
    #: what the form says of itself, with the article
    help: ClassVar[str] = ""
    remark_label: ClassVar[str] = _("备注")
    remark_needed: ClassVar[bool] = False
    #: offered for the requests that one letter answers together (并案答复)
    joins: ClassVar[bool] = False

    on = forms.DateField(label=_("日期"), widget=DayInput())
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, drawn: Drawn, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.drawn = drawn
        self.fields["on"].widget.attrs["max"] = drawn.today.isoformat()
        self.fields["remark"] = forms.CharField(
            label=self.remark_label,
            required=self.remark_needed,
            max_length=4000,
            widget=forms.Textarea(attrs={"rows": 3}),
        )
        ready = letters.ready(drawn.disclosure_request, self.kind)
        if ready:
            self.fields["letter"] = forms.ModelChoiceField(
                Letter.objects.filter(pk__in=[letter.pk for letter in ready]),
                label=_("送出的文书"),
                required=False,
                initial=ready[-1],
            )
        self.beside = together.beside(drawn.disclosure_request) if self.joins else []
        if self.beside:
            self.fields["together"] = forms.MultipleChoiceField(
                label=_("同时记入"),
                choices=[(one.pk, named(one)) for one in self.beside],
                initial=[one.pk for one in self.beside],
                required=False,
                widget=forms.CheckboxSelectMultiple,
                help_text=_(
                    "并案答复的各件，一并记录；各件仍分别计件（法释〔2025〕8号第十四条）。"
                ),
            )
        self.draw()

    def draw(self) -> None:
        """Choices and first values that depend on the request and on who is acting."""

    def event(self) -> Event:
        names = {f.name for f in fields(self.kind)} - {"letter"}
        typed = {n: v for n, v in self.cleaned_data.items() if n in names}
        return self.kind(**typed)

    def told(self) -> Event:
        """The event, with the letter that it goes out by."""
        letter = self.cleaned_data.get("letter")
        event = self.event()
        return replace(event, letter=letter.pk) if letter else event

    @property
    def others(self) -> list[DisclosureRequest]:
        """In which the same act is to be recorded too."""
        chosen = self.cleaned_data.get("together", [])
        return [one for one in self.beside if str(one.pk) in chosen]

    def keep(self, found: DisclosureRequest, event: Event, *, by, deps) -> None:
        together.record_each(
            found,
            self.others,
            event,
            by=by,
            deps=deps,
            seen=self.cleaned_data["seen"],
            reason=self.reason,
            remark=self.remark,
            acting_for=self.acting_for,
        )

    def tells(self, entry: LogEntry) -> bool:
        """Whether an entry of the same event tells what this form does."""
        return True

    @property
    def remark(self) -> str:
        return self.cleaned_data["remark"].strip()

    @property
    def acting_for(self) -> Staff | None:
        return self.cleaned_data.get("acting_for")

    @property
    def reason(self) -> HeadsReason | None:
        return None


def named(found: DisclosureRequest) -> str:
    due = found.due_on.isoformat() if found.due_on else "—"
    subject = (
        Truncator(found.wording.subject).chars(40) if hasattr(found, "wording") else ""
    )
    return f"{found.number} · {due} · {subject}"


def handlers(agency_id: int):
    return staff_of(agency_id, "handler")


def heads(agency_id: int):
    return staff_of(agency_id, "office_head")


def staff_of(agency_id: int, role: str):
    found = Staff.objects.filter(agency=agency_id, groups__name=role, is_active=True)
    return found.order_by("last_name", "first_name", "username")
