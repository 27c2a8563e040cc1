"""The guide: what its answers lead to, on the roads that a handler can walk."""

from collections.abc import Iterator
from datetime import date

import pytest

from requests_app.domain import conclusion, guide
from requests_app.domain import events as happened
from requests_app.domain.guide import BY_KEY, FIRST, FIRST_DAY, STEPS
from requests_app.domain.letters import SHAPES, LetterKind
from requests_app.domain.regimes import REGIMES
from requests_app.domain.vocabulary import Outcome
from requests_app.domain.wording import parted

TODAY = date(2026, 11, 25)


def walked(on: date, answers=None, step=FIRST) -> Iterator[dict[str, str]]:
    """Every way through the questions, with the choices that there are on that day."""
    for choice in guide.choices_on(step, on):
        told = {**(answers or {}), step.key: choice.key}
        if choice.leads:
            yield from walked(on, told, BY_KEY[choice.leads])
        else:
            yield told


def reached(on: date) -> set[Outcome]:
    courses = [guide.course(answers) for answers in walked(on)]
    return {course.outcome for course in courses if course.outcome}


@pytest.mark.parametrize("on", [FIRST_DAY, date(2020, 12, 31), TODAY])
def test_every_outcome_of_the_day_is_reached_and_no_other(on):
    assert reached(on) == {o for o in Outcome if conclusion.in_force(o, on)}


def test_what_the_regulations_of_2008_alone_knew_is_nowhere():
    assert reached(TODAY) == set(Outcome) - {Outcome.TOLD_TO_AMEND}


def test_what_came_later_is_not_chosen_before():
    assert reached(TODAY) - reached(FIRST_DAY) == {Outcome.FEE_LAPSED}


def test_the_order_of_the_questions():
    assert [step.zh for step in STEPS] == [
        "补不补",
        "该不该",
        "有没有",
        "给不给",
        "当不当",
    ]
    assert REGIMES[-1].in_force_from == FIRST_DAY


# fmt: off
CASES = [
    ({}, "supplement", None, None),
    ({"supplement": "ask"}, None, None, happened.SupplementAsked),
    ({"supplement": "clear"}, "duty", None, None),
    ({"supplement": "clear", "duty": "petition"}, "fitting", "petition", None),
    ({"supplement": "clear", "duty": "delay"}, None, None, happened.DelayAgreed),
    ({"supplement": "clear", "duty": "ours", "held": "not_held"}, "fitting", "not_held", None),
    ({"supplement": "clear", "duty": "ours", "held": "held", "give": "consult"},
     None, None, happened.OpinionSought),
    ({"supplement": "clear", "duty": "ours", "held": "held", "give": "granted"},
     "fitting", "granted", None),
    ({"supplement": "clear", "duty": "ours", "held": "held", "give": "granted", "fitting": "fit"},
     None, "granted", happened.SubmittedForReview),
    ({"supplement": "clear", "duty": "ours", "held": "held", "give": "granted", "fitting": "extend"},
     None, "granted", happened.Extended),
    # an answer aside of the way says nothing, nor does one that the guide does not know
    ({"supplement": "ask", "give": "granted"}, None, None, happened.SupplementAsked),
    ({"supplement": "of old"}, "supplement", None, None),
]
# fmt: on


@pytest.mark.parametrize(("answers", "then", "outcome", "act"), CASES)
def test_where_the_answers_lead(answers, then, outcome, act):
    course = guide.course(answers)
    assert (course.next and course.next.key, course.outcome, course.act) == (
        then, outcome, act,
    )  # fmt: skip


#: outcome → the article that its letter cites (第711号令)
ARTICLES = {
    "already_public": "第三十六条第（一）项",
    "granted": "第三十六条第（二）项",
    "partly_granted": "第三十七条",
    "three_securities": "第十四条",
    "trade_secret": "第十五条、第三十二条",
    "internal_affairs": "第十六条第一款",
    "enforcement_file": "第十六条第二款",
    "not_held": "第三十六条第（四）项",
    "not_this_agency": "第三十六条第（五）项",
    "repeated": "第三十六条第（六）项",
    "enquiry_matter": "第三十六条第（七）项",
    "needs_making": "第三十八条",
    "petition": "第三十九条第一款",
    "publication": "第三十九条第二款",
    "excessive": "第三十五条",
    "supplement_lapsed": "第三十条",
    "reconfirmation": "",
}


@pytest.mark.parametrize("outcome", ARTICLES)
def test_the_article_of_an_outcome(outcome):
    told = {c.article for s in STEPS for c in s.choices if c.outcome == outcome}
    assert told == {ARTICLES[outcome]}


NOT_HELD = (LetterKind.NOT_HELD, Outcome.NOT_HELD)
SEARCHED_IN_VAIN = {"supplement": "clear", "duty": "ours", "held": "not_held"}


@pytest.mark.parametrize(
    ("answers", "letters"),
    [
        ({}, ()),
        ({"supplement": "ask"}, ((LetterKind.SUPPLEMENT_NOTICE, None),)),
        (
            {"supplement": "clear", "duty": "delay"},
            ((LetterKind.DELAY_NOTICE, None),),
        ),
        (SEARCHED_IN_VAIN, (NOT_HELD,)),
        (
            SEARCHED_IN_VAIN | {"fitting": "extend"},
            (NOT_HELD, (LetterKind.EXTENSION_NOTICE, None)),
        ),
    ],
)
def test_the_letters_that_the_answers_lead_to(answers, letters):
    assert guide.course(answers).letters == letters


def test_an_act_of_the_guide_goes_out_by_a_letter_of_its_own():
    told = [c for s in STEPS for c in s.choices if c.letter]
    assert {SHAPES[c.letter].act for c in told} == {c.act.kind for c in told}


def test_everything_is_said_in_both_languages():
    told = []
    for step in STEPS:
        told += [step.said, step.question, *step.look]
        told += [field.said for field in step.evidence]
        told += [c.said for c in step.choices]
    assert [one for one in told if one and len(set(parted(one))) == 1] == []
