"""One small form per act: what is typed becomes the event, and the text beside it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from requests_app.domain import events as happened
from requests_app.domain.events import Event
from requests_app.domain.lifecycle import Stage, Standing
from requests_app.domain.vocabulary import Outcome, ServiceMethod, term
from requests_app.models import DisclosureRequest, Staff, Unit
from requests_app.models.language import choices
from requests_app.services import offers
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
        self.draw()

    def draw(self) -> None:
        """Choices and first values that depend on the request and on who is acting."""

    def event(self) -> Event:
        names = {f.name for f in fields(self.kind)}
        typed = {n: v for n, v in self.cleaned_data.items() if n in names}
        return self.kind(**typed)

    @property
    def remark(self) -> str:
        return self.cleaned_data["remark"].strip()

    @property
    def reason(self) -> HeadsReason | None:
        return None


class ReceiptConfirmedForm(ActForm):
    kind = happened.ReceiptConfirmed
    help = _("双方确认之日即收到申请之日（第三十一条）。确认前期限自到达之日谨慎计算。")
    remark_label = _("与何人、以何方式确认")


class AssignedForm(ActForm):
    kind = happened.Assigned
    help = _("在答复机关内部分办、认领、转办；最后一次为准。其他机关不在此列。")
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("承办单位"), required=False
    )
    handler = forms.ModelChoiceField(
        Staff.objects.none(), label=_("承办人"), required=False
    )

    def draw(self) -> None:
        agency = self.drawn.disclosure_request.agency_id
        self.fields["unit"].queryset = Unit.objects.filter(agency=agency)
        self.fields["handler"].queryset = handlers(agency)
        user = self.drawn.user
        if "handler" in user.roles and user.agency_id == agency:
            self.fields["handler"].initial = user.pk
            self.fields["unit"].initial = user.unit_id

    def clean(self):
        typed = super().clean()
        if not typed.get("unit") and not typed.get("handler"):
            self.add_error("handler", _("请选择承办单位或承办人"))
        return typed

    def event(self) -> Event:
        unit, handler = self.cleaned_data["unit"], self.cleaned_data["handler"]
        return happened.Assigned(
            on=self.cleaned_data["on"],
            unit=(unit and unit.pk) or (handler and handler.unit_id),
            handler=handler and handler.pk,
        )


class SupplementAskedForm(ActForm):
    kind = happened.SupplementAsked
    help = _("收到之日起七个工作日内一次性告知；自收到补正之日重新起算（第三十条）。")
    remark_label = _("需补正的事项和合理期限")
    remark_needed = True


class SupplementReceivedForm(ActForm):
    kind = happened.SupplementReceived
    help = _("答复期限自收到补正的申请之日起计算（第三十条）。")
    remark_label = _("补正内容")
    remark_needed = True


class SearchedForm(ActForm):
    kind = happened.Searched
    help = _(
        "检索记录：检索了哪些库和卷、用了哪些词、结果如何；诉讼中用以证明已合理检索。"
    )
    remark_label = _("检索范围、方法和结果")
    remark_needed = True


class OpinionSoughtForm(ActForm):
    kind = happened.OpinionSought
    help = _("书面征求意见；等待时间不计入期限（第三十二至三十四条）。")
    remark_label = _("征求何人意见、何事")
    remark_needed = True

    def event(self) -> Event:
        return happened.OpinionSought(
            on=self.cleaned_data["on"],
            consultation=offers.next_consultation(self.drawn.now),
        )


class ConsultationForm(ActForm):
    consultation = forms.ChoiceField(label=_("哪一次征求"))

    def draw(self) -> None:
        names = offers.open_consultations(self.drawn.now)
        self.fields["consultation"].choices = [
            (name, _("第 %(n)s 函") % {"n": name}) for name in names
        ]


class OpinionDeliveredForm(ConsultationForm):
    kind = happened.OpinionDelivered
    help = _("对方自收到征求意见书之日起十五个工作日内提出意见（第三十二条）。")


class OpinionReceivedForm(ConsultationForm):
    kind = happened.OpinionReceived
    help = _("停止计算至收到意见之日（第三十三条第三款）。")
    remark_label = _("意见：同意或不同意公开及理由")
    remark_needed = True


class FeeNoticedForm(ActForm):
    kind = happened.FeeNoticed
    help = _("在答复期限内告知收费，缴费次日重新起算（国办函〔2020〕109号）。")
    remark_label = _("计费方式和金额")


class FeePaidForm(ActForm):
    kind = happened.FeePaid
    help = _("答复期限自缴费次日重新起算（国办函〔2020〕109号）。")


class FeeChargedForm(ActForm):
    kind = happened.FeeCharged
    help = _("计入收到费用之年度报表（国办函〔2020〕109号）。")
    amount = forms.DecimalField(
        label=_("金额（元）"), min_value=0, max_digits=12, decimal_places=2
    )


class ExtendedForm(ActForm):
    kind = happened.Extended
    help = _(
        "经政府信息公开工作机构负责人同意，期限届满前告知申请人，只一次（第三十三条第二款）。"
    )
    remark_label = _("延期理由")
    remark_needed = True
    days = forms.IntegerField(label=_("延长工作日"), min_value=1)
    consented_by = forms.ModelChoiceField(
        Staff.objects.none(),
        label=_("同意的机构负责人"),
        help_text=_("由本机关的机构负责人同意；本人是机构负责人的可留空。"),
    )

    def draw(self) -> None:
        most = self.drawn.now.clock.regime.most_extension_days
        self.fields["days"].max_value = most
        self.fields["days"].initial = most
        self.fields["days"].widget.attrs["max"] = most
        field = self.fields["consented_by"]
        field.queryset = heads(self.drawn.disclosure_request.agency_id)
        field.required = not self.drawn.user.is_office_head()

    def event(self) -> Event:
        head = self.cleaned_data["consented_by"]
        return happened.Extended(
            on=self.cleaned_data["on"],
            days=self.cleaned_data["days"],
            consented_by=head.pk if head else self.drawn.user.pk,
        )


class DelayAgreedForm(ActForm):
    kind = happened.DelayAgreed
    help = _(
        "申请数量、频次明显超过合理范围而理由合理的，确定延迟答复的日期并告知（第三十五条）。"
    )
    remark_label = _("申请人说明的理由和本机关的认定")
    remark_needed = True
    until = forms.DateField(label=_("延迟至"), widget=DayInput())


class SubmittedForReviewForm(ActForm):
    kind = happened.SubmittedForReview
    help = _("送审后由承办人以外的人审核（第四十五条）。")
    remark_label = _("拟办意见")
    remark_needed = True


class ConfidentialityReviewedForm(ActForm):
    kind = happened.ConfidentialityReviewed
    help = _(
        "公开前的保密审查（第十七条）。涉密件只记依据、定密机关和存放处，不上传原件。"
    )
    remark_label = _("审查结论、依据和责任人")
    remark_needed = True


class SentBackForm(ActForm):
    kind = happened.SentBack
    help = _("退回承办人补充或改正（第四十五条）。")
    remark_label = _("退回理由")
    remark_needed = True


class ReviewedForm(ActForm):
    kind = happened.Reviewed
    help = _("审核人不得是承办人或送审人（第四十五条）。")
    remark_label = _("审核意见")


class RepliedForm(ActForm):
    kind = happened.Replied
    help = _(
        "邮寄以交邮之日、其他方式以申请人签收之日为答复日（国办公开办函〔2016〕235号）。"
    )
    outcome = forms.ChoiceField(label=_("答复类别"))
    service = forms.ChoiceField(label=_("送达方式"), required=False)
    mail_number = forms.CharField(label=_("邮件号"), max_length=40, required=False)

    def draw(self) -> None:
        reviewed = self.drawn.now.stage is Stage.REVIEWED
        open_ = Outcome if reviewed else sorted(offers.WITHOUT_REVIEW)
        self.fields["outcome"].choices = [("", "———"), *choices(open_)]
        if not reviewed:
            self.fields["outcome"].help_text = _("审核后可作其他类别的答复。")
        self.fields["service"].choices = [("", "———"), *choices(ServiceMethod)]
        if self.drawn.user.is_office_head():
            self.fields["reason"] = forms.CharField(
                label=_("不再等待意见的理由"),
                required=False,
                max_length=4000,
                widget=forms.Textarea(attrs={"rows": 2}),
                help_text=_("征求意见未结束而答复的，由机构负责人填写（第三十二条）。"),
            )

    def event(self) -> Event:
        typed = self.cleaned_data
        service = typed["service"] and term(ServiceMethod, typed["service"])
        return happened.Replied(
            on=typed["on"],
            outcome=term(Outcome, typed["outcome"]),
            service=service,
            mail_number=typed["mail_number"],
        )

    @property
    def reason(self) -> HeadsReason | None:
        text = self.cleaned_data.get("reason", "").strip()
        return HeadsReason(given_by=self.drawn.user, text=text) if text else None


class ServiceForm(ActForm):
    mail_number = forms.CharField(label=_("邮件号"), max_length=40, required=False)


class ReplyPostedForm(ServiceForm):
    kind = happened.ReplyPosted
    help = _("退回后再次交邮；答复日仍为首次有效送出之日。")


class ReplyReturnedForm(ServiceForm):
    kind = happened.ReplyReturned
    help = _("邮件退回或拒收；退回不改变已成立的答复日。")
    remark_label = _("退回或拒收的原因")


class ReplyDeliveredForm(ServiceForm):
    kind = happened.ReplyDelivered
    help = _("申请人签收之日；救济期限自知道之日起算。")
    remark_label = _("签收人和凭证")


class ArchivedForm(ActForm):
    kind = happened.Archived
    help = _(
        "一申请一卷：目录、申请表、告知书、审批资料、寄送和签收单据（第四十五条）。"
    )
    remark_label = _("卷号和存放处")


def handlers(agency_id: int):
    return staff_of(agency_id, "handler")


def heads(agency_id: int):
    return staff_of(agency_id, "office_head")


def staff_of(agency_id: int, role: str):
    found = Staff.objects.filter(agency=agency_id, groups__name=role, is_active=True)
    return found.order_by("last_name", "first_name", "username")


def by_kind(forms_: Iterable[type[ActForm]]) -> Mapping[str, type[ActForm]]:
    return {form.kind.kind: form for form in forms_ if hasattr(form, "kind")}


FORMS = by_kind(
    [
        ReceiptConfirmedForm, AssignedForm, SupplementAskedForm, SupplementReceivedForm,
        SearchedForm, OpinionSoughtForm, OpinionDeliveredForm, OpinionReceivedForm,
        FeeNoticedForm, FeePaidForm, FeeChargedForm, ExtendedForm, DelayAgreedForm,
        SubmittedForReviewForm, ConfidentialityReviewedForm, SentBackForm, ReviewedForm,
        RepliedForm, ReplyPostedForm, ReplyReturnedForm, ReplyDeliveredForm,
        ArchivedForm,
    ]
)  # fmt: skip
