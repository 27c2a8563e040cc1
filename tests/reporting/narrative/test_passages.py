"""Texts as offices send them: broken by pages, full-width, with tables inside."""

import pytest

from reporting.narrative.passages import Passage, TableRow, read


def texts(document):
    return [part.text for part in read(document) if isinstance(part, Passage)]


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ("全省收到申请 3605 件。", ["全省收到申请3605件。"]),
        ("收到申请３６０５件,占２０.５３％.", ["收到申请3605件，占20.53%."]),
        ("收到1,234,567条(次)", ["收到1234567条（次）"]),
        ("收到１，２３４条", ["收到1234条"]),
        ("收到7件，891件", ["收到7件，891件"]),
        ("“同意公开”的 1240 件", ["同意公开的1240件"]),
        ("\t全省收到申请 5 件", ["全省收到申请5件"]),
        ("收到申请\t5 件。", ["收到申请5件。"]),
        ("政府网站**发布**信息", ["政府网站发布信息"]),
    ],
)
def test_a_passage_has_one_width_and_no_spaces(document, expected):
    assert texts(document) == expected


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ("州、市\n\n主动公开 5 条。", ["州、市主动公开5条。"]),
        ("甲。\n乙。", ["甲。", "乙。"]),
        ("（一）行政复议\n\n共 5 件。", ["（一）行政复议", "共5件。"]),
        ("做好工作\n2. 狠抓落实。", ["做好工作", "2.狠抓落实。"]),
        ("做好工作\n四、申请情况", ["做好工作", "四、申请情况"]),
    ],
)
def test_a_sentence_broken_by_the_page_is_joined(document, expected):
    assert texts(document) == expected


def test_every_character_knows_where_it_stood():
    document = "　收到“申请” 3,605 件，\n\n占比 5％"
    (passage,) = read(document)
    start = passage.text.index("3605")
    first, last = passage.place(start, start + 4)
    assert document[first:last] == "3,605"
    start = passage.text.index("5%")
    first, last = passage.place(start, start + 2)
    assert document[first:last] == "5％"


def test_a_passage_knows_its_heading():
    document = "五、救济\n（一）行政复议\n共5件。\n（二）行政诉讼\n共3件。"
    told = [(p.text, p.heading) for p in read(document)]
    assert told == [
        ("五、救济", ""),
        ("（一）行政复议", "五、救济"),
        ("共5件。", "（一）行政复议"),
        ("（二）行政诉讼", "（一）行政复议"),
        ("共3件。", "（二）行政诉讼"),
    ]


def test_rows_of_a_table_are_read_box_by_box():
    document = "附件\n1. 当面申请数\t件\t740\n| 规章 | 2 |"
    rows = [part.boxes for part in read(document) if isinstance(part, TableRow)]
    texts = [[document[start:end] for _, start, end in boxes] for boxes in rows]
    assert texts == [["1. 当面申请数", "件", "740"], ["规章", "2"]]
