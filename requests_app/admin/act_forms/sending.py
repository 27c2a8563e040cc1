"""文书送达: what becomes of each notice and letter that is no reply (第四十五条)."""

from dataclasses import fields
from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from requests_app.admin.act_forms.base import ActForm
from requests_app.admin.act_forms.serving import AnnouncementForm
from requests_app.domain import events as happened
from requests_app.domain.events import OfLetter
from requests_app.domain.vocabulary import ServiceMethod, term
from requests_app.models import Letter
from requests_app.models.language import choices
from requests_app.services import sending

#: what has a number to be followed by
MAILED = frozenset({ServiceMethod.POSTAL, ServiceMethod.COURIER})


class OfLetterForm(ActForm):
    kind: ClassVar[type[OfLetter]]
    letter = forms.ModelChoiceField(Letter.objects.none(), label=_("文书"))

    field_order = ["letter", "on"]

    def draw(self) -> None:
        """Offers those that it may be told of; any other is the law's to refuse, which
        says why."""
        super().draw()
        drawn, field = self.drawn, self.fields["letter"]
        own = sending.letters_of(drawn.disclosure_request)
        ready = sending.open_to(self.kind, own, drawn.now.letters, drawn.today)
        field.queryset = Letter.objects.filter(pk__in=[one.pk for one in own])
        field.choices = [(one.pk, str(one)) for one in ready]
        field.initial = ready[-1].pk if ready else None

    def event(self) -> OfLetter:
        names = {f.name for f in fields(self.kind)}
        typed = {n: v for n, v in self.cleaned_data.items() if n in names}
        return self.kind(**typed | {"letter": typed["letter"].pk})


class LetterMailForm(OfLetterForm):
    mail_number = forms.CharField(label=_("邮件号"), max_length=40, required=False)


class DispatchedForm(LetterMailForm):
    remark_label = _("备注")
    service = forms.ChoiceField(label=_("送达方式"), choices=choices(ServiceMethod))
    recipient = forms.CharField(
        label=_("收件人、地址"),
        max_length=400,
        required=False,
        help_text=_("留空即为文书所列的收件人。"),
    )

    field_order = ["letter", "on", "recipient", "service", "mail_number"]

    def draw(self) -> None:
        super().draw()
        self.fields["service"].initial = ServiceMethod.POSTAL.value
        self.fields["mail_number"].help_text = _("邮寄而没有邮件号的，在备注中说明。")

    def clean(self):
        typed = super().clean()
        told = typed.get("mail_number") or typed.get("remark", "").strip()
        if typed.get("service") in MAILED and not told:
            self.add_error("mail_number", _("请填写邮件号，或在备注中说明为何没有"))
        if typed.get("service"):
            typed["service"] = term(ServiceMethod, typed["service"])
        return typed

    @property
    def remark(self) -> str:
        """One text in the file's own language: the log holds no names."""
        to = self.cleaned_data["recipient"].strip()
        told = [f"收件人：{to}" if to else "", super().remark]
        return "\n".join(text for text in told if text)


class LetterSentForm(DispatchedForm):
    kind = happened.LetterSent
    help = _(
        "补正、延期、征求意见、收费等文书逐件记录寄送和签收，入卷备查（第四十五条）；"
        "发出不改变期限。"
    )


class LetterSentAgainForm(DispatchedForm):
    kind = happened.LetterSentAgain
    help = _("退回、拒收或者无回音的，再次送出，逐次记录（第四十五条）；不改变期限。")


class LetterReturnedForm(LetterMailForm):
    kind = happened.LetterReturned
    help = _("邮件退回的，记入“退回待再送达”，直至再次送出（第四十五条）；不改变期限。")
    remark_label = _("退回的原因")


class LetterRefusedForm(LetterMailForm):
    kind = happened.LetterRefused
    help = _(
        "收件人拒绝签收；由见证人见证或者拍照、录像后留在住所的，视为送达"
        "（参照民事诉讼法第八十九条）。不改变期限。"
    )
    remark_label = _("拒收情形和见证")
    remark_needed = True
    left = forms.BooleanField(label=_("已留置送达"), required=False)


class LetterAnnouncedForm(OfLetterForm, AnnouncementForm):
    kind = happened.LetterAnnounced
    help = _(
        "下落不明或者其他方式无法送达的，可以公告；自发出公告之日起经过公告期即视为送达"
        "（参照民事诉讼法第九十五条，三十日；2021年底以前公告的为六十日）。不改变期限。"
    )


class LetterDeliveredForm(LetterMailForm):
    kind = happened.LetterDelivered
    help = _(
        "收件人签收之日。征求意见书签收的，对方自收到之日起十五个工作日内提出意见"
        "（第三十二条、第三十四条），期限随之计算；其他文书的送达不改变期限。"
    )
    remark_label = _("签收人和凭证")


FORMS = (
    LetterSentForm,
    LetterSentAgainForm,
    LetterReturnedForm,
    LetterRefusedForm,
    LetterAnnouncedForm,
    LetterDeliveredForm,
)
