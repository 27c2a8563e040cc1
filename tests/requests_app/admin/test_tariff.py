"""国办函〔2020〕109号 on pages: what the tariff makes of a request is shown, a person decides."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from requests_app.domain.events import FeeNoticed
from requests_app.models import Agency, Applicant
from requests_app.services import tariff
from requests_app.services.agencies import place
from requests_app.services.recording import register

pytestmark = pytest.mark.django_db
ID, OTHER = "53010219800101001X", "530102198001010028"


def asked(office, at, on="2024-10-08", id_number=ID):
    """A request of its own row of applicant, as each arrives."""
    deps = at("2024-10-11" if on <= "2024-10-11" else on)
    who = Applicant(name="张三", id_number=id_number)
    return register(
        agency=office, received_on=date.fromisoformat(on), applicant=who, by=None,
        deps=deps,
    )  # fmt: skip


@pytest.fixture
def eleven(office, at):
    return [asked(office, at, f"2024-10-{n % 9 + 1:02}") for n in range(11)]


# --- the how many-th of the month ---------------------------------------------------------
def test_pieces_are_added_up_in_the_order_of_their_receipt(eleven):
    in_order = sorted(eleven, key=lambda one: (one.received_on, one.pk))
    assert [tariff.nth_piece(one) for one in in_order] == list(range(1, 12))


def test_only_the_same_person_agency_and_month_are_added_up(office, at, eleven):
    elsewhere = Agency(code="440000", name="别省", kind="government")
    place(elsewhere, on=None)
    eleven[0].voided_on = date(2024, 10, 11)
    eleven[0].save()
    told = {
        "the same, written otherwise": asked(office, at, "2024-10-11", ID.lower()),
        "another person": asked(office, at, "2024-10-11", OTHER),
        "another agency": asked(elsewhere, at, "2024-10-11"),
        "the month before": asked(office, at, "2024-09-30"),
        "nobody known": asked(office, at, "2024-10-11", ""),
    }
    assert {name: tariff.nth_piece(one) for name, one in told.items()} == {
        "the same, written otherwise": 11,
        "another person": 1,
        "another agency": 1,
        "the month before": 1,
        "nobody known": None,
    }


def test_the_count_is_one_query(eleven, django_assert_num_queries):
    with django_assert_num_queries(1):
        tariff.nth_piece(eleven[-1])


def test_before_the_tariff_was_in_force_nothing_is_proposed(office, at):
    before, since = (asked(office, at, on) for on in ("2020-12-31", "2021-01-01"))
    assert tariff.proposed(before) == tariff.Proposal(in_force=False)
    assert tariff.proposed(since) == tariff.Proposal(in_force=True, nth=1)


# --- on the fee notice ---------------------------------------------------------------------
@pytest.fixture
def handler(signed_in, at):
    at("2024-10-11")
    return signed_in("handler", "handler")


def page_of(one):
    kind = "fee_noticed"
    return reverse("admin:requests_app_disclosurerequest_act", args=[one.pk, kind])


def lines(answer):
    return re.findall(r"<li>([^<]*)</li>", answer.content.decode())


def typed(handler, one, **told):
    """Shown, then confirmed."""
    told = {"on": "2024-10-11", "seen": 2, **told}
    shown = handler.post(page_of(one), told)
    token = re.search(r'name="shown" value="([^"]*)"', shown.content.decode())
    if token:
        handler.post(page_of(one), {**told, "shown": token[1], "confirm": "1"})
    return shown


def noticed(one):
    event = one.entries.last().event()
    return event if isinstance(event, FeeNoticed) else None


def last_of(eleven):
    return max(eleven, key=lambda one: (one.received_on, one.pk))


def test_the_eleventh_piece_is_told_with_its_fee(handler, eleven):
    told = lines(handler.get(page_of(last_of(eleven))))
    assert "按件：同一申请人本月向本机关申请的第 11 件。" in told
    assert ("第 11 件：100 元" in told, "共 100 元" in told) == (True, True)


# fmt: off
DECIDED = {
    "as the tariff has it, by piece": ({"method": "piece"}, (Decimal(100), 11, None)),
    "by pages":                       ({"method": "page", "pages": "110"}, (Decimal(900), None, 110)),
    "less, as a person decides":      ({"method": "piece", "amount": "0"}, (Decimal(0), 11, None)),
    "by piece though pages are typed": ({"method": "piece", "pages": "110"}, (Decimal(100), 11, None)),
}
# fmt: on


@pytest.mark.parametrize(("told", "kept"), DECIDED.values(), ids=DECIDED)
def test_what_is_decided_is_what_the_log_holds(handler, eleven, told, kept):
    one = last_of(eleven)
    typed(handler, one, **told)
    event = noticed(one)
    assert (event.amount, event.nth, event.pages) == kept


def test_the_pages_are_explained_step_by_step_before_it_is_confirmed(handler, eleven):
    told = lines(
        typed(handler, last_of(eleven), method="page", pages="110", amount="5")
    )
    assert told[-6:] == [
        "第 1 至 30 页，每页 0 元：0 元",
        "第 31 至 100 页，每页 10 元：700 元",
        "第 101 至 110 页，每页 20 元：200 元",
        "共 900 元",
        "告知金额：5 元",
        "与标准不同：按标准为 900 元",
    ]


def test_pages_must_be_told_where_they_are_counted(handler, eleven):
    answer = typed(handler, eleven[0], method="page")
    assert "pages" in answer.context["form"].errors
    assert noticed(eleven[0]) is None


def test_an_older_request_has_no_tariff_and_says_why(handler, office, at):
    old = asked(office, at, "2020-12-31")
    at("2024-10-11")
    answer = handler.get(page_of(old))
    assert "method" not in answer.context["form"].fields
    assert "2021年1月1日前收到的申请不收信息处理费" in answer.content.decode()


# --- reckoned, and nothing recorded -----------------------------------------------------------
def test_the_page_that_reckons(handler):
    address = reverse("admin:requests_app_disclosurerequest_tariff")
    page = handler.get(address, {"pages": "110", "pieces": "31"}).content.decode()
    assert re.findall(r"<strong>(共 [^<]*)</strong>", page) == [
        "共 900 元",
        "共 2200 元",
    ]
    assert "office-error" in handler.get(address, {"pages": "0"}).content.decode()
