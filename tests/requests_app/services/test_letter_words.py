"""What a draft begins with, and to whom the remedies lead."""

from datetime import date

import pytest

from requests_app.domain.letters import LetterKind
from requests_app.models import RemedyBody
from requests_app.services import letters
from requests_app.services.letter_words import NoRemedyBody
from tests.requests_app.services.drafting import drafted

pytestmark = pytest.mark.django_db


def test_a_draft_begins_with_the_words_of_law_and_request(found, handler, deps):
    told = drafted(found, handler, deps)
    assert (told.addressee, told.facts, told.decision, told.number) == (
        "张三",
        "本机关于2026年3月2日收到您提出的政府信息公开申请（登记编号：〔2026〕1号）。您申请公开的内容为：某路的征地批复。",
        "经审查，您申请公开的政府信息可以公开，现予提供：【提供的信息、形式和方式】。",
        "",
    )


def test_without_review_body_and_court_nothing_with_remedies_is_printed(
    reviewed, handler, numbered, bodies, deps
):
    bodies.from_on = date(2026, 3, 21)
    bodies.save()
    with pytest.raises(NoRemedyBody):
        letters.printed(drafted(reviewed, handler, deps), deps)
    notice = drafted(reviewed, handler, deps, LetterKind.SUPPLEMENT_NOTICE, None)
    assert letters.printed(notice, deps)


def test_the_bodies_are_those_of_the_letters_day(reviewed, handler, bodies, deps):
    RemedyBody.objects.create(
        agency=bodies.agency,
        from_on=date(2026, 3, 10),
        review_body="新机关",
        court="新法院",
    )
    letter = drafted(reviewed, handler, deps)
    letter.dated_on = date(2026, 3, 9)
    assert (
        "云南省人民政府申请行政复议"
        in deps.letters.read(letters.printed(letter, deps))[7]
    )
    letter.dated_on = date(2026, 3, 10)
    assert "新机关申请行政复议" in deps.letters.read(letters.printed(letter, deps))[7]
