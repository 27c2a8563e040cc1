"""The office's own text of a report: written chapter by chapter until it is signed, its
numbers bound to cells; what is signed keeps the text as it was told then."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from reporting.dependencies import Dependencies
from reporting.models import ChapterText, Edition
from reporting.narrative import placeholders
from reporting.narrative.findings import Finding
from reporting.narrative.placeholders import GENERATED
from reporting.services import reports
from reporting.services.editions import Which, counted
from reporting.services.entitled import forbid_strangers
from reporting.services.recounting import retell
from reporting.services.text_findings import doubts
from reporting.tables import Chapter, Form, silent
from requests_app.domain.regimes import NotAllowed
from requests_app.models.agencies import Agency


@dataclass(frozen=True, kw_only=True)
class Written:
    """A chapter as it stands: what was typed, what it says, and what to doubt in it."""

    chapter: Chapter
    version: int
    typed: str
    told: str
    generated: str
    findings: tuple[dict[str, Any], ...] = ()
    last: ChapterText | None = None

    @property
    def characters(self) -> int:
        return len("".join(self.told.split()))

    @property
    def too_long(self) -> bool:
        return 0 < self.chapter.about < self.characters

    @property
    def unfilled(self) -> tuple[str, ...]:
        return tuple(placeholders.unfilled(self.told))


@transaction.atomic
def write(
    which: Which, *, numeral: str, text: str, seen: int, by, deps: Dependencies
) -> ChapterText:
    """One more version of a chapter; `seen` is the version that the writer began from."""
    forbid_strangers(which.agency, by)
    form = deps.form(which.form)
    text = checked(form, numeral, text)
    Agency.objects.select_for_update().get(pk=which.agency.pk)
    forbid_accepted(which)
    last = which.filter(ChapterText).filter(numeral=numeral).last()
    if seen != (last.version if last else 0):
        raise NotAllowed(_("这一章刚刚由他人修改过，请对照新的文字再改"))
    made = ChapterText.objects.create(
        **which._asdict(), numeral=numeral, version=seen + 1, text=text,
        written_by=by, written_at=deps.clock.now(),
    )  # fmt: skip
    tell(which, deps)
    return made


def forbid_accepted(which: Which) -> None:
    """What the superior accepted is what is signed, to the word."""
    accepted = which.filter(Edition).filter(state=Edition.State.ACCEPTED).first()
    if accepted:
        raise NotAllowed(
            _("上级已接收：%(edition)s。须先撤回，改后重新报送") % {"edition": accepted}
        )


def checked(form: Form, numeral: str, text: str) -> str:
    if form.chapter(numeral) is None or form.lexicon is None:
        raise NotAllowed(
            _("本表式的报告没有这一章：%(numeral)s") % {"numeral": numeral}
        )
    text = "\n".join(line.strip() for line in text.strip().splitlines())
    try:
        placeholders.check(text, form.lexicon.column, form.cells)
    except placeholders.NotBound as error:
        raise NotAllowed(str(error)) from error
    return text


def tell(which: Which, deps: Dependencies) -> None:
    """The draft, its files and what is on the way up say the new text."""
    now = deps.clock.now()
    _tally, content = counted(which, deps)
    for edition in which.filter(Edition).filter(state=Edition.State.SUBMITTED):
        edition.content = retold(edition.content, content)
        edition.save(update_fields=["content"])
    retell(which, content, counted_at=now, deps=deps)


def retold(was: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """The numbers that were handed up, with the new text and what is doubted in it."""
    numbers = [f for f in was["findings"] if "chapter" not in f["where"]]
    text = [f for f in now["findings"] if "chapter" in f["where"]]
    return {**was, "narrative": now["narrative"], "findings": numbers + text}


def chapters(
    which: Which, deps: Dependencies, instead: Mapping[str, str] | None = None
) -> list[Written]:
    """Every chapter of prose in order; `instead`: texts not saved yet, to be looked at."""
    form = deps.form(which.form)
    tally, _content = counted(which, deps)
    facts = reports.facts_of(tally, which.agency.pk, which.scope)
    last = {t.numeral: t for t in latest(which)}
    typed = {n: t.text for n, t in last.items()} | dict(instead or {})
    told = reports.narrative(form, facts, typed)
    found = [
        Written(
            chapter=chapter,
            version=last[chapter.numeral].version if chapter.numeral in last else 0,
            typed=typed.get(chapter.numeral, offered(chapter)),
            told=told.get(chapter.numeral, ""),
            generated=chapter.write(facts),
            last=last.get(chapter.numeral),
        )
        for chapter in form.narrative
        if not chapter.is_table
    ]
    name = tally.tree.nodes[which.agency.pk].name
    read = doubts(form, which.year, facts, told, name)
    return [replace(one, findings=as_check(read[one.chapter.numeral])) for one in found]


def as_check(found: list[tuple[Finding, str]]) -> tuple[dict[str, Any], ...]:
    return tuple(doubt.as_json(whole) for doubt, whole in found)


def latest(which: Which) -> list[ChapterText]:
    found = which.filter(ChapterText).select_related("written_by").order_by("version")
    return list({text.numeral: text for text in found}.values())


def offered(chapter: Chapter) -> str:
    """What stands in the box before anybody has written: the numbers' own paragraphs."""
    return "" if chapter.write is silent else f"{{{GENERATED}}}"
