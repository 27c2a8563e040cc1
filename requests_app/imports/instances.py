"""一审案号: what a row says was its first instance, looked at when the file has been read,
for it may stand further down."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from requests_app.domain.vocabulary import Procedure
from requests_app.imports.faults import Fault
from requests_app.models import Agency, Appeal

COLUMN = "first_instance_case_number"
AT_ONCE = 500
Line = tuple[int, dict[str, Any]]


@dataclass
class Instances:
    """The rows that name a first instance."""

    rows: list[Line] = field(default_factory=list)

    def noted(self, rows: Iterable[Line]) -> Iterator[Line]:
        for line, row in rows:
            if row.get(COLUMN):
                self.rows.append((line, row))
            yield line, row

    def faults(self, agencies: dict[str, Agency]) -> list[Fault]:
        """A number that is not known here is none: the first instance may not be logged."""
        found = []
        for start in range(0, len(self.rows), AT_ONCE):
            some = self.rows[start : start + AT_ONCE]
            known = cases(some, agencies)
            for line, row in some:
                agency = agencies[row["agency"]]
                named = known.get((agency.pk, row[COLUMN]), [])
                if said := wrong(row, named):
                    found.append(Fault(line, COLUMN, row[COLUMN], said))
        return found


def cases(
    rows: Iterable[Line], agencies: dict[str, Agency]
) -> dict[tuple[int, str], list[Appeal]]:
    rows = list(rows)
    appeals = Appeal.objects.filter(
        agency__in={agencies[row["agency"]].pk for _, row in rows},
        case_number__in={row[COLUMN] for _, row in rows},
    )
    known: dict[tuple[int, str], list[Appeal]] = {}
    for appeal in appeals:
        known.setdefault((appeal.agency_id, appeal.case_number), []).append(appeal)
    return known


def wrong(row: dict[str, Any], named: list[Appeal]) -> str:
    """Why those cannot be its first instance; nothing when one can."""
    if row["procedure"] == Procedure.RECONSIDERATION:
        return "行政复议没有一审，请删去或改填复议后起诉 (a reconsideration has no first instance)"
    if row[COLUMN] == row.get("case_number"):
        return "一审案号就是本案案号，请核对 (its own case number)"
    suits = [one for one in named if one.procedure != Procedure.RECONSIDERATION]
    if named and not suits:
        return "是行政复议的案号，不是一审 (a reconsideration is no first instance)"
    if suits and not any(before(one, row) for one in suits):
        return "该案受理晚于本案，不是其一审，请核对 (filed after this case)"
    return ""


def before(one: Appeal, row: dict[str, Any]) -> bool:
    """Filed no later, and not itself an appeal against this case."""
    own = row.get("case_number")
    circle = bool(own) and one.first_instance_case_number == own
    return one.filed_on <= row["filed_on"] and not circle
