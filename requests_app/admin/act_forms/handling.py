"""Search, consultation, fee, extension (第三十二条至第三十五条)."""

from datetime import timedelta
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from requests_app.admin import tariff
from requests_app.admin.act_forms.base import ActForm, DayInput, heads
from requests_app.domain import events as happened
from requests_app.domain.events import Event
from requests_app.domain.fees import Charge
from requests_app.models import Staff
from requests_app.services import offers
from requests_app.services.tariff import charge, proposed

LONGEST_DELAY = timedelta(366)  # no rule of law: what is longer is a slip


class SearchedForm(ActForm):
    kind = happened.Searched
    help = _(
        "检索记录：检索了哪些库和卷、用了哪些词、结果如何；诉讼中用以证明已合理检索"
        "（法释〔2025〕8号第五条第（六）项）。"
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
    method = forms.ChoiceField(label=_("计费方式"))
    pages = forms.IntegerField(
        label=_("页数"), min_value=1, max_value=tariff.MOST, required=False,
        help_text=_("按量计费的填写"),
    )  # fmt: skip
    amount = forms.DecimalField(
        label=_("告知金额（元）"), min_value=0, max_digits=12, decimal_places=2,
        required=False,
        help_text=_("留空即按上列标准；减免或另有考虑的填写实际金额，由您决定"),
    )  # fmt: skip

    def draw(self) -> None:
        self.proposal = proposed(self.drawn.disclosure_request)
        self.charge: Charge | None = None
        if not self.proposal.in_force:
            del self.fields["method"], self.fields["pages"]
            self.fields["amount"].required = True
            self.fields["amount"].help_text = ""
            return
        nth = self.proposal.nth
        piece = [("piece", _("按件：本月第 %(n)s 件") % {"n": nth})] if nth else []
        self.fields["method"].choices = [*piece, ("page", _("按量：按页数"))]

    def clean(self):
        typed = super().clean()
        method, pages = typed.get("method"), typed.get("pages")
        if method == "page" and not pages:
            if "pages" not in self.errors:
                self.add_error("pages", _("按量计费的，请填写页数"))
        elif method:
            pages = pages if method == "page" else None
            typed["pages"] = pages
            typed["nth"] = None if pages else self.proposal.nth
            self.charge = charge(nth=typed["nth"], pages=pages)
            if typed.get("amount") is None:
                typed["amount"] = Decimal(self.charge.amount)
        return typed

    @property
    def explained(self) -> list[str]:
        """The tariff for this request; once pages are typed, for them."""
        lines = list(tariff.told(self.proposal))
        if self.charge is not None and self.cleaned_data["pages"]:
            lines.append(_("按量：%(n)s 页") % {"n": self.cleaned_data["pages"]})
            lines += tariff.explained(self.charge)
        if self.charge is not None:
            amount = self.cleaned_data["amount"]
            lines.append(_("告知金额：%(amount)s 元") % {"amount": amount})
            if amount != self.charge.amount:
                lines.append(
                    _("与标准不同：按标准为 %(n)s 元") % {"n": self.charge.amount}
                )
        return lines


class FeePaidForm(ActForm):
    kind = happened.FeePaid
    help = _("答复期限自缴费次日重新起算（国办函〔2020〕109号）。")


class FeeChargedForm(ActForm):
    kind = happened.FeeCharged
    help = _("计入收到费用之年度报表（国办函〔2020〕109号）。")
    amount = forms.DecimalField(
        label=_("金额（元）"), min_value=0, max_digits=12, decimal_places=2
    )

    def draw(self) -> None:
        noticed = [
            event.amount
            for event in self.drawn.disclosure_request.log()
            if isinstance(event, happened.FeeNoticed)
        ]
        self.fields["amount"].initial = noticed[-1] if noticed else None


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

    def clean(self):
        super().clean()
        on, until = self.cleaned_data.get("on"), self.cleaned_data.get("until")
        if on and until and until - on > LONGEST_DELAY:
            self.add_error("until", _("延迟超过一年，请核对年份。"))


FORMS = (
    SearchedForm,
    OpinionSoughtForm,
    OpinionDeliveredForm,
    OpinionReceivedForm,
    FeeNoticedForm,
    FeePaidForm,
    FeeChargedForm,
    ExtendedForm,
    DelayAgreedForm,
)
