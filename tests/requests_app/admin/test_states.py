"""A due day's state reads without its colour: a sign and words."""

from datetime import date

import pytest

from requests_app.admin.states import state
from requests_app.models import DisclosureRequest

TODAY = date(2024, 9, 30)  # a Monday; 1–7 October are holidays
DUE = {"due_on": date(2024, 10, 31)}
CASES = [
    ({"due_on": date(2024, 9, 29)}, "▲ 逾期 1 天"),
    ({"due_on": TODAY}, "◆ 今日到期"),
    ({"due_on": date(2024, 10, 8)}, "◆ 剩 1 个工作日"),
    (DUE, "○ 剩 19 个工作日"),
    (DUE | {"waiting_for": "1"}, "‖ 等待意见 · 剩 19 个工作日"),
    ({"due_on": None}, "‖ 等待申请人"),
    (DUE | {"replied_on": TODAY, "timeliness": "late"}, "✓ 已办结 · 逾期"),
    (DUE | {"replied_on": TODAY, "stage": "archived"}, "■ 已归档"),
    (DUE | {"voided_on": TODAY}, "✕ 已作废"),
]


@pytest.mark.parametrize(("columns", "words"), CASES)
def test_the_state_of(columns, words, calendar):
    found = DisclosureRequest(**({"stage": "in_handling"} | columns))
    assert str(state(found, TODAY, calendar)) == words
