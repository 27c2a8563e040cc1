"""A report's pictures, out of the same cells as its table: this year's, the years before
and the agencies below."""

from collections.abc import Callable, Mapping
from typing import Any

from reporting.dependencies import Dependencies
from reporting.grid import Drawing
from reporting.models import Report
from reporting.pictures import Mark, Series, bars, trend
from reporting.services.around import (
    NOWHERE,
    Around,
    At,
    Cell,
    Cells,
    Told,
    around,
    cell_of,
    kept,
)
from reporting.services.around import Drawn as Drawn
from reporting.services.last_year import exact
from reporting.tables import Form, Picture
from requests_app.models.agencies import Agency

AGENCIES = 20
Link = Callable[[At, Cell], str]  # (a draft or an edition, cell) → address


def nowhere(_at: At, _cell: Cell) -> str:
    return ""


def pictures(
    whose: Drawn, form: Form, content: Mapping[str, Any], deps: Dependencies,
    link: Link = nowhere,
) -> tuple[Drawing, ...]:  # fmt: skip
    """Only those with something to show. Of what was handed up: as it was then."""
    beside = kept(content) or around(whose, form, deps)
    draft = Report.objects.filter(**whose._asdict(), form=form.key).first()
    opened = ("opened", draft.pk) if draft else NOWHERE
    mine = Told(str(whose.year), form.key, content["cells"], opened)
    drawn = []
    for picture in form.pictures:
        if picture.over_years:
            svg = over_years(picture, form, mine, beside, deps, link)
        elif picture.below:
            svg = of_those_below(picture, form, beside, link)
        else:
            svg = of_this_year(picture, form, mine, link)
        if svg:
            drawn.append(Drawing(title=picture.title, svg=svg))
    return tuple(drawn)


def of_report(
    form: Form, told: Mapping[str, Any], deps: Dependencies
) -> tuple[Drawing, ...]:
    """Of a report JSON."""
    agency = Agency.objects.get(code=told["agency"])
    return pictures(Drawn(agency.pk, told["year"], told["scope"]), form, told, deps)


def of_this_year(picture: Picture, form: Form, mine: Told, link: Link) -> str:
    marks = [
        marked(name, cell_of(form, written), mine.cells, mine.at, link)
        for name, written in picture.marks
    ]
    some = [mark for mark in marks if mark.number]
    return bars(picture.title, some) if some else ""


def over_years(
    picture: Picture, form: Form, mine: Told, beside: Around, deps: Dependencies,
    link: Link,
) -> str:  # fmt: skip
    """Each year by the form of its own report; nothing where only one is at hand."""
    if not beside.years:
        return ""
    years = [(deps.form(told.form), told) for told in beside.years]
    return trend(
        picture.title,
        [
            Series(
                name,
                tuple(in_year(name, *year, link) for year in [*years, (form, mine)]),
            )
            for name, _written in picture.marks
        ],
    )


def in_year(name: str, form: Form, told: Told, link: Link) -> Mark:
    for picture in form.pictures:
        for named, written in picture.marks:
            if picture.over_years and named == name:
                return marked(
                    told.name, cell_of(form, written), told.cells, told.at, link
                )
    return Mark(told.name, None)


def of_those_below(picture: Picture, form: Form, beside: Around, link: Link) -> str:
    ((_name, written),) = picture.marks
    cell = cell_of(form, written)
    marks = [marked(t.name, cell, t.cells, t.at, link) for t in beside.below]
    some = sorted(
        (mark for mark in marks if mark.number),
        key=lambda m: (-(m.number or 0), m.name),
    )
    return bars(picture.title, some[:AGENCIES], shares=False) if some else ""


def marked(name: str, cell: Cell, cells: Cells, at: At, link: Link) -> Mark:
    line, column = cell
    number = cells.get(line, {}).get(column)
    return Mark(name, exact({cell: number})[cell], link(at, cell) if at[1] else "")
