"""撤回附件: what stays of a paper put in by mistake, and what does not."""

import io
from dataclasses import replace
from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, transaction

from requests_app.domain.events import Replied, ReplyAnnounced, ReplyDelivered
from requests_app.domain.letters import LetterKind
from requests_app.domain.regimes import NotAllowed
from requests_app.domain.vocabulary import Outcome
from requests_app.models import Attachment, Staff
from requests_app.models.log import digest_of
from requests_app.services import attachments, status, withdrawing
from requests_app.services.papers import Refused
from requests_app.services.recording import record
from requests_app.services.standings import broken_links, rebuild
from requests_app.services.voiding import void
from requests_app.services.withdrawing import withdraw
from tests.fakes import FixedClock
from tests.requests_app.letters.test_pdf_leaks import pdf
from tests.requests_app.services.drafting import (
    asked_for,
    drafted,
    issued,
    stamped,
)

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 20)
PAPER = pdf("别人的审批单")


def put(found, by, deps, content=PAPER, kind="approval"):
    return attachments.attach(
        found, file=io.BytesIO(content), name="审批单.pdf", size=len(content), kind=kind,
        by=by, deps=deps,
    )[0]  # fmt: skip


def taken(paper, by, deps, *, secret=False, reason="张冠李戴"):
    withdraw(paper, secret=secret, reason=reason, by=by, deps=deps)
    paper.refresh_from_db()
    return paper


def test_the_row_and_the_hash_stay_and_the_log_says_who_and_why(found, handler, deps):
    paper = taken(put(found, handler, deps), handler, deps)
    assert (paper.withdrawn_by, paper.withdrawn_at, paper.secret) == (
        handler, deps.clock.now(), False,
    )  # fmt: skip
    assert default_storage.exists(paper.stored)
    entry = found.entries.order_by("sequence").last()
    assert (entry.kind, entry.details, entry.recorded_by) == (
        "paper_withdrawn", {"attachment": paper.pk}, handler,
    )  # fmt: skip
    assert entry.text == "张冠李戴"
    assert entry.digest == digest_of(entry.reason.salt, "张冠李戴")
    assert entry.hash == entry.computed_hash()
    assert list(found.attachments.standing()) == []


def test_it_moves_nothing_on_the_request(found, handler, deps):
    before = found.due_on, found.stage
    taken(put(found, handler, deps), handler, deps)
    found.refresh_from_db()
    assert (found.due_on, found.stage) == before
    assert list(rebuild(write=False, deps=deps)) == []
    assert list(broken_links()) == []


def test_the_same_file_may_come_in_again_where_it_belongs(found, handler, deps):
    first = taken(put(found, handler, deps), handler, deps)
    again = put(found, handler, deps)
    assert again.pk != first.pk
    assert [p.pk for p in found.attachments.standing()] == [again.pk]
    with pytest.raises(NotAllowed, match="已撤回"):
        taken(first, handler, deps)


def test_once_the_reply_is_served_the_file_stands(reviewed, handler, deps):
    paper = put(reviewed, handler, deps)
    reply = Replied(on=ON, outcome=Outcome.GRANTED)
    found = record(reviewed, reply, by=handler, deps=deps)
    announced = ReplyAnnounced(on=ON, days=30)
    record(found, announced, by=handler, deps=deps)
    taken(put(found, handler, deps, pdf("又一份")), handler, deps)  # not served yet
    record(found, ReplyDelivered(on=ON), by=handler, deps=deps)
    with pytest.raises(NotAllowed, match="答复已于 2026-03-20 送达") as refused:
        taken(paper, handler, deps)
    assert refused.value.article == "第四十五条"


def test_what_the_applicant_handed_in_stays(found, handler, deps):
    paper = put(found, None, deps, kind="identity")
    with pytest.raises(NotAllowed, match="申请人提交的材料须留卷"):
        taken(paper, handler, deps)


@pytest.fixture
def elsewhere(office, deps):
    """Another request, voided, that the same file was put into."""
    return asked_for(office, deps, date(2026, 3, 2))


def test_a_state_secret_leaves_the_store_and_every_file(
    reviewed, elsewhere, handler, deps, django_capture_on_commit_callbacks
):
    paper, same = (put(one, handler, deps) for one in (reviewed, elsewhere))
    void(elsewhere, entry=1, by=handler, deps=deps)
    reply = Replied(on=ON, outcome=Outcome.GRANTED)
    found = record(reviewed, reply, by=handler, deps=deps)
    record(found, ReplyDelivered(on=ON), by=handler, deps=deps)
    with django_capture_on_commit_callbacks(execute=True):
        taken(paper, handler, deps, secret=True, reason="定密依据：目录第3项")
    same.refresh_from_db()
    assert (paper.secret, same.secret) == (True, True)
    assert paper.sha256 == same.sha256
    assert not default_storage.exists(paper.stored)
    for one in (found, elsewhere):
        entry = one.entries.order_by("sequence").last()
        assert (entry.kind, entry.details["secret"], entry.text) == (
            "paper_withdrawn", True, "定密依据：目录第3项",
        )  # fmt: skip
    with pytest.raises(NotAllowed, match="已作为涉密件清除"):
        taken(paper, handler, deps, secret=True)


def test_what_was_withdrawn_by_mistake_may_still_be_removed_as_a_secret(
    found, handler, deps, django_capture_on_commit_callbacks
):
    paper = taken(put(found, handler, deps), handler, deps)
    with django_capture_on_commit_callbacks(execute=True):
        taken(paper, handler, deps, secret=True)
    assert paper.secret
    assert not default_storage.exists(paper.stored)


def test_a_secret_comes_in_nowhere_again(
    found, elsewhere, handler, deps, numbered, bodies
):
    taken(put(found, handler, deps), handler, deps, secret=True)
    with pytest.raises(Refused, match="已作为涉密件清除"):
        put(elsewhere, handler, deps)
    record(elsewhere, Replied(on=ON, outcome=Outcome.WITHDRAWN), by=handler, deps=deps)
    letter = drafted(elsewhere, handler, deps, LetterKind.OTHER, Outcome.WITHDRAWN)
    with pytest.raises(Refused, match="已作为涉密件清除"):
        stamped(issued(letter, handler, deps), handler, deps, PAPER)


def test_a_process_that_died_before_the_removal_is_made_up_for(found, handler, deps):
    paper = taken(put(found, handler, deps), handler, deps, secret=True)
    assert default_storage.exists(paper.stored)  # this transaction never ends
    assert (withdrawing.remove_left(), withdrawing.remove_left()) == (1, 0)
    assert not default_storage.exists(paper.stored)


def test_a_file_that_is_a_letters_too_is_seen_to_there_first(
    reviewed, handler, numbered, bodies, deps
):
    paper = put(reviewed, handler, deps)
    letter = issued(drafted(reviewed, handler, deps), handler, deps)
    stamped(letter, handler, deps, PAPER)
    with pytest.raises(NotAllowed, match="云府公复〔2026〕1号"):
        taken(paper, handler, deps, secret=True)


def test_the_applicant_is_not_given_what_was_withdrawn(reviewed, handler, deps):
    paper = put(reviewed, handler, deps, kind="reply")
    found = record(
        reviewed, Replied(on=ON, outcome=Outcome.GRANTED), by=handler, deps=deps
    )
    later = replace(deps, clock=FixedClock.on("2026-03-23"))
    found = record(found, ReplyDelivered(on=ON), by=handler, deps=later)
    assert [p.sha256 for p in status.documents(found)] == [paper.sha256]
    taken(paper, handler, deps, secret=True)
    assert status.documents(found) == []


@pytest.mark.parametrize(
    ("role", "here", "may"),
    [
        ("handler", True, True),
        ("reviewer", True, True),
        ("auditor", True, False),
        ("handler", False, False),
    ],
)
def test_whoever_may_add_may_withdraw(found, office, role, here, may):
    user = Staff.objects.create_user("someone", agency=office if here else None)
    user.groups.add(Group.objects.get(name=role))
    assert withdrawing.may(user, found) is may


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE requests_app_attachment SET sha256 = 'x'",
        "UPDATE requests_app_attachment SET name = 'x'",
        "DELETE FROM requests_app_attachment",
    ],
)
def test_the_database_keeps_every_paper_that_came_in(found, handler, deps, change):
    put(found, handler, deps)
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)
    assert Attachment.objects.count() == 1
