"""Co-defendants are marked; what nobody marked is inferred, and proposed."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from reporting import facts
from requests_app.models import Agency, Appeal
from requests_app.services import appeals
from requests_app.services.agencies import place
from tests.reporting.conftest import member

pytestmark = pytest.mark.django_db
AFTER = "litigation_after_reconsideration"


@pytest.fixture
def city(office):
    agency = Agency(code="530100", name="昆明市", kind="government", parent=office)
    place(agency, on=None)
    return agency


def suit(agency, **also):
    told = {
        "procedure": AFTER, "case_number": "（2018）云01行初9号",
        "filed_on": date(2018, 5, 6), "result": "pending",
    }  # fmt: skip
    return Appeal.objects.create(agency=agency, **told | also)


@pytest.fixture
def both(office, city):
    """The suit as the city logged it, and the copy of the office that reviewed."""
    return suit(city), suit(office)


def counted():
    return {a.agency.code for a in facts.appeals_matching({}, 2018)}


@pytest.fixture
def handler(office):
    user = member(office, "handler")
    user.is_staff = True
    user.save()
    return user


@pytest.fixture
def client_(handler):
    client = Client()
    client.force_login(handler)
    return client


def rules(appeal, calendar):
    return [f.rule for f in appeals.findings(appeal, calendar)]


def test_unmarked_it_is_inferred_and_told(both, calendar):
    main, copy = both
    assert counted() == {"530100"}
    assert (rules(main, calendar), rules(copy, calendar)) == (
        [], ["co_defendant_inferred"],
    )  # fmt: skip
    assert appeals.main_respondents(copy) == [main]


# fmt: off
MARKED = {
    "a copy, with its case":     (True, True, {"530100"}),
    "a copy, its case unknown":  (True, False, {"530100"}),
    "no copy, though it looks it": (False, False, {"530100", "530000"}),
}
# fmt: on


@pytest.mark.parametrize(("is_one", "linked", "codes"), MARKED.values(), ids=MARKED)
def test_a_mark_stands_before_what_is_inferred(both, calendar, is_one, linked, codes):
    main, copy = both
    copy.co_defendant, copy.main_case = is_one, main if linked else None
    copy.save()
    assert (counted(), rules(copy, calendar)) == (codes, [])


def test_a_marked_copy_is_dropped_whatever_its_number(both):
    main, copy = both
    Appeal.objects.filter(pk=copy.pk).update(
        case_number="（2018）云行初 9", co_defendant=True, main_case=main
    )
    assert counted() == {"530100"}


@pytest.mark.parametrize(
    ("answer", "told"), [("confirm", (True, "530100")), ("deny", (False, None))]
)
def test_the_proposal_is_confirmed_or_denied_on_the_page(both, client_, answer, told):
    copy = both[1]
    page = reverse("admin:requests_app_appeal_change", args=[copy.pk])
    mark = reverse("admin:requests_app_appeal_mark", args=[copy.pk])
    assert mark in client_.get(page).content.decode()
    for _ in "12":  # a double click
        client_.post(mark, {answer: ""})
    copy.refresh_from_db()
    linked = copy.main_case and copy.main_case.agency.code
    assert (copy.co_defendant, linked) == told
    assert mark not in client_.get(page).content.decode()
    listed = client_.get(
        reverse("admin:requests_app_appeal_changelist"), {"proposed": 1}
    )
    assert listed.context["cl"].result_count == 0


def test_what_a_person_types_is_not_inferred(office, handler, deps):
    typed = Appeal(
        agency=office, procedure=AFTER, case_number="（2018）云01行初10号",
        filed_on=date(2018, 5, 6), result="pending",
    )  # fmt: skip
    assert appeals.keep(typed, by=handler, deps=deps).co_defendant is False


# fmt: off
IMPOSSIBLE = {
    "not after reconsideration": ({"co_defendant": True, "procedure": "litigation_direct"}, "co_defendant"),
    "a case though no copy":     ({"co_defendant": False, "main": "main"}, "main_case"),
    "of its own agency":         ({"co_defendant": True, "main": "own"}, "main_case"),
}
# fmt: on


@pytest.mark.parametrize(("told", "field"), IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_what_cannot_be_is_named_at_its_field(both, office, handler, deps, told, field):
    main, copy = both
    cases = {"main": main, "own": suit(office, case_number="另案")}
    copy.main_case = cases.get(told.get("main"))
    copy.co_defendant = told["co_defendant"]
    copy.procedure = told.get("procedure", AFTER)
    with pytest.raises(ValidationError) as error:
        appeals.keep(copy, by=handler, deps=deps)
    assert field in error.value.message_dict


def test_another_agencys_case_is_out_of_sight(both, city):
    stranger = member(city, "handler")
    stranger.is_staff = True
    stranger.save()
    client = Client()
    client.force_login(stranger)
    mark = reverse("admin:requests_app_appeal_mark", args=[both[1].pk])
    assert client.post(mark, {"confirm": ""}).status_code == 404
