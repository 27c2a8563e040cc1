"""全卷: the whole file of a request as one PDF, and what its own pages say."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localtime
from django.utils.translation import override
from wireup import Injected
from wireup.integration.django import inject_app

from requests_app.admin import explained, guide_report, persons
from requests_app.admin.acts import entries_of, in_sight
from requests_app.admin.manner import manner
from requests_app.admin.reasons import reasoned
from requests_app.admin.timeline import Moment, moments
from requests_app.dependencies import Dependencies, Unprintable
from requests_app.domain import lifecycle
from requests_app.domain.vocabulary import AppealResult, Procedure, term
from requests_app.models import AccessRecord, DisclosureRequest
from requests_app.models.language import heard
from requests_app.models.requests import in_legal_order
from requests_app.services import access
from requests_app.services.sending import SERVICE
from requests_app.services.volume import volume

#: chapter → the entries that it tells
CHAPTERS = {
    "检索、征求意见、补正和协办": (
        "searched", "opinion_sought", "opinion_delivered", "opinion_received",
        "supplement_asked", "supplement_received", "co_assigned", "co_answered",
        "applicant_completed", "participant_removed", "corrected",
    ),
    guide_report.TITLE: ("step_decided",),
    "审批和审查": (
        "submitted_for_review", "confidentiality_reviewed", "sent_back", "reviewed",
        "extended", "delay_agreed",
    ),
    "送达记录": SERVICE,
    "涉密件登记": ("secret_paper_noted",),
    "附件撤回": ("paper_withdrawn",),
}  # fmt: skip


@inject_app
def page(request, pk: int, site, deps: Injected[Dependencies]):
    found = in_sight(request, pk)
    form = reasoned(request) if request.method == "POST" else None
    back = redirect("admin:requests_app_disclosurerequest_change", found.pk)
    if form is None:
        return back
    try:
        content = volume(found, told=on_paper(found, deps), deps=deps)
    except Unprintable as error:
        messages.error(request, heard(str(error)))
        return back
    access.seen(
        found,
        fields=[*persons.known(found), "papers"],
        way=AccessRecord.Way.PAPER,
        by=request.user,
        deps=deps,
        **form.cleaned_data,
    )
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{found.reference}.pdf"'
    return answer


def on_paper(found: DisclosureRequest, deps: Dependencies) -> dict[str, Any]:
    """Plain JSON in Chinese, whoever prints it; the day is that of the last entry."""
    with override("zh-hans"):
        entries = entries_of(found)
        now = lifecycle.standing(in_legal_order(entries), deps.calendar)
        told = list(moments(found, entries, now.clock.calendar))
        shown = explained.on_paper(found, explained.told(found, deps))
        return {
            "banner": found.agency.banner,
            "agency": found.agency.name,
            "number": found.number,
            "received_on": found.received_on,
            "made_on": str(localtime(entries[-1].recorded_at).date()),
            "cover": cover(found, told),
            "form": list(application(found)),
            "timeline": [line(one) for one in told],
            "explained": shown,
            "chapters": [
                (title, [line(one) for one in told if one.entry.kind in kinds])
                for title, kinds in CHAPTERS.items()
            ],
            "appeals": appeals(found),
        }


Row = dict[str, str]


def row(label: str, value: Any) -> Row:
    return {"label": str(label), "value": str(value or "")}


def cover(found: DisclosureRequest, told: Sequence[Moment]) -> list[Row]:
    shelf = [m.text for m in told if m.entry.kind == "archived" and not m.voided]
    archived = [m.entry.on for m in told if m.entry.kind == "archived" and not m.voided]
    return [
        row("题名", found.wording.subject if hasattr(found, "wording") else ""),
        row("申请人", found.applicant.name if found.applicant else ""),
        row("系统编号", found.reference),
        row("收到日期", found.received_on),
        row("办结日期", found.replied_on),
        row("答复类别", found.get_outcome_display()),
        row("归档日期", archived[-1] if archived else ""),
        row("卷号和存放处", shelf[-1] if shelf else ""),
    ]


def application(found: DisclosureRequest) -> Iterator[Row]:
    """政府信息公开申请表 (第二十九条), as it was filled in; blanks are left out."""
    log = list(found.log())
    yield row("申请人类别", found.get_applicant_kind_display())
    for fact in persons.facts(found.applicant, shown=True):
        yield row(fact.label, fact.value)
    for one in persons.people(found, log, shown=True):
        told = (one.name, one.id_kind, one.id_number, one.phone)
        yield row(one.role, "　".join(text for text in told if text))
    for one in persons.removed(found, log, shown=True):
        yield row("误登后移除", f"{one.role}　{one.name}")
    yield row("申请方式", found.get_channel_display())
    if hasattr(found, "wording"):
        yield row("申请内容", found.wording.subject)
    for fact in manner(found):
        yield row(fact.label, fact.value)
    yield row("收到申请之日", found.received_on)
    for version in persons.earlier(found, shown=True):
        told = [f"{fact.label}：{fact.value}" for fact in version.facts]
        if version.correction.applicant:
            on = version.correction.entry.on
            yield row(f"{on} 补正前", "　".join(told) or "未填写")


def line(one: Moment) -> dict[str, Any]:
    return {
        "kind": one.entry.kind,
        "on": one.entry.on,
        "what": f"{one.sentence}：{one.served}" if one.served else one.sentence,
        "text": one.text,
        "was_due_on": one.was_due_on,
        "due_on": one.due_on,
        "moved": one.moved,
        "voided": one.voided,
        "sequence": one.entry.sequence,
        "by": one.entry.recorder or "系统",
        "at": f"{localtime(one.entry.recorded_at):%Y-%m-%d %H:%M}",
    }


def appeals(found: DisclosureRequest) -> list[dict[str, Any]]:
    return [
        {
            "procedure": term(Procedure, one.procedure).zh,
            "case_number": one.case_number,
            "body": one.body,
            "filed_on": one.filed_on,
            "decided_on": one.decided_on,
            "result": term(AppealResult, one.result).zh,
        }
        for one in found.appeals.order_by("filed_on", "pk")
    ]
