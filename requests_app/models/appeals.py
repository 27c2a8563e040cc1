"""行政复议与行政诉讼: cases of their own beside the request."""

from collections.abc import Collection, Iterator
from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from requests_app.domain import remedies, respondent
from requests_app.domain.calendars import Calendar
from requests_app.domain.respondent import Duty
from requests_app.domain.vocabulary import AppealResult, Outcome, Procedure, term
from requests_app.models.agencies import Agency
from requests_app.models.language import choices
from requests_app.models.requests import DisclosureRequest

SKIPPED = "skipped"


def inferred() -> Q:
    """A suit after reconsideration, without the request, that the agency that acted has
    as well."""
    theirs = Appeal.objects.same_suit().acted(models.OuterRef("agency__path"))
    return Q(
        models.Exists(theirs),
        procedure=Procedure.LITIGATION_AFTER_RECONSIDERATION,
        disclosure_request=None,
    )


def instances(day: date, of: Collection[int] | None) -> "AppealQuerySet":
    """Suits that name a first instance, filed by then, of these agencies or of all."""
    further = Appeal.objects.suits().filter(filed_on__lte=day)
    if of is not None:
        further = further.filter(agency__in=of)
    return further.exclude(first_instance_case_number="")


def taken_further(day: date, of: Collection[int] | None) -> "AppealQuerySet":
    """Those of the agency whose first instance was the outer query's case."""
    named = instances(day, of).filter(
        agency=models.OuterRef("agency"),
        first_instance_case_number=models.OuterRef("case_number"),
    )
    return named.exclude(pk=models.OuterRef("pk"))


def tried_again(day: date, of: Collection[int] | None) -> "AppealQuerySet":
    """Those after which another of the same first instance was filed (再审). Asked once,
    not of each case: so estimated, the whole count would seem worth compiling to
    PostgreSQL, which takes longer than the count."""
    filed_on, pk = models.OuterRef("filed_on"), models.OuterRef("pk")
    later = instances(day, of).filter(
        Q(filed_on__gt=filed_on) | Q(filed_on=filed_on, pk__gt=pk),
        agency=models.OuterRef("agency"),
        first_instance_case_number=models.OuterRef("first_instance_case_number"),
    )
    return instances(day, of).filter(models.Exists(later))


def decided_anew() -> "AppealQuerySet":
    """Second decisions of the outer query's request by the day it was filed, the last one
    first."""
    others = Appeal.objects.filter(
        disclosure_request=models.OuterRef("disclosure_request"),
        performed_on__lte=models.OuterRef("filed_on"),
    ).exclude(Q(new_outcome="") | Q(pk=models.OuterRef("pk")))
    return others.order_by("-performed_on", "-pk")


def over_a_refusal() -> Q:
    since, refused = remedies.REVIEW_FIRST_SINCE, sorted(remedies.REFUSED_14_TO_16)
    reply = Q(
        anew_on=None,
        disclosure_request__replied_on__range=(since, F("filed_on")),
        disclosure_request__outcome__in=refused,
    )
    return reply | Q(anew_on__gte=since, anew__in=refused)


class AppealQuerySet(models.QuerySet["Appeal"]):
    def visible_to(self, user) -> "AppealQuerySet":
        return self.filter(agency__in=Agency.objects.visible_to(user))

    def with_duties(self) -> "AppealQuerySet":
        """Where the office still owes an answer or a performance."""
        return self.filter(
            Q(notified_on__isnull=False, answered_on=None)
            | Q(orders_disclosure=True, performed_on=None)
        )

    def ordered(self) -> "AppealQuerySet":
        """Lost, and not yet decided anew as the decision orders."""
        return self.filter(
            orders_disclosure=True, decided_on__isnull=False, performed_on=None
        )

    def orders_untold(self) -> "AppealQuerySet":
        """Corrected, and nobody has told whether that orders anything to be done."""
        return self.filter(
            result=AppealResult.CORRECTED, orders_disclosure=None, performed_on=None
        ).without_co_defendants()

    def last_instance_by(
        self, day: date, of: Collection[int] | None = None
    ) -> "AppealQuerySet":
        """One dispute is one case, the last instance filed by then. A reconsideration is no
        instance of a suit: both count. `of`: the agencies that alone are asked about."""
        reconsidered = Q(procedure=Procedure.RECONSIDERATION)
        followed = models.Exists(taken_further(day, of)) | Q(
            pk__in=tried_again(day, of)
        )
        return self.filter(reconsidered | ~followed)

    def judged(self) -> "AppealQuerySet":
        """`review` is "skipped" of a direct suit over a decision against which review
        comes first (`remedies.review_comes_first`): the last one when it was filed."""
        skipped = Q(procedure=Procedure.LITIGATION_DIRECT) & over_a_refusal()
        return self.alias(
            anew_on=models.Subquery(decided_anew().values("performed_on")[:1]),
            anew=models.Subquery(decided_anew().values("new_outcome")[:1]),
            review=models.Case(
                models.When(skipped, then=models.Value(SKIPPED)),
                default=models.Value(""),
            ),
        )

    def suits(self) -> "AppealQuerySet":
        return self.exclude(procedure=Procedure.RECONSIDERATION)

    def without_co_defendants(self) -> "AppealQuerySet":
        """Drop the reconsideration body's copy of a suit in which it is co-defendant: the
        case counts once, for the agency that acted (2021 form, note under 四). What
        nobody has marked, as an imported row, is inferred."""
        return self.exclude(Q(co_defendant=True) | Q(co_defendant=None) & inferred())

    def inferred_co_defendants(self) -> "AppealQuerySet":
        """Rows that nobody has marked and that look like such a copy: to be confirmed."""
        return self.filter(inferred(), co_defendant=None)

    def same_suit(self, of: "Appeal | None" = None) -> "AppealQuerySet":
        """The same case number on the same day at another agency; `of` a case, or of each
        of an outer query."""
        at = models.OuterRef if of is None else lambda name: getattr(of, name)
        return self.filter(
            procedure=Procedure.LITIGATION_AFTER_RECONSIDERATION,
            case_number=at("case_number"),
            filed_on=at("filed_on"),
        ).exclude(Q(case_number="") | Q(agency=at("agency")))

    def acted(self, path: "str | models.OuterRef") -> "AppealQuerySet":
        """Of a suit, the case of the agency that acted: it has the request, or stands
        below."""
        return self.filter(
            Q(disclosure_request__isnull=False) | Q(agency__path__startswith=path)
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
    orders_disclosure = models.BooleanField(
        _("判决或决定责令履行"), null=True, blank=True,
        help_text=_("纠正也可能只确认违法：未注明的不生成履行期限，列为疑点"),
    )  # fmt: skip
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
    co_defendant = models.BooleanField(
        _("复议机关作共同被告"), null=True, blank=True,
        help_text=_("作共同被告的复议机关不计此案，由作出原行政行为的机关计（年度报告格式注）"),
    )  # fmt: skip
    main_case = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="co_defendants",
        verbose_name=_("原行政机关的案件"),
    )  # fmt: skip
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
            models.Index(
                fields=["case_number", "filed_on"],
                name="appeals_of_a_suit",
                condition=Q(procedure=Procedure.LITIGATION_AFTER_RECONSIDERATION)
                & ~Q(case_number=""),
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
            models.CheckConstraint(
                name="a_co_defendant_is_sued_after_reconsideration",
                condition=~Q(co_defendant=True)
                | Q(co_defendant=None)
                | Q(procedure=Procedure.LITIGATION_AFTER_RECONSIDERATION.value),
            ),
            models.CheckConstraint(
                name="only_a_co_defendant_names_the_main_case",
                condition=Q(main_case=None) | Q(co_defendant=True),
            ),
            models.UniqueConstraint(
                name="a_case_number_is_used_once_per_agency_and_procedure",
                fields=["agency", "procedure", "case_number"],
                condition=~Q(case_number=""),
            ),
        ]

    def duties(self, calendar: Calendar) -> Iterator[tuple[Duty, date]]:
        """(what the office still owes, by which day)."""
        if self.notified_on and not self.answered_on:
            procedure = term(Procedure, self.procedure)
            duty = respondent.answer(procedure, simple=self.simple_procedure)
            yield duty, duty.due_on(self.notified_on, calendar)
        if self.orders_disclosure and not self.performed_on and self.decided_on:
            yield (
                respondent.DISCLOSURE_ORDERED,
                respondent.performance_due_on(
                    self.decided_on, self.ordered_until, calendar
                ),
            )

    def __str__(self) -> str:
        return self.case_number or f"{self.get_procedure_display()} {self.filed_on}"
