"""The official form (政府信息公开申请表, 第二十九条) at the desk, for one channel."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from requests_app.admin import same_wording
from requests_app.admin.act_forms import DayInput
from requests_app.admin.application_form import (
    APPLICANT,
    DETAILS,
    EMPTY,
    OF_ORGANISATIONS,
    OF_PERSONS,
    ApplicantFields,
    PaperField,
    ParticipantFields,
    words,
)
from requests_app.admin.searched import AgencySelect
from requests_app.domain.intake import Arrival, Manner
from requests_app.domain.vocabulary import (
    ApplicantKind,
    ChannelDetail,
    ObtainBy,
    ProvideAs,
    term,
)
from requests_app.models import Agency, Attachment
from requests_app.models.language import choices
from requests_app.services.intake import HandedIn, Paper

MOST_ITEMS = 50  # of one paper
MOST = 100  # at once, all papers of the same words together
#: which days a clerk is asked for; the law makes the day of receipt of them
DAYS: Mapping[str, tuple[str, ...]] = {
    "in_person": ("submitted_on",),
    "fax": ("submitted_on", "confirmed_on"),
    "online": ("submitted_on", "confirmed_on"),
    "post": ("submitted_on", "signed_on", "confirmed_on"),
}
RULES: Mapping[str, Any] = {
    "in_person": _(
        "当面提交之日为收到申请之日（第三十一条第（一）项）。口头申请由工作人员代填。"
    ),
    "fax": _(
        "双方确认之日为收到申请之日（第三十一条第（三）项）。未确认的自到达之日谨慎计算。"
    ),
    "online": _(
        "双方确认之日为收到申请之日（第三十一条第（三）项）；已公布平台的自动回执即为确认。"
        "电子邮件未确认的自到达之日谨慎计算。"
    ),
    "post": _(
        "签收之日为收到申请之日；平常信函应于到达当日与申请人确认，确认之日为收到之日"
        "（第三十一条第（二）项）。"
    ),
}
PAPERS = {
    "identity": Attachment.Kind.IDENTITY,
    "authorisation": Attachment.Kind.AUTHORISATION,
}
MANNER = tuple(field.name for field in fields(Manner))
YES_NO = [EMPTY, ("yes", _("可以")), ("no", _("不可以"))]


def day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=DayInput(), **more)


class RegisterForm(ApplicantFields):
    agency = forms.ModelChoiceField(
        Agency.objects.none(), label=_("受理机关"), widget=AgencySelect
    )
    channel_detail = forms.ChoiceField(label=_("申请方式细分"), required=False)
    submitted_on = day(_("提交或到达日期"))
    signed_on = day(_("签收日期"))
    confirmed_on = day(_("与申请人确认日期"))
    applied_on = day(
        _("申请时间"), help_text=_("申请表上的日期；期限自收到之日起算（第三十一条）。")
    )
    applicant_kind = forms.ChoiceField(
        label=_("申请人类别"), choices=[EMPTY, *choices(ApplicantKind)]
    )
    identity = PaperField(label=_("身份证明"), required=False)
    subject = forms.CharField(
        label=_("申请内容"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("名称、文号或者便于查询的其他特征性描述（第二十九条）。"),
    )
    same = forms.CharField(
        label=_("相同申请"),
        required=False,
        max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "多人各交一份内容相同的申请：每行一人，写“姓名，证件号码，电话，地址”，后三项可省。"
            "上面填了姓名的，是第一位；没有填的，只登记各行。各件各有编号、查询码和回执，一次完成。"
        ),
    )
    retrieval_number = words(
        _("索取号"),
        100,
        help_text=_("申请表上填写的、公开目录中的索取号；没有的留空。"),
    )
    topic = words(_("主题"), 60)
    provide_as = forms.ChoiceField(
        label=_("指定提供方式"), choices=[EMPTY, *choices(ProvideAs)], required=False
    )
    obtain_by = forms.ChoiceField(
        label=_("获取信息方式"), choices=[EMPTY, *choices(ObtainBy)], required=False
    )
    accepts_other = forms.TypedChoiceField(
        label=_("可否接受其他方式"),
        help_text=_("无法按指定方式提供时。"),
        choices=YES_NO,
        required=False,
        coerce=lambda told: told == "yes",
        empty_value=None,
    )
    purpose = words(_("所需信息的用途"), 500)
    fee_waiver = forms.BooleanField(label=_("申请减免费用"), required=False)
    authorisation = PaperField(
        label=_("委托书"), required=False, help_text=_("由代理人申请的，附委托书。")
    )
    field_order = (
        "agency", "channel_detail", "submitted_on", "signed_on", "confirmed_on",
        "applied_on", "applicant_kind", *APPLICANT, "identity", "subject",
        "retrieval_number", "same", "topic", "provide_as", "obtain_by", "accepts_other",
    )  # fmt: skip
    #: laid out apart: what only the form of 2008 asks, and what belongs to an agent
    of_2008 = ("purpose", "fee_waiver")
    of_agents = ("authorisation",)

    def __init__(
        self, *args, channel: str, user, today, further: Sequence[str] = (), **kwargs
    ) -> None:
        super().__init__(*args, **kwargs)
        self.channel = channel
        self.further = tuple(text for text in further if text)
        self.fields["agency"].queryset = agencies_of(user)
        self.fields["agency"].initial = user.agency_id
        known = dict(choices(term(ChannelDetail, key) for key in DETAILS[channel]))
        self.fields["channel_detail"].choices = [EMPTY, *known.items()]
        if not known:
            del self.fields["channel_detail"]
        for name in ("submitted_on", "signed_on", "confirmed_on", "applied_on"):
            if name in DAYS[channel] or name == "applied_on":
                self.fields[name].widget.attrs["max"] = today.isoformat()
            else:
                del self.fields[name]
        for name in OF_ORGANISATIONS:
            self.fields[name].widget.attrs["data-of"] = "organisation"
        for name in OF_PERSONS:
            self.fields[name].widget.attrs["data-of"] = "natural_person"

    @property
    def laid_out(self):
        apart = {*self.of_2008, *self.of_agents}
        return [field for field in self.visible_fields() if field.name not in apart]

    @property
    def for_2008(self):
        return [self[name] for name in self.of_2008]

    @property
    def for_agents(self):
        return [self[name] for name in self.of_agents]

    def clean_same(self) -> tuple[same_wording.Person, ...]:
        typed = self.cleaned_data
        return same_wording.people(typed["same"], typed.get("id_kind", ""))

    def clean(self):
        typed = super().clean()
        if not any(typed.get(name) for name in DAYS[self.channel]):
            self.add_error(
                DAYS[self.channel][0],
                _("请至少填写一个日期，收到申请之日由此得出（第三十一条）。"),
            )
        self.forbid_more_items()
        self.forbid_more_people()
        return typed

    def forbid_more_items(self) -> None:
        items = 1 + len(self.further)
        if items > MOST_ITEMS:
            told = gettext(
                "一份申请书一次最多登记 %(most)s 件，填了 %(n)s 件：都没有登记。"
                "请从第 %(next)s 件“%(what)s”起另行登记。"
            )
            what = self.further[MOST_ITEMS - 1][:40]
            self.add_error(
                "subject",
                told
                % {
                    "most": MOST_ITEMS,
                    "n": items,
                    "next": MOST_ITEMS + 1,
                    "what": what,
                },
            )

    def forbid_more_people(self) -> None:
        """By number, and by the name of the first who would have to wait."""
        if "same" not in self.cleaned_data:
            return
        people, each = self.people(), 1 + len(self.further)
        if len(people) > 1 and len(people) * each > MOST:
            told = gettext(
                "一次最多登记 %(most)s 件，%(people)s 人共 %(n)s 件：都没有登记。"
                "请从第 %(next)s 人“%(name)s”起另行登记。"
            )
            fit = max(MOST // each, 1)
            self.add_error(
                "same",
                told
                % {
                    "most": MOST,
                    "people": len(people),
                    "n": len(people) * each,
                    "next": fit + 1,
                    "name": people[fit]["name"],
                },
            )

    def people(self) -> tuple[dict[str, str], ...]:
        """The applicant typed in full, if any, then those of the lines."""
        typed = self.cleaned_data
        first = {name: typed.get(name, "") for name in APPLICANT}
        others = typed["same"]
        named = first["name"] or first["id_number"]
        return (first, *others) if named or not others else others

    def handed_in(self, participants: tuple[dict[str, str], ...]) -> HandedIn:
        typed = self.cleaned_data
        arrival = Arrival(**{name: typed[name] for name in DAYS[self.channel]})
        applicant, *same = self.people()
        return HandedIn(
            agency=typed["agency"],
            channel=self.channel,
            channel_detail=typed.get("channel_detail", ""),
            arrival=arrival,
            applicant_kind=typed["applicant_kind"],
            applicant=applicant,
            subject=typed["subject"],
            topic=typed["topic"],
            manner=Manner(**{name: typed[name] for name in MANNER}),
            further=self.further,
            participants=participants,
            same=tuple(same),
            papers=tuple(self.papers()),
        )

    def papers(self):
        for name, kind in PAPERS.items():
            file = self.cleaned_data.get(name)
            if file:
                yield Paper(kind=kind, file=file, name=file.name, size=file.size)


Participants = forms.formset_factory(
    ParticipantFields, extra=1, max_num=50, validate_max=True
)


def agencies_of(user):
    """An office registers what was sent to itself; an administrator for any."""
    visible = Agency.objects.visible_to(user)
    return visible if user.is_superuser else visible.filter(pk=user.agency_id)


def may_register(user) -> bool:
    return user.is_superuser or bool(user.agency_id and user.has_role("intake_clerk"))
