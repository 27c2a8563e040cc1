"""Whatever a file holds: an answer and no exception, all of it or nothing, and the same
file again changes nothing."""

import csv
import io
from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from requests_app.domain.vocabulary import ApplicantKind, Channel, Outcome
from requests_app.models import DisclosureRequest, LogEntry
from tests.files import done, workbook

pytestmark = pytest.mark.django_db
several = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
DAY = st.dates(date(2018, 1, 1), date(2018, 12, 31))
WRITTEN = st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日"])
EMPTY = st.just("")


def terms(kind):
    return st.sampled_from([*kind]).flatmap(lambda t: st.sampled_from([t.value, t.zh]))


#: column → what a careful office writes into it
# fmt: off
CAREFUL = {
    "number": st.integers(1, 30).map("〔2018〕{}号".format) | EMPTY,
    "agency": st.just("530000"),
    "channel": terms(Channel) | EMPTY,
    "received_on": st.builds(date.strftime, DAY, WRITTEN),
    "applicant_kind": terms(ApplicantKind) | EMPTY,
    "subject": st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40),
    "extended_on": st.builds(date.strftime, DAY, WRITTEN) | EMPTY,
    "extension_days": st.integers(1, 40).map(str) | EMPTY,
    "consulted_on": st.builds(date.strftime, DAY, WRITTEN) | EMPTY,
    "replied_on": st.builds(date.strftime, DAY, WRITTEN),
    "outcome": terms(Outcome),
    "fee": st.decimals(0, 999, places=2).map(str) | EMPTY,
}
# fmt: on
GARBAGE = st.text(max_size=20) | st.sampled_from(
    ["\0", "=1+1", "'", '"', "9" * 400, "2018-02-30", "NaN", "-1", "𠮷", "\u202e", "٣"]
)
CAREFUL_ROW = st.fixed_dictionaries(CAREFUL)
ANY_ROW = st.fixed_dictionaries(
    {
        column: st.one_of(value, value, value, GARBAGE)
        for column, value in CAREFUL.items()
    }
)


def table(rows) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(CAREFUL))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def imported_twice(load, content: bytes | str) -> None:
    with transaction.atomic():
        told = load(content)
        count = DisclosureRequest.objects.count()
        lines = {fault["line"] for fault in told["rejected"]}
        if told["rejected"]:
            assert (count, LogEntry.objects.count()) == (0, 0)
            assert lines <= set(range(told["read"] + 1_000))
        else:
            assert done(told) == (count, count, 0, 0)
            before = list(LogEntry.objects.order_by("pk").values())
            assert done(load(content)) == (count, 0, 0, count)
            assert list(LogEntry.objects.order_by("pk").values()) == before
        transaction.set_rollback(True)


@several
@given(rows=st.lists(CAREFUL_ROW, max_size=5))
def test_a_careful_office(load, rows):
    imported_twice(load, table(rows))


@several
@given(
    rows=st.lists(ANY_ROW, max_size=5), encoding=st.sampled_from(["utf-8", "gb18030"])
)
def test_a_careless_office(load, rows, encoding):
    imported_twice(load, table(rows).encode(encoding, "replace"))


GOOD = (
    "机关代码,收到日期,申请内容,答复日期,答复类别\n"
    '530000,2018-02-08,"征地,批复",2018-03-06,予以公开\n'
    "530000,2018年2月9日,规划,,\n"
)
GOOD_FILES = {
    "UTF-8": GOOD.encode(),
    "GB18030": GOOD.encode("gb18030"),
    "XLSX": workbook(*csv.reader(GOOD.splitlines())),
}
DAMAGE = st.lists(
    st.tuples(
        st.floats(0, 1, exclude_max=True), st.sampled_from(["cut", "put", "flip"]),
        st.binary(min_size=1, max_size=8),
    ),
    min_size=1, max_size=6,
)  # fmt: skip


def damaged(content: bytes, blows) -> bytes:
    hurt = bytearray(content)
    for where, how, by in blows:
        place = int(where * len(hurt))
        if how == "cut":
            del hurt[place : place + len(by)]
        elif how == "put":
            hurt[place:place] = by
        else:
            hurt[place : place + len(by)] = by
    return bytes(hurt)


@pytest.mark.parametrize("kind", GOOD_FILES)
@several
@given(blows=DAMAGE)
def test_a_damaged_file(load, kind, blows):
    imported_twice(load, damaged(GOOD_FILES[kind], blows))


@pytest.mark.parametrize("kind", GOOD_FILES)
@several
@given(left=st.floats(0, 1))
def test_half_a_file(load, kind, left):
    content = GOOD_FILES[kind]
    imported_twice(load, content[: int(left * len(content))])


@several
@given(content=st.binary(max_size=300))
def test_any_bytes_at_all(load, content):
    imported_twice(load, content)


@pytest.mark.parametrize("content", GOOD_FILES.values(), ids=GOOD_FILES)
def test_the_files_were_good_before(load, content):
    assert done(load(content))[1] > 0
