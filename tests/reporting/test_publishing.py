"""A signed report is drawn again byte for byte, whatever has changed since."""

from dataclasses import replace
from datetime import date

import pytest

from reporting.formats import national_2018
from reporting.models import Edition, Report
from reporting.renderers.docx import DocxRenderer
from reporting.renderers.html import HtmlRenderer
from reporting.renderers.xlsx import XlsxRenderer
from reporting.services import filing, jobs, writing
from reporting.services.editions import Which
from reporting.services.pictures import Drawn, pictures
from reporting.services.publishing import files
from requests_app.models import Agency
from requests_app.services.agencies import place
from requests_app.services.history import History, record_history
from tests.reporting.conftest import granted, member
from tests.reporting.test_pictures import words

pytestmark = pytest.mark.django_db
RENDERERS = (DocxRenderer(), HtmlRenderer(), XlsxRenderer())


@pytest.fixture
def printing(statistics):
    return replace(statistics, renderers={r.ending: r for r in RENDERERS})


@pytest.fixture
def head(office):
    return member(office, "office_head", "statistician")


def drafted(year, deps):
    jobs.run(jobs.ask(year=year, since=deps.clock.now(), deps=deps), deps=deps)


def signed(agency, year, head, deps):
    which = Which(agency, year, "national_2018", "area")
    edition = filing.submit(which, by=head, deps=deps)
    return filing.sign(edition, by=head, deps=deps)


def drawn(edition, deps):
    """The years' picture and that of the agencies below."""
    whose = Drawn(edition.agency_id, edition.year, edition.scope)
    found = pictures(whose, national_2018.FORM, edition.content, deps)
    drawn = {d.title: words(d.svg) for d in found}
    return drawn.get("历年收到与办结（件）"), drawn.get("所辖机关收到（件）")


def test_drawn_again_it_is_the_same(office, county, letters, head, printing, deps):
    drafted(2017, printing)
    drafted(2018, printing)
    which = Which(office, 2018, "national_2018", "area")
    writing.write(which, numeral="一", text="概述。", seen=0, by=head, deps=printing)
    edition = signed(office, 2018, head, printing)
    edition = filing.publish(edition, by=head, deps=printing)
    stored = {file.ending: bytes(file.content) for file in edition.files.all()}
    assert len(stored) == 3
    assert stored[".html"].count(b"<figure>") == 4
    town = Agency(code="530200", name="曲靖市", kind="government", parent=office)
    place(town, on=date(2018, 1, 1))
    rows = [
        History(agency=a, number_year=2017, channel="fax", events=granted(f"{day}-03-01", f"{day}-03-09"))
        for a in (county, town) for day in (2017, 2018)
    ]  # fmt: skip
    record_history(rows, by=None, deps=deps)
    drafted(2017, printing)
    drafted(2018, printing)
    away = Agency(code="990000", name="别省", kind="government")
    place(away, on=None)
    county.parent, county.name = away, "昆明"
    place(county, on=date(2018, 6, 1))
    Agency.objects.filter(pk=office.pk).update(demonstration=True)
    again = Edition.objects.select_related("agency").get(pk=edition.pk)
    assert dict(files(again, printing)) == stored


def test_other_years_are_drawn_as_they_were_signed(
    office, county, letters, head, statistics, deps
):
    row = History(
        agency=county, number_year=2017, channel="fax",
        events=granted("2017-03-01", "2017-03-09"),
    )  # fmt: skip
    record_history([row], by=None, deps=deps)
    signed(office, 2017, head, statistics)
    record_history([row], by=None, deps=deps)
    drafted(2017, statistics)
    edition = signed(office, 2018, head, statistics)
    (years, _below) = drawn(edition, statistics)
    assert years == ["2017", "2018", "1", "3", "收到", "1", "3", "办结"]


def test_agencies_below_are_those_of_the_year(
    office, county, letters, head, statistics
):
    drafted(2018, statistics)
    away = Agency(code="990000", name="别省", kind="government")
    place(away, on=None)
    county.parent = away
    place(county, on=date(2019, 1, 5))
    edition = signed(office, 2018, head, statistics)
    assert drawn(edition, statistics)[1] == ["昆明市", "1"]


def test_agencies_below_are_drawn_as_they_were_accepted(
    office, county, letters, head, statistics, deps
):
    which = Which(county, 2018, "national_2018", "own")
    own = member(county, "statistician")
    handed_up = filing.submit(which, by=own, deps=statistics)
    filing.accept(handed_up, by=head, deps=statistics)
    row = History(agency=county, number_year=2018, channel="fax", events=granted())
    record_history([row], by=None, deps=deps)
    edition = signed(office, 2018, head, statistics)
    assert not Report.objects.exists()
    assert drawn(edition, statistics)[1] == ["昆明市", "1"]
