"""Editions: what an agency has signed, what stands in a draft's way, and whether a signed
report is still what was signed."""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from reporting.dependencies import Dependencies
from reporting.models import Edition, Explanation, Report
from reporting.narrative.placeholders import unfilled
from reporting.placing import placed
from reporting.services import freezing, reports
from reporting.services.collection import collected
from reporting.services.counting import Tally
from reporting.services.own_and_area import own_over_area
from reporting.tables import Form
from requests_app.models.agencies import Agency
from requests_app.models.language import heard

#: soft findings that only tell where numbers come from, and ask for no explanation
TELLS_ONLY = frozenset(
    {
        "counted_lines_entered",
        "opening_figures",
        "outcome_line_chosen",
        "figure_replaced",
        "complaints_without_line",
    }
)


WORDS = 40  # of the text, by which an explanation knows them again


class Which(NamedTuple):
    """Of whom, of when, on which form, over what: an edition's place."""

    agency: Agency
    year: int
    form: str
    scope: str

    def filter(self, model):
        return model.objects.filter(**self._asdict())


def in_force(which: Which) -> Edition | None:
    """What the agency has signed; None while there are but drafts."""
    return which.filter(Edition).in_force().order_by("number").last()


def is_signed(told: Mapping[str, Any]) -> bool:
    """Whether that report JSON is of a report that was signed."""
    agency = Agency.objects.get(code=told["agency"])
    which = Which(agency, told["year"], told["form"], told["scope"])
    return in_force(which) is not None


def as_it_stands(
    *, year: int, code: str | None, form_key: str | None, scope: str,
    deps: Dependencies, recount: bool = False,
) -> tuple[Form, dict[str, Any], str]:  # fmt: skip
    """As `reports.annual`, with what was accepted from below in the sums, and a signed
    report as it was signed; `recount`: today's draft, whatever the agency has signed."""
    form = deps.form(form_key) if form_key else deps.form_of(year)
    tally = collected(form, year, code)
    agency_id = reports.find_agency(tally, code)
    node = tally.tree.nodes[agency_id]
    which = Which(Agency.objects.get(pk=agency_id), year, form.key, scope)
    signed = None if recount else in_force(which)
    if signed:
        return form, signed.content, name_of(signed)
    return form, reports.report(tally, agency_id, scope), node.name


def unexplained(which: Which, content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Soft findings that nobody has explained with these very numbers."""
    known = {
        (e.rule, e.line, e.column, e.left, e.right) for e in which.filter(Explanation)
    }
    return [
        found
        for found in content["findings"]
        if found["level"] == "soft"
        and found["rule"] not in TELLS_ONLY
        and mark(found) not in known
    ]


def explanations(which: Which) -> QuerySet[Explanation]:
    return which.filter(Explanation).select_related("given_by")


def explaining(which: Which, content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Who explained which of these findings with these very numbers, and how: as JSON."""
    raised = {mark(found) for found in content["findings"]}
    return [
        {
            "rule": e.rule,
            "where": {"line": e.line or None, "column": e.column or None},
            "left": e.left,
            "right": e.right,
            "text": e.text,
            "given_by": e.given_by.get_full_name() or e.given_by.get_username(),
            "given_at": localtime(e.given_at).isoformat(),
        }
        for e in explanations(which).order_by("given_at", "pk")
        if (e.rule, e.line, e.column, e.left, e.right) in raised
    ]


def explained(edition: Edition) -> Iterator[dict[str, Any]]:
    """As they were when it was handed up."""
    known = edition.content.get("explanations")
    if known is None:  # handed up before they were kept
        known = explaining(place(edition), edition.content)
    for told in known:
        yield {**told, "given_at": datetime.fromisoformat(told["given_at"])}


def mark(found: Mapping[str, Any]) -> tuple:
    """What an explanation is of: a rule at a cell, or at words of a chapter, with these
    numbers."""
    where = found["where"]
    line, column = where["line"] or "", where["column"] or ""
    if "chapter" in where:
        line, column = where["chapter"], where["text"][-WORDS:]
    return found["rule"], line, column, found["left"], found["right"]


def blocking(which: Which, content: Mapping[str, Any]) -> Iterator[str]:
    """What stands between a draft and its submission, one sentence each."""
    for found in content["findings"]:
        if found["level"] == "hard":
            yield f"{found['rule']}：{heard(found['message'])}"
    for found in unexplained(which, content):
        told = {"rule": found["rule"], "message": heard(found["message"])}
        yield _("%(rule)s 须说明：%(message)s") % told
    yield from untold(content)


def untold(content: Mapping[str, Any]) -> Iterator[str]:
    """Numbers that the office's text asks for and nobody can tell yet."""
    for numeral, text in content["narrative"].items():
        for place in unfilled(text):
            told = {"numeral": numeral, "place": place}
            yield _("第%(numeral)s章的 %(place)s 还没有数") % told


Difference = tuple[str, str, Any, Any]  # line, column, was, is


def differing(was: Mapping[str, Any], now: Mapping[str, Any]) -> list[Difference]:
    """Cells of two report JSONs that do not agree, by line: a database may keep keys in
    an order of its own."""
    return [
        (line, column, was["cells"].get(line, {}).get(column), value)
        for line, columns in sorted(now["cells"].items())
        for column, value in columns.items()
        if value != was["cells"].get(line, {}).get(column)
    ]


def corrected(edition: Edition) -> dict[str, list[Any]]:
    """What it corrects in the one before, as it is kept with it; of one handed up before
    that was kept, the cells."""
    if edition.corrects or edition.number == 1:
        return edition.corrects
    before = place(edition).filter(Edition).filter(number=edition.number - 1).first()
    cells = differing(before.content, edition.content) if before else []
    return {"cells": [list(cell) for cell in cells]} if before else {}


def verify(edition: Edition, deps: Dependencies) -> str:
    """The first thing that does not agree with what was signed; nothing when all does."""
    form = form_of(edition, deps)
    again = freezing.recount(edition, form)
    for line, columns in edition.content["cells"].items():
        for column, value in columns.items():
            found = reports.number(again.get((line, column)))
            if (value or 0) != (found or 0):
                return f"{line} {column}: {value} ≠ {found}"
    if edition.digest and freezing.digest(edition) != edition.digest:
        return _("校验值不符：内容或其依据被改动")
    for file in edition.files.all():
        if hashlib.sha256(bytes(file.content)).hexdigest() != file.sha256:
            return _("文件 %(ending)s 的校验值不符") % {"ending": file.ending}
    published = edition.steps.exclude(digest="").last()
    if published and published.digest != freezing.digest_of_files(edition):
        return _("文件不是公布时的那些")
    return ""


def counted(which: Which, deps: Dependencies) -> tuple[Tally, dict[str, Any]]:
    """The report as it would be handed up, held against the agency's other one too."""
    form = deps.form(which.form)
    tally = collected(form, which.year, which.agency.code)
    agency_id = reports.find_agency(tally, which.agency.code)
    content = reports.report(tally, agency_id, which.scope)
    content["findings"] += own_over_area(form, content, which.agency)
    return tally, content


def agencies_of(which: Which, tally: Tally) -> set[int]:
    area = which.scope == Report.Scope.AREA
    return tally.tree.area(which.agency.pk) if area else {which.agency.pk}


def place(edition: Edition) -> Which:
    return Which(edition.agency, edition.year, edition.form, edition.scope)


def form_of(edition: Edition, deps: Dependencies) -> Form:
    """With the lines that the office had chosen when it signed."""
    return placed(deps.form(edition.form), edition.content.get("outcome_lines", {}))


def name_of(edition: Edition) -> str:
    """As it was called at the time."""
    return dict(edition.agencies).get(edition.agency.code, edition.agency.name)
