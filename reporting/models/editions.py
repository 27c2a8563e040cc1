"""Reports that an agency stands by: handed up, signed, published, superseded.

A draft is recounted at will (`Report`); an edition keeps what was counted, and from which
facts, whatever the log says later.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reporting.models.reports import Report
from requests_app.models.agencies import Agency


class EditionQuerySet(models.QuerySet["Edition"]):
    def visible_to(self, user) -> "EditionQuerySet":
        """Of the agencies in sight, and what was handed up to the user's own agency though
        its agency stands elsewhere since."""
        seen = Q(agency__in=Agency.objects.visible_to(user))
        if getattr(user, "agency_id", None) is not None:
            seen |= Q(superior=user.agency_id)
        return self.filter(seen)

    def in_force(self) -> "EditionQuerySet":
        """Signed and not superseded: what the agency says today."""
        return self.filter(state__in=[Edition.State.SIGNED, Edition.State.PUBLISHED])

    def stand(self) -> "EditionQuerySet":
        """Accepted by the superior or signed, and not superseded."""
        return self.filter(state__in=STANDS)

    def on_the_way(self) -> "EditionQuerySet":
        return self.filter(state__in=ON_THE_WAY)


class Edition(models.Model):
    class State(models.TextChoices):
        SUBMITTED = "submitted", _("已报送")
        RETURNED = "returned", _("已退回")
        ACCEPTED = "accepted", _("已审核")
        SIGNED = "signed", _("已签发")
        PUBLISHED = "published", _("已公布")
        SUPERSEDED = "superseded", _("已被更正")

    agency = models.ForeignKey(Agency, models.PROTECT, verbose_name=_("机关"))
    superior = models.ForeignKey(  # on 31 December: whom the sum of the year adds it to
        Agency, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("当年的上级报送机关"),
    )  # fmt: skip
    year = models.PositiveSmallIntegerField(_("年度"))
    form = models.CharField(_("表式"), max_length=40)
    scope = models.CharField(_("范围"), max_length=6, choices=Report.Scope.choices)
    number = models.PositiveSmallIntegerField(_("版次"), default=1)
    state = models.CharField(_("状态"), max_length=12, choices=State.choices)
    content = models.JSONField(_("内容"))  # the report JSON of INTERFACES §4
    entered = models.JSONField(default=list)  # who entered which figure, when
    agencies = models.JSONField(default=list)  # code and name of all it adds up
    rests_on = models.JSONField(
        default=list
    )  # reports that stand for the books of others
    corrects = models.JSONField(default=dict)  # cells, figures, facts: was, now
    as_of = models.DateTimeField(_("统计时点"))
    release = models.CharField(_("软件版本"), max_length=40)
    digest = models.CharField(_("校验值"), max_length=64, blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("年度报告")
        ordering = ["-year", "agency__path", "-number"]
        constraints = [
            models.UniqueConstraint(
                name="one_edition_per_number",
                fields=["agency", "year", "form", "scope", "number"],
            ),
            models.UniqueConstraint(
                name="one_edition_on_the_way",
                fields=["agency", "year", "form", "scope"],
                condition=Q(state__in=["submitted", "returned", "accepted"]),
            ),
            models.CheckConstraint(
                name="signed_with_a_digest",
                condition=Q(state__in=["submitted", "returned", "accepted"])
                | ~Q(digest=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.agency.name}（{self.number}）"

    @property
    def is_taken_in(self) -> bool:
        """Signed in an installation of the agency's own; here it is as they said."""
        return "edition" in self.content


ON_THE_WAY = (Edition.State.SUBMITTED, Edition.State.RETURNED, Edition.State.ACCEPTED)
STANDS = (Edition.State.ACCEPTED, Edition.State.SIGNED, Edition.State.PUBLISHED)


class EditionStep(models.Model):
    """What was done to an edition, by whom and when; never changed."""

    class Act(models.TextChoices):
        SUBMITTED = "submitted", _("报送")
        RETURNED = "returned", _("退回")
        ACCEPTED = "accepted", _("审核通过")
        SIGNED = "signed", _("签发")
        PUBLISHED = "published", _("公布")
        SUPERSEDED = "superseded", _("更正")

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="steps")
    act = models.CharField(_("环节"), max_length=12, choices=Act.choices)
    at = models.DateTimeField(_("时间"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("经办人"),
        related_name="+",
    )  # fmt: skip
    reason = models.TextField(_("说明"), blank=True)
    digest = models.CharField(
        _("校验值"), max_length=64, blank=True
    )  # of what was stored

    class Meta:
        verbose_name = verbose_name_plural = _("报送过程")
        ordering = ["edition", "pk"]

    def __str__(self) -> str:
        return f"{self.get_act_display()} {self.at:%Y-%m-%d}"


class Remark(models.Model):
    """退回意见: what the superior asks about one cell. A new value there closes it, or an
    answer."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="remarks")
    line = models.CharField(_("指标"), max_length=20)
    column = models.CharField(_("列"), max_length=40)
    text = models.TextField(_("意见"))
    value = models.JSONField(_("退回时数值"), null=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("提出人"),
        related_name="+",
    )  # fmt: skip
    made_at = models.DateTimeField(_("提出时间"))
    answer = models.TextField(_("答复"), blank=True)
    closed_at = models.DateTimeField(_("办结时间"), null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("退回意见")
        ordering = ["edition", "pk"]

    def __str__(self) -> str:
        return f"{self.line} {self.text}"


class Explanation(models.Model):
    """对疑点的说明: why a soft finding stands, by a named person; kept with the report."""

    agency = models.ForeignKey(Agency, models.PROTECT, verbose_name=_("机关"))
    year = models.PositiveSmallIntegerField(_("年度"))
    form = models.CharField(_("表式"), max_length=40)
    scope = models.CharField(_("范围"), max_length=6, choices=Report.Scope.choices)
    rule = models.CharField(_("规则"), max_length=40)
    line = models.CharField(_("指标"), max_length=20, blank=True)
    column = models.CharField(_("列"), max_length=40, blank=True)
    left = models.JSONField(null=True)  # the numbers that it explains: others are new
    right = models.JSONField(null=True)
    text = models.TextField(_("说明"))
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("说明人"),
        related_name="+",
    )  # fmt: skip
    given_at = models.DateTimeField(_("说明时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("疑点说明")
        ordering = ["-given_at", "-pk"]
        indexes = [
            models.Index(
                fields=["agency", "year", "form", "scope"], name="explanations_of_one"
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.text}"


class FrozenFact(models.Model):
    """One request, appeal or complaint as an edition counted it; `object_id` is its key."""

    class Source(models.TextChoices):
        REQUESTS = "requests", _("申请")
        APPEALS = "appeals", _("复议诉讼")
        COMPLAINTS = "complaints", _("举报投诉")

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="facts")
    source = models.CharField(max_length=10, choices=Source.choices)
    object_id = models.PositiveBigIntegerField()
    agency_id = models.PositiveBigIntegerField()
    dimensions = models.JSONField()  # dimension → value
    fee = models.DecimalField(max_digits=14, decimal_places=2, null=True)  # yuan

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_fact_is_frozen_once",
                fields=["edition", "source", "object_id"],
            )
        ]


class EditionFile(models.Model):
    """A published file as it was stored; served as it is, with its hash."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="files")
    ending = models.CharField(max_length=8)  # ".xlsx"
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    stored_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_published_file_per_ending", fields=["edition", "ending"]
            )
        ]
