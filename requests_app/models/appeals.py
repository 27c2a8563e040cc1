"""行政复议与行政诉讼: cases of their own beside the request."""

from collections.abc import Iterator
from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from requests_app.domain import respondent
from requests_app.domain.calendars import Calendar
from requests_app.domain.vocabulary import AppealResult, Outcome, Procedure, term
from requests_app.models.agencies import Agency
from requests_app.models.language import choices
from requests_app.models.requests import DisclosureRequest


class AppealQuerySet(models.QuerySet["Appeal"]):
    def visible_to(self, user) -> "AppealQuerySet":
        return self.filter(agency__in=Agency.objects.visible_to(user))

    def with_duties(self) -> "AppealQuerySet":
        """Where the office still owes an answer or a performance."""
        return self.filter(
            Q(notified_on__isnull=False, answered_on=None)
            | Q(orders_disclosure=True, performed_on=None)
        )

    def last_instance_by(self, day: date) -> "AppealQuerySet":
        """One dispute is one case: drop what a further instance had taken up by then."""
        further = Appeal.objects.filter(
            agency=models.OuterRef("agency"),
            first_instance_case_number=models.OuterRef("case_number"),
            filed_on__lte=day,
        ).exclude(first_instance_case_number="")
        return self.filter(~models.Exists(further))

    def without_co_defendants(self) -> "AppealQuerySet":
        """Drop the reconsideration body's copy of a suit in which it is co-defendant: the
        case counts for the agency that acted (2021 form, note under 四), which is the one
        with the request, or else the one below."""
        same_suit = Appeal.objects.filter(
            procedure=Procedure.LITIGATION_AFTER_RECONSIDERATION,
            case_number=models.OuterRef("case_number"),
            filed_on=models.OuterRef("filed_on"),
        ).exclude(Q(case_number="") | Q(agency=models.OuterRef("agency")))
        with_the_request = same_suit.filter(disclosure_request__isnull=False)
        below = same_suit.filter(
            agency__path__startswith=models.OuterRef("agency__path")
        )
        return self.exclude(
            Q(procedure=Procedure.LITIGATION_AFTER_RECONSIDERATION)
            & Q(disclosure_request=None)
            & (models.Exists(with_the_request) | models.Exists(below))
        )


class Appeal(models.Model):
    agency = models.ForeignKey(
        Agency, models.PROTECT, verbose_name=_("被申请（告）机关")
    )
    disclosure_request = models.ForeignKey(
        DisclosureRequest, models.PROTECT, null=True, blank=True,
        related_name="appeals", verbose_name=_("所涉申请"),
    )  # fmt: skip
    case_number = models.CharField(_("案号"), max_length=100, blank=True)
    procedure = models.CharField(
        _("救济途径"), max_length=40, choices=choices(Procedure)
    )
    body = models.CharField(
        _("复议机关或法院"), max_length=200, blank=True,
        help_text=_("2024 年起行政复议由本级人民政府管辖（行政复议法第二十四条）"),
    )  # fmt: skip
    filed_on = models.DateField(_("受理日期"))
    decided_on = models.DateField(_("审结日期"), null=True, blank=True)
    result = models.CharField(
        _("救济结果"), max_length=12, choices=choices(AppealResult)
    )
    notified_on = models.DateField(
        _("收到通知日期"), null=True, blank=True,
        help_text=_("收到行政复议答复通知书或起诉状副本之日，答复期限自次日起算"),
    )  # fmt: skip
    simple_procedure = models.BooleanField(_("简易程序"), default=False)
    answered_on = models.DateField(_("提交答复（答辩）日期"), null=True, blank=True)
    orders_disclosure = models.BooleanField(_("判决或决定责令履行"), default=False)
    ordered_until = models.DateField(
        _("责令履行期限"), null=True, blank=True,
        help_text=_("裁判未定期限的留空，按 20 个工作日（法释〔2025〕8号第十一条）"),
    )  # fmt: skip
    performed_on = models.DateField(
        _("履行日期"), null=True, blank=True,
        help_text=_("重新答复或公开之日。重新答复是同一申请的第二次决定，不另计一件"),
    )  # fmt: skip
    new_outcome = models.CharField(
        _("重新答复类别"), max_length=32, blank=True, choices=choices(Outcome)
    )
    import_key = models.CharField(max_length=64, null=True, unique=True, editable=False)
    first_instance_case_number = models.CharField(
        _("一审案号"), max_length=100, blank=True
    )

    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = _("行政复议与诉讼")
        verbose_name_plural = pgettext_lazy("plural", "行政复议与诉讼")
        ordering = ["-filed_on", "-pk"]
        indexes = [
            models.Index(
                fields=["agency", "first_instance_case_number"],
                name="appeals_by_first_instance",
                condition=~Q(first_instance_case_number=""),
            ),
            models.Index(fields=["decided_on"], name="appeals_by_decision"),
        ]
        constraints = [
            models.CheckConstraint(
                name="pending_exactly_when_undecided",
                condition=Q(decided_on=None, result=AppealResult.PENDING)
                | Q(decided_on__isnull=False) & ~Q(result=AppealResult.PENDING),
            ),
            models.CheckConstraint(
                name="decided_not_before_filed",
                condition=Q(decided_on=None) | Q(decided_on__gte=F("filed_on")),
            ),
            models.CheckConstraint(
                name="answered_not_before_notified",
                condition=Q(answered_on=None)
                | Q(notified_on=None)
                | Q(answered_on__gte=F("notified_on")),
            ),
            models.CheckConstraint(
                name="performed_not_before_decided",
                condition=Q(performed_on=None)
                | Q(decided_on__isnull=False, performed_on__gte=F("decided_on")),
            ),
            models.CheckConstraint(
                name="decided_anew_when_performed",
                condition=Q(new_outcome="") | Q(performed_on__isnull=False),
            ),
            models.UniqueConstraint(
                name="a_case_number_is_used_once_per_agency_and_procedure",
                fields=["agency", "procedure", "case_number"],
                condition=~Q(case_number=""),
            ),
        ]

    def duties(self, calendar: Calendar) -> Iterator[tuple[str, date]]:
        """(what the office still owes, by which day)."""
        if self.notified_on and not self.answered_on:
            procedure = term(Procedure, self.procedure)
            duty = respondent.answer(procedure, simple=self.simple_procedure)
            yield duty.zh, duty.due_on(self.notified_on, calendar)
        if self.orders_disclosure and not self.performed_on and self.decided_on:
            yield (
                respondent.DISCLOSURE_ORDERED.zh,
                respondent.performance_due_on(
                    self.decided_on, self.ordered_until, calendar
                ),
            )

    def __str__(self) -> str:
        return self.case_number or f"{self.get_procedure_display()} {self.filed_on}"
