"""上线前数据: an office that goes live in mid-year brings what it had before."""

from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse

from reporting.dependencies import Dependencies
from reporting.formats.national_2018 import FORM
from reporting.models import Figure, FigureChange
from reporting.services.counting import count
from reporting.services.opening import Unacceptable, cells_of, enter
from reporting.services.reports import report
from requests_app.domain.regimes import NotAllowed
from requests_app.models import Agency
from requests_app.services.agencies import place
from requests_app.services.recording import register
from tests.fakes import FixedClock, QuietBell

pytestmark = pytest.mark.django_db
YEAR = 2018
RECEIVED = {"3.1": 12, "3.1.1": 5, "3.1.4": 7}


@pytest.fixture
def statistics():
    return Dependencies(
        clock=FixedClock.on("2018-12-20"),
        bell=QuietBell(),
        formats=(FORM,),
        renderers={},
    )


def staff(name, agency, *roles):
    user = get_user_model().objects.create_user(
        name, password="x", is_staff=True, agency=agency
    )
    user.groups.set(Group.objects.filter(name__in=roles))
    return user


@pytest.fixture
def statistician(office):
    return staff("tongji", office, "statistician")


@pytest.fixture
def entering(office, statistician, statistics):
    """Enter those lines for the office, unless told otherwise."""

    def enter_it(lines, **also):
        words = {
            "agency": office, "year": YEAR, "form_key": FORM.key,
            "reason": "纸质登记簿", "by": statistician, "deps": statistics,
        }  # fmt: skip
        values = {
            (line, "count"): None if value is None else Decimal(value)
            for line, value in lines.items()
        }
        return enter(**(words | {"values": values} | also))

    return enter_it


def counted_lines(agency, *lines, scope="area"):
    cells = report(count(FORM, YEAR), agency.pk, scope)["cells"]
    return {line: cells[line]["count"] for line in lines}


def test_part_year_totals_are_added_to_the_logs_count(entering, office, deps):
    register(
        agency=office, received_on=date(2018, 9, 3), channel="post", by=None, deps=deps
    )
    entering(RECEIVED)
    assert counted_lines(office, "3.1", "3.1.1", "3.1.4") == {
        "3.1": 13, "3.1.1": 5, "3.1.4": 8,
    }  # fmt: skip


def test_the_carry_in_answers_for_what_was_concluded_beyond_what_was_received(
    entering, office
):
    concluded = {"3.2": 3, "3.2.1": 3, "3.3": 3, "3.3.2": 3}
    entering(concluded)
    rules = [
        f["rule"] for f in report(count(FORM, YEAR), office.pk, "area")["findings"]
    ]
    assert rules == ["S18-R6", "opening_figures"]
    entering({"carried_in": 3})
    rules = [
        f["rule"] for f in report(count(FORM, YEAR), office.pk, "area")["findings"]
    ]
    assert rules == ["opening_figures"]


def test_a_report_of_the_area_names_each_agency_with_opening_figures(entering, office):
    entering(RECEIVED)
    told = report(count(FORM, YEAR), office.pk, "area")["findings"]
    assert [(f["rule"], f["level"], f["message"]) for f in told] == [
        (
            "opening_figures",
            "soft",
            "云南省人民政府（530000）的统计数含上线前数据，该部分不出自办理日志"
            " / includes figures from before the log began",
        )
    ]


def test_another_agencys_report_says_nothing_of_them(entering, office):
    child = Agency(code="530100", name="昆明市", kind="government", parent=office)
    place(child, on=None)
    entering(RECEIVED)
    assert report(count(FORM, YEAR), child.pk, "area")["findings"] == []


def test_a_change_leaves_who_set_what_to_what_when_and_from_which_source(
    entering, statistician, statistics
):
    entering({"carried_in": 3})
    entering({"carried_in": 4}, reason="复核")
    entering({"carried_in": None}, reason="并入系统")
    entering({"carried_in": None}, reason="没有变化")
    told = FigureChange.objects.order_by("pk").values_list(
        "line", "was", "now", "reason", "changed_by", "changed_at"
    )
    now = statistics.clock.now()
    assert list(told) == [
        ("carried_in", None, 3, "纸质登记簿", statistician.pk, now),
        ("carried_in", 3, 4, "复核", statistician.pk, now),
        ("carried_in", 4, None, "并入系统", statistician.pk, now),
    ]
    assert not Figure.objects.exists()


@pytest.mark.parametrize(
    ("lines", "where"),
    [
        ({"3.1": "1.5"}, "3.1"),
        ({"3.1": "-1"}, "3.1"),
        ({"3.1": "NaN"}, "3.1"),
        ({"7": "0.0000001"}, "7"),
        ({"7": "1e15"}, "7"),
        ({"1.1": "1"}, "1.1"),
        ({"nonsense": "1"}, "nonsense"),
        ({"3.1": "12", "3.1.1": "5"}, "3.1"),
    ],
    ids=[
        "half a request", "negative", "no number", "less than a fen", "too large",
        "an entered line", "no line", "a total that its parts do not make",
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_at_its_cell_and_nothing_is_written(
    entering, lines, where
):
    with pytest.raises(Unacceptable) as refused:
        entering(lines)
    assert list(refused.value.faults) == [(where, "count")]
    assert not FigureChange.objects.exists()


def test_a_fee_to_the_fen_is_taken(entering, office):
    entering({"7": "0.000001"})
    assert counted_lines(office, "7") == {"7": 0.000001}


@pytest.mark.parametrize(
    "also",
    [{"year": 2013}, {"reason": " "}, {"seen": 99}],
    ids=["another form's year", "no source", "somebody changed it meanwhile"],
)
def test_an_act_that_may_not_be_writes_nothing(entering, also):
    with pytest.raises(NotAllowed):
        entering(RECEIVED, **also)
    assert not FigureChange.objects.exists()


@pytest.mark.parametrize(
    ("role", "at", "may"),
    [
        ("statistician", "own", True),
        ("office_head", "own", True),
        ("statistician", "parent", True),
        ("statistician", "child", False),
        ("handler", "own", False),
        ("auditor", "own", False),
    ],
)
def test_statisticians_and_heads_enter_within_their_sight(
    entering, office, role, at, may
):
    own = Agency(code="530100", name="昆明市", kind="government", parent=office)
    place(own, on=None)
    child = Agency(code="530102", name="五华区", kind="government", parent=own)
    place(child, on=None)
    by = staff("who", {"own": own, "parent": office, "child": child}[at], role)
    if may:
        assert entering(RECEIVED, agency=own, by=by) == 3
    else:
        with pytest.raises(NotAllowed):
            entering(RECEIVED, agency=own, by=by)


def test_an_agency_that_handed_in_its_whole_table_is_not_counted_twice(
    entering, office, statistics
):
    Figure.objects.create(
        agency=office, year=YEAR, form=FORM.key, line="3.1", column="count",
        value=12, entered_at=statistics.clock.now(),
    )  # fmt: skip
    with pytest.raises(NotAllowed):
        entering(RECEIVED)


PAGE = f"?agency={{}}&year={YEAR}&form={FORM.key}"


@pytest.fixture
def page(client, office, statistician):
    client.force_login(statistician)
    return reverse("admin:reporting_figure_opening") + PAGE.format(office.pk)


def filled(**also):
    empty = {"|".join(cell): "" for cell in cells_of(FORM)}
    return empty | {"seen": 0, "reason": "纸质登记簿"} | also


def test_the_page_saves_and_shows_what_was_changed(client, page):
    numbers = {f"{line}|count": n for line, n in RECEIVED.items()}
    answer = client.post(page, filled(**numbers), follow=True).content.decode()
    assert "已记录 3 项改动" in answer
    assert "— → 12 · 纸质登记簿" in answer
    assert sorted(Figure.objects.values_list("line", "value", "origin")) == [
        ("3.1", 12, "opening"), ("3.1.1", 5, "opening"), ("3.1.4", 7, "opening"),
    ]  # fmt: skip


@pytest.mark.parametrize("line", ["8.1", "3.1"], ids=["entered", "handed in"])
def test_the_page_shows_no_change_of_what_was_not_before_the_log(
    client, page, office, statistics, line
):
    FigureChange.objects.create(
        agency=office, year=YEAR, form=FORM.key, line=line, column="count", now=4,
        origin=Figure.Origin.ENTERED, changed_at=statistics.clock.now(),
    )  # fmt: skip
    answer = client.get(page)
    assert answer.status_code == 200
    assert "— → 4" not in answer.content.decode()


def test_the_page_keeps_what_was_typed_and_says_what_is_wrong(client, page):
    answer = client.post(page, filled(**{"3.1|count": "12"})).content.decode()
    assert "收到申请数应等于各申请方式之和（12 ≠ 0）" in answer
    assert 'value="12"' in answer
    assert not Figure.objects.exists()


def test_the_page_is_not_for_every_role(client, page, office):
    client.force_login(staff("banren", office, "handler"))
    assert client.get(page).status_code == 403


def test_an_agency_out_of_sight_cannot_be_chosen(client, page):
    other = Agency(code="990000", name="别省", kind="government")
    place(other, on=None)
    there = reverse("admin:reporting_figure_opening") + PAGE.format(other.pk)
    assert "上线前数</th>" not in client.get(there).content.decode()
