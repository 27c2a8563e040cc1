"""答复风险评估报告: what the guide was answered, on paper, with what it leads to."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localtime
from django.utils.translation import override
from wireup import Injected
from wireup.integration.django import inject_app

from requests_app.admin.acts import entries_of, in_sight
from requests_app.admin.wording import happening, lacking, said
from requests_app.dependencies import Dependencies, Unprintable
from requests_app.domain.grounds import article
from requests_app.domain.guide import Course
from requests_app.domain.wording import parted
from requests_app.models import DisclosureRequest, LogEntry
from requests_app.services.guidance import answered, course_of

TITLE = "答复风险评估报告（办理指引）"


@inject_app
def paper(request, pk: int, deps: Injected[Dependencies]):
    found = in_sight(request, pk)
    try:
        content = deps.paper.print("guide", on_paper(found))
    except Unprintable as error:
        messages.error(request, lacking(error))
        return redirect("admin:requests_app_disclosurerequest_change", found.pk)
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{found.reference}-guide.pdf"'
    return answer


def on_paper(found: DisclosureRequest) -> dict[str, Any]:
    """Plain JSON in Chinese, whoever prints it; the day is that of the last entry."""
    with override("zh-hans"):
        entries = entries_of(found)
        answers = answered(entries)
        course = course_of(answers)
        return {
            "title": TITLE,
            "banner": found.agency.banner,
            "agency": found.agency.name,
            "number": found.number,
            "received_on": found.received_on,
            "steps": list(steps(course, answers)),
            "leads": list(leads(course, entries)),
        }


def steps(course: Course, answers: Mapping[str, LogEntry]) -> Iterator[dict[str, Any]]:
    """Those on the way, in their order, by the answer of each that counts."""
    for step in course.way:
        entry = answers.get(step.key)
        choice = step.choice(entry.details["choice"]) if entry else None
        if entry is None or choice is None:
            return
        yield {
            "step": step.zh,
            "question": zh(step.question),
            "article": choice.article or step.article,
            "answer": zh(choice.said),
            "evidence": entry.text,
            "sequence": entry.sequence,
            "by": entry.recorder or "系统",
            "at": f"{localtime(entry.recorded_at):%Y-%m-%d %H:%M}",
        }


def leads(
    course: Course, entries: Sequence[LogEntry]
) -> Iterator[tuple[str, str, str]]:
    """(what, its name, the article): the outcome, the act that comes first, the letters; by
    the law of the day of the last entry."""
    on = localtime(entries[-1].recorded_at).date()
    if course.outcome:
        yield "拟作答复", str(said(course.outcome)), article(course.outcome, on)
    if course.act and course.choice:
        yield "下一步", str(happening(course.act)), course.choice.article
    for kind, outcome in course.letters:
        yield "文书", str(said(kind)), article(outcome, on) if outcome else ""
    if course.next:
        yield "尚未回答", zh(course.next.question), course.next.article


def zh(message: str) -> str:
    return parted(message)[0]
