"""The reply's documents: the applicant's once it is served, and not a moment before."""

from datetime import date
from io import BytesIO

import pytest
from django.contrib.auth.models import Group

from requests_app.domain.events import (
    Replied,
    ReplyDelivered,
    ReplyPosted,
    Reviewed,
)
from requests_app.domain.vocabulary import Outcome
from requests_app.models import (
    AccessRecord,
    DisclosureRequest,
    Staff,
)
from requests_app.services.attachments import attach
from requests_app.services.recording import record
from requests_app.services.served import clear
from requests_app.services.voiding import void
from tests.requests_app.letters.test_pdf_leaks import BOX, pdf

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 24)
REPLY = pdf("reply")
SENT = b"%PDF-1.4\n2 0 obj << /Type /Catalog >> endobj\n%%EOF"


@pytest.fixture
def answer(portal, form, calendar_day, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    calendar_day("2026-11-24")
    return portal.create(form | {"submitted_at": "2026-11-24"}).json()


@pytest.fixture
def made(answer, office, deps):
    """A request with an approval and a reply in its file, and what the applicant sent."""
    made = DisclosureRequest.objects.get()
    clerk = staff("clerk", office, "intake_clerk")
    for content, name, kind, by in [
        (SENT, "张三身份证.pdf", "identity", None),
        (REPLY, "张三答复书.PDF", "reply", clerk),
        (SENT + b" ", "内部审批.pdf", "approval", clerk),
    ]:
        attach(
            made, file=BytesIO(content), name=name, size=len(content), kind=kind,
            by=by, deps=deps,
        )  # fmt: skip
    return made


def staff(name, office, role):
    user = Staff.objects.create_user(name, agency=office, is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    return user


def served(made, deps, *, from_step=0):
    road = [
        Reviewed(on=DAY),
        Replied(on=DAY, outcome=Outcome.GRANTED),
        ReplyDelivered(on=DAY),
    ]
    for event in road[from_step:]:
        made = record(made, event, by=None, deps=deps)
    return made


def asked(portal, answer):
    """(documents by the portal's key, by number and code)."""
    known = {"reference": answer["reference"], "query_code": answer["query_code"]}
    return (
        portal.get(f"requests/{answer['reference']}/").json()["documents"],
        portal.post("lookup/", known).json()["documents"],
    )


def fetched(portal, answer, documents):
    """What either way gives of its first document."""
    known = {"reference": answer["reference"], "query_code": answer["query_code"]}
    [mine], [theirs] = documents
    return [
        portal.get(mine["url"].removeprefix("/api/v1/")),
        portal.post(theirs["url"].removeprefix("/api/v1/"), known),
    ]


def test_a_paper_with_something_in_it_goes_out_once_it_is_cleared(
    portal, answer, made, deps
):
    clerk = Staff.objects.get(username="clerk")
    content = pdf(BOX % "black")
    masked, _ = attach(
        made, file=BytesIO(content), name="附图.pdf", size=len(content), kind="reply",
        by=clerk, deps=deps,
    )  # fmt: skip
    served(made, deps)
    assert [f["rule"] for f in masked.findings] == ["removable_mask"]
    assert [len(told) for told in asked(portal, answer)] == [1, 1]
    clear(masked, text="印章压盖日期", by=clerk, deps=deps)
    assert [len(told) for told in asked(portal, answer)] == [2, 2]


def test_once_served_the_reply_is_told_and_given_and_names_nobody(
    portal, answer, made, deps
):
    served(made, deps)
    [paper] = made.attachments.of_the_reply()
    told = {
        "name": "答复书1.pdf",
        "media_type": "application/pdf",
        "size": len(REPLY),
        "sha256": paper.sha256,
    }
    one = f"/api/v1/requests/{made.reference}/documents/{paper.sha256}/"
    other = f"/api/v1/lookup/documents/{paper.sha256}/"
    documents = asked(portal, answer)
    assert documents == ([told | {"url": one}], [told | {"url": other}])
    answers = fetched(portal, answer, documents)
    assert [b"".join(a.streaming_content) for a in answers] == [REPLY, REPLY]
    assert {a["Content-Type"] for a in answers} == {"application/octet-stream"}


@pytest.mark.parametrize("events", [[], [0], [0, 1], [0, 1, 2]])
def test_before_that_nothing_is_told_or_given(portal, answer, made, deps, events):
    road = [
        Reviewed(on=DAY),
        Replied(on=DAY, outcome=Outcome.GRANTED),
        ReplyPosted(on=DAY),
    ]
    for n in events:
        made = record(made, road[n], by=None, deps=deps)
    assert asked(portal, answer) == ([], [])
    [paper] = made.attachments.of_the_reply()
    links = [{"url": f"/api/v1/requests/{made.reference}/documents/{paper.sha256}/"}]
    others = [{"url": f"/api/v1/lookup/documents/{paper.sha256}/"}]
    refused = fetched(portal, answer, (links, others))
    assert [a.status_code for a in refused] == [404, 404]


def test_a_delivery_that_is_voided_takes_it_back(portal, answer, made, deps):
    made = served(made, deps)
    void(made, entry=made.entries.latest("sequence").sequence, by=None, deps=deps)
    assert asked(portal, answer) == ([], [])


def test_nothing_else_of_the_file_goes_out(portal, answer, made, deps):
    made = served(made, deps)
    for paper in made.attachments.exclude(kind="reply"):
        url = f"requests/{made.reference}/documents/{paper.sha256}/"
        assert portal.get(url).status_code == 404


def test_a_wrong_code_fetches_nothing(portal, answer, made, deps):
    served(made, deps)
    [paper] = made.attachments.of_the_reply()
    known = {"reference": answer["reference"], "query_code": "AAAAAAAAAAAA"}
    url = f"lookup/documents/{paper.sha256}/"
    assert portal.post(url, known).status_code == 404


def test_another_portal_fetches_nothing(portal, other_portal, answer, made, deps):
    served(made, deps)
    [paper] = made.attachments.of_the_reply()
    url = f"requests/{made.reference}/documents/{paper.sha256}/"
    assert other_portal.get(url).status_code == 404


def test_a_member_of_staff_who_reads_it_is_written_down(
    client, office, answer, made, deps
):
    served(made, deps)
    [paper] = made.attachments.of_the_reply()
    client.force_login(staff("handler", office, "handler"))
    url = f"/api/v1/requests/{made.reference}/documents/{paper.sha256}/"
    assert b"".join(client.get(url).streaming_content) == REPLY
    seen = AccessRecord.objects.values_list("by__username", "way", "fields")
    assert list(seen) == [("handler", "api", ["papers"])]
