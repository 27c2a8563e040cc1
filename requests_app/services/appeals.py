"""复议与诉讼: a case entered and followed; what is irregular in it, and nothing guessed."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from requests_app.dependencies import Dependencies
from requests_app.domain import remedies, respondent
from requests_app.domain.calendars import Calendar
from requests_app.domain.clock import Finding
from requests_app.domain.regimes import FIRST_DAY
from requests_app.domain.vocabulary import (
    AppealResult,
    Outcome,
    Procedure,
    term,
)
from requests_app.models import Agency, Appeal

KEEPS = ("handler", "office_head", "statistician")
DAYS = ("filed_on", "decided_on", "notified_on", "answered_on", "performed_on")
DIRECT = "法释〔2025〕8号第一条、第十条"


def may_keep(by) -> bool:
    return by.is_superuser or by.has_role(*KEEPS)


@transaction.atomic
def keep(appeal: Appeal, *, by, deps: Dependencies) -> Appeal:
    """Write a case as it now stands. ValidationError names each field that cannot be."""
    wrong = dict(faults(appeal, by, deps.clock.today()))
    if wrong:
        raise ValidationError(wrong)
    if appeal.pk:
        Appeal.objects.select_for_update().get(pk=appeal.pk)
    appeal.full_clean()
    appeal.save()
    return appeal


def faults(appeal: Appeal, by, today: date) -> Iterator[tuple[str, str]]:
    if not may_keep(by) or not Agency.objects.visible_to(by).filter(
        pk=appeal.agency_id
    ):
        yield "agency", _("由该机关的承办人员、统计人员或机构负责人登记")
    request = appeal.disclosure_request
    if request is not None and request.agency_id != appeal.agency_id:
        yield "disclosure_request", _("所涉申请不属于这一机关")
    for name in DAYS:
        on = getattr(appeal, name)
        if on is not None and on > today:
            yield name, _("不能晚于今天")
        elif on is not None and on < FIRST_DAY:
            yield name, _("早于条例施行之日 %(day)s") % {"day": FIRST_DAY}
    if (appeal.result == AppealResult.PENDING) != (appeal.decided_on is None):
        yield "result", _("审结的写审结日期和结果，未审结的两项都不写")
    if appeal.decided_on and appeal.filed_on and appeal.decided_on < appeal.filed_on:
        yield "decided_on", _("早于受理日期")
    if appeal.orders_disclosure and appeal.result != AppealResult.CORRECTED:
        yield "orders_disclosure", _("责令履行的，结果应为“结果纠正”")
    if appeal.performed_on and not appeal.decided_on:
        yield "performed_on", _("尚未审结，无从履行")
    if appeal.new_outcome and not appeal.performed_on:
        yield "new_outcome", _("请写明重新答复之日")


def findings(appeal: Appeal, calendar: Calendar) -> Iterator[Finding]:
    """What an attentive reader would look at again; recorded all the same."""
    request = appeal.disclosure_request
    if request is not None and request.replied_on and request.outcome:
        yield from about_the_reply(appeal, request)
    yield from late(appeal, calendar)


def about_the_reply(appeal: Appeal, request) -> Iterator[Finding]:
    outcome = term(Outcome, request.outcome)
    if remedies.review_skipped(
        appeal.procedure, appeal.result, outcome, request.replied_on
    ):
        yield Finding(
            rule="review_skipped",
            on=appeal.filed_on,
            message=_("该答复应先申请行政复议，却直接起诉而未被驳回，请核对救济途径"),
            article=DIRECT,
        )
    if appeal.filed_on < request.replied_on:
        yield Finding(
            rule="appealed_before_reply",
            on=appeal.filed_on,
            message=_("答复之前即已受理：所争的不是这一答复"),
        )


def late(appeal: Appeal, calendar: Calendar) -> Iterator[Finding]:
    """The office's own answer or performance after its day."""
    procedure = term(Procedure, appeal.procedure)
    if appeal.notified_on and appeal.answered_on:
        duty = respondent.answer(procedure, simple=appeal.simple_procedure)
        due = duty.due_on(appeal.notified_on, calendar)
        if appeal.answered_on > due:
            yield told_late("answered_late", duty.zh, appeal.answered_on, due, duty)
    if appeal.orders_disclosure and appeal.performed_on and appeal.decided_on:
        duty = respondent.DISCLOSURE_ORDERED
        due = respondent.performance_due_on(
            appeal.decided_on, appeal.ordered_until, calendar
        )
        if appeal.performed_on > due:
            yield told_late("performed_late", duty.zh, appeal.performed_on, due, duty)


def told_late(rule: str, what: str, on: date, due: date, duty) -> Finding:
    message = _("%(what)s晚于期限 %(due)s") % {"what": what, "due": due}
    return Finding(rule=rule, on=on, message=message, article=duty.article)


def evidence(appeal: Appeal) -> list[Mapping[str, Any]]:
    """证据目录: what proves what, in the order in which the file tells it."""
    request = appeal.disclosure_request
    if request is None:
        return []
    rows: list[Mapping[str, Any]] = [
        {"name": "政府信息公开申请登记", "proves": f"{request.received_on} 收到申请"},
        {"name": "办理经过", "proves": "各环节的日期与经办人，日志逐条相连"},
        {"name": "答复期限说明", "proves": f"答复期限为 {request.due_on or '—'}"},
    ]
    rows += [
        {"name": f"{a.get_kind_display()}：{a.name}", "proves": f"SHA-256 {a.sha256}"}
        for a in request.attachments.all()
    ]
    return [{"number": n, **row} for n, row in enumerate(rows, 1)]
