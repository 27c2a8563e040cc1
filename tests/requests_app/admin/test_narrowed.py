"""The list by agency, unit, handler, topic and doubt: each with the others, kept, exported,
put in words, and never beyond what is in sight."""

import csv
import io
import re
from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from requests_app.domain import events as happened
from requests_app.models import DisclosureRequest, SavedSearch, Unit
from requests_app.services.recording import record, register
from tests.requests_app.admin.test_acts import text

pytestmark = pytest.mark.django_db
LIST = reverse("admin:requests_app_disclosurerequest_changelist")
CSV = reverse("admin:requests_app_disclosurerequest_export", args=["csv"])
DAY, TODAY = date(2024, 10, 8), date(2024, 10, 11)


@pytest.fixture
def reader(signed_in):
    return signed_in("读者", "handler")


@pytest.fixture
def world(office, elsewhere, person, at):
    """Name → key, and requests told apart by their subject."""
    deps = at("2024-10-11")
    li, wang = person("李四", "handler"), person("王五", "handler", agency=elsewhere)
    here = Unit.objects.create(agency=office, name="法规处")
    there = Unit.objects.create(agency=elsewhere, name="外省处")

    def made(subject, *, agency=office, topic="", **desk):
        one = register(
            agency=agency, received_on=DAY, subject=subject, topic=topic,
            channel="post", by=None, deps=deps,
        )  # fmt: skip
        if desk:
            record(one, happened.Assigned(on=TODAY, **desk), by=None, deps=deps)
        return one

    made("李四的", handler=li.pk, topic="土地征收")
    made("法规处的", unit=here.pk, topic="环境保护")
    made("李四在法规处的", handler=li.pk, unit=here.pk)
    doubted = made("有疑点的")
    made("外省的", agency=elsewhere, handler=wang.pk, unit=there.pk, topic="土地")
    DisclosureRequest.objects.filter(pk=doubted.pk).update(
        findings=[{"rule": "unconfirmed", "on": "2024-10-08", "message": "", "article": ""}]
    )  # fmt: skip
    return {"li": li.pk, "wang": wang.pk, "here": here.pk, "there": there.pk}


ALL = {"李四的", "法规处的", "李四在法规处的", "有疑点的"}
CASES = {
    "handler": ({"handler": "li"}, {"李四的", "李四在法规处的"}, "承办人：李四"),
    "unit": ({"unit": "here"}, {"法规处的", "李四在法规处的"},
             "承办单位：法规处 · 云南省人民政府"),
    "both": ({"handler": "li", "unit": "here"}, {"李四在法规处的"},
             "承办单位：法规处 · 云南省人民政府；承办人：李四"),
    "topic": ({"topic": "土地"}, {"李四的"}, "主题：土地"),
    "doubt": ({"doubt": "yes"}, {"有疑点的"}, "办理疑点：有疑点"),
    "no doubt": ({"doubt": "no", "handler": "li"}, {"李四的", "李四在法规处的"},
                 "承办人：李四；办理疑点：没有疑点"),
    "doubt of a rule": ({"doubt": "unconfirmed"}, {"有疑点的"}, "办理疑点：尚未确认或签收"),
    "doubt of another": ({"doubt": "reply_late"}, set(), "办理疑点：逾期答复"),
    "no rule": ({"doubt": "unconfirmed%"}, ALL, ""),
    "area": ({"area": "530000"}, ALL, "机关及所辖：云南省人民政府"),
    "with a column": ({"handler": "li", "channel__exact": "fax"}, set(),
                      "承办人：李四；申请方式：传真"),
    "with days and words": (
        {"handler": "li", "received_on_from": "2024-10-08", "q": "法规处"},
        {"李四在法规处的"}, "承办人：李四；收到日期：2024-10-08 – …；搜索：法规处"),
    "out of sight: handler": ({"handler": "wang"}, set(), "承办人：—"),
    "out of sight: unit": ({"unit": "there"}, set(), "承办单位：—"),
    "out of sight: area": ({"area": "990000"}, set(), "机关及所辖：—"),
    "no key": ({"handler": "李四"}, set(), "承办人：—"),
    "no key of a database": ({"unit": "9" * 30}, set(), "承办单位：—"),
    "nothing": ({}, ALL, ""),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_the_list_its_words_and_its_file(reader, world, case):
    asked, subjects, words = CASES[case]
    query = {name: world.get(told, told) for name, told in asked.items()}
    answer = reader.get(LIST, query)
    listed = {one.wording.subject for one in answer.context["cl"].result_list}
    body = b"".join(reader.get(CSV, query).streaming_content).decode("utf-8-sig")
    filed = {row["申请内容"] for row in csv.DictReader(io.StringIO(body))}
    assert (listed, filed, in_words(text(answer))) == (subjects, subjects, words)


def in_words(page: str) -> str:
    told = re.search(r'<p class="office-conditions">条件：(.*?)</p>', page)
    return unescape(re.sub("<[^>]+>", "", told[1])) if told else ""


EMPTY = {
    "none yet": ({}, "还没有记录"),
    "filtered": ({"doubt": "yes"}, "没有符合条件的记录 可以改动或者清除筛选条件。"),
    "searched": ({"q": "某批复"}, "没有符合条件的记录 可以换个搜索词，或者清除搜索和筛选。"),
}  # fmt: skip


@pytest.mark.parametrize("case", EMPTY)
def test_an_empty_list_tells_whether_there_is_anything_at_all(reader, case):
    query, told = EMPTY[case]
    page = text(reader.get(LIST, query))
    empty = page.partition('aria-hidden="true">inbox</span>')[2].partition("</div>")[0]
    words = " ".join(re.sub("<[^>]+>", " ", empty).split())
    assert words.removesuffix(" 清除，看全部") == told


def test_it_is_kept_with_the_search(reader, world):
    query = f"handler={world['li']}&topic=%E5%9C%9F%E5%9C%B0"
    save = reverse("admin:requests_app_disclosurerequest_search_save")
    reader.post(save, {"name": "李四的土地", "query": query})
    [kept] = SavedSearch.objects.values_list("query", flat=True)
    shown = reader.get(f"{LIST}?{kept}")
    assert [r.wording.subject for r in shown.context["cl"].result_list] == ["李四的"]
    assert in_words(text(shown)) == "承办人：李四；主题：土地"


def test_everything_at_once_takes_under_ten_statements(reader, world):
    query = {
        "handler": world["li"], "unit": world["here"], "area": "530000", "topic": "土",
        "doubt": "no", "queue": "unit", "q": "〔2024〕1号",
    }  # fmt: skip
    with CaptureQueriesContext(connection) as asked:
        reader.get(LIST, query)
    told = [q["sql"] for q in asked if q["sql"].startswith("SELECT")]
    assert len(told) < 10, told  # the first page of a minute moves the session besides
