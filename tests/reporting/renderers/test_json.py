"""The report JSON: the same numbers, laid out for a person as well."""

import json
from decimal import Decimal

import pytest

from reporting.formats.national_2018 import FORM
from reporting.renderers.json_ import as_text
from tests.reporting.renderers.documents import CELLS, ROWS

TOLD = {
    "agency": "530000",
    "year": 2018,
    "cells": {"1.1": {"count": 12}, "7": {"count": 0.000001}, "8.1": {"count": None}},
    "findings": [{"rule": "S18-R9", "message": "“引号”与\n换行"}],
    "narrative": {},
}


def test_the_annex_line_by_line():
    told = json.loads(as_text({"cells": CELLS}), parse_float=Decimal)["cells"]
    rows = [
        (line.label, line.unit, str(told.get(line.code, {}).get("count", "")))
        for line in FORM.lines
    ]
    assert rows == ROWS


@pytest.mark.parametrize("told", [TOLD, {}, {"cells": {}, "findings": []}])
def test_nothing_is_lost_or_changed(told):
    assert json.loads(as_text(told)) == told


def test_each_line_and_each_finding_has_a_line_of_its_own():
    assert as_text(TOLD).splitlines() == [
        "{",
        ' "agency": "530000",',
        ' "year": 2018,',
        ' "cells": {',
        '  "1.1": {"count": 12},',
        '  "7": {"count": 1e-06},',
        '  "8.1": {"count": null}',
        " },",
        ' "findings": [',
        '  {"rule": "S18-R9", "message": "“引号”与\\n换行"}',
        " ],",
        ' "narrative": {}',
        "}",
    ]


def test_a_demonstration_says_so():
    assert json.loads(as_text(TOLD, "演示数据")) == {**TOLD, "banner": "演示数据"}
