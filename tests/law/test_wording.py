"""Both languages in one line, and each read out of it again."""

import pytest

from requests_app.domain.wording import both, joined, parted

# fmt: off
CASES = [
    ("没有告知补正的记录",     "no supplement was asked for", "没有告知补正的记录 (no supplement was asked for)"),
    ("“甲（乙）”不在名录内", "not in the list (of two)",    "“甲（乙）”不在名录内 (not in the list (of two))"),
]
# fmt: on


@pytest.mark.parametrize(("zh", "en", "said"), CASES)
def test_both_languages_stand_in_one_line_and_are_read_out_of_it_again(zh, en, said):
    assert both(zh, en) == said
    assert parted(said) == (zh, en)


@pytest.mark.parametrize("alone", ["无", "见（第三十条）", "(none)"])
def test_a_message_of_one_language_stands_for_both(alone):
    assert parted(alone) == (alone, alone)


def test_advice_follows_what_is_wrong_in_both_languages():
    told = joined("只能延长一次 (extended before)", "请即答复 (reply now)")
    assert told == "只能延长一次。请即答复 (extended before; reply now)"


def test_a_rules_message_is_parted_too():
    assert parted("合计不等（4 ≠ 3） / totals differ") == (
        "合计不等（4 ≠ 3）",
        "totals differ",
    )
