"""A letter and the act it goes with tell the same figures."""

from datetime import date
from decimal import Decimal

import pytest

from requests_app.domain.events import DelayAgreed, Extended, FeeNoticed, FeePaid
from requests_app.domain.letter_figures import differences

ON = date(2026, 3, 20)
EXTENDED = "答复期限延长20个工作日，本机关将于2026年4月28日前答复您。"
DELAYED = "现确定延迟答复，本机关将于2026年6月30日前答复您。"
FEE = "应当收取信息处理费1,200.00元（计算方法：按件）。"
# fmt: off
CASES = [
    (Extended(on=ON, days=20), EXTENDED, []),
    (Extended(on=ON, days=10), EXTENDED, ["文书写明延长20个工作日，所填为10个工作日 (the days of the extension differ)"]),
    (DelayAgreed(on=ON, until=date(2026, 6, 30)), DELAYED, []),
    (DelayAgreed(on=ON, until=date(2026, 7, 1)), DELAYED, ["文书写明于2026年6月30日前答复，所填为2026-07-01 (the day of the delayed reply differs)"]),
    (FeeNoticed(on=ON, amount=Decimal(1200)), FEE, []),
    (FeeNoticed(on=ON, amount=Decimal(900)), FEE, ["文书写明信息处理费1,200.00元，所填为900元 (the amount of the fee differs)"]),
    (FeeNoticed(on=ON), FEE, []),
    (Extended(on=ON, days=10), "现延期答复。", []),
    (FeePaid(on=ON), FEE, []),
]
# fmt: on


@pytest.mark.parametrize(("event", "decision", "told"), CASES)
def test_what_differs_is_named(event, decision, told):
    assert differences(event, decision) == told
