"""Saved searches: one's own, shared in the agency, opened, exported, deleted."""

import re

import pytest
from django.urls import reverse

from requests_app.admin.searches import filters
from requests_app.models import SavedSearch
from tests.requests_app.admin.test_acts import text

pytestmark = pytest.mark.django_db
LIST = reverse("admin:requests_app_disclosurerequest_changelist")
SAVE = "admin:requests_app_disclosurerequest_search_save"
DELETE = "admin:requests_app_disclosurerequest_search_delete"
QUERY = "channel__exact=post&q=%E5%BE%81%E5%9C%B0"


def save(client, name="征地信函", query=QUERY, **more):
    return client.post(reverse(SAVE), {"name": name, "query": query, **more})


def named(client):
    return re.findall(r'\?channel[^"]*">([^<]+)</a>', text(client.get(LIST)))


def test_a_search_is_saved_opened_and_exported(signed_in, letter):
    handler = signed_in("h", "handler")
    assert save(handler)["Location"] == f"{LIST}?{QUERY}"
    assert named(handler) == ["征地信函"]
    shown = text(handler.get(f"{LIST}?{QUERY}"))
    assert 'aria-current="true"' in shown
    [url] = re.findall(r'href="(/[^"]+export\.csv\?[^"]+)"', shown)
    body = b"".join(handler.get(url).streaming_content).decode()
    assert body.count("征地批复") == 1


def test_saved_again_under_its_name_it_is_another_search(signed_in):
    handler = signed_in("h", "handler")
    save(handler)
    save(handler, query="channel__exact=fax", shared="1")
    told = SavedSearch.objects.values_list("name", "query", "shared")
    assert list(told) == [("征地信函", "channel__exact=fax", True)]


def test_who_sees_it(signed_in, elsewhere):
    owner, colleague = signed_in("h", "handler"), signed_in("c", "reviewer")
    stranger = signed_in("s", "handler", agency=elsewhere)
    save(owner)
    save(owner, name="共用的", shared="1")
    assert [named(c) for c in (owner, colleague, stranger)] == [
        ["共用的", "征地信函"], ["共用的"], [],
    ]  # fmt: skip


def test_who_deletes_it(signed_in, elsewhere):
    owner, colleague = signed_in("h", "handler"), signed_in("c", "reviewer")
    stranger = signed_in("s", "handler", agency=elsewhere)
    save(owner, shared="1")
    url = reverse(DELETE, args=[SavedSearch.objects.get().pk])
    told = [c.post(url).status_code for c in (stranger, colleague, owner)]
    assert told == [404, 403, 302]
    assert SavedSearch.objects.count() == 0
    assert owner.get(url).status_code == 405


@pytest.mark.parametrize(
    ("name", "query", "told"),
    [
        ("", QUERY, "请填写查询的名称"),
        ("长" * 61, QUERY, "请填写查询的名称"),
        ("空", "p=3&e=1", "先筛选或搜索"),
    ],
)
def test_what_cannot_be_saved_is_told(signed_in, name, query, told):
    handler = signed_in("h", "handler")
    save(handler, name=name, query=query)
    assert told in text(handler.get(LIST))
    assert SavedSearch.objects.count() == 0


def test_the_place_in_the_list_is_no_part_of_it():
    assert filters("q=b&p=3&all=&channel__exact=post&e=1&q=a") == (
        "channel__exact=post&q=a&q=b"
    )
