"""A report that was signed in another installation: taken in once, counted once."""

import json
from copy import deepcopy
from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from wireup.integration.django import get_app_container

from reporting.dependencies import Dependencies
from reporting.formats.national_2018 import FORM
from reporting.models import Edition, Figure
from reporting.services import editions, filing, handing_up
from reporting.services.collection import collected
from reporting.services.editions import Which
from reporting.services.taking_in import take_in
from requests_app.adapters import outbound
from requests_app.dependencies import Undelivered
from requests_app.domain.regimes import NotAllowed
from requests_app.models import Agency
from requests_app.services.agencies import place
from requests_app.services.history import History, record_history
from tests.receiver import listening
from tests.reporting.conftest import granted, member
from tests.requests_app.test_outbound import LOCAL

pytestmark = pytest.mark.django_db
COUNTED = {"3.1": 1, "3.1.2": 1, "3.2": 1}


@pytest.fixture
def town(county):
    """Signs in an installation of its own; here nothing of it is in any log."""
    agency = Agency(code="530102", name="五华区", kind="government", parent=county)
    place(agency, on=None)
    return agency


@pytest.fixture
def signed(letters, county, statistics):
    """What the API of the county's own installation says of its signed report."""
    which = Which(county, 2018, FORM.key, "own")
    head = member(county, "office_head", "statistician")
    edition = filing.submit(which, by=head, deps=statistics)
    edition = filing.accept(edition, by=member_above(county), deps=statistics)
    edition = filing.sign(edition, by=head, deps=statistics)
    return json.loads(json.dumps(handing_up.told(edition)))


def member_above(county):
    return member(county.parent, "office_head", "statistician")


@pytest.fixture
def elsewhere(signed, town):
    """The same report as the town's: of an agency that has no log here."""
    return of(signed, agency=town.code)


def of(told, about=None, **changed):
    """A whole report with other content, its hash with it."""
    told = deepcopy(told) | changed
    told["edition"] |= about or {}
    told["edition"]["sha256"] = handing_up.sha256(told)
    return told


def cells(year=2018, code="530000"):
    tally = collected(FORM, year)
    [agency] = [pk for pk, node in tally.tree.nodes.items() if node.code == code]
    area = tally.area[agency]
    return {line: area.get((line, "count"), 0) for line in COUNTED}


def taken(told, statistics, source="530102.json"):
    return take_in(told, source=source, by=None, deps=statistics)


def test_it_stands_in_the_sums_once_however_often_it_is_taken_in(
    elsewhere, town, statistics
):
    before = cells()
    edition, is_new = taken(elsewhere, statistics)
    again, is_new_again = taken(elsewhere, statistics)
    assert (is_new, is_new_again, again) == (True, False, edition)
    assert (edition.agency, edition.state, edition.number) == (town, "accepted", 1)
    assert cells() == {line: before[line] + n for line, n in COUNTED.items()}
    assert cells(code="530102") == COUNTED
    assert [step.act for step in edition.steps.all()] == ["submitted", "accepted"]


def test_who_signed_it_and_whence_it_came_is_kept(elsewhere, statistics):
    edition, _ = taken(elsewhere, statistics, source="https://a.cn/")
    reason = edition.steps.first().reason
    about = elsewhere["edition"]
    assert about["signed_by"] in reason
    assert about["digest"] in reason
    assert "https://a.cn/" in reason
    assert edition.content == elsewhere
    assert editions.verify(edition, statistics) == ""


def test_it_is_taken_in_from_who_does_not_tell_a_name(elsewhere, statistics):
    edition, _ = taken(of(elsewhere, {"signed_by": None}), statistics)
    assert "未告知姓名者" in edition.steps.first().reason
    assert editions.verify(edition, statistics) == ""


def test_a_correction_takes_its_place(elsewhere, statistics):
    first, _ = taken(elsewhere, statistics)
    more = deepcopy(elsewhere["cells"])
    for line in ("3.1", "3.1.1"):
        more[line]["count"] += 1
    corrected = of(elsewhere, {"number": 2}, cells=more)
    second, is_new = taken(corrected, statistics)
    assert (second, is_new) == (first, True)
    assert cells(code="530102") == COUNTED | {"3.1": 2}
    assert Edition.objects.filter(agency__code="530102").count() == 1
    with pytest.raises(NotAllowed, match="较新的第2版"):
        taken(elsewhere, statistics)


def test_what_is_published_meanwhile_is_known_and_counts_nothing_more(
    elsewhere, statistics
):
    taken(elsewhere, statistics)
    files = [{"ending": ".pdf", "sha256": "0" * 64}]
    published = of(elsewhere, {"state": "published", "files": files})
    edition, _ = taken(published, statistics)
    assert edition.content["edition"]["files"] == files
    assert cells(code="530102") == COUNTED


@pytest.mark.parametrize(
    ("changed", "about", "said"),
    [
        ({}, {"state": "accepted"}, "尚未签发"),
        ({}, {"signed_at": None}, "尚未签发"),
        ({}, {"digest": ""}, "尚未签发"),
        ({"scope": "world"}, {}, "无法读取"),
        ({"outcome_lines": {"repeated": "3.3.5"}}, {}, "归行"),
        ({"agency": "999999"}, {}, "没有机关"),
        ({"agency": None}, {}, "没有机关"),
        ({"form": "national_1949"}, {}, "没有表式"),
        ({"year": 2019}, {}, "尚未结束"),
        ({"year": "2018"}, {}, "尚未结束"),
        ({"cells": {}}, {}, "与表式不符的格"),
        ({"cells": None}, {}, "无法读取"),
        ({}, {"number": "2"}, "无法读取"),
        ({}, {"as_of": "gestern"}, "无法读取"),
    ],
)
def test_what_is_no_signed_report_is_refused(
    elsewhere, statistics, changed, about, said
):
    with pytest.raises(NotAllowed, match=said):
        taken(of(elsewhere, about, **changed), statistics)
    assert not Edition.objects.filter(agency__code="530102").exists()


@pytest.mark.parametrize(
    ("line", "value", "said"),
    [
        ("3.1", 9, "9 ≠ 1"),  # no longer the sum of its channels
        ("3.1", -1, "不是可以填报的数值"),
        ("3.1", 1.5, "不是可以填报的数值"),
        ("3.1", "1", "不是可以填报的数值"),
        ("3.1", True, "不是可以填报的数值"),
        ("3.1", float("inf"), "不是可以填报的数值"),
    ],
)
def test_numbers_that_cannot_be_are_refused(elsewhere, statistics, line, value, said):
    told = deepcopy(elsewhere["cells"])
    told[line]["count"] = value
    with pytest.raises(NotAllowed, match=said):
        taken(of(elsewhere, cells=told), statistics)


def test_what_was_changed_on_the_way_is_refused(elsewhere, statistics):
    elsewhere["cells"]["1.1"]["count"] = 7
    with pytest.raises(NotAllowed, match="校验值不符"):
        taken(elsewhere, statistics)


def test_the_same_edition_cannot_say_something_else(elsewhere, statistics):
    taken(elsewhere, statistics)
    told = deepcopy(elsewhere["cells"])
    told["1.1"]["count"] = 7
    with pytest.raises(NotAllowed, match="同一版次"):
        taken(of(elsewhere, cells=told), statistics)


def test_an_agency_that_has_a_log_here_is_counted_from_it(
    elsewhere, town, deps, statistics
):
    row = History(agency=town, number_year=2018, channel="fax", events=granted())
    record_history([row], by=None, deps=deps)
    with pytest.raises(NotAllowed, match="办理日志"):
        taken(elsewhere, statistics)


def test_one_that_handed_up_here_is_not_taken_in_beside(elsewhere, town, statistics):
    which = Which(town, 2018, FORM.key, "own")
    filing.submit(which, by=member(town, "statistician"), deps=statistics)
    with pytest.raises(NotAllowed, match="已在本系统报送"):
        taken(elsewhere, statistics)


def test_it_is_not_signed_here_again(elsewhere, town, statistics):
    edition, _ = taken(elsewhere, statistics)
    head = member(town, "office_head")
    assert "sign" not in filing.offered(edition, head)
    with pytest.raises(NotAllowed, match="在其系统中签发"):
        filing.sign(edition, by=head, deps=statistics)


def collect(source):
    out = StringIO()
    call_command("collect_report", str(source), stdout=out)
    return json.loads(out.getvalue())


@pytest.fixture
def wired(statistics):
    fetching = replace(
        statistics,
        fetch=lambda url, headers: outbound.get(url, headers, LOCAL, most_bytes=10**6),
    )
    with get_app_container().override({Dependencies: fetching}):
        yield fetching


def test_the_command_takes_a_file(elsewhere, wired, tmp_path):
    file = tmp_path / "530102.json"
    file.write_text(json.dumps(elsewhere, ensure_ascii=False))
    told = {"agency": "530102", "year": 2018, "form": FORM.key, "scope": "own"}
    assert [collect(file), collect(file)] == [
        told | {"edition": 1, "taken_in": True},
        told | {"edition": 1, "taken_in": False},
    ]


def test_the_command_takes_an_address_with_the_key(elsewhere, wired, monkeypatch):
    monkeypatch.setenv("DISCLOSURE_KEY", "dpk_x")
    with listening() as theirs:
        theirs.served["/report"] = json.dumps(elsewhere).encode()
        url = theirs.url.replace("/callback", "/report")
        assert collect(url)["taken_in"] is True
    assert theirs.asked == [("/report?a=1", "Bearer dpk_x")]


@pytest.mark.parametrize("content", [b"", b"[]", b"\xff\xfe\x00", b"{}"])
def test_the_command_refuses_what_is_none(wired, tmp_path, content):
    file = tmp_path / "x.json"
    file.write_bytes(content)
    with pytest.raises(CommandError):
        collect(file)
    assert Edition.objects.count() == Figure.objects.count() == 0


def test_an_address_that_may_not_be_called_is_refused(statistics):
    with pytest.raises(CommandError, match="公网"):
        collect("https://127.0.0.1:1/report")
    with pytest.raises(Undelivered):
        statistics.fetch("https://a.cn/", {})
