"""The kinds of letters and the law that each quotes (LAW 5.2)."""

from datetime import date

import pytest

from requests_app.domain.events import KINDS
from requests_app.domain.letters import (
    DECISIONS,
    KIND_OF,
    SHAPES,
    LetterKind,
    filled,
    first_words,
    kinds_of,
    opening,
    unfilled,
)
from requests_app.domain.vocabulary import Outcome

LAW = "《中华人民共和国政府信息公开条例》"


def test_every_outcome_has_one_letter_and_its_words():
    told = [o for shape in SHAPES.values() for o in shape.outcomes]
    assert sorted(told) == sorted(Outcome)
    assert set(KIND_OF) == set(DECISIONS) == set(Outcome)


#: what 宿政办函〔2021〕21号 lists for 办理 (LAW 5.2), a registration and a receipt aside
LISTED = [
    "补正告知书", "说明理由告知书", "延期答复告知书", "征求意见书（第三方）",
    "征求意见确认函（第三方）", "征求意见告知书（申请人）", "依申请公开告知书（第三方）",
    "征求意见书（共同制作机关）", "协办函", "收费通知书",
]  # fmt: skip


def test_every_letter_that_the_list_names_is_there():
    assert [zh for zh in LISTED if zh not in {kind.zh for kind in LetterKind}] == []


def test_every_kind_has_a_shape_and_its_act_exists():
    assert set(SHAPES) == set(LetterKind)
    assert {shape.act for shape in SHAPES.values()} - {""} <= set(KINDS)


def test_which_letters_name_remedies():
    steps = {
        kind
        for kind, shape in SHAPES.items()
        if not shape.outcomes and shape.names_remedies
    }
    assert steps == {LetterKind.THIRD_PARTY_NOTICE}
    assert not SHAPES[LetterKind.EXTENSION_NOTICE].names_remedies
    assert SHAPES[LetterKind.REFUSED].names_remedies


# fmt: off
OPENINGS = {
    "an extension of 2018": (LetterKind.EXTENSION_NOTICE, None, "2018-03-01",
                             f"根据{LAW}第二十四条第二款的规定，现告知如下："),
    "an extension since 2019": (LetterKind.EXTENSION_NOTICE, None, "2019-05-15",
                                f"根据{LAW}第三十三条第二款的规定，现告知如下："),
    "a delay (Art. 35)": (LetterKind.DELAY_NOTICE, None, "2026-01-05",
                          f"根据{LAW}第三十五条的规定，现告知如下："),
    "a co-maker": (LetterKind.OPINION_CO_MAKER, None, "2026-01-05",
                   f"根据{LAW}第三十四条的规定，现函告如下："),
    "a request for assistance rests on no article": (LetterKind.ASSISTANCE, None, "2026-01-05", "现函告如下："),
    "a refusal quotes the law of its own day": (LetterKind.REFUSED, Outcome.TRADE_SECRET, "2019-05-14",
                                                f"根据{LAW}第十四条第四款、第二十三条的规定，现答复如下："),
    "and since": (LetterKind.REFUSED, Outcome.TRADE_SECRET, "2019-05-15",
                  f"根据{LAW}第十五条、第三十二条的规定，现答复如下："),
    "a document by its number": (LetterKind.REFUSED, Outcome.INTERNAL_AFFAIRS, "2018-01-02",
                                 "根据国办发〔2010〕5号的规定，现答复如下："),
    "reconfirmation cites none": (LetterKind.REPEATED, Outcome.RECONFIRMATION, "2026-01-05", "现答复如下："),
}
# fmt: on


@pytest.mark.parametrize(
    ("kind", "outcome", "on", "text"), OPENINGS.values(), ids=OPENINGS
)
def test_the_law_that_a_letter_quotes(kind, outcome, on, text):
    assert opening(kind, outcome, date.fromisoformat(on)) == text


def test_the_letters_of_an_act():
    assert kinds_of("opinion_sought") == [
        LetterKind.OPINION_THIRD_PARTY,
        LetterKind.OPINION_CO_MAKER,
    ]
    assert kinds_of("delay_agreed") == [LetterKind.DELAY_NOTICE]
    assert kinds_of("") == [
        LetterKind.REASONS_NOTICE,
        LetterKind.OPINION_CONFIRMATION,
        LetterKind.OPINION_APPLICANT,
        LetterKind.THIRD_PARTY_NOTICE,
        LetterKind.ASSISTANCE,
    ]


def test_what_a_person_has_still_to_fill_in():
    words = first_words(LetterKind.SUPPLEMENT_NOTICE, None)
    assert unfilled(words) == ["15", "需补正的事项"]
    assert unfilled("已填写", "也已填写") == []


def test_what_is_known_takes_the_place_of_its_blank():
    words = "因【延期理由】，于【日期】前答复"
    assert filled(words, {"延期理由": "案情复杂", "金额": "1"}) == (
        "因案情复杂，于【日期】前答复"
    )
