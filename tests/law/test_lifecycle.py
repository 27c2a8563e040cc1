"""The road, the two ways of reading (a new act, a fact), and what the log says at the end."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from requests_app.domain import events as happened
from requests_app.domain.calendars import Calendar
from requests_app.domain.lifecycle import (
    FORBIDDEN_AS_NEW,
    ROAD,
    RULES,
    WITH_A_REASON,
    Stage,
    act,
    stamped,
    standing,
)
from requests_app.domain.regimes import NotAllowed
from requests_app.domain.vocabulary import Outcome, SecrecyLevel, ServiceMethod
from requests_app.domain.wording import parted


def day(text):
    return date.fromisoformat(text)


def told(kind, on, **details):
    return happened.KINDS[kind](on=day(on), **details)


def log(received, *events):
    return [
        told("received", received),
        told("registered", received, number="〔2024〕1号"),
        *events,
    ]


def replied(on, outcome=Outcome.GRANTED, **details):
    return told("replied", on, outcome=outcome, **details)


# A request of 2024-09-10 is due on 2024-10-14.
# fmt: off
IRREGULAR = {  # past events, the irregular one, its finding; articles are of 2019
    "第三十条: asked on the 8th working day":
        ([], told("supplement_asked", "2024-09-23"), "supplement_late"),
    "第三十条: asked twice":
        ([told("supplement_asked", "2024-09-12"), told("supplement_received", "2024-09-13")],
         told("supplement_asked", "2024-09-14"), "supplement_repeated"),
    "第三十二条: an opinion sought after the due day":
        ([], told("opinion_sought", "2024-10-15"), "opinion_late"),
    "第三十三条: an extension told after the due day":
        ([], told("extended", "2024-10-15", days=5), "extension_late"),
    "第三十三条: extended twice":
        ([told("extended", "2024-10-10", days=5)],
         told("extended", "2024-10-11", days=5), "extension_repeated"),
    "第三十三条: more than 20 working days":
        ([], told("extended", "2024-10-10", days=21), "extension_overlong"),
    "第三十五条: a delay told after the due day":
        ([], told("delay_agreed", "2024-10-15", until=day("2024-12-02")), "delay_late"),
    "第三十五条: a delay to a day before the due day":
        ([], told("delay_agreed", "2024-09-15", until=day("2024-10-14")), "delay_shortens"),
    "第四十二条: a fee noticed after the due day":
        ([], told("fee_noticed", "2024-10-15"), "fee_notice_late"),
    "第三十二条: replied while an opinion was awaited":
        ([told("opinion_sought", "2024-09-12")], replied("2024-09-20"), "reply_while_consulting"),
    "第三十条: lapsed with nothing asked":
        ([], replied("2024-09-20", Outcome.SUPPLEMENT_LAPSED), "no_supplement_asked"),
    "109号: a fee lapsed with no notice":
        ([], replied("2024-09-20", Outcome.FEE_LAPSED), "no_fee_notice"),
    "an outcome that is no result any more":
        ([], replied("2024-09-20", Outcome.TOLD_TO_AMEND), "outcome_out_of_time"),
    "235号: posted again after it was signed for":
        ([replied("2024-09-20"), told("reply_delivered", "2024-09-23")],
         told("reply_posted", "2024-09-24"), "already_served"),
    "第四十五条: archived before the reply":
        ([], told("archived", "2024-09-20"), "out_of_order"),
}
# fmt: on


@pytest.mark.parametrize(
    ("past", "event", "rule"), IRREGULAR.values(), ids=list(IRREGULAR)
)
def test_what_was_irregular_is_a_finding_as_a_fact(calendar, past, event, rule):
    found = standing(log("2024-09-10", *past, event), calendar).findings
    assert [f.rule for f in found] == [rule]


@pytest.mark.parametrize(
    ("past", "event", "rule"), IRREGULAR.values(), ids=list(IRREGULAR)
)
def test_and_is_refused_as_a_new_act_with_what_the_law_leaves(
    calendar, past, event, rule
):
    with pytest.raises(NotAllowed) as refused:
        act(log("2024-09-10", *past), event, calendar)
    said, advice = parted(refused.value.message), parted(FORBIDDEN_AS_NEW[rule])
    assert [half.endswith(end) for half, end in zip(said, advice, strict=True)] == [
        True, True,
    ]  # fmt: skip
    assert refused.value.article


def test_every_refusal_of_a_new_act_has_its_case():
    cases = {rule for _, _, rule in IRREGULAR.values()}
    assert cases == set(FORBIDDEN_AS_NEW) - {"delay_unknown"}


def test_what_moves_no_due_day_as_a_fact(calendar):
    due = {
        name: standing(log("2024-09-10", *past, event), calendar).due_on
        for name, (past, event, rule) in IRREGULAR.items()
        if rule in ("supplement_late", "opinion_late", "extension_late", "delay_late",
                    "delay_shortens", "fee_notice_late")
    }  # fmt: skip
    assert set(due.values()) == {day("2024-10-14")}


def test_a_head_may_allow_with_a_reason_what_the_law_leaves_to_the_agency(calendar):
    past, event, _ = IRREGULAR["第三十二条: replied while an opinion was awaited"]
    then = act(log("2024-09-10", *past), event, calendar, WITH_A_REASON)
    assert (then.stage, [f.rule for f in then.findings]) == (
        Stage.REPLIED, ["reply_while_consulting"],
    )  # fmt: skip


def test_the_2008_regulations_know_no_agreed_delay(calendar):
    delay = told("delay_agreed", "2018-03-01", until=day("2018-04-02"))
    then = standing(log("2018-02-08", delay), calendar)
    assert (then.due_on, [f.rule for f in then.findings]) == (
        day("2018-03-06"), ["delay_unknown"],
    )  # fmt: skip


def test_an_agreed_delay_takes_the_place_of_the_due_day(calendar):
    delay = told("delay_agreed", "2024-09-20", until=day("2024-12-02"))
    then = standing(log("2024-09-10", delay, replied("2024-11-29")), calendar)
    assert (then.base_due_on, then.due_on, then.timeliness) == (
        day("2024-10-14"), day("2024-12-02"), "extended",
    )  # fmt: skip


# fmt: off
IMPOSSIBLE = {
    "a supplement nobody asked for": [told("supplement_received", "2024-09-20")],
    "an opinion nobody sought": [told("opinion_received", "2024-09-20")],
    "an answer before its question": [told("opinion_received", "2024-09-12"),
                                      told("opinion_sought", "2024-09-20")],
    "paid without a notice": [told("fee_paid", "2024-09-20")],
    "before the receipt": [told("supplement_asked", "2024-09-09")],
    "received twice": [told("received", "2024-09-11")],
    "replied twice": [replied("2024-09-20"), replied("2024-09-21")],
    "a letter signed for that was not sent": [told("letter_delivered", "2024-09-11", letter=7)],
    "confirmed though it was received": [told("receipt_confirmed", "2024-09-11")],
}
# fmt: on


@pytest.mark.parametrize("events", IMPOSSIBLE.values(), ids=list(IMPOSSIBLE))
def test_what_cannot_have_happened_is_refused_either_way(calendar, events):
    with pytest.raises(NotAllowed):
        standing(sorted(log("2024-09-10", *events), key=lambda e: e.on), calendar)


def test_until_both_sides_confirm_the_due_day_is_cautious(calendar):
    """第三十一条: counted from arrival and provisional; then from the confirmation."""
    arrived = told("received", "2024-09-10", cautious=True)
    before = standing([arrived], calendar)
    after = standing([arrived, told("receipt_confirmed", "2024-09-12")], calendar)
    assert [
        (s.received_on, s.due_on, s.provisional, [f.rule for f in s.findings])
        for s in (before, after)
    ] == [
        (day("2024-09-10"), day("2024-10-14"), True, ["unconfirmed"]),
        (day("2024-09-12"), day("2024-10-16"), False, ["confirmed_late"]),
    ]


def test_service_after_the_reply_moves_the_remedies_and_not_the_reply_day(calendar):
    then = standing(
        log(
            "2024-09-10",
            replied("2024-09-20", service=ServiceMethod.POSTAL, mail_number="EM1"),
            told("reply_returned", "2024-09-25", mail_number="EM1"),
            told("reply_posted", "2024-09-26", mail_number="EM2"),
            told("reply_delivered", "2024-09-29", mail_number="EM2"),
            told("archived", "2024-10-08"),
        ),
        calendar,
    )
    assert (then.replied_on, then.delivered_on, then.stage, then.findings) == (
        day("2024-09-20"), day("2024-09-29"), Stage.ARCHIVED, (),
    )  # fmt: skip


def test_what_comes_back_waits_since_the_first_of_its_kind_whatever_the_stage(calendar):
    then = standing(
        log(
            "2024-09-10",
            told("letter_sent", "2024-09-11", letter=7),
            told("letter_refused", "2024-09-18", letter=7),
            replied("2024-09-20", service=ServiceMethod.POSTAL),
            told("reply_returned", "2024-09-25"),
            told("archived", "2024-10-08"),
            told("letter_sent_again", "2024-10-09", letter=7),
        ),
        calendar,
    )
    assert (then.returned_on, then.due_on, then.findings) == (
        day("2024-09-25"), day("2024-10-14"), (),
    )  # fmt: skip


def test_a_concluded_request_is_read_by_the_calendar_it_was_concluded_under(calendar):
    """Received on 2019-04-08 and answered on 29 April, before the amended notice was
    loaded: on time then, and on time for ever."""
    earlier = calendar.known_on(day("2019-03-21"))
    loaded = Calendar([*earlier.notices, *calendar.notices[len(earlier.notices) :]])
    reply = stamped(replied("2019-04-29"), earlier)
    then = standing(log("2019-04-08", reply), loaded)
    anew = standing(log("2019-04-08", replied("2019-04-29")), loaded)
    assert (reply.calendar, reply.rules) == (earlier.version, RULES)
    assert [(s.due_on, s.timeliness) for s in (then, anew)] == [
        (day("2019-04-29"), "on_time"),
        (day("2019-04-28"), "late"),
    ]


def test_a_second_decision_leaves_the_reply_as_it_was(calendar):
    """法释〔2025〕8号第十一条: what was counted is counted no second time."""
    refused = replied("2024-09-21", outcome=Outcome.DELIBERATIVE)
    before = log("2024-09-10", refused)
    anew = told("decided_anew", "2025-03-03", outcome=Outcome.GRANTED, appeal=4)
    then, now = (standing(events, calendar) for events in (before, [*before, anew]))
    assert now == then
    looked = [
        told(kind, "2025-02-03")
        for kind in ("submitted_for_review", "sent_back", "confidentiality_reviewed")
    ] + [told(kind, "2025-02-04") for kind in ("submitted_for_review", "reviewed")]
    reviewed = standing([*before, *looked, anew], calendar)
    assert replace(reviewed, desk=now.desk) == now
    open_ = log("2024-09-10")
    found = [f.rule for f in standing([*open_, anew], calendar).findings]
    assert found == ["out_of_order"]


def test_every_event_has_its_place_on_the_road():
    off = {happened.Received, happened.EntryVoided}
    assert set(ROAD) == set(happened.KINDS.values()) - off


def test_the_last_correction_stands_and_moves_no_day(calendar):
    before = log("2024-09-10")
    wrong, right = (
        told("corrected", "2024-09-11", channel=channel, was_channel="post")
        for channel in ("fax", "online")
    )
    then, now = (standing(e, calendar) for e in (before, [*before, wrong, right]))
    assert now == replace(then, corrected=right)


EVERY = [
    told("received", "2024-09-10", arrived_on=day("2024-09-09"), cautious=True),
    told("receipt_confirmed", "2024-09-11"),
    told("registered", "2024-09-11", number="〔2024〕1号"),
    told("applicant_completed", "2024-09-11"),
    told("participant_removed", "2024-09-11", participant=5),
    told("corrected", "2024-09-11", channel="online", was_channel="post"),
    told("supplement_asked", "2024-09-12"),
    told("supplement_received", "2024-09-13"),
    told("opinion_sought", "2024-09-14", consultation="甲"),
    told("opinion_delivered", "2024-09-15", consultation="甲"),
    told("opinion_received", "2024-09-16"),
    told("extended", "2024-09-17", days=5, consented_by=7),
    told("delay_agreed", "2024-09-17", until=day("2024-12-01")),
    told("fee_noticed", "2024-09-18", amount=Decimal(100), nth=11, pages=3),
    told("fee_noticed", "2024-09-18"),
    told("fee_paid", "2024-09-19"),
    told("fee_charged", "2024-09-19", amount=Decimal("0.00")),
    told("assigned", "2024-09-19", unit=2, handler=7),
    told("co_assigned", "2024-09-19", unit=3, due_on=day("2024-09-20")),
    told("co_answered", "2024-09-20", unit=3),
    told("secret_paper_noted", "2024-09-19", level=SecrecyLevel.SECRET),
    told("paper_withdrawn", "2024-09-19", attachment=7, secret=True),
    told("searched", "2024-09-19"),
    told("step_decided", "2024-09-19", step="held", choice="not_held"),
    told("submitted_for_review", "2024-09-19"),
    told("sent_back", "2024-09-19"),
    told("confidentiality_reviewed", "2024-09-20"),
    told("reviewed", "2024-09-20"),
    replied("2024-09-21", service=ServiceMethod.COURIER, calendar="a", rules=1),
    told("reply_returned", "2024-09-22", mail_number="EM1"),
    told("reply_posted", "2024-09-23"),
    told("reply_refused", "2024-09-24", left=True),
    told("reply_announced", "2024-09-24", days=30),
    told("reply_delivered", "2024-09-24"),
    told("letter_sent", "2024-09-24", letter=7, service=ServiceMethod.POSTAL),
    told("letter_sent_again", "2024-09-24", letter=7, mail_number="EM3"),
    told("letter_returned", "2024-09-24", letter=7, mail_number="EM3"),
    told("letter_refused", "2024-09-24", letter=7, left=True),
    told("letter_announced", "2024-09-24", letter=7, days=30),
    told("letter_delivered", "2024-09-24", letter=7),
    told("decided_anew", "2024-09-25", outcome=Outcome.GRANTED, appeal=4),
    told("archived", "2024-09-25"),
    told("recalculated", "2024-09-26", calendar="b", was_due_on=day("2024-10-14")),
    told("entry_voided", "2024-09-27", entry=3),
]


def test_every_event_survives_being_written_to_the_log_and_read():
    assert {type(event) for event in EVERY} == set(happened.KINDS.values())
    assert [happened.event(e.kind, e.on, e.details()) for e in EVERY] == EVERY
