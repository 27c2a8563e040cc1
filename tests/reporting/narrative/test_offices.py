"""Whose number it is."""

import pytest

from reporting.narrative.offices import another_office, title
from tests.reporting.narrative.texts import found


@pytest.mark.parametrize(
    ("clause", "office", "expected"),
    [
        ("全市共收到申请", "", False),
        ("我局收到申请", "", False),
        ("市公安局收到申请", "", True),
        ("市公安局收到申请", "某市公安局", False),
        ("丰县收到申请", "某市", True),
        ("省直部门收到申请", "某省", True),
        ("各县区收到申请", "某市", True),
        ("办公厅代表市政府受理申请", "", False),
        ("各级行政机关收到申请", "", False),
    ],
)
def test_another_office_speaks_of_its_own(clause, office, expected):
    assert another_office(clause, office) is expected


def test_the_title_names_the_office():
    text = "某市公安局\n\n2023年政府信息公开工作年度报告\n根据《条例》编制。\n市公安局收到申请99件。"
    assert title(text) == "某市公安局 2023年政府信息公开工作年度报告"
    assert found(text) == [("cell", "99", 99, 100)]
