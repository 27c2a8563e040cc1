"""复议与诉讼: a case entered and followed; what is irregular in it, and nothing guessed."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from requests_app.dependencies import Dependencies
from requests_app.domain import remedies, respondent
from requests_app.domain.calendars import Calendar
from requests_app.domain.clock import Finding
from requests_app.domain.events import DecidedAnew
from requests_app.domain.regimes import FIRST_DAY
from requests_app.domain.vocabulary import (
    AppealResult,
    Outcome,
    Procedure,
    term,
)
from requests_app.models import Agency, Appeal
from requests_app.services import followups
from requests_app.services.recording import record

KEEPS = ("handler", "office_head", "statistician")
DAYS = ("filed_on", "decided_on", "notified_on", "answered_on", "performed_on")
CO_DEFENDANT = "国办公开办函〔2021〕30号"
ORDERED = "行政诉讼法第七十条、第七十二条、第七十四条；行政复议法（2023）第六十四条至第六十六条"
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
    elif appeal.co_defendant is None:
        appeal.co_defendant = False  # typed by a person: nothing is inferred of it
    appeal.full_clean()
    anew = followups.second_decision(appeal)
    if anew is not None:
        appeal.performed_on, appeal.new_outcome = None, ""
    appeal.save()
    if anew is not None:
        on, outcome = anew
        event = DecidedAnew(on=on, outcome=term(Outcome, outcome), appeal=appeal.pk)
        record(appeal.disclosure_request, event, by=by, deps=deps)
        appeal.refresh_from_db()
    return appeal


@transaction.atomic
def mark_co_defendant(
    appeal: Appeal, *, is_one: bool, main_case: Appeal | None, by, deps: Dependencies
) -> Appeal:
    """Confirm or deny what was inferred of an imported row."""
    locked = Appeal.objects.select_for_update().get(pk=appeal.pk)
    locked.co_defendant, locked.main_case = is_one, main_case if is_one else None
    return keep(locked, by=by, deps=deps)


@transaction.atomic
def tell_order(appeal: Appeal, *, ordered: bool, by, deps: Dependencies) -> Appeal:
    """Whether the decision orders a new answer or disclosure, told once it is read."""
    locked = Appeal.objects.select_for_update().get(pk=appeal.pk)
    locked.orders_disclosure = ordered
    return keep(locked, by=by, deps=deps)


def order_untold(appeal: Appeal) -> bool:
    return Appeal.objects.orders_untold().filter(pk=appeal.pk).exists()


def main_respondents(appeal: Appeal) -> list[Appeal]:
    """The cases of the agency that acted, of which this one looks like the copy."""
    if not Appeal.objects.inferred_co_defendants().filter(pk=appeal.pk).exists():
        return []
    same = Appeal.objects.same_suit(appeal).acted(appeal.agency.path)
    return list(same.select_related("agency").order_by("pk"))


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
    if (appeal.performed_on or appeal.new_outcome) and not appeal.orders_disclosure:
        yield (
            "orders_disclosure",
            _("填了履行日期或重新答复类别的，“判决或决定责令履行”应为“是”"),
        )
    if appeal.performed_on and not appeal.decided_on:
        yield "performed_on", _("尚未审结，无从履行")
    yield from wrong_co_defendant(appeal)
    yield from settled_in_the_log(appeal)
    if appeal.new_outcome and not appeal.performed_on:
        yield "new_outcome", _("请写明重新答复之日")
    elif appeal.decided_on:
        yield from followups.unreviewed(appeal)


def wrong_co_defendant(appeal: Appeal) -> Iterator[tuple[str, str]]:
    main = appeal.main_case
    if (
        appeal.co_defendant
        and appeal.procedure != Procedure.LITIGATION_AFTER_RECONSIDERATION
    ):
        yield "co_defendant", _("只有复议后起诉的，复议机关才可能作共同被告")
    if main is not None and not appeal.co_defendant:
        yield "main_case", _("作共同被告的才填写原行政机关的案件")
    elif main is not None and (
        main.agency_id == appeal.agency_id
        or main.co_defendant
        or main.procedure != appeal.procedure
    ):
        yield "main_case", _("应为作出原行政行为的机关在同一诉讼中的案件")


def settled_in_the_log(appeal: Appeal) -> Iterator[tuple[str, str]]:
    """What the log closed is changed by the log alone."""
    before = Appeal.objects.filter(pk=appeal.pk).exclude(new_outcome="").first()
    if before is None or not recorded_anew(before):
        return
    if (before.performed_on, before.new_outcome) != (
        appeal.performed_on,
        appeal.new_outcome,
    ):
        yield "new_outcome", _("已记入案卷；如有误，请在案卷中作废“重新答复”后重录")


def recorded_anew(appeal: Appeal) -> bool:
    request = appeal.disclosure_request
    log = request.log() if request is not None else ()
    return any(isinstance(e, DecidedAnew) and e.appeal == appeal.pk for e in log)


def findings(appeal: Appeal, calendar: Calendar) -> Iterator[Finding]:
    """What an attentive reader would look at again; recorded all the same."""
    yield from about_the_decision(appeal)
    yield from late(appeal, calendar)
    yield from untold(appeal)
    yield from inferred_copy(appeal)


def untold(appeal: Appeal) -> Iterator[Finding]:
    if order_untold(appeal) and appeal.decided_on:
        yield Finding(
            rule="order_untold",
            on=appeal.decided_on,
            message=_("结果纠正，未注明是否责令重新答复或公开，请核对裁判文书后注明"),
            article=ORDERED,
        )


def findings_of(
    keys: Collection[int], calendar: Calendar
) -> Iterator[tuple[Appeal, Finding]]:
    """Of many cases, in a few statements; that an order is untold stands on the case."""
    cases = Appeal.objects.filter(pk__in=keys)
    copies = set(cases.inferred_co_defendants().values_list("pk", flat=True))
    told = cases.select_related("agency", "disclosure_request").order_by("pk")
    for appeal in told.prefetch_related("disclosure_request__appeals"):
        yield from ((appeal, found) for found in about_the_decision(appeal))
        yield from ((appeal, found) for found in late(appeal, calendar))
        if appeal.pk in copies:
            yield from ((appeal, found) for found in inferred_copy(appeal))


def inferred_copy(appeal: Appeal) -> Iterator[Finding]:
    for main in main_respondents(appeal):
        name = main.agency.name
        yield Finding(
            rule="co_defendant_inferred",
            on=appeal.filed_on,
            message=f"与{name}同案号、同日：推定复议机关作共同被告，未计入，请确认 "
            f"(same case number and day as at {name}: taken for the co-defendant's copy "
            "and not counted; please confirm)",
            article=CO_DEFENDANT,
        )


def about_the_decision(appeal: Appeal) -> Iterator[Finding]:
    decision = decision_before(appeal)
    if decision is not None and remedies.review_skipped(
        appeal.procedure, appeal.result, term(Outcome, decision.outcome), decision.on
    ):
        yield Finding(
            rule="review_skipped",
            on=appeal.filed_on,
            message="该答复应先申请行政复议，却直接起诉而未被驳回，请核对救济途径 "
            "(review comes first against this reply, yet the suit was brought directly "
            "and not turned away: look at the procedure again)",
            article=DIRECT,
        )
    request = appeal.disclosure_request
    if request and request.replied_on and appeal.filed_on < request.replied_on:
        yield Finding(
            rule="appealed_before_reply",
            on=appeal.filed_on,
            message="答复之前即已受理：所争的不是这一答复 "
            "(filed before the reply: it is not this reply that is disputed)",
        )


class Decision(NamedTuple):
    """`appeal`: the case after which it was made; 0 of the first reply."""

    on: date
    appeal: int
    outcome: str


def decision_before(appeal: Appeal) -> Decision | None:
    """What the case is about: of the first reply and the new ones (second decisions) the
    last one when it was filed. `AppealQuerySet.judged` asks the database the same."""
    request = appeal.disclosure_request
    if request is None or not request.replied_on or not request.outcome:
        return None
    decisions = [
        Decision(request.replied_on, 0, request.outcome),
        *(
            Decision(other.performed_on, other.pk, other.new_outcome)
            for other in request.appeals.all()
            if other.performed_on and other.new_outcome and other.pk != appeal.pk
        ),
    ]
    return max((d for d in decisions if d.on <= appeal.filed_on), default=None)


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
