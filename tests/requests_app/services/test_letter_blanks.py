"""What the log knows already is not typed a second time."""

from datetime import date
from decimal import Decimal

import pytest

from requests_app.domain.events import (
    DelayAgreed,
    Extended,
    FeeNoticed,
    StepDecided,
    SupplementAsked,
)
from requests_app.domain.guide import BY_KEY
from requests_app.domain.guide_evidence import written
from requests_app.domain.letters import LetterKind, unfilled
from requests_app.domain.vocabulary import Outcome
from requests_app.services.recording import record
from tests.requests_app.services.drafting import drafted, later

pytestmark = pytest.mark.django_db


def test_an_extension_says_where_it_leads(found, handler, deps):
    told = drafted(found, handler, deps, LetterKind.EXTENSION_NOTICE, None)
    assert told.decision == (
        "因【延期理由】，本机关不能在2026年3月30日前答复。经本机关政府信息公开工作机构"
        "负责人同意，答复期限延长20个工作日，本机关将于2026年4月28日前答复您。"
    )


def test_a_delay_says_what_was_said_and_fixed_when_it_was_recorded(
    found, handler, deps
):
    empty = drafted(found, handler, deps, LetterKind.DELAY_NOTICE, None)
    assert unfilled(empty.decision) == ["申请人说明的理由", "日期"]
    delay = DelayAgreed(on=date(2026, 3, 20), until=date(2026, 6, 30))
    found = record(found, delay, by=handler, deps=later(deps), remark="同时申请三十件")
    told = drafted(found, handler, deps, LetterKind.DELAY_NOTICE, None)
    assert told.decision == (
        "您申请公开政府信息的数量、频次明显超过合理范围，您说明的理由为：同时申请三十件。\n"
        "经审查，本机关认为理由合理，但不能在2026年3月30日前答复，现确定延迟答复，"
        "本机关将于2026年6月30日前答复您。"
    )


def test_an_extension_that_is_recorded_is_told_as_recorded(found, handler, deps):
    five = Extended(on=date(2026, 3, 20), days=5, consented_by=handler.pk)
    found = record(found, five, by=handler, deps=later(deps), remark="需调卷")
    told = drafted(found, handler, deps, LetterKind.EXTENSION_NOTICE, None)
    assert told.decision == (
        "因需调卷，本机关不能在2026年3月30日前答复。经本机关政府信息公开工作机构负责人同意，"
        "答复期限延长5个工作日，本机关将于2026年4月7日前答复您。"
    )


def test_a_fee_is_the_one_that_was_noticed(found, handler, deps):
    fee = FeeNoticed(on=date(2026, 3, 20), amount=Decimal("700"), pages=100)
    found = record(found, fee, by=handler, deps=later(deps))
    told = drafted(found, handler, deps, LetterKind.FEE_NOTICE, None)
    assert "应当收取信息处理费700元（计算方法：按量，共100页）。" in told.decision
    assert unfilled(told.decision) == ["缴纳方式"]


def test_a_lapse_tells_when_the_supplement_was_asked_for(fresh, handler, deps):
    asked = SupplementAsked(on=date(2026, 3, 20))
    found = record(fresh, asked, by=handler, deps=deps)
    lapsed = Outcome.SUPPLEMENT_LAPSED
    told = drafted(found, handler, deps, LetterKind.LAPSED, lapsed)
    assert told.decision.startswith("本机关已于2026年3月20日告知您补正，")


def answered(found, step, choice, handler, deps, **evidence):
    text = written(BY_KEY[step], evidence, "仅供内部参考")
    event = StepDecided(on=date(2026, 3, 20), step=step, choice=choice)
    record(found, event, by=handler, deps=deps, remark=text)


def test_the_search_that_the_guide_kept_is_told_without_who_searched(
    found, handler, deps
):
    kept = {"where": "公文系统", "terms": "征地", "who": "李四", "result": "无"}
    answered(found, "held", "not_held", handler, deps, **kept)
    told = drafted(found, handler, deps, LetterKind.NOT_HELD, Outcome.NOT_HELD)
    assert told.decision == (
        "经检索，本机关未制作或者获取您申请公开的政府信息，该信息不存在。\n"
        "检索情况：检索范围：公文系统；检索词：征地；检索结果：无。"
    )


def test_the_weighing_stays_to_be_gone_over(found, handler, deps):
    kept = {
        "third_party": "客户名单",
        "public_interest": "不大",
        "three_securities": "无",
    }
    answered(found, "give", "trade_secret", handler, deps, **kept)
    secret = Outcome.TRADE_SECRET
    told = drafted(found, handler, deps, LetterKind.REFUSED, secret)
    assert unfilled(told.decision) == [
        "第三方权益：客户名单；公共利益：不大；三安全一稳定：无"
    ]
