"""本级 against 本级及所辖: the office alone cannot have more than its area (totals of a whole
area and of one office get mixed up: LAW §4). Ours, of no form: soft."""

from collections.abc import Iterator, Mapping
from typing import Any

from reporting.models import Edition, Report
from reporting.rules import Cells
from reporting.services.findings import number
from reporting.services.last_year import cells_of
from reporting.tables import Form

OWN, AREA = Report.Scope.OWN, Report.Scope.AREA
State = Edition.State
RULE = "own_over_area"


def own_over_area(
    form: Form, content: Mapping[str, Any], agency
) -> Iterator[dict[str, Any]]:
    """Of one report the cells that do not agree with the other scope's, where that was
    handed up or signed. A change (增/减) may go either way."""
    scope = content["scope"]
    other = handed_up(form, content["year"], agency, AREA if scope == OWN else OWN)
    if other is None:
        return
    mine = cells_of(content)
    own, area = (mine, other) if scope == OWN else (other, mine)
    for cell in form.cells:
        alone, whole = own.get(cell), area.get(cell)
        if alone is None or whole is None or form.is_signed(cell) or alone <= whole:
            continue
        line, column = cell
        yield {
            "rule": RULE,
            "level": "soft",
            "where": {"line": line, "column": column},
            "left": number(alone),
            "right": number(whole),
            "message": (
                f"本机关的数大于本级及所辖的数（{alone} > {whole}）"
                " / the agency alone has more than its area"
            ),
        }


def handed_up(form: Form, year: int, agency, scope: str) -> Cells | None:
    standing = Edition.objects.filter(
        agency=agency, year=year, form=form.key, scope=scope
    ).exclude(state__in=[State.RETURNED, State.SUPERSEDED])
    last = standing.order_by("number").last()
    return cells_of(last.content) if last else None
