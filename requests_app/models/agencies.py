"""机关: the tree of agencies, dated, so that a year's table follows that year's tree."""

from datetime import date

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from requests_app.domain.vocabulary import AgencyKind, AgencyLevel
from requests_app.models.language import choices

CODE = RegexValidator(r"^[A-Za-z0-9-]{1,32}$", _("1–32 位字母、数字或连字符"))
PATTERN = RegexValidator(
    r"^[^{}]*\{year\}[^{}]*\{serial\}[^{}]*$", _("须依次含有 {year} 和 {serial} 各一次")
)
DEMONSTRATION = "演示数据"  # what every page and file of a demonstration says


class AgencyQuerySet(models.QuerySet["Agency"]):
    def visible_to(self, user) -> "AgencyQuerySet":
        """The user's agency, all below it, and what these succeeded; a superuser sees all
        (DESIGN §8), a portal just the agencies it was opened for."""
        if getattr(user, "is_portal", False):
            return self.filter(portals=user)
        if user.is_superuser:
            return self
        if user.agency_id is None:
            return self.none()
        path = user.agency.path
        return self.filter(
            Q(path__startswith=path) | Q(successor__path__startswith=path)
        )

    def below(self, agency: "Agency") -> "AgencyQuerySet":
        """The agency itself and its subtree as it stands now."""
        return self.filter(path__startswith=agency.path)

    def going_on(self) -> "AgencyQuerySet":
        return self.filter(dissolved_on=None)

    def mark_demonstration(self) -> int:
        """From then on every page, and every file of these agencies, says 演示数据."""
        return self.update(demonstration=True)


class Agency(models.Model):
    """An agency as it is now; how it stood on an earlier day is told by its placements."""

    code = models.CharField(
        _("机关代码"), max_length=32, unique=True, validators=[CODE]
    )
    name = models.CharField(_("名称"), max_length=200)
    kind = models.CharField(_("机关类别"), max_length=20, choices=choices(AgencyKind))
    level = models.CharField(
        _("层级"), max_length=20, blank=True, choices=choices(AgencyLevel)
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, verbose_name=_("上级机关"),
        related_name="children",
    )  # fmt: skip
    reports_to = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, verbose_name=_("报送机关"),
        related_name="reporting_agencies",
        help_text=_("与上级机关相同时留空；垂直领导系统填本系统上级机关"),
    )  # fmt: skip
    path = models.CharField(max_length=1000, editable=False, db_index=True)
    number_pattern = models.CharField(
        _("登记编号格式"), max_length=60, default="〔{year}〕{serial}号",
        validators=[PATTERN], help_text=_("{year} 是登记年份，{serial} 是当年序号"),
    )  # fmt: skip
    demonstration = models.BooleanField(
        _("演示数据"), default=False, editable=False,
        help_text=_("每一页和每份文件都会注明"),
    )  # fmt: skip
    dissolved_on = models.DateField(_("撤销日期"), null=True, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, verbose_name=_("承继机关"),
        related_name="predecessors",
    )  # fmt: skip

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = _("机关")
        verbose_name_plural = pgettext_lazy("plural", "机关")
        ordering = ["code"]
        indexes = [
            models.Index(
                fields=["code"],
                name="agencies_of_a_demonstration",
                condition=Q(demonstration=True),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="an_agency_is_not_its_own_parent",
                condition=~Q(parent=models.F("pk")) | Q(parent=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.code}）"

    @property
    def banner(self) -> str:
        """What its files say on every page; nothing for an office at work."""
        return DEMONSTRATION if self.demonstration else ""


class PlacementQuerySet(models.QuerySet["Placement"]):
    def on(self, day: date) -> "PlacementQuerySet":
        """Who stood under whom on that day."""
        return self.filter(
            Q(from_on=None) | Q(from_on__lte=day),
            Q(until_on=None) | Q(until_on__gte=day),
        )


class Placement(models.Model):
    """An agency's name and place in the tree from a day (None: ever) until a day."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="placements")
    name = models.CharField(_("名称"), max_length=200)
    parent = models.ForeignKey(
        Agency, models.PROTECT, null=True, related_name="+", verbose_name=_("上级机关")
    )
    reports_to = models.ForeignKey(
        Agency, models.PROTECT, null=True, related_name="+", verbose_name=_("报送机关")
    )
    from_on = models.DateField(_("自"), null=True)
    until_on = models.DateField(_("至"), null=True)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("隶属沿革")
        verbose_name_plural = pgettext_lazy("plural", "隶属沿革")
        ordering = ["agency", "from_on"]
        constraints = [
            models.UniqueConstraint(
                name="one_open_placement_per_agency",
                fields=["agency"],
                condition=Q(until_on=None),
            ),
            models.CheckConstraint(
                name="a_placement_does_not_end_before_it_begins",
                condition=Q(from_on=None)
                | Q(until_on=None)
                | Q(until_on__gte=models.F("from_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.from_on or '…'}–{self.until_on or '…'}"
