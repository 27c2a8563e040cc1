"""One letter for several requests of one applicant: each its own review, reply and 件."""

from datetime import date

import pytest
from django.contrib.auth import get_user_model

from requests_app.domain.events import (
    ConfidentialityReviewed,
    Replied,
    Reviewed,
    SubmittedForReview,
)
from requests_app.domain.letters import LetterKind
from requests_app.domain.regimes import NotAllowed
from requests_app.domain.vocabulary import Outcome, ServiceMethod
from requests_app.models import Agency, Applicant, DisclosureRequest, Letter
from requests_app.services import letters, together
from requests_app.services.agencies import place
from requests_app.services.letter_words import fields
from requests_app.services.letterless import letterless
from requests_app.services.recording import record, register
from requests_app.services.voiding import void
from requests_app.services.volume import letters_of
from tests.requests_app.services.drafting import drafted, filled, later, stamped

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 20)


def asked(agency, deps, name="张三", subject="补偿标准", **applicant):
    return register(
        agency=agency,
        received_on=date(2026, 3, 3),
        applicant=Applicant(name=name, **applicant),
        applicant_kind="natural_person",
        subject=subject,
        by=None,
        deps=deps,
    )


@pytest.fixture
def other(office, deps):
    return asked(office, deps)


@pytest.fixture
def letter(found, other, handler, deps):
    made = filled(drafted(found, handler, deps))
    return together.answer(made, [other.pk], seen=made.revision)


@pytest.fixture
def second_hand(office):
    return get_user_model().objects.create_superuser("审核", agency=office)


def approved(found, letter, second_hand, deps):
    record(found, ConfidentialityReviewed(on=ON, conclusion="publish"), by=None, deps=deps)  # fmt: skip
    told = SubmittedForReview(
        on=ON, outcome=Outcome.GRANTED, draft=letter.pk, revision=letter.revision
    )
    record(found, told, by=None, deps=deps)
    return record(found, Reviewed(on=ON), by=second_hand, deps=deps)


def replied(letter):
    return Replied(
        on=ON, outcome=Outcome.GRANTED, service=ServiceMethod.POSTAL, letter=letter.pk
    )


def test_the_letter_names_every_request(letter, found, other, bodies):
    told = fields(letter)
    assert told["登记编号"] == f"{found.number}、{other.number}"
    assert told["申请内容"] == "某路的征地批复。；补偿标准"
    first, second = letter.facts.splitlines()
    assert (found.number in first, other.number in second) == (True, True)
    assert list(Letter.objects.answering(other)) == [letter]


def test_taken_out_again_its_facts_go_with_it(letter, found):
    letter.facts += "\n另查：无。"
    letter.save()
    alone = together.answer(letter, [], seen=letter.revision)
    assert alone.answered() == [found]
    first, *rest = alone.facts.splitlines()
    assert (found.number in first, rest) == (True, ["另查：无。"])


def test_a_letter_goes_to_one_person_of_one_agency(found, handler, deps, office):
    elsewhere = Agency(code="990000", name="别省人民政府", kind="government")
    place(elsewhere, on=None)
    letter = drafted(found, handler, deps)
    answered = asked(office, deps)
    record(answered, Replied(on=ON, outcome=Outcome.WITHDRAWN), by=None, deps=deps)
    voided = asked(office, deps)
    void(voided, entry=1, by=None, deps=deps)
    others = [
        asked(office, deps, name="李四"),
        asked(elsewhere, deps),
        answered,
        voided,
    ]
    for one in others:
        with pytest.raises(NotAllowed, match="同一申请人向同一机关"):
            together.answer(letter, [one.pk], seen=letter.revision)
    assert list(together.candidates(letter)) == []
    assert list(letter.also.all()) == []


def test_the_same_name_with_another_identity_is_another_person(office, handler, deps):
    mine = asked(office, deps, id_number="530102199001011234")
    asked(office, deps, id_number="530102199001011242")
    unknown = asked(office, deps)
    letter = drafted(mine, handler, deps)
    assert list(together.candidates(letter)) == [unknown]


def test_a_notice_on_the_way_is_about_one(found, other, handler, deps):
    notice = drafted(found, handler, deps, LetterKind.EXTENSION_NOTICE, None)
    with pytest.raises(NotAllowed, match="同一申请人"):
        together.answer(notice, [other.pk], seen=notice.revision)


def test_what_was_changed_meanwhile_is_not_answered_by_it(letter):
    with pytest.raises(letters.ChangedMeanwhile):
        together.answer(letter, [], seen=letter.revision - 1)


def test_each_is_reviewed_before_it_is_issued(
    letter, found, other, handler, second_hand, deps, numbered, bodies
):
    approved(found, letter, second_hand, deps)
    with pytest.raises(NotAllowed, match=f"先审核再签发：{other.number}"):
        letters.issue(letter, seen=letter.revision, by=handler, deps=deps)
    approved(other, letter, second_hand, deps)
    letter = Letter.objects.get(pk=letter.pk)
    done = letters.issue(letter, seen=letter.revision, by=handler, deps=deps)
    assert done.number


def test_the_drafter_reviews_none_of_them(letter, other, handler, deps):
    told = SubmittedForReview(on=ON, outcome=Outcome.GRANTED, draft=letter.pk)
    record(other, told, by=None, deps=deps)
    with pytest.raises(NotAllowed, match="请由他人审核"):
        record(other, Reviewed(on=ON), by=handler, deps=deps)


def test_a_letter_that_does_not_answer_it_is_not_submitted(found, other, handler, deps):
    strange = drafted(found, handler, deps)
    told = SubmittedForReview(on=ON, outcome=Outcome.GRANTED, draft=strange.pk)
    with pytest.raises(NotAllowed, match="不答复本件"):
        record(other, told, by=handler, deps=deps)


@pytest.fixture
def out(letter, found, other, handler, second_hand, deps, numbered, bodies):
    """Issued and stamped, ready to go out."""
    for one in (found, other):
        approved(one, letter, second_hand, deps)
    letter = Letter.objects.get(pk=letter.pk)
    done = letters.issue(letter, seen=letter.revision, by=handler, deps=deps)
    stamped(done, handler, deps)
    return done


def test_all_are_replied_to_at_once_and_each_counts(out, found, other, handler, deps):
    now = later(deps)
    seen = found.entries.count()
    together.record_each(found, [other], replied(out), seen=seen, by=handler, deps=now)
    both = DisclosureRequest.objects.filter(replied_on=ON)
    assert set(both) == {found, other}
    for one in both:
        assert one.entries.last().details["letter"] == out.pk
        assert letterless(one, list(one.entries.order_by("sequence"))) == []
        assert [kept.sha256 for kept in letters_of(one)] == [out.files.get().sha256]
    assert together.beside(found) == []


def test_none_is_replied_to_when_one_may_not_be(out, found, other, handler, deps):
    record(other, Replied(on=ON, outcome=Outcome.WITHDRAWN), by=None, deps=deps)
    seen = found.entries.count()
    with pytest.raises(NotAllowed, match=f"^{other.number}："):
        together.record_each(
            found, [other], replied(out), seen=seen, by=handler, deps=deps
        )
    found.refresh_from_db()
    assert (found.replied_on, found.entries.count()) == (None, seen)


def test_a_letter_that_another_reply_rests_on_is_not_voided(out, other, handler, deps):
    record(other, replied(out), by=handler, deps=deps)
    with pytest.raises(NotAllowed, match="请先作废该记录"):
        letters.void(out, reason="误发", by=handler, deps=deps)
    last = other.entries.order_by("sequence").last().sequence
    void(other, entry=last, by=handler, deps=deps)
    assert letters.void(out, reason="误发", by=handler, deps=deps).voided_at
