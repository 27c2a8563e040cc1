"""Both languages in one line, and each read out of it again."""

import pytest

from requests_app.domain.wording import both, parted

# fmt: off
CASES = [
    ("征求意见未结束即答复", "replied while an opinion was open", "征求意见未结束即答复 / replied while an opinion was open"),
    ("“甲 / 乙”不在名录内",  "“a / b” is not in the list",        "“甲/乙”不在名录内 / “a/b” is not in the list"),
]
# fmt: on


@pytest.mark.parametrize(("zh", "en", "said"), CASES)
def test_both_languages_stand_in_one_line(zh, en, said):
    assert both(zh, en) == said


@pytest.mark.parametrize(("zh", "en", "said"), CASES)
def test_each_half_is_read_out_again(zh, en, said):
    assert parted(said) == (zh.replace(" / ", "/"), en.replace(" / ", "/"))


def test_a_message_of_one_language_stands_for_both():
    assert parted("无") == ("无", "无")
