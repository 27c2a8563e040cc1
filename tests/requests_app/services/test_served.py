"""The stamped copy: checked as it comes in, cleared in writing, read by the applicant."""

from datetime import date

import pytest

from requests_app.domain.events import Replied, ReplyDelivered
from requests_app.domain.regimes import NotAllowed
from requests_app.domain.vocabulary import Outcome
from requests_app.services import served, status
from requests_app.services.letters import ChangedMeanwhile
from requests_app.services.papers import Refused
from requests_app.services.recording import record
from tests.requests_app.letters.test_pdf_leaks import BOX, pdf
from tests.requests_app.letters.word import holding
from tests.requests_app.services.drafting import drafted, issued, stamped

pytestmark = pytest.mark.django_db


def test_the_stamped_copy_is_the_served_version_once_it_is_clean(
    reviewed, handler, numbered, bodies, deps
):
    letter = issued(drafted(reviewed, handler, deps), handler, deps)
    masked = stamped(letter, handler, deps, pdf(BOX % "black"), "遮盖.pdf")
    assert [f["rule"] for f in masked.findings] == ["removable_mask"]
    assert letter.served_version() is None
    clean = stamped(letter, handler, deps)
    assert letter.served_version() == clean
    assert stamped(letter, handler, deps) == clean
    served.clear(masked, text="印章压盖日期", by=handler, deps=deps)
    masked.refresh_from_db()
    assert (masked.is_clear, masked.clearance) == (True, "印章压盖日期")


def test_tracked_changes_are_not_cleared_by_words(
    reviewed, handler, numbered, bodies, deps
):
    letter = issued(drafted(reviewed, handler, deps), handler, deps)
    content = holding('<w:ins w:id="1"><w:r><w:t>新</w:t></w:r></w:ins>')
    tracked = stamped(letter, handler, deps, content, "稿.docx")
    with pytest.raises(NotAllowed, match="请另传一份"):
        served.clear(tracked, text="无妨", by=handler, deps=deps)


def test_a_marked_copy_is_not_taken_in(reviewed, handler, numbered, bodies, deps):
    letter = issued(drafted(reviewed, handler, deps), handler, deps)
    content = holding("<w:r><w:t>机密★5年</w:t></w:r>")
    for name in ("机密文件.docx", "盖章件.docx"):
        with pytest.raises(Refused, match="文件标有“机密”"):
            stamped(letter, handler, deps, content, name)
    assert not letter.files.exists()


def test_a_draft_takes_no_stamped_copy(reviewed, handler, deps):
    with pytest.raises(ChangedMeanwhile):
        stamped(drafted(reviewed, handler, deps), handler, deps)


def test_once_served_the_applicant_has_the_stamped_copy(
    reviewed, handler, numbered, bodies, deps
):
    letter = issued(drafted(reviewed, handler, deps), handler, deps)
    copy = stamped(letter, handler, deps)
    on = date(2026, 3, 20)
    reply = Replied(on=on, outcome=Outcome.GRANTED, letter=letter.pk)
    found = record(reviewed, reply, by=handler, deps=deps)
    assert status.documents(found) == []
    served_ = ReplyDelivered(on=on, letter=letter.pk)
    found = record(found, served_, by=handler, deps=deps)
    assert [(p.name, p.sha256) for p in status.documents(found)] == [
        ("答复书1.pdf", copy.sha256)
    ]
