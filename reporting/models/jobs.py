"""What is to be counted and drawn, and how far it is. The rows are the truth: a message
on the way only wakes somebody who reads them."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reporting.models.reports import Report


class CountingJobQuerySet(models.QuerySet["CountingJob"]):
    def visible_to(self, user) -> "CountingJobQuerySet":
        """The installation's own work: no agency's numbers are in it, all staff see it."""
        return self if user.is_staff else self.none()

    def unfinished(self) -> "CountingJobQuerySet":
        return self.filter(done_at=None).order_by("pk")


class CountingJob(models.Model):
    """Counting a year for the whole tree; the unique row makes a second beat harmless."""

    year = models.PositiveSmallIntegerField(_("年度"))
    form = models.CharField(_("表式"), max_length=40)
    render = models.BooleanField(_("生成文件"), default=True)
    asked_at = models.DateTimeField(_("提出时间"))
    started_at = models.DateTimeField(_("开始时间"), null=True)
    done_at = models.DateTimeField(_("完成时间"), null=True)
    done = models.PositiveIntegerField(_("已完成"), default=0)
    total = models.PositiveIntegerField(_("总数"), default=0)
    attempts = models.PositiveIntegerField(_("统计次数"), default=0)
    worker = models.CharField(_("进程"), max_length=80, blank=True)
    error = models.TextField(_("最近一次失败"), blank=True)

    objects = CountingJobQuerySet.as_manager()

    class Meta:
        verbose_name = _("统计任务")
        verbose_name_plural = pgettext_lazy("plural", "统计任务")
        ordering = ["-year", "form"]
        constraints = [
            models.UniqueConstraint(
                name="one_job_per_year_and_form", fields=["year", "form"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.done}/{self.total}"

    def progress(self) -> dict[str, Any]:
        """How far the count and its files are, for the page that follows them."""
        files = Rendering.objects.of(self).by_state()
        return {
            "done": self.done,
            "total": self.total,
            "counted": self.done_at is not None,
            "error": self.error,
            "files": files,
            "finished": self.done_at is not None and not files[Rendering.State.ASKED],
        }


class RenderingQuerySet(models.QuerySet["Rendering"]):
    def visible_to(self, user) -> "RenderingQuerySet":
        return self.filter(report__in=Report.objects.visible_to(user))

    def of(self, job: CountingJob) -> "RenderingQuerySet":
        return self.filter(report__year=job.year, report__form=job.form)

    def asked(self) -> "RenderingQuerySet":
        """Those that came to grief least often first."""
        return self.filter(state=Rendering.State.ASKED).order_by("attempts", "pk")

    def by_state(self) -> dict[str, int]:
        counted = self.order_by().values_list("state").annotate(n=models.Count("pk"))
        return {str(state): 0 for state in Rendering.State} | dict(counted)


class Rendering(models.Model):
    """One file of a report, its bytes with it: state and bytes change together."""

    class State(models.TextChoices):
        ASKED = "asked", _("待生成")
        DONE = "done", _("已生成")
        FAILED = "failed", _("失败")

    report = models.ForeignKey(Report, models.CASCADE, related_name="renderings")
    ending = models.CharField(_("格式"), max_length=8)
    state = models.CharField(
        _("状态"), max_length=8, choices=State.choices, default=State.ASKED
    )
    asked_at = models.DateTimeField(_("提出时间"))
    attempts = models.PositiveSmallIntegerField(_("已试次数"), default=0)
    content = models.BinaryField(null=True)
    size = models.PositiveIntegerField(_("字节数"), null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    source = models.CharField(max_length=64, blank=True)  # digest of what was drawn
    rendered_at = models.DateTimeField(_("生成时间"), null=True)
    worker = models.CharField(_("进程"), max_length=80, blank=True)
    error = models.TextField(_("最近一次失败"), blank=True)

    objects = RenderingQuerySet.as_manager()

    class Meta:
        verbose_name = _("报表文件")
        verbose_name_plural = pgettext_lazy("plural", "报表文件")
        ordering = ["report", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_file_per_report_and_ending", fields=["report", "ending"]
            ),
            models.CheckConstraint(
                name="a_file_that_is_done_has_its_bytes_and_their_hash",
                condition=~models.Q(state="done")
                | models.Q(content__isnull=False, rendered_at__isnull=False)
                & ~models.Q(sha256=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["attempts", "id"],
                name="files_to_be_drawn",
                condition=models.Q(state="asked"),
            ),
            models.Index(fields=["rendered_at"], name="files_by_when_drawn"),
        ]

    def __str__(self) -> str:
        return f"{self.report_id}{self.ending} {self.state}"

    @property
    def kind(self) -> str:
        """xlsx, pdf …: the ending as it stands in an address."""
        return self.ending.removeprefix(".")
