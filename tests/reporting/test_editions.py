"""A report handed up, sent back, accepted, signed, published, corrected."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from reporting.formats import national_2018
from reporting.models import Edition, Figure, FrozenFact
from reporting.placing import placed
from reporting.renderers.pdf import PdfRenderer
from reporting.services import editions, filing, opened, writing
from reporting.services.adjustments import adjustments
from reporting.services.editions import Which
from reporting.services.filing import Comment
from requests_app.domain.calendars import NamedDay, Notice
from requests_app.domain.events import Corrected, Received, Replied
from requests_app.domain.regimes import NotAllowed
from requests_app.domain.vocabulary import Outcome
from requests_app.models import Agency, Staff
from requests_app.services import calendars, corrections
from requests_app.services.agencies import place
from requests_app.services.history import History, record_history
from requests_app.services.voiding import void
from tests.reporting.conftest import granted, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def whose(county):
    return Which(county, 2018, "national_2018", "own")


@pytest.fixture
def whole(office):
    return Which(office, 2018, "national_2018", "area")


@pytest.fixture
def people(office, county):
    return {
        "clerk": member(county, "intake_clerk"),
        "county": member(county, "statistician"),
        "county head": member(county, "office_head"),
        "county auditor": member(county, "auditor"),
        "superuser": Staff.objects.create_superuser("root", password="x"),
        "office": member(office, "statistician"),
        "office head": member(office, "office_head"),
    }


def acts(edition):
    return [(s.act, s.by.username, s.reason) for s in edition.steps.all()]


def cells(edition, *lines):
    return [edition.content["cells"][line]["count"] for line in lines]


@pytest.fixture
def signed(whole, letters, people, statistics):
    edition = filing.submit(whole, by=people["office"], deps=statistics)
    return filing.sign(edition, by=people["office head"], deps=statistics)


def test_a_report_goes_up_and_is_signed(whose, letters, people, statistics):
    edition = filing.submit(whose, by=people["county"], deps=statistics)
    filing.accept(edition, by=people["office"], deps=statistics)
    edition = filing.sign(edition, by=people["county head"], deps=statistics)
    edition = filing.publish(edition, by=people["county head"], deps=statistics)
    assert (edition.state, cells(edition, "3.1", "3.1.2", "3.3.2")) == (
        "published", [1, 1, 1],
    )  # fmt: skip
    names = {who: person.username for who, person in people.items()}
    assert acts(edition) == [
        ("submitted", names["county"], ""),
        ("accepted", names["office"], ""),
        ("signed", names["county head"], ""),
        ("published", names["county head"], ""),
    ]
    assert [f.ending for f in edition.files.all()] == [".csv"]
    assert editions.verify(edition, statistics) == ""


def test_software_that_does_not_know_its_version_signs_nothing(
    whole, letters, people, statistics
):
    unnamed = replace(statistics, release="")
    edition = filing.submit(whole, by=people["office"], deps=unnamed)
    with pytest.raises(NotAllowed, match="软件版本"):
        filing.sign(edition, by=people["office head"], deps=unnamed)


def test_the_root_signs_what_nobody_above_accepts(signed):
    assert (signed.state, cells(signed, "3.1", "3.1.2")) == ("signed", [3, 1])


FOUND = {
    "rule": "S18-R5", "where": {"line": "3.2", "column": "count"}, "left": 1, "right": 2,
}  # fmt: skip


# fmt: off
FORBIDDEN = {
    "a clerk hands nothing up":
        lambda p, w, d: filing.submit(w, by=p["clerk"], deps=d),
    "nor is it handed up twice":
        lambda p, w, d: [filing.submit(w, by=p["county"], deps=d) for _ in "12"],
    "nobody accepts their own":
        lambda p, w, d: filing.accept(filing.submit(w, by=p["county"], deps=d), by=p["county head"], deps=d),
    "unaccepted is unsigned":
        lambda p, w, d: filing.sign(filing.submit(w, by=p["county"], deps=d), by=p["county head"], deps=d),
    "a statistician does not sign":
        lambda p, w, d: filing.sign(filing.accept(filing.submit(w, by=p["county"], deps=d), by=p["office"], deps=d), by=p["county"], deps=d),
    "unsigned is unpublished":
        lambda p, w, d: filing.publish(filing.submit(w, by=p["county"], deps=d), by=p["county head"], deps=d),
    "the year is not over":
        lambda p, w, d: filing.submit(w._replace(year=2019), by=p["county"], deps=d),
    "a return says why":
        lambda p, w, d: filing.send_back(filing.submit(w, by=p["county"], deps=d), remarks=[], reason=" ", by=p["office"], deps=d),
    "a superior's return is about a cell":
        lambda p, w, d: filing.send_back(filing.submit(w, by=p["county"], deps=d), remarks=[], reason="偏少", by=p["office"], deps=d),
    "an agency that takes its report back says why":
        lambda p, w, d: filing.send_back(filing.submit(w, by=p["county"], deps=d), remarks=[], reason=" ", by=p["county"], deps=d),
    "an auditor takes no report back":
        lambda p, w, d: filing.send_back(filing.accept(filing.submit(w, by=p["county"], deps=d), by=p["office"], deps=d), remarks=[], reason="改", by=p["county auditor"], deps=d),
    "a superior hands nothing up for those below":
        lambda p, w, d: filing.submit(w, by=p["office"], deps=d),
    "nor publishes for them":
        lambda p, w, d: filing.publish(filing.sign(filing.accept(filing.submit(w, by=p["county"], deps=d), by=p["office"], deps=d), by=p["county head"], deps=d), by=p["office"], deps=d),
    "nor explains":
        lambda p, w, d: filing.explain(w, found=FOUND, text="属实", by=p["office"], deps=d),
    "nor writes":
        lambda p, w, d: writing.write(w, numeral="一", text="概述", seen=0, by=p["office"], deps=d),
    "whoever hands a report up does not accept it, whatever may else be done":
        lambda p, w, d: filing.accept(filing.submit(w, by=p["superuser"], deps=d), by=p["superuser"], deps=d),
    "a remark is on a cell that is there":
        lambda p, w, d: filing.send_back(filing.submit(w, by=p["county"], deps=d), remarks=[Comment("3", "count", "?")], reason="", by=p["office"], deps=d),
}
# fmt: on


def test_who_may_do_what_is_what_is_offered(whose, letters, people, statistics):
    offered = filing.offered
    edition = filing.submit(whose, by=people["superuser"], deps=statistics)
    told = {who: offered(edition, person) for who, person in people.items()}
    assert told == {
        "clerk": [],
        "county": ["send_back"],
        "county head": ["send_back"],
        "county auditor": [],
        "superuser": ["send_back"],
        "office": ["accept", "send_back"],
        "office head": ["accept", "send_back"],
    }


def test_an_agency_takes_its_own_report_back(whose, letters, people, statistics):
    edition = filing.submit(whose, by=people["county"], deps=statistics)
    filing.accept(edition, by=people["office"], deps=statistics)
    edition = filing.send_back(
        edition, remarks=[], reason="漏了一件", by=people["county"], deps=statistics
    )
    assert edition.state == "returned"


@pytest.mark.parametrize("act", FORBIDDEN.values(), ids=FORBIDDEN.keys())
def test_what_is_not_allowed(act, people, whose, letters, statistics):
    with pytest.raises(NotAllowed):
        act(people, whose, statistics)


def test_a_remark_is_closed_by_an_answer(whose, letters, people, statistics):
    edition = filing.submit(whose, by=people["county"], deps=statistics)
    edition = filing.send_back(
        edition, remarks=[Comment("3.1", "count", "偏少？")], reason="",
        by=people["office"], deps=statistics,
    )  # fmt: skip
    with pytest.raises(NotAllowed, match="偏少"):
        filing.submit(whose, by=people["county"], deps=statistics)
    remark = edition.remarks.get()
    filing.answer(remark, text="属实", by=people["county"], deps=statistics)
    again = filing.submit(whose, by=people["county"], deps=statistics)
    assert (again.pk, again.state) == (edition.pk, "submitted")


def test_or_by_another_number(whose, letters, people, statistics, deps):
    edition = filing.submit(whose, by=people["county"], deps=statistics)
    remarks = [Comment("3.1", "count", "漏了一件")]
    filing.send_back(
        edition, remarks=remarks, reason="", by=people["office"], deps=statistics
    )
    late(whose.agency, deps)
    edition = filing.submit(whose, by=people["county"], deps=statistics)
    assert (edition.remarks.get().closed_at is not None, cells(edition, "3.1")) == (
        True, [2],
    )  # fmt: skip


def late(agency, deps, channel="post"):
    row = History(
        agency=agency, number_year=2018, channel=channel,
        events=granted("2018-12-28", "2018-12-29"),
    )  # fmt: skip
    return record_history([row], by=None, deps=deps)[0]


def test_a_hard_finding_stops_it(whole, letters, people, statistics):
    enter(whole.agency, "8.3", 5)
    enter(whole.agency, "8.3.1", 2)
    enter(whole.agency, "8.3.2", 2)
    with pytest.raises(NotAllowed, match="S18-R13"):
        filing.submit(whole, by=people["office"], deps=statistics)


def enter(agency, line, value):
    return Figure.objects.create(
        agency=agency, year=2018, form="national_2018", line=line, column="count",
        value=Decimal(value), entered_at="2019-01-05T09:00:00+08:00",
    )  # fmt: skip


def test_a_soft_finding_wants_a_named_explanation(whole, letters, people, statistics):
    enter(whole.agency, "1.1", 9)
    enter(whole.agency, "1.1.s1", 5)
    figure = enter(whole.agency, "1.1.s2", 4)
    with pytest.raises(NotAllowed, match="S18-R10"):
        filing.submit(whole, by=people["office"], deps=statistics)
    _, content = editions.counted(whole, statistics)
    (found,) = editions.unexplained(whole, content)
    filing.explain(
        whole, found=found, text="含往年文件", by=people["office"], deps=statistics
    )
    assert filing.submit(whole, by=people["office"], deps=statistics).pk
    Figure.objects.filter(pk=figure.pk).update(value=3)
    _, content = editions.counted(whole, statistics)
    assert [f["right"] for f in editions.unexplained(whole, content)] == [3]


def test_what_changed_since_is_not_signed(whole, letters, people, statistics, deps):
    edition = filing.submit(whole, by=people["office"], deps=statistics)
    late(whole.agency, deps)
    with pytest.raises(NotAllowed, match=r"3\.1"):
        filing.sign(edition, by=people["office head"], deps=statistics)


def test_a_signed_report_survives_what_comes_later(
    signed, whole, letters, people, statistics, deps, county
):
    before = signed.content
    letter = late(county, deps)
    void(letters[0], entry=1, by=None, deps=deps)
    county.parent = elsewhere()
    place(county, on=date(2018, 6, 1))
    calendars.load([next_year()], at=deps.clock.now())
    signed.refresh_from_db()
    told = editions.as_it_stands(
        year=2018, code="530000", form_key=None, scope="area", deps=statistics
    )
    _, recounted = editions.counted(whole, statistics)
    assert (told[1], editions.verify(signed, statistics)) == (before, "")
    assert recounted["cells"]["3.1"] != before["cells"]["3.1"]
    assert {(a.key, a.was is None, a.now is None) for a in adjustments(signed)} == {
        (letter.pk, True, False), (letters[0].pk, False, True),
    }  # fmt: skip


def test_a_correction_after_signing_is_listed_as_an_adjustment(
    office, whole, letters, people, statistics, deps
):
    received = (Received(on=date(2018, 12, 28)),)
    rows = [History(agency=office, number_year=2018, channel="post", events=received)]
    (carried,) = record_history(rows, by=None, deps=deps)
    edition = filing.submit(whole, by=people["office"], deps=statistics)
    edition = filing.sign(edition, by=people["office head"], deps=statistics)
    mended = Corrected(on=deps.clock.today(), channel="online", was_channel="post")
    corrections.correct(
        carried, mended, subject="", why="录错", by=people["clerk"], deps=deps
    )
    assert [
        (a.key, a.was["channel"], a.now["channel"]) for a in adjustments(edition)
    ] == [(carried.pk, "post", "online")]


def next_year():
    day = NamedDay(on=date(2027, 1, 1), working=False, name="元旦")
    return Notice(year=2027, days=(day,))


def elsewhere():
    away = Agency(code="990000", name="别省", kind="government")
    place(away, on=None)
    return away


def test_a_correction_is_a_new_edition(
    signed, whole, letters, people, statistics, deps, county
):
    late(county, deps, channel="fax")
    with pytest.raises(NotAllowed, match="更正"):
        filing.submit(whole, by=people["office"], deps=statistics)
    new = filing.submit(whole, by=people["office"], deps=statistics, reason="补录一件")
    new = filing.sign(new, by=people["office head"], deps=statistics)
    signed.refresh_from_db()
    changed = [line for line, *_ in editions.differing(signed.content, new.content)]
    assert (signed.state, new.number, editions.in_force(whole)) == (
        "superseded", 2, new,
    )  # fmt: skip
    assert changed == ["3.1", "3.1.2", "3.2", "3.2.1", "3.3", "3.3.2"]
    assert editions.verify(signed, statistics) == ""


def test_a_name_that_the_fonts_cannot_print_is_told_and_nothing_is_published(
    signed, unsealed, people, statistics
):
    signed.agencies = [[signed.agency.code, "𠮷县人民政府"]]
    signed.save()
    drawing = replace(statistics, renderers={".pdf": PdfRenderer()})
    with pytest.raises(NotAllowed, match="字体没有这些字：𠮷"):
        filing.publish(signed, by=people["office head"], deps=drawing)
    signed.refresh_from_db()
    assert (signed.state, signed.files.count()) == ("signed", 0)


def test_what_is_published_has_every_heading(signed, people, statistics):
    published = filing.publish(signed, by=people["office head"], deps=statistics)
    file = bytes(published.files.get(ending=".csv").content).decode()
    headings = [one.heading for one in national_2018.FORM.narrative]
    assert [h for h in headings if h not in file] == []
    assert (file.count("无。"), "尚未撰写" in file) == (6, False)


TAMPERED = {
    "a cell": lambda e: e.content["cells"]["3.1"].update(count=4),
    "a finding": lambda e: e.content["findings"].append({"rule": "S18-R1"}),
    "a figure": lambda e: e.entered.clear(),
    "a fact": lambda e: FrozenFact.objects.filter(edition=e)[0].delete(),
    "the time": lambda e: setattr(e, "as_of", e.as_of.replace(year=2020)),
}


@pytest.mark.parametrize("tamper", TAMPERED.values(), ids=TAMPERED.keys())
def test_what_was_tampered_with_is_found(
    tamper, whole, letters, people, statistics, request
):
    enter(whole.agency, "8.1", 3)
    edition = filing.submit(whole, by=people["office"], deps=statistics)
    edition = filing.sign(edition, by=people["office head"], deps=statistics)
    request.getfixturevalue("unsealed")
    tamper(edition)
    edition.save()
    assert editions.verify(Edition.objects.get(pk=edition.pk), statistics) != ""


def test_a_report_keeps_the_lines_that_the_office_had_chosen(
    whole, office, letters, people, deps, statistics
):
    record_history(
        [History(agency=office, number_year=2018, channel="post", events=refused())],
        by=None, deps=deps,
    )  # fmt: skip
    own = placed(national_2018.FORM, {"repeated": "3.3.1"})
    then = replace(statistics, formats=(own,))
    edition = filing.submit(whole, by=people["office"], deps=then)
    edition = filing.sign(edition, by=people["office head"], deps=then)
    assert edition.content["outcome_lines"] == {"repeated": "3.3.1"}
    assert cells(edition, "3.3.1", "3.3.8") == [1, 0]
    assert editions.verify(edition, statistics) == ""
    behind = opened.of_edition(edition, national_2018.FORM, ("3.3.1", "count"))
    assert [r.outcome for r in behind.rows] == ["repeated"]


def refused():
    reply = Replied(on=date(2018, 3, 9), outcome=Outcome.REPEATED)
    return Received(on=date(2018, 3, 1)), reply
