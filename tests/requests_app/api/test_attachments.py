"""Files are known by their content; what no office should open is refused."""

import hashlib
import io

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT

from requests_app.models import Attachment, DisclosureRequest, Staff
from requests_app.services.attachments import attach
from requests_app.services.withdrawing import withdraw
from tests.files import zipped

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\n%%EOF"


DOCX = zipped(**{"word/document.xml": "<w/>"})


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def url(portal, form):
    return f"/api/v1/requests/{portal.create(form).json()['reference']}/attachments/"


def send(portal, url, name, content, kind="identity"):
    file = SimpleUploadedFile(name, content)
    return portal.client.post(url, {"kind": kind, "file": file}, headers=portal.headers)


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("身份证.pdf", PDF, "application/pdf"),
        ("a.JPG", b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "image/png"),
        ("a.docx", DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a.ofd", zipped(**{"OFD.xml": "<o/>"}), "application/ofd"),
    ],
)  # fmt: skip
def test_a_file_is_kept_under_its_sha256(portal, url, media, name, content, media_type):
    answer = send(portal, url, name, content)
    sha256 = hashlib.sha256(content).hexdigest()
    assert answer.status_code == 201
    told = {k: v for k, v in answer.json().items() if k != "received_at"}
    assert told == {
        "kind": "identity",
        "name": name,
        "media_type": media_type,
        "size": len(content),
        "sha256": sha256,
    }
    assert (media / "attachments" / sha256[:2] / sha256).read_bytes() == content
    read = portal.client.get(f"{url}{sha256}/", headers=portal.headers)
    assert b"".join(read.streaming_content) == content
    assert read["Content-Disposition"].startswith("attachment")


def test_the_same_content_twice_is_one_attachment(portal, url):
    answers = [send(portal, url, "a.pdf", PDF), send(portal, url, "b.pdf", PDF)]
    assert [a.status_code for a in answers] == [201, 200]
    assert Attachment.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b""),
        ("a.pdf", b"MZ\x90\x00"),
        ("a.exe", PDF),
        ("a.pdf", b"\xff\xd8\xff\xe0"),
        ("a.pdf", PDF + b"/OpenAction << /S /JavaScript >>"),
        ("a.docx", b"PK\x03\x04 broken"),
        ("a.docx", zipped(**{"x.txt": "x"})),
        ("a.docx", zipped(**{"word/document.xml": "", "word/vbaProject.bin": "x"})),
        ("a.docx", zipped(**{"word/document.xml": "", "word/embeddings/a.bin": "x"})),
        ("a.docx", zipped(**{"word/document.xml": "", "../../etc/passwd": "x"})),
        ("a.docx", zipped(**{"word/document.xml": "0" * 50_000_000})),
        ("a.xlsx", zipped(**{"xl/workbook.xml": "", **{f"{n}": "" for n in range(2001)}})),
        ("a\u202efdp.exe.pdf", PDF),
    ],
)  # fmt: skip
def test_what_no_office_should_open_is_refused(portal, url, name, content):
    refused = send(portal, url, name, content)
    assert refused.status_code == 400
    assert [f["pointer"] for f in refused.json()["errors"]] == ["/file"]
    assert Attachment.objects.count() == 0


@pytest.mark.parametrize(
    "name", ["../../etc/cron.d/a.pdf", "..\\a.pdf", ".pdf", "c:a.pdf"]
)
def test_a_name_that_climbs_is_refused(portal, url, name):
    body = (
        f"--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\nother\r\n"
        f"--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; "
        f"filename=\"{name}\"\r\n\r\n".encode() + PDF + f"\r\n--{BOUNDARY}--\r\n".encode()
    )  # fmt: skip
    refused = portal.client.generic(
        "POST", url, body, content_type=MULTIPART_CONTENT, headers=portal.headers
    )
    assert refused.status_code == 400
    assert Attachment.objects.count() == 0


def test_a_file_too_large_is_413(portal, url):
    assert send(portal, url, "a.pdf", PDF + b"0" * 10_200_000).status_code == 413


def test_there_are_at_most_twenty(portal, url):
    statuses = [
        send(portal, url, "a.pdf", PDF + bytes([n])).status_code for n in range(21)
    ]
    assert statuses == [201] * 20 + [400]


def test_what_the_office_keeps_neither_shows_nor_counts(portal, url, office, deps):
    """The same content as an opinion in the file is the applicant's own for the portal."""
    clerk = Staff.objects.create_user("clerk", agency=office)
    made = DisclosureRequest.objects.get()
    for n in range(25):
        content = PDF + bytes(n)
        attach(
            made, file=io.BytesIO(content), name=f"征求意见函-李四{n}.pdf",
            size=len(content), kind="opinion", by=clerk, deps=deps,
        )  # fmt: skip
    answer = send(portal, url, "a.pdf", PDF)
    listed = portal.client.get(url, headers=portal.headers).json()
    assert (answer.status_code, listed) == (201, [answer.json()])
    assert (answer.json()["kind"], answer.json()["name"]) == ("identity", "a.pdf")
    assert [send(portal, url, "b.pdf", PDF).json()] == listed


def test_what_staff_add_has_its_author(portal, url, office, client):
    clerk = Staff.objects.create_user("clerk", agency=office)
    clerk.groups.add(Group.objects.get(name="intake_clerk"))
    client.force_login(clerk)
    file = SimpleUploadedFile("a.pdf", PDF)
    assert client.post(url, {"kind": "identity", "file": file}).status_code == 201
    assert [one.added_by for one in Attachment.objects.all()] == [clerk]
    assert portal.client.get(url, headers=portal.headers).json() == []


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"rubbish", "multipart/form-data; boundary=x"),
        (b"", "multipart/form-data"),
        (b"--\xff", "multipart/form-data; boundary=\xe9"),
        (b'{"kind": "other"}', "application/json"),
    ],
)
def test_what_is_no_form_is_refused(portal, url, body, content_type):
    answer = portal.client.generic(
        "POST", url, body, content_type=content_type, headers=portal.headers
    )
    assert answer.status_code in {400, 415}


def test_what_was_removed_as_a_secret_is_gone_and_comes_in_no_more(
    portal, url, office, deps
):
    sha256 = send(portal, url, "a.pdf", PDF).json()["sha256"]
    by = Staff.objects.create_user("by", agency=office)
    paper = Attachment.objects.get()
    withdraw(paper, secret=True, reason="目录第3项", by=by, deps=deps)
    assert portal.client.get(url, headers=portal.headers).json() == []
    read = portal.client.get(f"{url}{sha256}/", headers=portal.headers)
    assert read.status_code == 404
    again = send(portal, url, "a.pdf", PDF)
    assert again.status_code == 400
    assert "已作为涉密件清除" in again.content.decode()


def test_another_portal_neither_reads_nor_adds(portal, other_portal, url):
    send(portal, url, "a.pdf", PDF)
    assert send(other_portal, url, "b.pdf", PDF + b" ").status_code == 404
    assert other_portal.client.get(url, headers=other_portal.headers).status_code == 404


@pytest.mark.parametrize(("role", "status"), [("statistician", 403), ("handler", 200)])
def test_staff_read_papers_if_their_role_sees_persons(
    portal, url, office, client, role, status
):
    sha256 = send(portal, url, "身份证.pdf", PDF).json()["sha256"]
    reader = Staff.objects.create_user("reader", agency=office)
    reader.groups.add(Group.objects.get(name=role))
    client.force_login(reader)
    answers = [client.get(url), client.get(f"{url}{sha256}/")]
    assert [answer.status_code for answer in answers] == [status, status]
    for answer in answers:
        answer.close()
