"""A report's pictures, out of the same cells as its table: this year's, the years before
and the agencies below."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from reporting.dependencies import Dependencies, NoSuchForm
from reporting.grid import Drawing
from reporting.models import Report
from reporting.narrative.lexicon import terms
from reporting.pictures import Mark, Series, bars, trend
from reporting.services.last_year import exact
from reporting.tables import Form, Picture
from requests_app.models.agencies import Agency

YEARS, AGENCIES = 8, 20
Cell = tuple[str, str]
Link = Callable[[int, Cell], str]  # (report, cell) → address


class Drawn(NamedTuple):
    """Of whom and of when."""

    agency_id: int
    year: int
    scope: str


def nowhere(_report: int, _cell: Cell) -> str:
    return ""


def pictures(
    whose: Drawn, form: Form, content: Mapping[str, Any], deps: Dependencies,
    link: Link = nowhere,
) -> tuple[Drawing, ...]:  # fmt: skip
    """Only those with something to show."""
    report = Report.objects.filter(**whose._asdict(), form=form.key).first()
    pk = report.pk if report else 0
    drawn = []
    for picture in form.pictures:
        if picture.over_years:
            svg = over_years(picture, whose, form, content, deps, link)
        elif picture.below:
            svg = of_those_below(picture, whose, form, link)
        else:
            svg = of_this_year(picture, form, content, pk, link)
        if svg:
            drawn.append(Drawing(title=picture.title, svg=svg))
    return tuple(drawn)


def of_report(
    form: Form, told: Mapping[str, Any], deps: Dependencies
) -> tuple[Drawing, ...]:
    """Of a report JSON."""
    agency = Agency.objects.get(code=told["agency"])
    return pictures(Drawn(agency.pk, told["year"], told["scope"]), form, told, deps)


def of_this_year(picture: Picture, form: Form, content, pk: int, link: Link) -> str:
    marks = [marked(name, cell_of(form, written), content, pk, link) for name, written in picture.marks]  # fmt: skip
    some = [mark for mark in marks if mark.number]
    return bars(picture.title, some) if some else ""


def over_years(
    picture: Picture, whose: Drawn, form: Form, content, deps: Dependencies, link: Link
) -> str:
    """Each year by the form of its own report; nothing where only one is at hand."""
    since = whose.year - YEARS
    rows = Report.objects.filter(
        agency=whose.agency_id, scope=whose.scope, year__gt=since, year__lt=whose.year
    )
    told = {r.year: (known(r.form, deps), r.content, r.pk) for r in rows}
    mine = rows.model.objects.filter(**whose._asdict(), form=form.key).first()
    told[whose.year] = (form, content, mine.pk if mine else 0)
    years = [year for year in sorted(told) if told[year][0]]
    if len(years) < 2:
        return ""
    return trend(
        picture.title,
        [
            Series(
                name,
                tuple(in_year(name, year, *told[year], link) for year in years),
            )
            for name, _written in picture.marks
        ],
    )


def in_year(name: str, year: int, form: Form, content, pk: int, link: Link) -> Mark:
    for picture in form.pictures:
        for named, written in picture.marks:
            if picture.over_years and named == name:
                return marked(str(year), cell_of(form, written), content, pk, link)
    return Mark(str(year), None)


def of_those_below(picture: Picture, whose: Drawn, form: Form, link: Link) -> str:
    if whose.scope != Report.Scope.AREA:
        return ""
    rows = Report.objects.filter(
        agency__parent=whose.agency_id,
        year=whose.year,
        form=form.key,
        scope=whose.scope,
    ).select_related("agency")
    ((_name, written),) = picture.marks
    cell = cell_of(form, written)
    marks = [marked(r.name or r.agency.name, cell, r.content, r.pk, link) for r in rows]
    some = sorted(
        (mark for mark in marks if mark.number),
        key=lambda m: (-(m.number or 0), m.name),
    )
    return bars(picture.title, some[:AGENCIES], shares=False) if some else ""


def marked(name: str, cell: Cell, content, pk: int, link: Link) -> Mark:
    line, column = cell
    number = content["cells"].get(line, {}).get(column)
    return Mark(name, exact({cell: number})[cell], link(pk, cell) if pk else "")


def cell_of(form: Form, written: str) -> Cell:
    (cell,) = terms(written, form.lexicon.column if form.lexicon else "")
    return cell


def known(key: str, deps: Dependencies) -> Form | None:
    try:
        return deps.form(key)
    except NoSuchForm:
        return None
