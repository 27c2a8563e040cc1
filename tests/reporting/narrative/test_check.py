"""The whole report of 2018 against its own annex, and against itself changed by one digit."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.narrative.check import check
from reporting.narrative.passages import Passage, TableRow, read
from reporting.narrative.reader import Reading
from tests.reporting.narrative import texts
from tests.reporting.narrative.texts import IN_2018, LINES_2018, YUNNAN

#: what the report says wrongly → what it should say
CORRECTIONS = {
    "19.53%": "20.53%",
    "39.29%": "64.73%",
    "主动公开 2431294": "主动公开 2851911",
    "主动公开2431294": "主动公开2851911",
    "2207810": "2628427",
    "依申请公开3441": "依申请公开3605",
    "2434735": "2855516",
    "99.86%": "99.87%",
    "0.14%": "0.13%",
    "非《条例》所指的政府信息和法律法规规定的其他情况信息": "危及国家安全、公共安全、经济安全和社会稳定的信息",
}


def corrected():
    text = YUNNAN
    for wrong, right in CORRECTIONS.items():
        text = text.replace(wrong, right)
    return text


CORRECTED = corrected()


def found(text):
    return check(text, IN_2018, LINES_2018)


def test_the_published_report_has_the_five_faults_that_an_attentive_reader_finds():
    told = texts.found(YUNNAN, IN_2018)
    assert told == [
        ("cell", "2431294", 2431294, 2851911),
        ("cell", "3441", 3441, 3605),
        ("growth", "266307 条）增长 39.29%", 39.29, 64.73),
        ("share", "19.53%", 19.53, 20.53),
        (
            "largest",
            "主要为非《条例》所指的政府信息和法律法规规定的其他情况信息",
            78,
            109,
        ),
    ]


def test_the_four_shares_of_the_channels_are_added_up():
    (share,) = (f for f in found(YUNNAN) if f.rule == "share")
    assert "740/3605" in share.message
    assert "合计 99.01%" in share.message


def test_the_corrected_report_is_quiet():
    assert found(CORRECTED) == []


def bound_places():
    """Where a number stands that the table, arithmetic or a list binds."""
    for part in read(CORRECTED):
        if isinstance(part, Passage):
            yield from bound_in(Reading(part, IN_2018))
        elif isinstance(part, TableRow) and len(part.boxes) == 3:
            text, start, end = part.boxes[2]
            if re.fullmatch(r"[\d.]+", text):
                yield start, end


def bound_in(reading):
    places = {p for p in reading.bound if reading.found[p].sort == "count"}
    places |= {p for p, m in enumerate(reading.found) if m.sort in ("share", "growth")}
    for place in sorted(places):
        mention = reading.found[place]
        digits = re.match(r"[\d.]+", reading.passage.text[mention.start :])
        yield reading.passage.place(mention.start, mention.start + len(digits[0]))


PLACES = tuple(dict.fromkeys(bound_places()))


def test_there_are_many_bound_numbers():
    assert len(PLACES) > 100


@settings(max_examples=60, deadline=None)
@given(place=st.sampled_from(PLACES), data=st.data())
def test_each_changed_number_is_found_where_it_stands(place, data):
    start, end = place
    old = CORRECTED[start:end]
    digits = [at for at, char in enumerate(old) if char.isdigit()]
    at = data.draw(st.sampled_from(digits))
    choices = [d for d in "123456789" if d != old[at]]
    new = old[:at] + data.draw(st.sampled_from(choices)) + old[at + 1 :]
    changed = CORRECTED[:start] + new + CORRECTED[end:]
    told = found(changed)
    assert any(f.start <= start and end <= f.end for f in told), (old, new, told)


def test_a_message_names_the_cells():
    text = "行政复议10件，其中结果纠正3件。"
    (told,) = check(text, texts.IN_2023)
    assert told.message == "“其中结果纠正”写作 3，统计表 4.1:corrected 为 2"
