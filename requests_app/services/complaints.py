"""举报投诉: registered, concluded, taken back; each act one transaction with its entry."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from requests_app.dependencies import Dependencies
from requests_app.domain.regimes import FIRST_DAY, NotAllowed
from requests_app.domain.vocabulary import ComplaintAbout, ComplaintResult
from requests_app.models import Agency, Complaint, ComplaintEntry, ComplaintText
from requests_app.models.applicants import new_salt
from requests_app.models.log import digest_of

ARTICLE = "政府信息公开条例（2008）第三十三条第一款、（2019）第五十一条"
KEEPS = ("intake_clerk", "handler", "office_head", "statistician")
Kind = ComplaintEntry.Kind


def may_keep(by) -> bool:
    return by.is_superuser or by.has_role(*KEEPS)


def acts_here(by, agency_id: int) -> bool:
    """The agency that received it keeps it; a superior sees."""
    return by.is_superuser or (may_keep(by) and by.agency_id == agency_id)


@transaction.atomic
def register(
    *,
    agency: Agency,
    received_on: date,
    about: ComplaintAbout,
    text: str,
    by,
    deps: Dependencies,
    key: str | None = None,
) -> Complaint:
    """登记. The same `key` again gives the complaint that it gave before."""
    forbid_strangers(by, agency.pk)
    forbid_day(received_on, deps)
    told = needed(text, _("请写明举报投诉的内容"))
    new = {"agency": agency, "received_on": received_on, "about": about}
    if key is None:
        complaint, made = Complaint.objects.create(**new), True
    else:
        complaint, made = Complaint.objects.get_or_create(key=key, defaults=new)
    if made:
        details = {"about": str(about)}
        append(complaint, Kind.REGISTERED, received_on, details, told, by, deps)
    return complaint


@transaction.atomic
def conclude(
    complaint: Complaint,
    *,
    on: date,
    result: ComplaintResult,
    text: str,
    by,
    deps: Dependencies,
) -> Complaint:
    """办结: what was found and done about it (应当予以调查处理)."""
    locked = standing(complaint, by)
    if locked.concluded_on:
        raise NotAllowed(_("已于 %(on)s 办结") % {"on": locked.concluded_on}, ARTICLE)
    forbid_day(on, deps)
    if on < locked.received_on:
        raise NotAllowed(_("早于收到日期 %(on)s") % {"on": locked.received_on})
    told = needed(text, _("请写明调查处理情况"))
    locked.concluded_on, locked.result = on, result
    locked.save()
    append(locked, Kind.CONCLUDED, on, {"result": str(result)}, told, by, deps)
    return locked


@transaction.atomic
def void(
    complaint: Complaint, *, entry: int, reason: str, by, deps: Dependencies
) -> Complaint:
    """作废: takes back a mistaken conclusion; taking back the registration takes back
    the whole complaint, which is then not counted."""
    locked = standing(complaint, by)
    if entry not in voidable(locked):
        raise NotAllowed(_("没有可作废的记录"))
    told = needed(reason, _("请写明作废理由"))
    today = deps.clock.today()
    if entry == 1:
        locked.voided_on = today
    else:
        locked.concluded_on, locked.result = None, ""
    locked.save()
    append(locked, Kind.VOIDED, today, {"entry": entry}, told, by, deps)
    return locked


def voidable(complaint: Complaint) -> list[int]:
    """The entries that may still be taken back, by sequence."""
    entries = list(complaint.entries.order_by("sequence"))
    voided = {e.details["entry"] for e in entries if e.kind == Kind.VOIDED}
    if 1 in voided:
        return []
    return [
        e.sequence
        for e in entries
        if e.kind != Kind.VOIDED and e.sequence not in voided
    ]


def standing(complaint: Complaint, by) -> Complaint:
    """The row held for the act; NotAllowed for strangers, and for a voided one."""
    locked = Complaint.objects.select_for_update().get(pk=complaint.pk)
    forbid_strangers(by, locked.agency_id)
    if locked.voided_on:
        raise NotAllowed(_("登记已于 %(on)s 作废") % {"on": locked.voided_on})
    return locked


def append(
    complaint: Complaint,
    kind: Kind,
    on: date,
    details: Mapping[str, Any],
    text: str,
    by,
    deps: Dependencies,
) -> ComplaintEntry:
    last = complaint.entries.order_by("sequence").last()
    salt = new_salt()
    entry = ComplaintEntry(
        complaint=complaint,
        sequence=last.sequence + 1 if last else 1,
        kind=kind,
        on=on,
        recorded_at=deps.clock.now(),
        recorded_by=by,
        details=dict(details),
        digest=digest_of(salt, text),
    )
    entry.seal(last.hash if last else "")
    entry.save(force_insert=True)
    ComplaintText.objects.create(entry=entry, text=text, salt=salt)
    return entry


def forbid_strangers(by, agency_id: int) -> None:
    if not acts_here(by, agency_id):
        raise NotAllowed(_("由收到举报投诉的机关办理"), ARTICLE)


def forbid_day(on: date, deps: Dependencies) -> None:
    if on > deps.clock.today():
        raise NotAllowed(_("不能晚于今天"))
    if on < FIRST_DAY:
        raise NotAllowed(_("早于条例施行之日 %(day)s") % {"day": FIRST_DAY})


def needed(text: str, otherwise: str) -> str:
    if not text.strip():
        raise NotAllowed(otherwise)
    return text.strip()
