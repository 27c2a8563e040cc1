"""Who is part of whom."""

import pytest

from reporting.narrative.numbers import mentions
from reporting.narrative.structure import wholes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("收到100件，其中自然人80件、法人20件", {80: 100, 20: 100}),
        ("收到100件。其中，甲80件；乙20件。", {80: 100, 20: 100}),
        ("收到100件（其中，甲80件，乙20件），办结90件", {80: 100, 20: 100}),
        ("收到100件，办结90件", {}),
        ("收到100件，其中甲80件。办结90件。", {80: 100}),
        ("累计100条。其中，主动公开80条。主动公开的信息中，甲50条，乙30条。",
         {80: 100, 50: 80, 30: 80}),
        ("收到100件，其中，16个州收到80件，部门收到20件", {80: 100, 20: 100}),
        ("发布100次，比2022年（90次）多10次，其中甲60次，乙40次", {60: 100, 40: 100}),
        ("收到100件，其中甲80件、乙20件。其中，网络60件", {80: 100, 20: 100, 60: 100}),
        ("会议3次，其中培训50人", {}),
    ],
)  # fmt: skip
def test_parts_know_their_whole(text, expected):
    found = mentions(text, 2023)
    told = {int(found[p].value): int(found[w].value) for p, w in wholes(found).items()}
    assert told == expected
