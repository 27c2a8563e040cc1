"""补正申请人信息、更正登记事项: what was left blank or mistyped at the registration."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from requests_app.admin import persons
from requests_app.admin.act_forms.base import ActForm
from requests_app.admin.application_form import (
    APPLICANT,
    DETAILS,
    EMPTY,
    ApplicantFields,
    ParticipantFields,
)
from requests_app.domain import events as happened
from requests_app.domain.events import Event
from requests_app.domain.vocabulary import ApplicantKind, Channel, ChannelDetail
from requests_app.models import DisclosureRequest, LogEntry, Participant
from requests_app.models.access import FIELDS
from requests_app.models.language import choices
from requests_app.services import corrections

BESIDE = ("role", "name", "id_kind", "id_number", "phone")


class ApplicantCompletedForm(ActForm, ApplicantFields):
    kind = happened.ApplicantCompleted
    help = _(
        "来信没有姓名、联系方式，或者共同申请人、代理人登记后才知道的，在此补正"
        "（第二十九条、第三十条）；只填要补正的各项，留空的不变，误填的在“清空”中勾选。"
        "原登记的内容留存可查，期限不变。"
    )
    remark_label = _("补正的依据和理由")
    remark_needed = True
    blanked = forms.MultipleChoiceField(
        label=_("清空"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("登记时误填、应为空白的各项。"),
    )
    whole_paper = forms.BooleanField(
        label=_("同一申请书的其他各件一并补正"), required=False, initial=True
    )

    def draw(self) -> None:
        found = self.drawn.disclosure_request
        known = persons.masked_facts(found.applicant)
        for name in APPLICANT:
            told = known.get(name)
            self.fields[name].help_text = (
                gettext("现为：%(told)s") % {"told": told} if told else ""
            )
        filled = [(name, FIELDS[name]) for name in persons.given(found.applicant)]
        self.fields["blanked"].choices = filled
        if not filled:
            del self.fields["blanked"]
        for name, field in ParticipantFields().fields.items():
            field.label = gettext("另加一人：%(what)s") % {"what": field.label}
            self.fields[f"beside_{name}"] = field
        if not corrections.items_beside(found):
            del self.fields["whole_paper"]
        rest = [name for name in self.fields if name not in ("on", "remark")]
        self.order_fields([*rest, "on", "remark"])

    def clean(self):
        typed = super().clean()
        if bool(typed.get("beside_role")) != bool(typed.get("beside_name")):
            self.add_error("beside_name", _("身份和姓名须一并填写。"))
        for name in typed.get("blanked", ()):
            if typed.get(name):
                self.add_error(name, _("既填写又勾选了“清空”，请只作一种。"))
        return typed

    @property
    def to_blank(self) -> tuple[str, ...]:
        """Without its number a paper of identity is none, and the other way round."""
        names = self.cleaned_data.get("blanked", ())
        return (*names, "id_kind") if "id_number" in names else tuple(names)

    @property
    def applicant(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in APPLICANT}

    @property
    def participant(self) -> dict[str, str] | None:
        told = {name: self.cleaned_data[f"beside_{name}"] for name in BESIDE}
        return told if told["name"] else None

    def keep(self, found: DisclosureRequest, event: Event, *, by, deps) -> None:
        corrections.complete(
            found,
            on=event.on,
            applicant=self.applicant,
            blanked=self.to_blank,
            participant=self.participant,
            whole_paper=self.cleaned_data.get("whole_paper", False),
            why=self.remark,
            by=by,
            deps=deps,
            seen=self.cleaned_data["seen"],
        )

    def tells(self, entry: LogEntry) -> bool:
        told = entry.correction
        return told.why == self.remark and told.says(
            self.applicant, self.participant, self.to_blank
        )


class ParticipantRemovedForm(ActForm):
    kind = happened.ParticipantRemoved
    help = _(
        "共同申请人、代理人、监护人误登的，在此移除（登记环节，第四十五条）；另记一条，"
        "原登记留存可查，期限不变。移除有误的，作废此条即恢复。"
    )
    remark_label = _("移除理由")
    remark_needed = True
    participant = forms.ModelChoiceField(
        Participant.objects.none(), label=_("移除何人")
    )

    def draw(self) -> None:
        standing = [one.pk for one in self.drawn.disclosure_request.people()]
        people = Participant.objects.filter(pk__in=standing)
        self.fields["participant"].queryset = people
        self.order_fields(["participant", "on", "remark"])

    def event(self) -> Event:
        typed = self.cleaned_data
        return happened.ParticipantRemoved(
            on=typed["on"], participant=typed["participant"].pk
        )

    def keep(self, found: DisclosureRequest, event: Event, *, by, deps) -> None:
        assert isinstance(event, happened.ParticipantRemoved)
        corrections.remove(
            found,
            event,
            why=self.remark,
            by=by,
            deps=deps,
            seen=self.cleaned_data["seen"],
        )


class CorrectedForm(ActForm):
    kind = happened.Corrected
    help = _(
        "登记时录错的申请方式、申请人类别、申请内容，答复前在此更正（登记环节，第四十五条）；另记一条，原登记留存可查。"
        "报表按更正后的计，已签发的报告列为调整。收到之日录错的，作废登记后重新登记。"
    )
    remark_label = _("更正理由")
    remark_needed = True
    channel = forms.ChoiceField(label=_("申请方式"), choices=choices(Channel))
    channel_detail = forms.ChoiceField(
        label=_("申请方式细分"),
        required=False,
        choices=[EMPTY, *choices(ChannelDetail)],
    )
    applicant_kind = forms.ChoiceField(
        label=_("申请人类别"), choices=choices(ApplicantKind)
    )
    subject = forms.CharField(
        label=_("申请内容"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("更正录入的错误；申请人自己更改的，作补正（第三十条）。"),
    )

    def draw(self) -> None:
        found = self.drawn.disclosure_request
        for name in ("channel", "channel_detail", "applicant_kind"):
            value = getattr(found, name)
            self.fields[name].initial = value
            if not value:
                self.fields[name].choices = [
                    EMPTY, *(c for c in self.fields[name].choices if c != EMPTY),
                ]  # fmt: skip
        self.fields["subject"].initial = getattr(found, "wording", None) and (
            found.wording.subject
        )
        self.fields["on"].disabled = True  # the last correction stands, by its day
        self.order_fields(
            ["channel", "channel_detail", "applicant_kind", "subject", "on", "remark"]
        )

    def clean(self):
        typed, found = super().clean(), self.drawn.disclosure_request
        channel, detail = typed.get("channel", ""), typed.get("channel_detail", "")
        as_it_is = (channel, detail) == (found.channel, found.channel_detail)
        if detail and not as_it_is and detail not in DETAILS.get(channel, ()):
            told = gettext("不是“%(channel)s”的细分")
            name = dict(choices(Channel)).get(channel, channel)
            self.add_error("channel_detail", told % {"channel": name})
        return typed

    def event(self) -> Event:
        typed, found = self.cleaned_data, self.drawn.disclosure_request
        return happened.Corrected(
            on=typed["on"],
            channel=typed["channel"],
            channel_detail=typed["channel_detail"],
            applicant_kind=typed["applicant_kind"],
            was_channel=found.channel,
            was_channel_detail=found.channel_detail,
            was_applicant_kind=found.applicant_kind,
        )

    def keep(self, found: DisclosureRequest, event: Event, *, by, deps) -> None:
        assert isinstance(event, happened.Corrected)
        corrections.correct(
            found,
            event,
            subject=self.cleaned_data["subject"],
            why=self.remark,
            by=by,
            deps=deps,
            seen=self.cleaned_data["seen"],
        )


FORMS = (ApplicantCompletedForm, ParticipantRemovedForm, CorrectedForm)
