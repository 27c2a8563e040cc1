"""Evidence written under its headings, and read back from there."""

from requests_app.domain.guide import BY_KEY, FIRST
from requests_app.domain.guide_evidence import read_back, written


def test_the_evidence_stands_under_its_headings():
    held = BY_KEY["held"]
    told = {"where": "公文系统", "terms": "征地", "who": "张三", "result": "无"}
    assert written(held, told, "另问了国土科") == (
        "检索范围：公文系统\n检索词：征地\n检索人：张三\n检索结果：无\n说明：另问了国土科"
    )
    assert written(FIRST, {}, "写得清楚") == "写得清楚"
    assert written(FIRST, {}, "") == ""


def test_the_evidence_is_read_back_from_under_its_headings():
    held = BY_KEY["held"]
    told = {"where": "公文系统\n档案室", "terms": "征地", "who": "张三", "result": "无"}
    assert read_back(held, written(held, told, "另问了国土科")) == told
    assert read_back(held, "从前的一句话") == {}
