"""Anything at all: 4xx with a pointer to the fault, never 500, and nothing written."""

import json
import time

import pytest

from requests_app.models import Applicant, Attachment, DisclosureRequest, LogEntry

pytestmark = pytest.mark.django_db
DEEP = 100_000


def raw(portal, body: bytes, key="k1", **headers):
    return portal.client.generic(
        "POST",
        "/api/v1/requests/",
        body,
        content_type=headers.pop("content_type", "application/json"),
        headers=portal.headers | {"idempotency-key": key} | headers,
    )


def written():
    return [m.objects.count() for m in (DisclosureRequest, Applicant, LogEntry)]


@pytest.mark.parametrize(
    ("body", "status", "pointer"),
    [
        (b"", 400, "/agency"),
        (b"{", 400, ""),
        (b"null", 400, ""),
        (b"[]", 400, ""),
        (b'"x"', 400, ""),
        (b"1" * 5000, 400, ""),
        (b"1e999", 400, ""),
        (b"NaN", 400, ""),
        (b'{"agency": "a", "agency": "b"}', 400, ""),
        (b"\xef\xbb\xbf{}", 400, ""),
        ("申请".encode("gbk"), 400, ""),
        ('{"subject": "申请"}'.encode("gbk"), 400, ""),
        ('{"subject": "申请"}'.encode("utf-16"), 400, ""),
        (b'{"subject": "\\ud800"}', 400, "/subject"),
        (b'{"\\ud800": 1}', 400, ""),
        (b'{"subject": "a\\u0000b"}', 400, "/subject"),
        (b'{"subject": "a\\u202eb"}', 400, "/subject"),
        (b'{"applicant": {"name": "\\u2066x"}}', 400, "/applicant/name"),
        (b'{"a/b~c": 1}', 400, "/a~1b~0c"),
        (b"[" * DEEP + b"]" * DEEP, 400, ""),
        (b'{"a":' * DEEP + b"1" + b"}" * DEEP, 400, ""),
        (b'{"applicant": ' + b"[" * 20 + b"]" * 20 + b"}", 400, "/applicant" + "/0" * 12),
        (b'{"subject": "' + b"x" * 10_000_000 + b'"}', 413, None),
    ],
    ids=range(23),
)  # fmt: skip
def test_what_is_no_body_is_refused_with_a_pointer(portal, body, status, pointer):
    refused = raw(portal, body)
    told = json.loads(refused.content)
    assert refused.status_code == status
    assert refused["Content-Type"] == "application/problem+json"
    shown = [fault["pointer"] for fault in told.get("errors", [])]
    assert pointer is None or pointer in shown
    assert written() == [0, 0, 0]


@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "application/xml", "multipart/form-data", "x", "application/json;charset=gbk;;"],
)  # fmt: skip
def test_another_media_type_is_refused(portal, content_type):
    refused = raw(portal, b"{}", content_type=content_type)
    assert refused.status_code in {400, 415}
    assert written() == [0, 0, 0]


@pytest.mark.parametrize(
    "told",
    [
        "民国113年11月4日",
        "平成36年11月4日",
        "2567-11-04",  # the Buddhist year of 2024
        "1446-05-02",  # the Islamic year
        "甲辰年十月初四",
        "2024-13-01",
        "2024-02-30",
        "0000-00-00",
        "10000-01-01",
        "2024-11-04T25:00:00+08:00",
        "2024-11-04T09:30:00+99:00",
        "2024-W45-1",
        "２０２４-１１-０４",
        "1730684400",
        "-2024-11-04",
    ],
)
def test_a_day_of_another_calendar_is_refused(portal, form, told):
    refused = portal.create(form | {"submitted_at": told})
    assert refused.status_code in {400, 422}, refused.content
    assert written() == [0, 0, 0]


def test_every_unknown_field_is_named_at_once(portal, form):
    refused = portal.create(form | {"b": 1, "a": {"c": 2}})
    assert [f["pointer"] for f in refused.json()["errors"]] == ["/a", "/b"]
    assert "可用" in refused.json()["errors"][0]["detail"]


@pytest.mark.parametrize("key", ["", " ", "x" * 129, "键", "a b", "a\tb"])
def test_a_key_that_is_none_is_refused(portal, form, key):
    refused = portal.create(form, key=key)
    assert refused.status_code == 400
    assert written() == [0, 0, 0]


@pytest.mark.parametrize(
    "path",
    [
        "requests/%00/",
        "requests/..%2f..%2fetc/",
        "requests/%ff%fe/",
        "requests/" + "x" * 5000 + "/",
        "reports/2018/cells/3.1/%E2%80%AE/requests/",
        "reports/99999/",
        "agencies/?page_size=" + "9" * 5000,
        "agencies/?page_size=-1",
        "requests/?stage=a%00b",
        "requests/?received_from=2024-02-30",
        "requests/?" + "a=1&" * 2000,
        "callbacks/?colour=red",
    ],
)
def test_an_address_that_is_none_is_4xx(portal, path):
    refused = portal.get(path)
    assert 400 <= refused.status_code < 500, refused.content
    assert refused["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("language", ["zh-CN", "en-GB", "x" * 5000, "\u00ff;q=9"])
def test_in_any_language(portal, form, language):
    refused = portal.post("requests/", form, **{"accept-language": language})
    title = "The request cannot be read" if language == "en-GB" else "请求无法读取"
    assert (refused.status_code, refused.json()["title"]) == (400, title)


KEYS = b", ".join(b'"%d": 1' % n for n in range(70_000))


def test_a_key_twice_among_many_is_found_in_a_time_by_their_number(portal):
    began = time.monotonic()
    refused = raw(portal, b'{%s, "69999": 2}' % KEYS)
    assert (refused.status_code, "69999" in refused.json()["detail"]) == (400, True)
    assert time.monotonic() - began < 10


def test_of_many_faults_some_are_told_and_all_are_counted(portal):
    refused = raw(portal, b"{%s}" % KEYS)
    told = refused.json()
    assert (refused.status_code, len(told["errors"])) == (400, 100)
    assert told["detail"] == "70000 处有误"
    assert len(refused.content) < len(KEYS)


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("requests/?stage=replied&stage=archived", "/stage"),
        ("agencies/?page_size=1&page_size=2", "/page_size"),
        ("callbacks/?cursor=a&cursor=b", "/cursor"),
        ("reports/2018/?agency=530000&agency=1", "/agency"),
        ("reports/2018/cells/3.1.3/count/requests/?scope=own&scope=area", "/scope"),
    ],
)
def test_what_a_query_says_twice_is_named(portal, path, named):
    refused = portal.get(path)
    pointers = [fault["pointer"] for fault in refused.json()["errors"]]
    assert (refused.status_code, pointers) == (400, [named])


def part(name, told, file=""):
    file = f'; filename="{file}"' if file else ""
    head = f'--b\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'
    return head.encode() + told + b"\r\n"


KIND = part("kind", b"identity")
PDF = b"%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\n%%EOF"


@pytest.mark.parametrize(
    "parts",
    [
        KIND + part("file", PDF, "a.pdf") + part("file", PDF + b" ", "b.pdf"),
        KIND + KIND + part("file", PDF, "a.pdf"),
        KIND + part("file", b"x") + part("file", PDF, "a.pdf"),
    ],
    ids=["two files", "two kinds", "a file and a text"],
)
def test_a_part_given_twice_is_refused_and_none_is_lost(
    portal, form, parts, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    reference = portal.create(form).json()["reference"]
    refused = portal.client.generic(
        "POST", f"/api/v1/requests/{reference}/attachments/", parts + b"--b--\r\n",
        content_type="multipart/form-data; boundary=b", headers=portal.headers,
    )  # fmt: skip
    assert (refused.status_code, Attachment.objects.count()) == (400, 0)


@pytest.mark.parametrize("path", ["docs/", "schema/"])
@pytest.mark.parametrize("method", ["options", "post", "delete", "trace"])
def test_what_is_read_alone_takes_no_other_method(client, db, path, method):
    refused = getattr(client, method)(f"/api/v1/{path}")
    assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD")
    assert refused["Content-Type"] == "application/problem+json"
