"""Published tables (examples/*.json), and an office's files made up so that its year adds up
to one of them."""

import csv
import json
from collections import defaultdict
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path

from tests.reporting.slow_count import CASES, KINDS, LINES_2019, LINES_2021

FOLDER = Path(__file__).parent / "examples"
FORMS = {"format-2019": "national_2019", "format-2021": "national_2021"}
LINES_OF_ENTRY = {
    "规章": "2.1.1",
    "行政规范性文件": "2.1.2",
    "行政许可": "2.5.1",
    "行政处罚": "2.6.1",
    "行政强制": "2.6.2",
    "行政事业性收费_万元": "2.8.1",
}


def published(name):
    """{form, year, cells} of a published table, as a report JSON has them."""
    told = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    entered = {
        LINES_OF_ENTRY[label]: dict(
            zip(
                ("c1", "c2", "c3"),
                values if isinstance(values, list) else [values],
                strict=False,
            )
        )
        for label, values in (told["section2"] or {}).items()
    }
    return {
        "form": FORMS[told["format"]],
        "year": told["report_year"],
        "cells": entered | told["section3"] | told["section4"],
    }


def agency():
    yield ["code", "name", "kind"]
    yield ["350128", "示例机关", "government"]


def requests(table):
    """Per kind of applicant: who came in new or carried in, and how each left."""
    yield [
        "agency",
        "received_on",
        "applicant_kind",
        "channel",
        "replied_on",
        "outcome",
    ]
    cells, year = table["cells"], table["year"]
    lines = LINES_2019 if table["form"] == "national_2019" else LINES_2021
    outcomes = defaultdict(list)
    for outcome, line in lines.items():
        outcomes[line].append(outcome)
    turns = {line: cycle(several) for line, several in outcomes.items()}
    for kind, column in KINDS.items():
        came = [date(year - 1, 12, 20)] * cells["3.2"][column]
        came += [
            date(year, 2, 1) + timedelta(n % 240) for n in range(cells["3.1"][column])
        ]
        left = [
            next(turns[line])
            for line in sorted(outcomes)
            for _ in range(cells[line][column])
        ]
        left += [""] * cells["3.4"][column]
        for received, outcome in zip(came, left, strict=True):
            replied = max(received + timedelta(9), date(year, 1, 9)) if outcome else ""
            yield ["350128", received, kind, "post", replied, outcome]


def appeals(table):
    yield ["case_number", "agency", "procedure", "filed_on", "decided_on", "result"]
    year = table["year"]
    for procedure, line in CASES.items():
        for result in ("upheld", "corrected", "other", "pending"):
            for n in range(table["cells"][line][result]):
                filed = date(year - n % 2, 11, 1) + timedelta(n % 28)
                decided = "" if result == "pending" else date(year, 12, 31)
                number = f"{procedure} {result} {n}"
                yield [number, "350128", procedure, filed, decided, result]


def figures(table, lines):
    yield ["agency", "year", "form", "line", "column", "value"]
    for line, columns in table["cells"].items():
        for column, value in columns.items():
            if line.startswith(lines):
                yield ["350128", table["year"], table["form"], line, column, value]


def write(file, rows):
    with file.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows(rows)
    return str(file)
