"""导入: a file handed in by the browser, from the upload to the rows it left."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from requests_app.models.agencies import Agency

#: what is imported → the roles of DESIGN §8 that may; a superuser any
MAY = {
    "requests": frozenset({"intake_clerk", "office_head"}),
    "appeals": frozenset({"intake_clerk", "office_head"}),
    "figures": frozenset({"statistician"}),
    "agencies": frozenset(),
}


def kinds_of(user) -> list[str]:
    """What the user may import."""
    return [kind for kind, roles in MAY.items() if user.is_superuser or roles & user.roles]  # fmt: skip


class ImportJobQuerySet(models.QuerySet["ImportJob"]):
    def visible_to(self, user) -> "ImportJobQuerySet":
        """Of the agencies in sight, and only what the user may import: a file holds names."""
        if user.is_superuser:
            return self
        return self.filter(
            agency__in=Agency.objects.visible_to(user), kind__in=kinds_of(user)
        )

    def waiting(self) -> "ImportJobQuerySet":
        """For a worker."""
        return self.filter(state__in=ImportJob.WAITING)


class ImportJob(models.Model):
    class Kind(models.TextChoices):
        REQUESTS = "requests", _("申请台账")
        APPEALS = "appeals", _("行政复议与诉讼台账")
        FIGURES = "figures", _("填报数")
        AGENCIES = "agencies", _("机关")

    class State(models.TextChoices):
        MATCHING = "matching", _("待对应列")
        CHECKING = "checking", _("检查中")
        CHECKED = "checked", _("待确认")
        WRITING = "writing", _("写入中")
        DONE = "done", _("已导入")
        REFUSED = "refused", _("有错误，未写入")
        FAILED = "failed", _("中断，可再试")
        DROPPED = "dropped", _("已放弃")

    WAITING = (State.CHECKING, State.WRITING)
    UNFINISHED = (State.MATCHING, State.CHECKING, State.CHECKED, State.WRITING)

    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, verbose_name=_("所属机关")
    )
    kind = models.CharField(_("种类"), max_length=12, choices=Kind.choices)
    name = models.CharField(_("文件名"), max_length=200)
    stored = models.CharField(max_length=120, blank=True, editable=False)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField(_("字节数"))
    headings = models.JSONField(default=dict)  # the file's heading → column key
    state = models.CharField(_("状态"), max_length=10, choices=State.choices)
    told = models.JSONField(default=dict)  # counts and the first of everything
    faults = models.CharField(max_length=120, blank=True, editable=False)  # all of them
    error = models.TextField(_("最近一次失败"), blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+",
        verbose_name=_("导入人"),
    )  # fmt: skip
    asked_at = models.DateTimeField(_("提出时间"))
    done_at = models.DateTimeField(_("完成时间"), null=True)

    objects = ImportJobQuerySet.as_manager()

    class Meta:
        verbose_name = _("导入")
        verbose_name_plural = pgettext_lazy("plural", "导入")
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["id"],
                name="imports_that_wait",
                condition=models.Q(state__in=["checking", "writing"]),
            )
        ]

    def __str__(self) -> str:
        return self.name


class ImportProgress(models.Model):
    """How many rows were read: a row of its own, since the job's is locked meanwhile."""

    job = models.OneToOneField(
        ImportJob, models.CASCADE, primary_key=True, related_name="progress"
    )
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True)


class HeadingChoice(models.Model):
    """Which column each heading of the office's own is; asked once per set of headings."""

    agency = models.ForeignKey(Agency, models.CASCADE, null=True)
    kind = models.CharField(max_length=12, choices=ImportJob.Kind.choices)
    of = models.CharField(max_length=64)  # `proposals.set_of` the headings
    headings = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="headings_are_remembered_once",
                fields=["agency", "kind", "of"],
            )
        ]
