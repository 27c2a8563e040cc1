"""A citizen in a browser, the example portal as a process, and the real API behind it."""

import os
import subprocess
import sys
from datetime import timedelta
from decimal import Decimal
from ipaddress import ip_network
from pathlib import Path

import pytest
from wireup import Injected
from wireup.integration.django import inject_app

from requests_app.dependencies import Dependencies
from requests_app.domain.awaited import last_day_to_pay
from requests_app.domain.events import (
    Extended,
    FeeNoticed,
    SupplementAsked,
    SupplementReceived,
)
from requests_app.models import Agency, DisclosureRequest, Portal
from requests_app.services import callbacks, outbox, portals
from requests_app.services.agencies import place
from requests_app.services.recording import record
from tests.server import free_port

EXAMPLE = Path(__file__).parent.parent.parent / "examples" / "portal" / "portal.py"
CHROMIUM = "/usr/bin/chromium"
pytestmark = pytest.mark.skipif(
    not Path(CHROMIUM).exists(), reason="needs a browser (Debian's chromium)"
)


@inject_app
def at_work(deps: Injected[Dependencies]) -> Dependencies:
    return deps


@pytest.fixture
def site(committed, live_server, settings):
    """The example portal's address; it has a key and a callback of its own."""
    settings.CALLBACK_NETWORKS = [ip_network("127.0.0.0/8")]
    deps, port = at_work(), free_port()
    place(Agency(code="530000", name="云南省人民政府", kind="government"), on=None)
    portal, key = portals.create(name="示例平台", codes=["530000"], deps=deps)
    address = f"http://127.0.0.1:{port}"
    secret = callbacks.set_url(portal, f"{address}/callback", deps=deps)
    process = subprocess.Popen(
        [sys.executable, str(EXAMPLE)],
        env=os.environ
        | {
            "DISCLOSURE_URL": live_server.url,
            "DISCLOSURE_KEY": key,
            "DISCLOSURE_SECRET": secret,
            "PORT": str(port),
        },
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    process.stdout.readline()
    yield address
    process.terminate()
    process.wait(10)
    process.stdout.close()


@pytest.fixture
def browser(chromium):
    context = chromium.new_context()
    page = context.new_page()
    page.set_default_timeout(60_000)
    yield page
    context.close()


def filled(page, **fields):
    for name, value in fields.items():
        page.fill(f"#{name}", value)
    sent(page)


def sent(page):
    """A click alone returns before the answer has taken the place of the form."""
    with page.expect_navigation():
        page.click("button")


def shown(page):
    names, values = page.locator("dt").all(), page.locator("dd").all()
    return {
        name.inner_text(): value.inner_text()
        for name, value in zip(names, values, strict=True)
    }


@pytest.fixture(autouse=True)
def threads_of_playwright(monkeypatch):
    """Playwright's loop runs in this thread; Django need not fear it."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


def test_a_citizen_asks_gets_a_receipt_and_looks_the_status_up(site, browser, picture):
    asked = []
    browser.on("request", lambda call: asked.append(call.url))
    browser.goto(site)
    filled(browser, name="张三", id_kind="居民身份证", id_number="530102199001011234")
    faults = browser.locator(".fault").all_inner_texts()
    assert faults == ["联系电话、通信地址、电子邮箱至少填一项", "该字段不能为空。"]
    filled(browser, phone="13800000000", subject="某路改造项目的征地批复文件")
    receipt = shown(browser)
    made = DisclosureRequest.objects.get()
    assert receipt == {
        "登记编号": made.number,
        "系统编号": made.reference,
        "查询码": receipt["查询码"],
        "收到申请之日": made.received_on.isoformat(),
        "答复期限": f"{made.due_on}" + ("（暂定）" if made.provisional else ""),
    }
    browser.go_back()  # and the same form again is the same request
    sent(browser)
    assert shown(browser) == receipt
    record(made, Extended(on=made.received_on, days=5), by=None, deps=at_work())
    outbox.deliver(deps=at_work())  # with Redis the worker's to do
    browser.goto(f"{site}/status")
    filled(browser, reference=receipt["系统编号"], query_code=receipt["查询码"].lower())
    assert (shown(browser)["阶段"], shown(browser)["等待事项"]) == ("办理", "—")
    told = browser.locator("main > p").all_inner_texts()
    today = made.received_on
    assert told == [f"{today} 已登记", f"{today} 已延期"]
    assert "张三" not in browser.content()
    record(made, SupplementAsked(on=today), by=None, deps=at_work())
    browser.go_back()
    sent(browser)
    picture(browser, "portal-awaited")
    assert browser.locator("h2").all_inner_texts() == ["请您补正", "经过"]
    assert shown(browser) == {
        "登记编号": made.number,
        "阶段": "办理",
        "等待事项": "等待您补正",
        "答复期限": "待补正或缴费后重新计算",
        "答复日期": "—",
        "告知日期": today.isoformat(),
        "期限": "补正的合理期限以告知书所定为准，自收到告知书起算（条例第三十条）",
    }
    record(made, SupplementReceived(on=today), by=None, deps=at_work())
    record(made, FeeNoticed(on=today, amount=Decimal("120")), by=None, deps=at_work())
    browser.go_back()
    sent(browser)
    picture(browser, "portal-fee")
    assert browser.locator("h2").all_inner_texts() == ["请您缴费", "经过"]
    told = shown(browser)
    last, because = last_day_to_pay(today, at_work().calendar)
    assert [told.get(name) for name in ("等待事项", "最后一日", "期限", "应缴金额")] == [
        "等待您缴费", last and last.isoformat(), because.partition(" (")[0], "120.00 元",
    ]  # fmt: skip
    assert [url for url in asked if not url.startswith(site)] == []


def test_a_wrong_code_shows_nothing(site, browser):
    browser.goto(f"{site}/status")
    filled(browser, reference="530000-2026-1", query_code="A" * 12)
    assert browser.locator(".fault").inner_text() == "编号或查询码不符"


def test_a_callback_that_is_not_genuine_is_not_heard(site):
    from urllib.error import HTTPError
    from urllib.request import Request, urlopen

    portal = Portal.objects.get()
    later = at_work().clock.now() + timedelta(days=1)
    for headers in ({}, {"webhook-id": "1", "webhook-timestamp": str(int(later.timestamp())), "webhook-signature": "v1,x"}):  # fmt: skip
        with pytest.raises(HTTPError) as refused:
            urlopen(Request(f"{site}/callback", b"{}", headers))
        assert refused.value.code == 401
        refused.value.close()
    assert portal.callback.stopped_at is None
