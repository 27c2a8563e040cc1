"""行政复议与行政诉讼: cases of their own beside the request."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from requests_app.domain.vocabulary import AppealResult, Procedure, labels
from requests_app.models.agencies import Agency
from requests_app.models.requests import DisclosureRequest


class AppealQuerySet(models.QuerySet["Appeal"]):
    def visible_to(self, user) -> "AppealQuerySet":
        return self.filter(agency__in=Agency.objects.visible_to(user))

    def last_instance_by(self, day: date) -> "AppealQuerySet":
        """One dispute is one case: drop what a further instance had taken up by then."""
        further = Appeal.objects.filter(
            agency=models.OuterRef("agency"),
            first_instance_case_number=models.OuterRef("case_number"),
            filed_on__lte=day,
        ).exclude(first_instance_case_number="")
        return self.filter(~models.Exists(further))


class Appeal(models.Model):
    agency = models.ForeignKey(Agency, models.PROTECT, verbose_name="被申请（告）机关")
    disclosure_request = models.ForeignKey(
        DisclosureRequest, models.PROTECT, null=True, blank=True,
        related_name="appeals", verbose_name="所涉申请",
    )  # fmt: skip
    case_number = models.CharField("案号", max_length=100, blank=True)
    procedure = models.CharField(
        "救济途径", max_length=40, choices=labels(Procedure).items()
    )
    filed_on = models.DateField("受理日期")
    decided_on = models.DateField("审结日期", null=True, blank=True)
    result = models.CharField(
        "救济结果", max_length=12, choices=labels(AppealResult).items()
    )
    import_key = models.CharField(max_length=64, null=True, unique=True, editable=False)
    first_instance_case_number = models.CharField(
        "一审案号", max_length=100, blank=True
    )

    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "行政复议与诉讼"
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
            models.UniqueConstraint(
                name="a_case_number_is_used_once_per_agency_and_procedure",
                fields=["agency", "procedure", "case_number"],
                condition=~Q(case_number=""),
            ),
        ]

    def __str__(self) -> str:
        return self.case_number or f"{self.get_procedure_display()} {self.filed_on}"
