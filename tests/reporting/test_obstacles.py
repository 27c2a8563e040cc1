"""报告障碍清单: everything that stands in a report's way, each with where it is mended."""

import pytest
from django.urls import reverse

from reporting.models import Figure
from reporting.services import editions, filing, writing
from reporting.services.editions import Which
from reporting.services.obstacles import REFUSES, obstacles
from requests_app.domain.regimes import NotAllowed
from requests_app.models import Agency, Appeal, DisclosureRequest
from requests_app.services.agencies import place
from tests.reporting.admin.test_editions import of, text
from tests.reporting.conftest import member

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(office):
    return Which(office, 2018, "national_2018", "own")


def entered(agency, line, value):
    return Figure.objects.create(
        agency=agency, year=2018, form="national_2018", line=line, column="count",
        value=value, entered_at="2019-01-05T09:00:00+08:00",
    )  # fmt: skip


def listed(which, by, deps, *kinds):
    return [one for one in obstacles(which, user=by, deps=deps) if one.kind in kinds]


def test_what_refuses_the_report_stands_first(own, letters, statistics):
    entered(own.agency, "8.3", 5)
    entered(own.agency, "8.3.1", 2)
    entered(own.agency, "8.3.2", 2)
    found = obstacles(own, user=member(own.agency), deps=statistics)
    assert (found[0].kind, found[0].rule, found[0].cell) == (
        "hard", "S18-R13", ("8.3", "count"),
    )  # fmt: skip
    blank = [one.cell[0] for one in found if one.kind == "blank"]
    assert len(blank) == 23 and not {"8.3", "8.3.1", "8.3.2"} & {*blank}


def test_a_chapter_that_nobody_wrote_is_listed_and_blocks_nothing(
    own, letters, statistics
):
    found = listed(own, member(own.agency), statistics, "chapter")
    assert {one.rule for one in found} == {"chapter_not_written"}
    assert [one.said[0] for one in found] == list("一二三七八九")
    assert "chapter" not in REFUSES
    writing.write(
        own, numeral="一", text="概述", seen=0,
        by=member(own.agency, "office_head"), deps=statistics,
    )  # fmt: skip
    left = listed(own, member(own.agency), statistics, "chapter")
    assert [one.said[0] for one in left] == list("二三七八九")


def test_a_request_without_a_channel_is_named_and_can_be_opened(
    own, letters, statistics
):
    DisclosureRequest.objects.filter(pk=letters[0].pk).update(channel="")
    [found] = listed(own, member(own.agency), statistics, "requests")
    assert (found.rule, found.requests) == (
        "channel_missing", ((letters[0].pk, letters[0].reference),),
    )  # fmt: skip


def test_late_among_the_extended_is_explained_before_it_is_signed(
    own, letters, statistics
):
    head = member(own.agency, "office_head")
    DisclosureRequest.objects.update(timeliness="extended")
    edition = filing.submit(own, by=head, deps=statistics)
    DisclosureRequest.objects.filter(pk=letters[0].pk).update(timeliness="late")
    [found] = listed(own, head, statistics, "late")
    assert (found.rule, found.cell) == ("late_among_extended", ("3.2.2", "count"))
    with pytest.raises(NotAllowed, match="late_among_extended"):
        filing.sign(edition, by=head, deps=statistics)
    [soft] = editions.unexplained(own, editions.counted(own, statistics)[1])
    filing.explain(own, found=soft, text="疫情期间", by=head, deps=statistics)
    assert listed(own, head, statistics, "late") == []
    assert filing.sign(edition, by=head, deps=statistics).state == "signed"


def test_reports_from_below_that_are_missing_or_late_are_listed(
    office, county, letters, statistics
):
    area = Which(office, 2018, "national_2018", "area")
    by = member(office, "statistician")
    rows = [one.row for one in listed(area, by, statistics, "below")]
    assert [(r.agency, r.scope, r.late) for r in rows] == [(county, "own", False)]
    filing.submit(
        Which(county, 2018, "national_2018", "own"),
        by=member(county, "statistician"), deps=statistics,
    )  # fmt: skip
    assert listed(area, by, statistics, "below") == []


def test_a_correction_whose_order_nobody_told_is_listed_until_it_is_told(
    own, letters, statistics
):
    def corrected(number, decided_on, **also):
        return Appeal.objects.create(
            agency=own.agency, procedure="reconsideration", case_number=number,
            filed_on="2018-02-01", decided_on=decided_on, result="corrected", **also,
        )  # fmt: skip

    case = corrected("甲", "2018-04-01")
    corrected("乙", "2019-04-01")
    corrected("丙", "2018-04-01", orders_disclosure=False)
    [found] = listed(own, member(own.agency), statistics, "orders")
    assert (found.said, found.appeals) == ("共 1 件", ((case.pk, "甲"),))
    there = reverse("admin:requests_app_appeal_change", args=[case.pk])
    seen = of(own.agency, "statistician")
    shown = text(seen.get(page(own.agency, query="?scope=own")))
    every = reverse("admin:requests_app_appeal_changelist")
    assert f'href="{there}"' in shown
    assert f'href="{every}?untold=1"' in shown
    Appeal.objects.filter(pk=case.pk).update(orders_disclosure=True)
    assert listed(own, member(own.agency), statistics, "orders") == []


def page(agency, year=2018, query=""):
    there = reverse("admin:reporting_edition_obstacles", args=[agency.pk, year])
    return there + query


def test_the_page_leads_to_where_each_is_mended(own, letters):
    entered(own.agency, "1.1.s1", 5)
    entered(own.agency, "1.1", 4)
    DisclosureRequest.objects.filter(pk=letters[0].pk).update(channel="")
    shown = text(
        of(own.agency, "statistician").get(page(own.agency, query="?scope=own"))
    )
    there = reverse(
        "admin:reporting_figure_enter", args=[own.agency.pk, 2018, "national_2018"]
    )
    opened = reverse(
        "admin:requests_app_disclosurerequest_change", args=[letters[0].pk]
    )
    assert f'href="{there}#c-1_1_s1-count"' in shown
    assert f'href="{opened}"' in shown
    assert "有 3 项会使报告不能报送。" in shown


def test_the_list_is_the_readers_own_agencys_and_stands_in_the_menu(office, county):
    now = reverse("admin:reporting_edition_obstacles_now")
    answer = of(county, "statistician").get(now)
    assert answer.context["which"].agency == county
    assert f'href="{now}"' in text(answer)


def test_an_agency_out_of_sight_has_no_list(office):
    elsewhere = Agency(code="990000", name="别省", kind="government")
    place(elsewhere, on=None)
    assert of(office, "statistician").get(page(elsewhere)).status_code == 404
    assert of(office, "statistician").get(page(office, 1999)).status_code == 404
