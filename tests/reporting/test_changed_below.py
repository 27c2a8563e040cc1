"""What was counted before a report below was accepted says so until it is counted again."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reporting.models import CountingJob, Edition, Report
from reporting.services import editions, filing, jobs
from reporting.services.changed_below import changed_below
from reporting.services.editions import Which
from reporting.services.recounting import AT_ONCE, recount
from requests_app.models import Agency, Placement, Staff
from requests_app.services.history import History, record_history
from tests.fakes import FixedClock
from tests.reporting.api.test_reports import staff
from tests.reporting.conftest import granted, member

pytestmark = pytest.mark.django_db
OFFICE, COUNTY, TOWN = "530000", "530100", "530101"


@pytest.fixture
def people(office, county, town):
    return {a.code: member(a, "office_head") for a in (office, county, town)}


@pytest.fixture
def acts(people, statistics):
    """`acts(day, act, code, scope)`: done by whom it behoves, on that day."""

    def act(day, act, code, scope):
        head = people[code]
        which = Which(head.agency, 2018, "national_2018", scope)
        then = replace(statistics, clock=FixedClock.on(day))
        edition = which.filter(Edition).last()
        above = people.get(head.agency.parent.code) if head.agency.parent else None
        if act == "counted":
            recount(which.filter(Report).get(), deps=then)
        elif act == "submitted":
            filing.submit(which, by=head, deps=then, reason="有遗漏")
        elif act == "accepted":
            filing.accept(edition, by=above, deps=then)
        elif act == "returned":
            filing.send_back(edition, remarks=[], reason="再核", by=head, deps=then)
        elif act == "signed":
            filing.sign(edition, by=head, deps=then)

    return act


@pytest.fixture
def drafts(letters, people, statistics):
    """All of 2018 counted on 10 January."""
    jobs.run(jobs.ask(year=2018, deps=statistics), deps=statistics)
    return Report.objects.filter(year=2018)


def told(drafts):
    codes = dict(drafts.values_list("pk", "agency__code"))
    return {codes[pk]: f"{at:%m-%d}" for pk, at in changed_below(drafts.all()).items()}


# fmt: off
LIVES = [
    # what happened since all were counted on 01-10 → who says so, and when it was
    ([], {}),
    (["01-11 submitted 530101 own"], {}),
    (["01-11 submitted 530101 own", "01-12 returned 530101 own"], {}),
    (["01-11 submitted 530101 own", "01-12 accepted 530101 own"],
     {TOWN: "01-12", COUNTY: "01-12", OFFICE: "01-12"}),
    (["01-11 submitted 530101 area", "01-12 accepted 530101 area"],
     {COUNTY: "01-12", OFFICE: "01-12"}),
    (["01-11 submitted 530101 area", "01-12 accepted 530101 area",
      "01-13 signed 530101 area"],
     {COUNTY: "01-12", OFFICE: "01-12"}),
    (["01-11 submitted 530101 area", "01-12 accepted 530101 area",
      "01-13 counted 530100 area"],
     {OFFICE: "01-12"}),
    (["01-11 submitted 530101 area", "01-12 accepted 530101 area",
      "01-13 counted 530100 area", "01-14 returned 530101 area"],
     {COUNTY: "01-14", OFFICE: "01-14"}),
    # the county's whole area stands: what comes below it later reaches nobody above it
    (["01-11 submitted 530100 area", "01-12 accepted 530100 area",
      "01-13 counted 530000 area",
      "01-14 submitted 530101 area", "01-15 accepted 530101 area"],
     {COUNTY: "01-15"}),
    # the root's own report is a part of its area's from its signature on
    (["01-11 submitted 530000 own", "01-12 signed 530000 own"], {OFFICE: "01-12"}),
]
# fmt: on


@pytest.mark.parametrize(("life", "expected"), LIVES)
def test_who_was_counted_before_it(drafts, acts, life, expected):
    for step in life:
        day, *act = step.split()
        acts(f"2019-{day}", *act)
    assert told(drafts) == expected


def shown(drafts, code):
    draft = drafts.get(agency__code=code, scope="area")
    return draft.content["cells"]["3.1"]["count"]


def test_counted_again_the_sum_is_that_of_the_accepted_report_everywhere(
    drafts, acts, office, county, town, people, statistics, deps
):
    row = History(agency=town, number_year=2018, channel="fax", events=granted())
    record_history([row], by=None, deps=deps)
    acts("2019-01-11", "submitted", TOWN, "own")
    acts("2019-01-12", "accepted", TOWN, "own")
    record_history([row], by=None, deps=deps)  # after it: the accepted one stands
    assert (shown(drafts, COUNTY), told(drafts)[COUNTY]) == (1, "01-12")
    acts("2019-01-13", "counted", COUNTY, "area")
    which = Which(county, 2018, "national_2018", "area")
    _tally, handed_up = editions.counted(which, statistics)
    answer = staff(county).get(f"/api/v1/reports/2018/?agency={COUNTY}").json()
    assert [
        shown(drafts, COUNTY),
        handed_up["cells"]["3.1"]["count"],
        answer["cells"]["3.1"]["count"],
    ] == [2, 2, 2]
    assert COUNTY not in told(drafts)


def test_where_nothing_happened_one_statement_is_asked(drafts):
    found = list(drafts)
    with CaptureQueriesContext(connection) as asked:
        assert changed_below(found) == {}
    assert len(asked) == 1


def page(name, *args):
    return reverse(f"admin:reporting_{name}", args=args)


def at_the_desk(agency, role):
    client = staff(agency, role)
    Staff.objects.filter(agency=agency).update(is_staff=True)
    return client


@pytest.fixture
def clerk(office):
    """Who has the office's year counted."""
    return at_the_desk(office, "statistician")


def test_the_pages_say_so_until_the_button_is_pressed(
    drafts, acts, office, clerk, county
):
    acts("2019-01-11", "submitted", COUNTY, "area")
    acts("2019-01-12", "accepted", COUNTY, "area")
    draft = drafts.get(agency=office, scope="area")
    pages = [
        page("report_change", draft.pk),
        page("report_changelist"),
        page("edition_board", 2018),
    ]
    said = ["2019-01-12" in clerk.get(one).text for one in pages]
    answer = clerk.post(page("report_recount", draft.pk))
    since = ["2019-01-12" in clerk.get(one).text for one in pages]
    assert (said, answer.status_code, since) == ([True] * 3, 302, [False] * 3)


def test_a_large_area_is_counted_by_the_years_job(drafts, office, clerk):
    many = Agency.objects.bulk_create(
        Agency(code=f"A{n}", name=f"机关{n}", parent=office) for n in range(AT_ONCE)
    )
    Placement.objects.bulk_create(
        Placement(agency=one, name=one.name, parent=office) for one in many
    )
    draft = drafts.get(agency=office, scope="area")
    before = CountingJob.objects.get().asked_at
    answer = clerk.post(page("report_recount", draft.pk))
    job = CountingJob.objects.get()
    assert answer.url == page("countingjob_change", job.pk)
    assert job.asked_at > before


def test_who_may_not_count_has_no_button(drafts, office):
    draft = drafts.get(agency=office, scope="area")
    reader = at_the_desk(office, "auditor")
    assert "重新统计" not in reader.get(page("report_change", draft.pk)).text
    assert reader.post(page("report_recount", draft.pk)).status_code == 403


def test_what_is_out_of_sight_is_not_counted(drafts, office, county):
    below = at_the_desk(county, "statistician")
    draft = drafts.get(agency=office, scope="area")
    assert below.post(page("report_recount", draft.pk)).status_code == 404
