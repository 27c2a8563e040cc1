"""政府信息公开申请: one row per request; below the line it is read from the log."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.conf import settings
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from requests_app.domain.desk import CoUnit
from requests_app.domain.events import EntryVoided, Event, ParticipantRemoved
from requests_app.domain.lifecycle import Standing
from requests_app.domain.vocabulary import (
    ApplicantKind,
    Channel,
    ChannelDetail,
    ObtainBy,
    Outcome,
    ProvideAs,
    Timeliness,
)
from requests_app.models.agencies import Agency
from requests_app.models.applicants import Applicant, new_salt
from requests_app.models.language import STAGES, choices


class DisclosureRequestQuerySet(models.QuerySet["DisclosureRequest"]):
    def visible_to(self, user) -> "DisclosureRequestQuerySet":
        """Of the agencies in sight; a portal sees those that it handed in itself."""
        if getattr(user, "is_portal", False):
            return self.filter(submission__portal=user, agency__portals=user)
        return self.filter(agency__in=Agency.objects.visible_to(user))

    def open(self) -> "DisclosureRequestQuerySet":
        """Neither concluded nor voided."""
        return self.filter(replied_on=None, voided_on=None)

    def overdue(self, on: date) -> "DisclosureRequestQuerySet":
        """Asked, never stored: due before that day and not concluded."""
        return self.open().filter(due_on__lt=on)


class DisclosureRequest(models.Model):
    #: channel and kind are typed at registration; a correction in the log tells them anew
    agency = models.ForeignKey(Agency, models.PROTECT, verbose_name=_("受理机关"))
    reference = models.CharField(_("系统编号"), max_length=60, unique=True)
    channel = models.CharField(
        _("申请方式"), max_length=12, blank=True, choices=choices(Channel)
    )
    channel_detail = models.CharField(
        _("申请方式细分"), max_length=16, blank=True, choices=choices(ChannelDetail)
    )
    applicant_kind = models.CharField(
        _("申请人类别"), max_length=16, blank=True, choices=choices(ApplicantKind)
    )
    applicant = models.ForeignKey(
        Applicant, models.PROTECT, null=True, verbose_name=_("申请人")
    )
    topic = models.CharField(_("主题"), max_length=60, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="items",
        verbose_name=_("同一申请书的首件"),
    )  # fmt: skip
    import_key = models.CharField(max_length=64, null=True, unique=True, editable=False)
    serial = models.PositiveIntegerField(_("流水号"), null=True, editable=False)
    number_year = models.PositiveSmallIntegerField(_("编号年度"), editable=False)
    # --- read from the log by `project`, never typed ---
    number = models.CharField(_("登记编号"), max_length=60, blank=True)
    stage = models.CharField(_("阶段"), max_length=12, choices=STAGES)
    received_on = models.DateField(_("收到日期"))
    base_due_on = models.DateField(_("不含延期的期限"), null=True)
    due_on = models.DateField(_("答复期限"), null=True)
    provisional = models.BooleanField(_("期限暂定"), default=False)
    waiting_for = models.CharField(_("等待"), max_length=200, blank=True)
    unit = models.ForeignKey(
        "requests_app.Unit", models.PROTECT, null=True, verbose_name=_("承办单位")
    )
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+",
        verbose_name=_("承办人"),
    )  # fmt: skip
    co_units = models.CharField(_("协办单位"), max_length=1000, blank=True)
    co_due_on = models.DateField(_("协办期限"), null=True)  # the earliest not answered
    submitted_on = models.DateField(_("送审日期"), null=True)
    replied_on = models.DateField(_("办结日期"), null=True)
    delivered_on = models.DateField(_("送达日期"), null=True)
    returned_on = models.DateField(_("退回日期"), null=True)  # not served again since
    outcome = models.CharField(
        _("答复类别"), max_length=32, blank=True, choices=choices(Outcome)
    )
    timeliness = models.CharField(
        _("办理时效"), max_length=10, blank=True, choices=choices(Timeliness)
    )
    fee = models.DecimalField(
        _("收费（元）"), max_digits=14, decimal_places=2, null=True
    )
    findings = models.JSONField(_("办理疑点"), default=list, blank=True)
    voided_on = models.DateField(_("作废日期"), null=True)

    objects = DisclosureRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("政府信息公开申请")
        verbose_name_plural = pgettext_lazy("plural", "政府信息公开申请")
        ordering = ["-received_on", "-pk"]
        indexes = [
            BrinIndex(fields=["received_on"], name="requests_received_brin"),
            BrinIndex(fields=["replied_on"], name="requests_replied_brin"),
            models.Index(fields=["agency", "received_on"], name="requests_of_agency"),
            models.Index(fields=["-received_on", "-id"], name="requests_latest"),
            models.Index(fields=["number"], name="requests_by_number"),
            models.Index(
                fields=["received_on"],
                name="requests_open",
                condition=Q(replied_on=None),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="replied_not_before_received",
                condition=Q(replied_on=None) | Q(replied_on__gte=F("received_on")),
            ),
            models.CheckConstraint(
                name="outcome_exactly_when_replied",
                condition=Q(replied_on=None, outcome="", timeliness="")
                | Q(replied_on__isnull=False) & ~Q(outcome="") & ~Q(timeliness=""),
            ),
            models.CheckConstraint(
                name="due_days_are_both_known_or_neither",
                condition=Q(due_on=None, base_due_on=None)
                | Q(due_on__gte=F("base_due_on")),
            ),
            models.UniqueConstraint(
                name="a_number_is_used_once_in_its_agency",
                fields=["agency", "number"],
                condition=~Q(number=""),
            ),
        ]

    def __str__(self) -> str:
        return self.number or self.reference

    def log(self) -> Iterator[Event]:
        """The events that stand, in legal order: by day, then as recorded."""
        return in_legal_order(self.entries.order_by("sequence"))

    def people(self, log: Iterable[Event] | None = None) -> list[models.Model]:
        """Who stands beside the applicant: those that no standing event removed. `log`: its
        events, where they are in hand."""
        told = self.log() if log is None else log
        gone = {e.participant for e in told if isinstance(e, ParticipantRemoved)}
        return [one for one in self.participants.all() if one.pk not in gone]

    def project(self, standing: Standing) -> None:
        """The one writer of the columns under the line."""
        self.number = standing.number
        self.stage = standing.stage
        self.received_on = standing.received_on
        self.base_due_on = standing.base_due_on
        self.due_on = standing.due_on
        self.provisional = standing.provisional
        self.waiting_for = ",".join(sorted(standing.waiting_for))
        self.unit_id = standing.desk.unit
        self.handler_id = standing.desk.handler
        awaited = standing.desk.awaited
        self.co_units = written(awaited)
        self.co_due_on = min((c.due_on for c in awaited), default=None)
        self.submitted_on = standing.desk.submitted_on
        self.replied_on = standing.replied_on
        self.delivered_on = standing.delivered_on
        self.returned_on = standing.returned_on
        self.outcome = standing.outcome or ""
        self.timeliness = standing.timeliness or ""
        self.fee = standing.fee
        if standing.corrected:
            self.channel = standing.corrected.channel
            self.channel_detail = standing.corrected.channel_detail
            self.applicant_kind = standing.corrected.applicant_kind
        self.findings = [
            {"rule": f.rule, "on": f.on.isoformat(), "message": f.message,
             "article": f.article}
            for f in standing.findings
        ]  # fmt: skip


def written(awaited: Iterable[CoUnit]) -> str:
    """`,12:2026-12-01,15:2026-12-03,`: each unit is found between a comma and a colon."""
    told = [f"{c.unit}:{c.due_on}" for c in awaited]
    return f",{','.join(told)}," if told else ""


def inner_due_on(found: DisclosureRequest, unit_id: int | None) -> date | None:
    """By when that unit's help is awaited; None where it is not."""
    told = dict(one.split(":") for one in found.co_units.strip(",").split(",") if one)
    due = told.get(str(unit_id))
    return date.fromisoformat(due) if due else None


def in_legal_order(entries) -> Iterator[Event]:
    """Drop what was voided, then sort by (`on`, sequence). `entries` come by sequence.

    A voided receipt voids the registration, which reads on as it stood before.
    """
    told = [(entry.sequence, entry.event()) for entry in entries]
    voided = {e.entry for _, e in told if isinstance(e, EntryVoided)} - {1}
    standing = [
        (event.on, sequence, event)
        for sequence, event in told
        if sequence not in voided and not isinstance(event, EntryVoided)
    ]
    return (event for _, _, event in sorted(standing, key=lambda row: row[:2]))


class Wording(models.Model):
    """What was asked for, apart from the row that is counted, with a salt of its own."""

    disclosure_request = models.OneToOneField(
        DisclosureRequest, models.PROTECT, primary_key=True, related_name="wording"
    )
    subject = models.TextField(_("申请内容"), blank=True)
    retrieval_number = models.CharField(_("索取号"), max_length=100, blank=True)
    provide_as = models.CharField(
        _("指定提供方式"), max_length=20, blank=True, choices=choices(ProvideAs)
    )
    obtain_by = models.CharField(
        _("获取信息方式"), max_length=20, blank=True, choices=choices(ObtainBy)
    )
    accepts_other = models.BooleanField(_("可否接受其他方式"), null=True)
    applied_on = models.DateField(_("申请时间"), null=True)
    #: asked for by the form until 2019-05-15 (2008 第二十条、第二十八条)
    purpose = models.CharField(_("所需信息的用途"), max_length=500, blank=True)
    fee_waiver = models.BooleanField(_("申请减免费用"), default=False)
    salt = models.CharField(max_length=32, default=new_salt, editable=False)

    class Meta:
        verbose_name = _("申请内容")
        verbose_name_plural = pgettext_lazy("plural", "申请内容")
