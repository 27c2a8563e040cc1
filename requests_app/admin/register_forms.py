"""The official form (政府信息公开申请表, 第二十九条) at the desk, for one channel."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from requests_app.admin.act_forms import DayInput
from requests_app.domain.intake import Arrival
from requests_app.domain.vocabulary import ApplicantKind, ChannelDetail, term
from requests_app.models import Agency, Participant
from requests_app.models.language import choices
from requests_app.services.intake import HandedIn

EMPTY = ("", "———")
DETAILS: Mapping[str, tuple[str, ...]] = {
    "in_person": ("oral",),
    "fax": (),
    "online": ("web", "email", "app"),
    "post": ("signed_mail", "ordinary_mail", "petition_letter"),
}
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
#: kept in Chinese, as a portal hands them in
ID_KINDS = [
    ("居民身份证", _("居民身份证")), ("统一社会信用代码", _("统一社会信用代码")),
    ("护照", _("护照")), ("港澳居民来往内地通行证", _("港澳居民来往内地通行证")),
    ("台湾居民来往大陆通行证", _("台湾居民来往大陆通行证")),
    ("外国人永久居留身份证", _("外国人永久居留身份证")), ("其他证件", _("其他证件")),
]  # fmt: skip
PROVIDE = [
    EMPTY,
    ("paper", _("纸面")),
    ("email", _("电子邮件")),
    ("disc", _("光盘或磁盘")),
]
OBTAIN = [
    EMPTY, ("post", _("邮寄")), ("courier", _("快递")), ("email", _("电子邮件")),
    ("fax", _("传真")), ("collect", _("自行领取")), ("read", _("当场阅读、抄录")),
]  # fmt: skip
APPLICANT = (
    "name", "id_kind", "id_number", "phone", "address", "postcode", "email",
    "workplace", "legal_representative", "contact_name",
)  # fmt: skip


def words(label: Any, most: int, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=False, **more)


def day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=DayInput())


class RegisterForm(forms.Form):
    agency = forms.ModelChoiceField(Agency.objects.none(), label=_("受理机关"))
    channel_detail = forms.ChoiceField(label=_("申请方式细分"), required=False)
    submitted_on = day(_("提交或到达日期"))
    signed_on = day(_("签收日期"))
    confirmed_on = day(_("与申请人确认日期"))
    applicant_kind = forms.ChoiceField(
        label=_("申请人类别"), choices=[EMPTY, *choices(ApplicantKind)]
    )
    name = words(
        _("姓名（名称）"), 200,
        help_text=_("来信没有姓名或联系方式的可留空，登记后告知补正（第三十条）。"),
    )  # fmt: skip
    id_kind = forms.ChoiceField(
        label=_("证件名称"), required=False, choices=[EMPTY, *ID_KINDS]
    )
    id_number = words(
        _("证件号码"), 60, help_text=_("加密保存；列表中不显示（第二十九条）。")
    )
    phone = words(_("联系电话"), 60)
    postcode = words(_("邮政编码"), 12)
    email = forms.EmailField(label=_("电子邮箱"), required=False, max_length=200)
    workplace = words(_("工作单位"), 200)
    legal_representative = words(_("法定代表人"), 100)
    contact_name = words(_("联系人姓名"), 100)
    address = words(_("通信地址"), 500)
    subject = forms.CharField(
        label=_("申请内容"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("名称、文号或者便于查询的其他特征性描述（第二十九条）。"),
    )
    topic = words(_("主题"), 60)
    provide_as = forms.ChoiceField(
        label=_("指定提供方式"), choices=PROVIDE, required=False
    )
    obtain_by = forms.ChoiceField(
        label=_("获取信息方式"), choices=OBTAIN, required=False
    )

    def __init__(self, *args, channel: str, user, today, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.channel = channel
        self.fields["agency"].queryset = agencies_of(user)
        self.fields["agency"].initial = user.agency_id
        known = dict(choices(term(ChannelDetail, key) for key in DETAILS[channel]))
        self.fields["channel_detail"].choices = [EMPTY, *known.items()]
        if not known:
            del self.fields["channel_detail"]
        for name in {"submitted_on", "signed_on", "confirmed_on"}:
            if name in DAYS[channel]:
                self.fields[name].widget.attrs["max"] = today.isoformat()
            else:
                del self.fields[name]

    def clean(self):
        typed = super().clean()
        if not any(typed.get(name) for name in DAYS[self.channel]):
            self.add_error(
                DAYS[self.channel][0],
                _("请至少填写一个日期，收到申请之日由此得出（第三十一条）。"),
            )
        return typed

    def handed_in(
        self, further: tuple[str, ...], participants: tuple[dict[str, str], ...]
    ) -> HandedIn:
        typed = self.cleaned_data
        arrival = Arrival(**{name: typed[name] for name in DAYS[self.channel]})
        return HandedIn(
            agency=typed["agency"],
            channel=self.channel,
            channel_detail=typed.get("channel_detail", ""),
            arrival=arrival,
            applicant_kind=typed["applicant_kind"],
            applicant={name: typed[name] for name in APPLICANT},
            subject=typed["subject"],
            topic=typed["topic"],
            provide_as=typed["provide_as"],
            obtain_by=typed["obtain_by"],
            further=further,
            participants=participants,
        )


class ParticipantForm(forms.Form):
    role = forms.ChoiceField(
        label=_("身份"), required=False, choices=[EMPTY, *Participant.Role.choices]
    )
    name = words(_("姓名（名称）"), 200)
    id_number = words(_("证件号码"), 60)
    phone = words(_("联系电话"), 60)

    def clean(self):
        typed = super().clean()
        if bool(typed.get("role")) != bool(typed.get("name")):
            self.add_error("name", _("身份和姓名须一并填写。"))
        return typed


Participants = forms.formset_factory(ParticipantForm, extra=2, max_num=10)


def agencies_of(user):
    """An office registers what was sent to itself; an administrator for any."""
    visible = Agency.objects.visible_to(user)
    return visible if user.is_superuser else visible.filter(pk=user.agency_id)
