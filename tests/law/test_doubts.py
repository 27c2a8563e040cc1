"""Every rule that the law names in a finding has its few words."""

import re
from pathlib import Path

from requests_app.domain import clock, conclusion, deadlines, doubts, lifecycle, service

FINDERS = (clock, conclusion, deadlines, lifecycle, service)
NAMED = re.compile(r'(?:found\(|rule=|^[A-Z_]+ = \()\s*"([a-z_]+)"', re.M)


def test_each_rule_has_its_words_and_no_words_are_left_over():
    source = "".join(Path(str(one.__file__)).read_text("utf-8") for one in FINDERS)
    assert sorted(NAMED.findall(source)) == sorted(doubts.Doubt)
