"""The office's own text: versions, what is told of it, and what signing freezes."""

from dataclasses import replace

import pytest

from reporting.models import ChapterText, Report
from reporting.services import editions, filing, jobs, writing
from reporting.services.editions import Which
from reporting.services.obstacles import obstacles
from reporting.services.reports import report
from requests_app.domain.regimes import NotAllowed
from tests.reporting.conftest import member

pytestmark = pytest.mark.django_db


@pytest.fixture
def whole(office):
    return Which(office, 2018, "national_2018", "area")


@pytest.fixture
def head(office):
    return member(office, "office_head")


@pytest.fixture
def write(whole, head, letters, statistics):
    def write(numeral, text, seen=0, by=head):
        return writing.write(
            whole, numeral=numeral, text=text, seen=seen, by=by, deps=statistics
        )

    return write


def told(whole, deps):
    return editions.counted(whole, deps)[1]["narrative"]


def test_a_text_is_told_with_its_numbers_beside_what_the_numbers_write(
    write, whole, statistics
):
    write("一", "全年收到{3.1}件，\n  网络{3.1.3}件。  ")
    write("四", "{自动段落}\n以上。")
    narrative = told(whole, statistics)
    assert list(narrative) == ["一", "四", "五", "六"]
    assert narrative["一"] == "全年收到3件，\n网络1件。"
    assert narrative["四"].startswith("（一）受理申请的数量\n共收到政府信息公开申请3件")
    assert narrative["四"].endswith("\n以上。")


def test_every_version_is_kept_with_who_wrote_it_and_when(write, whole, head, office):
    write("一", "初稿")
    other = member(office, "statistician")
    write("一", "改稿", seen=1, by=other)
    assert [
        (t.version, t.text, t.written_by) for t in whole.filter(ChapterText)
    ] == [(1, "初稿", head), (2, "改稿", other)]  # fmt: skip


REFUSED = {
    "a second writer does not overwrite the first": (("一", "改稿", 0), "他人修改过"),
    "an unknown placeholder is named": (("一", "{9.9}", 1), "9.9"),
    "a chapter that the report has not": (("十", "文字", 0), "没有这一章：十"),
}


@pytest.mark.parametrize(("asked", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_refused_leaves_all_as_it_was(write, whole, asked, said):
    write("一", "初稿")
    with pytest.raises(NotAllowed, match=said):
        write(*asked)
    assert [t.text for t in whole.filter(ChapterText)] == ["初稿"]


def test_a_clerk_writes_no_report(write, office):
    with pytest.raises(NotAllowed, match="统计人员"):
        write("一", "文字", by=member(office, "intake_clerk"))


def test_a_wrong_number_in_the_text_is_doubted_in_its_chapter(write, whole, statistics):
    write("一", "全年收到政府信息公开申请4件。")
    found = {w.chapter.numeral: w for w in writing.chapters(whole, statistics)}
    assert [(f["rule"], f["left"], f["right"]) for f in found["一"].findings] == [
        ("cell", 4, 3)
    ]
    assert found["四"].findings == ()
    assert (found["四"].typed, found["八"].typed) == ("{自动段落}", "")


DOUBTED = {
    "rule": "S18-R15",
    "level": "soft",
    "where": {
        "line": None, "column": None, "chapter": "一",
        "text": "全年收到政府信息公开申请4",
    },
    "left": 4,
    "right": 3,
    "message": "第一章：“全年收到政府信息公开申请”写作 4，统计表 3.1 为 3"
    " / chapter 一: disagrees with the table",
}  # fmt: skip


def findings(content):
    return [f for f in content["findings"] if f["rule"] == "S18-R15"]


def test_a_number_that_disagrees_with_the_table_wants_an_explanation(
    write, whole, head, statistics
):
    write("一", "全年收到政府信息公开申请4件。")
    _tally, content = editions.counted(whole, statistics)
    assert findings(content) == [DOUBTED]
    [obstacle] = [
        one
        for one in obstacles(whole, user=head, deps=statistics)
        if one.rule == "S18-R15"
    ]
    assert (obstacle.kind, obstacle.chapter) == ("soft", "一")
    with pytest.raises(NotAllowed, match="S18-R15 须说明：第一章"):
        filing.submit(whole, by=head, deps=statistics)
    filing.explain(whole, found=DOUBTED, text="含口头一件", by=head, deps=statistics)
    edition = filing.submit(whole, by=head, deps=statistics)
    assert findings(edition.content) == [DOUBTED]
    write("一", "全年收到政府信息公开申请5件。", seen=1)
    edition.refresh_from_db()
    assert [f["left"] for f in findings(edition.content)] == [5]
    with pytest.raises(NotAllowed, match="S18-R15"):
        filing.sign(edition, by=head, deps=statistics)


def test_a_text_of_bound_numbers_is_not_doubted(write, whole, statistics):
    write("一", "{自动段落}\n全年收到政府信息公开申请{3.1}件。")
    _tally, content = editions.counted(whole, statistics)
    assert findings(content) == []


def test_a_look_at_a_text_saves_nothing(write, whole, statistics):
    (first, *_) = writing.chapters(whole, statistics, {"一": "收到{3.1}件"})
    assert (first.told, first.version) == ("收到3件", 0)
    assert whole.filter(ChapterText).count() == 0


@pytest.mark.parametrize(("length", "too_long"), [(1000, False), (1001, True)])
def test_the_guide_asks_for_about_a_thousand_characters(length, too_long):
    from reporting.formats.national_2021 import FORM

    one = writing.Written(
        chapter=FORM.chapter("一"),
        version=1,
        typed="",
        told="字" * length,
        generated="",
    )
    assert one.too_long == too_long
    assert not replace(one, chapter=FORM.chapter("五")).too_long


def test_the_draft_says_the_new_text(write, whole, statistics):
    jobs.run(jobs.ask(year=2018, deps=statistics), deps=statistics)
    before = whole.filter(Report).get()
    write("一", "收到{3.1}件")
    draft = whole.filter(Report).get()
    assert (draft.content["narrative"]["一"], draft.digest == before.digest) == (
        "收到3件", False,
    )  # fmt: skip
    assert draft.renderings.get(ending=".csv").state == "asked"
    jobs.run(
        jobs.ask(year=2018, deps=statistics, since=statistics.clock.now()),
        deps=statistics,
    )
    assert whole.filter(Report).get().digest == draft.digest


def test_a_number_that_nobody_knows_stands_in_the_way(write, whole, head, statistics):
    write("一", "比上年{3.1 同比}。")
    with pytest.raises(NotAllowed, match=r"第一章的 \{3\.1 同比\} 还没有数"):
        filing.submit(whole, by=head, deps=statistics)


def test_a_text_is_mended_until_it_is_signed_and_then_stands(
    write, whole, head, statistics
):
    write("一", "收到{3.1}件")
    edition = filing.submit(whole, by=head, deps=statistics)
    write("一", "共收到{3.1}件", seen=1)
    edition.refresh_from_db()
    assert edition.content["narrative"]["一"] == "共收到3件"
    write("二", "{2.1}", seen=0)
    with pytest.raises(NotAllowed, match=r"第二章的 \{2\.1\} 还没有数"):
        filing.sign(edition, by=head, deps=statistics)
    write("二", "已完成", seen=1)
    signed = filing.sign(edition, by=head, deps=statistics)
    write("一", "签发之后", seen=2)
    signed.refresh_from_db()
    assert signed.content["narrative"]["一"] == "共收到3件"
    assert editions.verify(signed, statistics) == ""


def test_an_accepted_text_is_not_rewritten(office, county, letters, head, statistics):
    below = Which(county, 2018, "national_2018", "own")
    chief = member(county, "office_head")
    by = {"by": chief, "deps": statistics}
    writing.write(below, numeral="一", text="收到{3.1}件", seen=0, **by)
    edition = filing.submit(below, **by)
    filing.accept(edition, by=head, deps=statistics)
    with pytest.raises(NotAllowed, match="上级已接收"):
        writing.write(below, numeral="一", text="改稿", seen=1, **by)
    edition.refresh_from_db()
    assert edition.content["narrative"]["一"] == "收到1件"
    edition = filing.send_back(edition, remarks=[], reason="改文字", **by)
    writing.write(below, numeral="一", text="共{3.1}件", seen=1, **by)
    assert filing.submit(below, **by).content["narrative"]["一"] == "共1件"


def test_the_area_and_the_office_alone_have_texts_of_their_own(
    write, whole, office, statistics
):
    write("一", "收到{3.1}件")
    tally, _content = editions.counted(whole, statistics)
    assert [
        report(tally, office.pk, scope)["narrative"].get("一") for scope in ("area", "own")
    ] == ["收到3件", None]  # fmt: skip
