"""What a correction corrects, and what has changed since a report was signed."""

from decimal import Decimal

import pytest

from reporting.formats.national_2018 import FORM
from reporting.models import Figure
from reporting.services import editions, filing
from reporting.services.adjustments import adjustments, figures_since
from reporting.services.editions import Which
from requests_app.services.history import History, record_history
from tests.reporting.conftest import granted, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def whole(office):
    return Which(office, 2018, FORM.key, "area")


@pytest.fixture
def head(office):
    return member(office, "office_head", "statistician")


@pytest.fixture
def figure(office):
    return Figure.objects.create(
        agency=office, year=2018, form=FORM.key, line="8.1", column="count",
        value=Decimal(3), entered_at="2019-01-05T09:00:00+08:00",
    )  # fmt: skip


@pytest.fixture
def signed(whole, letters, figure, head, statistics):
    edition = filing.submit(whole, by=head, deps=statistics)
    return filing.sign(edition, by=head, deps=statistics)


@pytest.fixture
def late(signed, county, figure, deps):
    row = History(agency=county, number_year=2018, channel="fax", events=granted())
    figure.value = Decimal(5)
    figure.save()
    return record_history([row], by=None, deps=deps)[0]


def told(figures):
    return [(f.agency, f.line, f.origin, f.was, f.now) for f in figures]


def test_at_signature_nothing_has_changed(signed):
    assert [*adjustments(signed), *figures_since(signed, FORM)] == []


def test_a_figure_changed_after_signature_is_an_adjustment(signed, late):
    assert [a.key for a in adjustments(signed)] == [late.pk]
    assert told(figures_since(signed, FORM)) == [("530000", "8.1", "entered", "3", "5")]


def test_a_correction_keeps_what_it_corrects(signed, late, whole, head, statistics):
    new = filing.submit(whole, by=head, deps=statistics, reason="补录")
    new = filing.sign(new, by=head, deps=statistics)
    new.refresh_from_db()
    assert new.corrects["cells"] == [
        [line, "count", was, is_]
        for line, was, is_ in [
            ("3.1", 3, 4), ("3.1.2", 1, 2), ("3.2", 3, 4), ("3.2.1", 3, 4),
            ("3.3", 3, 4), ("3.3.2", 3, 4), ("8.1", 3, 5),
        ]
    ]  # fmt: skip
    [fact], [figure] = new.corrects["facts"], new.corrects["figures"]
    assert (fact["key"], fact["was"]) == (late.pk, None)
    assert (figure["line"], figure["was"], figure["now"]) == ("8.1", "3", "5")
    assert editions.verify(new, statistics) == ""
    signed.refresh_from_db()
    assert (signed.corrects, editions.verify(signed, statistics)) == ({}, "")
