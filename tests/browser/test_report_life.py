"""The life of a report, clicked: handed up with a mistake mended, sent back, accepted, signed,
published, opened, and corrected after a letter that came late."""

from contextlib import ExitStack
from dataclasses import replace

import pytest
from celery import current_app
from wireup.integration.django import get_app_container

from disclosure import wiring
from reporting.dependencies import Dependencies
from requests_app.models import Agency
from requests_app.services.agencies import place
from requests_app.services.history import History, record_history
from tests.browser.test_journeys import follow, go
from tests.fakes import FixedClock
from tests.reporting.conftest import granted

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def worker():
    """Stands at the bell: with a broker too, what is asked for is done before the page is."""
    before = current_app.conf.task_always_eager
    current_app.conf.task_always_eager = True
    yield
    current_app.conf.task_always_eager = before


@pytest.fixture
def on(at, worker):
    """`on(day)`: cases and statistics alike are served on that day, with two files a report."""
    with ExitStack() as stack:

        def day(told: str) -> None:
            at(told)
            ours = wiring.reporting_deps(FixedClock.on(told))
            few = {e: ours.renderers[e] for e in (".csv", ".html")}
            then = replace(ours, renderers=few, release="0.1.0")
            stack.enter_context(get_app_container().override({Dependencies: then}))

        yield day


@pytest.fixture
def county(office):
    agency = Agency(code="530100", name="昆明市", kind="government", parent=office)
    place(agency, on=None)
    return agency


@pytest.fixture
def arrives(deps):
    """A letter of March 2018, granted in eight days."""

    def letter(*agencies) -> None:
        rows = [
            History(agency=agency, number_year=2018, channel="post", events=granted())
            for agency in agencies
        ]
        record_history(rows, by=None, deps=deps)

    return letter


def fill(page, cells: dict[str, int]) -> None:
    """Line, as its anchor has it → what is typed."""
    for line, value in cells.items():
        page.fill(f"#c-{line}-count", str(value))
    go(page, "text=保存并校核 >> nth=0")


def row(agency: str, scope: str = "本机关") -> str:
    return f".report-board tr:has-text('{agency}'):has-text('{scope}')"


def board(page, agency: str, clicked: str, scope: str = "本机关") -> None:
    follow(page, "报送情况")
    go(page, f"{row(agency, scope)} >> text={clicked}")


def act(page, name: str) -> None:
    go(page, f"button:text-is('{name}')")


def test_a_report_from_the_first_count_to_its_correction(
    signed_in, on, office, county, arrives, picture
):
    on("2019-01-10")
    arrives(office, office, county)
    clerk = signed_in("县统计", "statistician", agency=county)
    above = signed_in("省统计", "statistician")

    board(clerk, "昆明市", "去统计")
    act(clerk, "统计 2018 年")
    picture(clerk, "life-01-counted")
    board(clerk, "昆明市", "去填报")
    picture(clerk, "life-02-entry")
    fill(clerk, {"8_1": 1, "8_3": 5, "8_3_1": 2, "8_3_2": 2})
    picture(clerk, "life-03-mistake")
    board(clerk, "昆明市", "未报送")
    picture(clerk, "life-04-blocked")
    assert "S18-R13" in clerk.inner_text("body")
    assert clerk.locator("button:text-is('报送')").count() == 0
    go(clerk, "text=去填报")
    fill(clerk, {"8_3": 4})
    board(clerk, "昆明市", "未报送")
    picture(clerk, "life-05-mended")
    act(clerk, "报送")
    picture(clerk, "life-06-submitted")

    board(above, "昆明市", "已报送")
    above.click("text=退回或撤回")
    above.select_option("[name=at] >> nth=0", "8.1|count")
    above.fill("[name=text] >> nth=0", "县政府办也有一个机构")
    picture(above, "life-07-sending-back")
    act(above, "退回")
    picture(above, "life-08-returned")

    board(clerk, "昆明市", "已退回")
    assert "县政府办也有一个机构" in clerk.inner_text("body")
    picture(clerk, "life-09-mending")
    go(clerk, ".office-effect >> text=去填报")
    fill(clerk, {"8_1": 2})
    board(clerk, "昆明市", "已退回")
    go(clerk, "text=去重新报送")
    act(clerk, "报送")
    assert "已改数" in clerk.inner_text("body")

    on("2019-01-11")
    board(above, "昆明市", "已报送")
    act(above, "审核通过")
    follow(above, "报送情况")
    picture(above, "life-10-accepted")
    go(above, f"{row('云南省', '本级及所辖')} >> text=重新统计")
    follow(above, "报送情况")
    assert above.locator(".report-behind").count() == 0

    head = signed_in("县主任", "office_head", agency=county)
    board(head, "昆明市", "已审核")
    act(head, "签发")
    act(head, "公布")
    picture(head, "life-11-published")
    go(head, ".report-paper tr:has-text('4.信函申请数') a")
    picture(head, "life-12-opened")
    assert head.locator("tbody tr").count() == 1

    on("2019-02-20")
    arrives(county)
    board(head, "昆明市", "已公布")
    picture(head, "life-13-late-letter")
    received = ".report-paper tr:has-text('（一）收到申请数') a"
    assert head.inner_text(received) == "1"
    assert "签发后补录" in head.inner_text("body")
    board(clerk, "昆明市", "已公布")
    go(clerk, "text=去报送更正")
    clerk.fill("[name=reason]", "补录一件信函申请")
    picture(clerk, "life-14-correcting")
    act(clerk, "报送更正")
    board(above, "昆明市", "已报送")
    act(above, "审核通过")
    board(head, "昆明市", "已审核")
    act(head, "签发")
    picture(head, "life-15-corrected")
    head.set_viewport_size({"width": 390, "height": 900})
    picture(head, "life-16-corrected-narrow")
    assert head.inner_text(received) == "2"
    go(head, "text=第1版")
    picture(head, "life-17-superseded-narrow")
    assert head.inner_text(received) == "1"
    go(head, ".overview-years >> text=报送情况")
    picture(head, "life-18-board-narrow")
