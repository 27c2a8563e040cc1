"""What a ledger of requests means: INTERFACES §2, sentence by sentence."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import transaction

from requests_app.domain.events import Received
from requests_app.imports.requests import import_requests
from requests_app.models import Agency, DisclosureRequest, LogEntry
from requests_app.services.agencies import place
from requests_app.services.recording import register
from requests_app.services.standings import broken_links, rebuild
from requests_app.services.voiding import void
from tests.fakes import FixedClock
from tests.files import done, places

pytestmark = pytest.mark.django_db
HEADER = "number,agency,channel,received_on,replied_on,outcome"
WIDE = (
    "number,agency,received_on,supplement_asked_on,supplement_received_on,consulted_on,"
    "consultation_answered_on,extended_on,extension_days,replied_on,outcome,fee"
)


@pytest.fixture
def neighbour(office):
    agency = Agency(code="530100", name="昆明市人民政府", kind="government")
    place(agency, on=None)
    return agency


def numbers():
    return sorted(DisclosureRequest.objects.values_list("number", flat=True))


def events():
    (request,) = DisclosureRequest.objects.all()
    return [(e.kind, str(e.on)) for e in request.entries.order_by("sequence")]


def test_a_row_becomes_a_request_with_its_log(load):
    told = load(f"{HEADER}\n〔2018〕12号,530000,当面,2018/2/8,2018年3月6日,部分公开\n")
    made = DisclosureRequest.objects.get()
    assert done(told) == (1, 1, 0, 0)
    assert (made.number, made.reference, made.serial) == (
        "〔2018〕12号", "530000-2018-1", 12,
    )  # fmt: skip
    assert (made.outcome, made.timeliness) == ("partly_granted", "on_time")
    assert [kind for kind, _ in events()] == ["received", "registered", "replied"]


def test_a_full_row_tells_all_that_happened(load, deps):
    told = load(
        f"{WIDE}\n1,530000,2018-02-08,2018-02-09,2018-02-12,2018-02-13,2018-02-26,"
        "2018-03-01,10,2018-03-30,granted,12.50\n"
    )
    assert (done(told), told["findings"]) == ((1, 1, 0, 0), [])
    assert events() == [
        ("received", "2018-02-08"), ("registered", "2018-02-08"),
        ("supplement_asked", "2018-02-09"), ("supplement_received", "2018-02-12"),
        ("opinion_sought", "2018-02-13"), ("opinion_received", "2018-02-26"),
        ("extended", "2018-03-01"), ("fee_charged", "2018-03-30"),
        ("replied", "2018-03-30"),
    ]  # fmt: skip
    assert list(rebuild(write=False, deps=deps)) == list(broken_links()) == []


def test_a_row_may_have_nothing_but_agency_and_day(load):
    assert done(load("agency,received_on\n530000,2018-02-08\n")) == (1, 1, 0, 0)
    made = DisclosureRequest.objects.get()
    assert (made.channel, made.applicant_kind, made.applicant, made.stage) == (
        "", "", None, "in_handling",
    )  # fmt: skip


# fmt: off
IMPOSSIBLE = {
    "a reply before receipt": ("x,530000,fax,2018-02-08,2018-02-07,granted", "replied_on"),
    "a reply and no outcome": ("x,530000,fax,2018-02-08,2018-02-09,", "outcome"),
    "an outcome and no reply": ("x,530000,fax,2018-02-08,,granted", "replied_on"),
    "an unknown agency": ("x,999,fax,2018-02-08,,", "agency"),
    "an unknown channel": ("x,530000,pigeon,2018-02-08,,", "channel"),
    "an unknown outcome": ("x,530000,fax,2018-02-08,2018-02-09,lost", "outcome"),
    "an impossible day": ("x,530000,fax,2018-02-30,,", "received_on"),
    "a day after today": ("x,530000,fax,2099-01-01,,", "received_on"),
    "a day before the Regulations": ("x,530000,fax,2008-04-30,,", "received_on"),
    "no day of receipt": ("x,530000,fax,,,", "received_on"),
    "no agency": ("x,,fax,2018-02-08,,", "agency"),
}
WIDE_IMPOSSIBLE = {
    "a supplement that nobody asked for": ("1,530000,2018-02-08,,2018-02-09,,,,,,,", "supplement_received_on"),
    "a supplement before it was asked for": ("1,530000,2018-02-08,2018-02-12,2018-02-09,,,,,,,", "supplement_received_on"),
    "an opinion that nobody asked for": ("1,530000,2018-02-08,,,,2018-02-09,,,,,", "consultation_answered_on"),
    "an opinion before its question": ("1,530000,2018-02-08,,,2018-02-12,2018-02-09,,,,,", "consultation_answered_on"),
    "a question before receipt": ("1,530000,2018-02-08,2018-02-07,,,,,,,,", "supplement_asked_on"),
    "an extension of no day": ("1,530000,2018-02-08,,,,,2018-02-12,0,,,", "extension_days"),
    "days of no extension": ("1,530000,2018-02-08,,,,,,5,,,", "extension_days"),
    "half a day of extension": ("1,530000,2018-02-08,,,,,2018-02-12,2.5,,,", "extension_days"),
    "a fee below zero": ("1,530000,2018-02-08,,,,,,,,,-5", "fee"),
    "a fee of half a fen": ("1,530000,2018-02-08,,,,,,,,,0.005", "fee"),
}
# fmt: on


@pytest.mark.parametrize(("row", "column"), IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_what_cannot_be_true_is_refused_and_nothing_written(load, row, column):
    told = load(f"{HEADER}\ny,530000,fax,2018-02-08,,\n{row}\n")
    assert (places(told), done(told)) == ([(3, column)], (2, 0, 0, 0))
    assert DisclosureRequest.objects.count() == LogEntry.objects.count() == 0


@pytest.mark.parametrize(
    ("row", "column"), WIDE_IMPOSSIBLE.values(), ids=WIDE_IMPOSSIBLE
)
def test_what_cannot_have_happened_is_refused(load, row, column):
    assert places(load(f"{WIDE}\n{row}\n")) == [(2, column)]


def test_all_faults_of_a_file_are_told_at_once(load):
    told = load(
        f"{HEADER}\n,999,pigeon,x,,\n,999,fax,2018-02-08,2018-02-07,granted\n"
        ",530000,fax,2018-02-08,,granted\n"
    )
    assert places(told) == [
        (2, "channel"), (2, "received_on"), (3, "agency"), (3, "replied_on"),
        (4, "replied_on"),
    ]  # fmt: skip


def test_today_is_the_day_in_shanghai(office, tmp_path, deps):
    file = tmp_path / "file.csv"
    file.write_text("agency,received_on\n530000,2026-11-25\n")
    early = FixedClock(FixedClock.on("2026-11-25").at.replace(hour=0, minute=5))
    late = FixedClock(FixedClock.on("2026-11-24").at.replace(hour=23, minute=55))
    for clock, refused in ((late, ["received_on"]), (early, [])):
        with transaction.atomic():
            told = import_requests(file, by=None, deps=replace(deps, clock=clock))
            assert [fault.column for fault in told.rejected] == refused
            transaction.set_rollback(True)


#: what was irregular or unlawful but happened → the findings
# fmt: off
IRREGULAR = {
    "a late reply": ("2018-02-08,,,,,,,2018-03-07,granted,", ["reply_late"]),
    "a late extension": ("2018-02-08,,,,,2018-03-07,5,2018-03-08,granted,", ["extension_late", "reply_late"]),
    "an overlong extension": ("2018-02-08,,,,,2018-02-12,16,2018-03-08,granted,", ["extension_overlong"]),
    "a lapse with no supplement asked": ("2024-01-29,,,,,,,2024-02-20,supplement_lapsed,", ["no_supplement_asked"]),
    "still unclear with none asked": ("2024-01-29,,,,,,,2024-02-20,still_unclear,", ["no_supplement_asked"]),
    "a fee lapse with no notice": ("2024-01-29,,,,,,,2024-02-20,fee_lapsed,", ["no_fee_notice"]),
    "an outcome younger than its article": ("2018-02-08,,,,,,,2018-02-09,excessive,", ["outcome_out_of_time"]),
    "an outcome older than its article": ("2024-01-29,,,,,,,2024-02-20,told_to_amend,", ["outcome_out_of_time"]),
    "a reply while an opinion was open": ("2018-02-08,,,2018-02-12,,,,2018-02-13,granted,", ["reply_while_consulting"]),
    "a supplement asked late": ("2024-01-29,2024-02-20,,,,,,2024-02-21,granted,", ["supplement_late"]),
    "a reply on a rest day": ("2018-02-08,,,,,,,2018-02-17,granted,", []),
    "silence of the third party": ("2018-02-08,,,2018-02-09,,,,2018-03-20,granted,", []),
}
# fmt: on


@pytest.mark.parametrize(("row", "rules"), IRREGULAR.values(), ids=IRREGULAR)
def test_what_was_irregular_but_happened_is_recorded_with_a_finding(load, row, rules):
    told = load(f"{WIDE}\n1,530000,{row}\n")
    assert (done(told), [f["rule"] for f in told["findings"]]) == ((1, 1, 0, 0), rules)
    assert {(f["line"], f["number"]) for f in told["findings"]} <= {(2, "1")}


@pytest.mark.parametrize(("received", "most"), [("2018-02-08", 15), ("2024-01-29", 20)])
def test_an_extension_without_days_is_the_most_of_its_regime(load, received, most):
    load(f"{WIDE}\n1,530000,{received},,,,,{received},,,,\n")
    assert LogEntry.objects.get(kind="extended").details == {"days": most}


def test_a_fee_counts_in_the_year_of_the_reply(load):
    load(f"{WIDE}\n1,530000,2018-12-20,,,,,,,2019-01-04,granted,12.50\n")
    charged = LogEntry.objects.get(kind="fee_charged")
    assert (charged.on, charged.details) == (date(2019, 1, 4), {"amount": "12.50"})


# --- numbers and identity ---


def test_numbers_are_kept_as_written_and_the_counter_goes_on_after_them(load):
    load(
        f"{HEADER}\n,530000,fax,2018-02-08,,\n〔2018〕7号,530000,fax,2018-02-09,,\n"
        "云公开 8,530000,fax,2018-02-09,,\n"
    )
    assert numbers() == ["〔2018〕7号", "〔2018〕8号", "云公开 8"]


def test_an_office_that_goes_live_in_mid_year_goes_on_with_its_numbers(load, deps):
    """Its ledger first, then its live registrations, then a forgotten older row."""
    office = Agency.objects.get()
    deps = replace(deps, clock=FixedClock.on("2018-07-02"))
    load(f"{HEADER}\n〔2018〕３１号,530000,fax,2018-06-29,,\n")
    live = register(agency=office, received_on=date(2018, 7, 2), by=None, deps=deps)
    load(f"{HEADER}\n,530000,fax,2018-03-01,,\n〔2018〕5号,530000,fax,2018-01-09,,\n")
    assert live.number == "〔2018〕32号"
    assert numbers() == [
        "〔2018〕32号",
        "〔2018〕33号",
        "〔2018〕5号",
        "〔2018〕３１号",
    ]


def test_a_row_without_number_takes_the_year_of_receipt(load):
    load(f"{HEADER}\n,530000,fax,2017-12-29,2018-01-05,granted\n")
    made = DisclosureRequest.objects.get()
    assert (made.number, made.reference) == ("〔2017〕1号", "530000-2017-1")


@pytest.mark.parametrize(
    ("pattern", "number"),
    [("{serial}号", "7号"), ("{year}-{serial:03d}", "2018-007"), ("登{year}{year}/{serial}", "登20182018/7")],
)  # fmt: skip
def test_any_pattern_of_an_agency_is_read(load, pattern, number):
    Agency.objects.update(number_pattern=pattern)
    load(f"{HEADER}\n{number},530000,fax,2018-02-08,,\n,530000,fax,2018-02-09,,\n")
    assert numbers() == sorted([number, pattern.format(year=2018, serial=8)])


def test_two_agencies_may_both_have_a_number_but_not_a_reference(load, neighbour):
    load(f"{HEADER}\n12,530000,fax,2018-02-08,,\n12,530100,fax,2018-02-08,,\n")
    assert sorted(DisclosureRequest.objects.values_list("reference", "number")) == [
        ("530000-2018-1", "12"), ("530100-2018-1", "12"),
    ]  # fmt: skip


def test_the_same_number_twice_in_one_file_is_an_error_on_the_later_row(load):
    row = "1,530000,fax,2018-02-08,,"
    assert places(load(f"{HEADER}\n{row}\n{row}\n")) == [(3, "number")]


TWICE = (
    f"{HEADER}\n1,530000,fax,2018-02-08,,\n"
    + ",530000,fax,2018-02-08,2018-02-09,granted\n" * 2
)


def test_the_same_file_again_changes_nothing(load):
    """Equal rows without number are told apart by their ordinal."""
    assert done(load(TWICE)) == (3, 3, 0, 0)
    before = list(LogEntry.objects.order_by("pk").values())
    assert done(load(TWICE)) == (3, 0, 0, 3)
    assert list(LogEntry.objects.order_by("pk").values()) == before


UNNUMBERED = {
    "the order of its columns": "replied_on,outcome,received_on,channel,agency,number\n2018-02-09,granted,2018-02-08,fax,530000,\n",
    "an optional column that is absent": "agency,channel,received_on,replied_on,outcome\n530000,fax,2018-02-08,2018-02-09,granted\n",
    "an optional column that is empty": f"{HEADER},topic,fee\n,530000,fax,2018-02-08,2018-02-09,granted,,\n",
    "how a value is written": "受理机关,申请方式,收到日期,答复日期,答复类别\n530000,传真,2018/2/8,2018年2月9日,予以公开\n",
}  # fmt: skip


@pytest.mark.parametrize("text", UNNUMBERED.values(), ids=UNNUMBERED)
def test_a_row_without_number_is_known_again_whatever(load, text):
    load(f"{HEADER}\n,530000,fax,2018-02-08,2018-02-09,granted\n")
    assert done(load(text)) == (1, 0, 0, 1)


def test_a_row_without_number_that_differs_in_anything_is_another_request(load):
    load("agency,received_on,subject\n530000,2018-02-08,a\n")
    assert done(load("agency,received_on,subject\n530000,2018-02-08,b\n"))[1] == 1


def test_the_system_s_number_for_a_row_names_it_from_then_on(load):
    load(f"{HEADER}\n,530000,fax,2018-02-08,,\n")
    told = load(f"{HEADER}\n〔2018〕1号,530000,fax,2018-02-08,2018-02-09,granted\n")
    assert done(told) == (1, 0, 1, 0)
    assert done(load(f"{HEADER}\n,530000,fax,2018-02-08,,\n")) == (1, 0, 0, 1)


# --- known rows ---


def test_a_known_row_that_only_fills_is_an_update(load, deps):
    load(f"{WIDE}\n1,530000,2018-02-08,2018-02-09,,,,,,,,\n")
    told = load(f"{WIDE}\n1,530000,2018-02-08,,2018-02-12,,,,,2018-03-06,granted,5\n")
    made = DisclosureRequest.objects.get()
    assert (done(told), made.outcome, str(made.fee)) == (
        (1, 0, 1, 0),
        "granted",
        "5.00",
    )
    assert [kind for kind, _ in events()] == [
        "received", "registered", "supplement_asked", "supplement_received",
        "fee_charged", "replied",
    ]  # fmt: skip
    assert list(rebuild(write=False, deps=deps)) == list(broken_links()) == []


def test_a_reply_filled_in_later_does_not_charge_the_fee_again(load):
    load(f"{WIDE}\n1,530000,2018-02-08,,,,,,,,,5\n")
    told = load(f"{WIDE}\n1,530000,2018-02-08,,,,,,,2018-03-06,granted,5\n")
    made = DisclosureRequest.objects.get()
    assert (done(told), str(made.fee)) == ((1, 0, 1, 0), "5.00")


def test_particulars_are_filled_in_too(load):
    head = (
        "number,agency,received_on,channel,applicant_kind,applicant_name,subject,topic"
    )
    load(f"{head}\n1,530000,2018-02-08,,,,,\n")
    row = "1,530000,2018-02-08,fax,business,某公司,征地,土地"
    assert done(load(f"{head}\n{row}\n")) == (1, 0, 1, 0)
    made = DisclosureRequest.objects.get()
    assert (made.channel, made.applicant.name, made.wording.subject, made.topic) == (
        "fax", "某公司", "征地", "土地",
    )  # fmt: skip
    assert done(load(f"{head}\n{row}\n")) == (1, 0, 0, 1)


def test_empty_cells_contradict_nothing(load):
    load(f"{HEADER}\n1,530000,fax,2018-02-08,2018-03-06,granted\n")
    assert done(load(f"{HEADER}\n1,530000,,2018-02-08,,\n")) == (1, 0, 0, 1)


# fmt: off
CONTRADICTIONS = {
    "channel": "1,530000,post,2018-02-08,,,,,,2018-02-12,5,2018-03-06,granted,5",
    "received_on": "1,530000,fax,2018-02-07,,,,,,2018-02-12,5,2018-03-06,granted,5",
    "extended_on": "1,530000,fax,2018-02-08,,,,,,2018-02-13,5,2018-03-06,granted,5",
    "extension_days": "1,530000,fax,2018-02-08,,,,,,2018-02-12,6,2018-03-06,granted,5",
    "replied_on": "1,530000,fax,2018-02-08,,,,,,2018-02-12,5,2018-03-05,granted,5",
    "outcome": "1,530000,fax,2018-02-08,,,,,,2018-02-12,5,2018-03-06,withdrawn,5",
    "fee": "1,530000,fax,2018-02-08,,,,,,2018-02-12,5,2018-03-06,granted,6",
    "applicant_name": "1,530000,fax,2018-02-08,李四,,,,,2018-02-12,5,2018-03-06,granted,5",
}
# fmt: on
PARTICULARS = (
    "number,agency,channel,received_on,applicant_name,subject,topic,applicant_kind,"
    "channel_detail,extended_on,extension_days,replied_on,outcome,fee"
)


@pytest.mark.parametrize(("column", "row"), CONTRADICTIONS.items())
def test_a_contradiction_is_rejected_with_both_values(load, column, row):
    known = "1,530000,fax,2018-02-08,张三,,,,,2018-02-12,5,2018-03-06,granted,5"
    load(f"{PARTICULARS}\n{known}\n")
    told = load(f"{PARTICULARS}\n{row}\n")
    ((place, named),) = places(told)
    heads = PARTICULARS.split(",")
    was, value = (r.split(",")[heads.index(column)] for r in (known, row))
    assert (place, named) == (2, column)
    assert told["rejected"][0]["value"].startswith(value)
    assert f"“{was}" in told["rejected"][0]["message"]


def test_what_fills_must_be_possible_with_what_is_known(load):
    load(f"{WIDE}\n1,530000,2018-02-08,2018-02-12,,,,,,,,\n")
    told = load(f"{WIDE}\n1,530000,2018-02-08,,2018-02-09,,,,,,,\n")
    assert places(told) == [(2, "supplement_received_on")]


def test_nothing_is_filled_into_a_voided_registration(load, deps):
    load(f"{HEADER}\n1,530000,fax,2018-02-08,,\n")
    void(DisclosureRequest.objects.get(), entry=1, by=None, deps=deps)
    told = load(f"{HEADER}\n1,530000,fax,2018-02-08,2018-03-06,granted\n")
    assert "作废" in told["rejected"][0]["message"]
    assert done(load(f"{HEADER}\n1,530000,fax,2018-02-08,,\n")) == (1, 0, 0, 1)


def test_a_known_request_is_read_by_its_log(load, deps):
    """One registered here is known to a later file by its number."""
    office = Agency.objects.get()
    made = register(
        agency=office, received_on=date(2026, 11, 23), channel="fax", by=None, deps=deps
    )
    told = load(f"{HEADER}\n{made.number},530000,fax,2026-11-23,,\n")
    assert done(told) == (1, 0, 0, 1)
    assert made.entries.first().event() == Received(on=date(2026, 11, 23))


# --- the answer ---


def test_a_dry_run_answers_alike_and_writes_nothing(load):
    text = f"{HEADER}\n1,530000,fax,2018-02-08,2018-03-07,granted\n"
    told = load(text, "requests", "--dry-run")
    assert not DisclosureRequest.objects.exists()
    assert told == load(text)
    assert done(told) == (1, 1, 0, 0)


def test_more_rows_than_a_batch_keep_their_order(load):
    rows = "".join(
        f",530000,,2018-02-08,,\nn{n},530000,,2018-02-08,,\n" for n in range(700)
    )
    assert done(load(f"{HEADER}\n{rows}")) == (1400, 1400, 0, 0)
    assert done(load(f"{HEADER}\n{rows}")) == (1400, 0, 0, 1400)
    given = DisclosureRequest.objects.exclude(serial=None).order_by("pk")
    assert list(given.values_list("serial", flat=True)) == list(range(1, 701))
