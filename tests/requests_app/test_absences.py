"""离岗代办: who may enter it, what is refused, and that standing in opens no way round the
four eyes (第四十五条)."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from threading import Barrier

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import DatabaseError, IntegrityError, connection, transaction

from requests_app.domain.events import (
    Assigned,
    Reviewed,
    Searched,
    SentBack,
    SubmittedForReview,
)
from requests_app.domain.regimes import NotAllowed
from requests_app.models import Absence, Agency, LogEntry, OutboxMessage
from requests_app.services import absences, queues
from requests_app.services.agencies import place
from requests_app.services.recording import record, register
from requests_app.services.standings import broken_links
from requests_app.services.voiding import void
from tests.fakes import FixedClock

pytestmark = pytest.mark.django_db
TODAY = date(2024, 9, 11)  # a Wednesday
FRIDAY = date(2024, 9, 13)


@pytest.fixture
def now(deps):
    return replace(deps, clock=FixedClock.on(str(TODAY)))


@pytest.fixture
def person(office):
    def made(name, *roles, agency=office, **more):
        user = get_user_model().objects.create_user(name, agency=agency, **more)
        user.groups.set(Group.objects.filter(name__in=roles))
        return user

    return made


@pytest.fixture
def zhang(person):
    return person("张三", "handler")


@pytest.fixture
def li(person):
    return person("李四", "handler", "reviewer")


@pytest.fixture
def letter(office, zhang, now):
    made = register(agency=office, received_on=date(2024, 9, 10), by=None, deps=now)
    return record(made, Assigned(on=TODAY, handler=zhang.pk), by=None, deps=now)


def away(absent, substitute, deps, start=TODAY, end=FRIDAY, by=None):
    return absences.announce(
        absent=absent, substitute=substitute, from_on=start, until_on=end,
        by=by or absent, deps=deps,
    )  # fmt: skip


def last(found) -> LogEntry:
    return found.entries.latest("sequence")


def who(entry):
    return str(entry.recorded_by), entry.acting_for and str(entry.acting_for)


def test_an_absence_holds_both_its_days_and_none_beside(zhang, li, now):
    away(zhang, li, now)
    days = [date(2024, 9, day) for day in range(10, 15)]
    held = [absences.standing_in_for(li, day).exists() for day in days]
    assert held == [False, True, True, True, False]
    assert absences.substitute_of(zhang.pk, FRIDAY).substitute == li
    assert absences.substitute_of(li.pk, FRIDAY) is None
    assert absences.substitute_of(None, FRIDAY) is None


def test_the_person_the_head_of_the_office_and_a_superuser_enter_it(
    zhang, li, person, now
):
    head = person("主任", "office_head")
    root = get_user_model().objects.create_superuser("root")
    for by in (zhang, head, root):
        made = away(zhang, li, now, by=by)
        assert (made.entered_by, made.entered_at) == (by, now.clock.now())
        absences.withdraw(made, by=by, deps=now)


def test_both_are_told_of_it_and_of_its_end(zhang, li, person, now):
    head = person("主任", "office_head")
    made = away(zhang, li, now, by=head)
    absences.withdraw(made, by=head, deps=now)
    told = {
        "absence": made.pk, "from_on": "2024-09-11", "until_on": "2024-09-13",
        "to": [li.pk, zhang.pk],
    }  # fmt: skip
    found = OutboxMessage.objects.filter(topic__startswith="absence.").order_by("pk")
    assert [(m.topic, m.key, m.payload) for m in found] == [
        ("absence.announced", f"absence:{made.pk}:announced", told),
        ("absence.withdrawn", f"absence:{made.pk}:withdrawn", told),
    ]
    assert now.bell.rung == ["requests_app.deliver_outbox"] * 2


@pytest.mark.parametrize("role", ["handler", "reviewer", "supervisor", "auditor"])
def test_nobody_else_of_the_office_enters_or_withdraws_it(zhang, li, person, now, role):
    other = person("王五", role)
    with pytest.raises(NotAllowed, match="只有本人或者本机关的机构负责人"):
        away(zhang, li, now, by=other)
    made = away(zhang, li, now)
    with pytest.raises(NotAllowed, match="只有本人或者本机关的机构负责人"):
        absences.withdraw(made, by=other, deps=now)


def test_the_head_of_a_superior_office_does_not_enter_it(zhang, li, office, now):
    above = Agency(code="100000", name="上级", kind="government")
    place(above, on=None)
    head = get_user_model().objects.create_user("上级主任", agency=above)
    head.groups.set(Group.objects.filter(name="office_head"))
    with pytest.raises(NotAllowed, match="只有本人或者本机关的机构负责人"):
        away(zhang, li, now, by=head)


REFUSED = {
    "离岗止日早于起日": (FRIDAY, TODAY),
    "期间已过，不必登记": (date(2024, 9, 2), date(2024, 9, 10)),
}


@pytest.mark.parametrize("message", REFUSED)
def test_impossible_days_are_refused(zhang, li, now, message):
    with pytest.raises(NotAllowed, match=message):
        away(zhang, li, now, *REFUSED[message])


def test_a_substitute_is_another_active_colleague(zhang, person, now):
    other = Agency(code="990000", name="别省", kind="government")
    place(other, on=None)
    with pytest.raises(NotAllowed, match="不能由本人代办"):
        away(zhang, zhang, now)
    for stranger in (
        person("外人", "handler", agency=other),
        person("离职", "handler", is_active=False),
    ):
        with pytest.raises(NotAllowed, match="代办人须是同一机关的在职工作人员"):
            away(zhang, stranger, now)


@pytest.mark.parametrize("days", [(11, 11), (13, 20), (12, 12), (1, 30)])
def test_overlapping_absences_of_one_person_are_refused(zhang, li, now, days):
    away(zhang, li, now)
    start, end = (date(2024, 9, day) for day in days)
    with pytest.raises(
        NotAllowed, match="已登记 2024-09-11 — 2024-09-13 离岗，期间重叠"
    ):
        away(zhang, li, now, start, end)


def test_the_days_after_and_withdrawn_days_are_free(zhang, li, person, now):
    first = away(zhang, li, now)
    away(zhang, li, now, date(2024, 9, 14), date(2024, 9, 20))
    absences.withdraw(first, by=zhang, deps=now)
    away(zhang, person("王五"), now)
    with pytest.raises(NotAllowed, match="已经撤回"):
        absences.withdraw(first, by=zhang, deps=now)


def test_what_is_over_is_not_withdrawn(zhang, li, now):
    made = away(zhang, li, now)
    later = replace(now, clock=FixedClock.on("2024-09-14"))
    with pytest.raises(NotAllowed, match="期间已过，无须撤回"):
        absences.withdraw(made, by=zhang, deps=later)


def test_a_substitute_who_is_away_on_one_of_the_days_is_refused(zhang, li, person, now):
    away(li, person("王五"), now, FRIDAY, date(2024, 9, 20))
    with pytest.raises(NotAllowed, match="代办人 2024-09-13 — 2024-09-20 也离岗"):
        away(zhang, li, now)
    away(zhang, li, now, TODAY, date(2024, 9, 12))


def test_a_substitute_may_fall_away_and_what_is_left_open_is_told(
    zhang, li, person, now
):
    first = away(zhang, li, now)
    second = away(li, person("王五"), now, FRIDAY, date(2024, 9, 20))
    assert list(absences.left_open(second)) == [first]
    assert list(absences.left_open(first)) == []


def test_standing_in_is_not_handed_on(zhang, li, person, letter, now):
    """民法典第一百六十九条: who stands in for the stand-in minds their own desk alone."""
    wang = person("王五", "handler")
    away(zhang, li, now)
    away(li, wang, now)
    assert queues.day_of(wang, now).desks == {wang.pk, li.pk}
    assert queues.day_of(li, now).desks == {li.pk, zhang.pk}


def test_roles_are_not_lent_and_those_lacking_are_named(zhang, li, person, now):
    boss = person("主任", "office_head", "handler", "reviewer")
    assert absences.not_lent(away(boss, li, now)) == {"office_head"}
    assert absences.not_lent(away(zhang, person("王五"), now)) == {"handler"}
    li = get_user_model().objects.get(pk=li.pk)
    assert li.roles == {"handler", "reviewer"}
    assert not li.is_office_head()


def test_the_absent_persons_requests_are_in_the_substitutes_queue_while_it_lasts(
    zhang, li, letter, now
):
    away(zhang, li, now)
    seen = type(letter).objects.visible_to(li)
    for day, held in (("2024-09-11", [letter]), ("2024-09-14", [])):
        at = queues.day_of(li, replace(now, clock=FixedClock.on(day)))
        assert list(queues.within(seen, "mine", at)) == held
        assert queues.counts(at)["mine"] == len(held)
    own = queues.day_of(zhang, now)
    assert list(queues.within(seen, "mine", own)) == [letter]


def test_who_has_left_the_agency_stands_in_no_more(zhang, li, letter, now):
    away(zhang, li, now)
    other = Agency(code="990000", name="别省", kind="government")
    place(other, on=None)
    li.agency = other
    li.save()
    assert queues.day_of(li, now).desks == {li.pk}
    assert absences.minders(TODAY) == {}


def test_the_log_keeps_who_acted_and_for_whom(zhang, li, letter, now):
    away(zhang, li, now)
    done = record(letter, Searched(on=TODAY), by=li, remark="无", deps=now)
    assert who(last(done)) == ("李四", "张三")
    assert last(done).recorder == "李四（代张三）"
    voided = void(done, entry=last(done).sequence, by=li, deps=now)
    assert who(last(voided)) == ("李四", "张三")
    assert list(broken_links()) == []


def test_what_is_done_otherwise_is_done_for_nobody_else(
    office, zhang, li, letter, person, now
):
    record(letter, Searched(on=TODAY), by=li, remark="无", deps=now)  # not away yet
    assert who(last(letter)) == ("李四", None)
    away(zhang, li, now)
    record(letter, Searched(on=TODAY), by=person("王五"), remark="无", deps=now)
    assert who(last(letter)) == ("王五", None)
    record(letter, Searched(on=TODAY), by=zhang, remark="无", deps=now)
    assert who(last(letter)) == ("张三", None)
    own = register(agency=office, received_on=TODAY, by=None, deps=now)
    record(own, Assigned(on=TODAY, handler=li.pk), by=li, deps=now)
    assert who(last(own)) == ("李四", None)
    late = replace(now, clock=FixedClock.on("2024-09-14"))
    record(letter, Searched(on=FRIDAY), by=li, remark="无", deps=late)
    assert who(last(letter)) == ("李四", None)


def test_for_whom_is_sealed_and_entries_without_it_are_sealed_as_ever(
    zhang, li, letter, now
):
    before = [entry.hash for entry in letter.entries.order_by("sequence")]
    away(zhang, li, now)
    record(letter, Searched(on=TODAY), by=li, remark="无", deps=now)
    entries = list(letter.entries.order_by("sequence"))
    assert [e.computed_hash() for e in entries] == [e.hash for e in entries]
    assert [e.hash for e in entries[:-1]] == before
    entries[-1].acting_for = None
    assert entries[-1].computed_hash() != entries[-1].hash


def submitted(letter, by, deps):
    return record(letter, SubmittedForReview(on=TODAY), by=by, deps=deps)


def reviewed(letter, by, deps, **more):
    return record(letter, Reviewed(on=TODAY), by=by, deps=deps, **more)


def test_a_substitute_does_not_review_what_they_submitted_themselves(
    zhang, li, letter, now
):
    away(zhang, li, now)
    done = submitted(letter, li, now)
    assert who(last(done)) == ("李四", "张三")
    with pytest.raises(NotAllowed, match="不得审核本人承办的申请"):
        reviewed(letter, li, now)


def test_a_substitute_does_not_review_what_the_drafter_submitted(
    zhang, li, letter, now
):
    submitted(letter, zhang, now)
    made = away(zhang, li, now)
    with pytest.raises(NotAllowed, match="代承办人、送审人办理期间不得审核其申请"):
        reviewed(letter, li, now)
    absences.withdraw(made, by=zhang, deps=now)
    assert reviewed(letter, li, now).stage == "reviewed"


def test_nobody_reviews_what_was_submitted_in_their_stead(
    zhang, li, person, letter, now
):
    """Though the request has another handler by then."""
    zhang.groups.add(Group.objects.get(name="reviewer"))
    away(zhang, li, now)
    submitted(letter, li, now)
    other = person("王五", "handler")
    record(letter, Assigned(on=TODAY, handler=other.pk), by=None, deps=now)
    with pytest.raises(NotAllowed, match="不得审核本人承办的申请"):
        reviewed(letter, zhang, now)


def test_an_absent_reviewers_substitute_reviews_in_their_stead_and_the_log_says_so(
    zhang, li, person, letter, now
):
    chief = person("赵六", "reviewer")
    away(chief, li, now)
    submitted(letter, zhang, now)
    back = record(letter, SentBack(on=TODAY), by=li, deps=now, acting_for=chief)
    assert who(last(back)) == ("李四", "赵六")
    submitted(letter, zhang, now)
    own = reviewed(letter, li, now)
    assert who(last(own)) == ("李四", None)


def test_an_absent_reviewers_substitute_does_not_review_their_own(
    li, person, letter, now
):
    chief = person("赵六", "reviewer")
    away(chief, li, now)
    record(letter, Assigned(on=TODAY, handler=li.pk), by=None, deps=now)
    submitted(letter, li, now)
    with pytest.raises(NotAllowed, match="不得审核本人承办的申请"):
        reviewed(letter, li, now, acting_for=chief)


def test_nobody_reviews_in_the_stead_of_whom_they_do_not_stand_in_for(
    zhang, li, person, letter, now
):
    chief = person("赵六", "reviewer")
    submitted(letter, zhang, now)
    with pytest.raises(NotAllowed, match="当日并非代赵六办理"):
        reviewed(letter, li, now, acting_for=chief)
    assert not LogEntry.objects.filter(kind="reviewed").exists()


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="needs DATABASE_URL (PostgreSQL)"
)
def test_two_absences_entered_at_once_do_not_overlap(committed, deps):
    """Nor is somebody named a stand-in who enters an absence at the same moment."""
    now = replace(deps, clock=FixedClock.on(str(TODAY)))
    office = Agency(code="530000", name="云南省人民政府", kind="government")
    place(office, on=None)
    made = get_user_model().objects.create_user
    zhang, li, wang = (made(name, agency=office) for name in ("张三", "李四", "王五"))
    ready = Barrier(4)

    def enter(people):
        ready.wait()
        try:
            return away(*people, now)
        except NotAllowed:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        asked = [(zhang, li), (zhang, wang), (li, wang), (li, zhang)]
        told = list(pool.map(enter, asked))
    assert Absence.objects.count() == sum(one is not None for one in told)
    who_is_away = list(Absence.objects.values_list("absent", flat=True))
    assert len(set(who_is_away)) == len(who_is_away)
    for one in Absence.objects.all():
        earlier = Absence.objects.filter(absent=one.substitute, pk__lt=one.pk)
        assert not earlier.exists()


def test_people_see_their_own_absences_and_the_head_those_of_the_office(
    zhang, li, person, office, now
):
    made = away(zhang, li, now)
    seen = {
        name: list(Absence.objects.visible_to(user))
        for name, user in {
            "absent": zhang,
            "substitute": li,
            "other": person("王五", "handler", "reviewer"),
            "head": person("主任", "office_head"),
            "auditor": person("审计", "auditor"),
            "superuser": get_user_model().objects.create_superuser("root"),
        }.items()
    }
    assert seen == {
        "absent": [made], "substitute": [made], "other": [], "head": [made],
        "auditor": [made], "superuser": [made],
    }  # fmt: skip


def test_the_database_refuses_what_must_never_be(zhang, li, now):
    made = away(zhang, li, now)
    told = {"entered_by": zhang, "entered_at": now.clock.now()}
    for absent, substitute, start, end in [
        (zhang, zhang, TODAY, FRIDAY),
        (li, zhang, FRIDAY, TODAY),
    ]:
        with pytest.raises(IntegrityError), transaction.atomic():
            Absence.objects.create(
                absent=absent, substitute=substitute, from_on=start, until_on=end,
                **told,
            )  # fmt: skip
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Absence.objects.update(until_on=TODAY)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        made.delete()
