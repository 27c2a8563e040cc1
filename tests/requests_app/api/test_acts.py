"""After handing in: supplement, confirmation, withdrawal, and the applicant's own look."""

from datetime import date

import pytest

from requests_app.domain.events import OpinionSought, SupplementAsked
from requests_app.models import DisclosureRequest, SupplementText, ThrottleCount
from requests_app.services.recording import record
from requests_app.services.voiding import void

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(portal, form, calendar_day):
    """Handed in and registered on 4 November 2024; it is now the 20th."""
    calendar_day("2024-11-04")
    told = portal.create(form).json()
    calendar_day("2024-11-20")
    return told


def asked_for_supplement(deps):
    event = SupplementAsked(on=date(2024, 11, 6))
    record(DisclosureRequest.objects.get(), event, by=None, deps=deps)


def shown(answer, *names):
    return [answer.json()[name] for name in names]


def test_a_supplement_starts_the_period_anew(portal, made, deps):
    asked_for_supplement(deps)
    url = f"requests/{made['reference']}/"
    assert shown(portal.get(url), "due_on", "waiting_for") == [None, ["supplement"]]
    body = {"text": "所需为2023年的批复", "submitted_at": "2024-11-20"}
    answer = portal.post(url + "supplements/", body)
    assert (answer.status_code, shown(answer, "due_on", "waiting_for")) == (
        200, ["2024-12-18", []],
    )  # fmt: skip
    entry = DisclosureRequest.objects.get().entries.last()
    assert (entry.kind, entry.digest != "") == ("supplement_received", True)


def test_a_supplement_nobody_asked_for_is_refused_and_not_kept(portal, made):
    refused = portal.post(f"requests/{made['reference']}/supplements/", {"text": "x"})
    assert (refused.status_code, refused.json()["article"]) == (422, "第三十条")
    assert SupplementText.objects.count() == 0


def test_a_supplement_repeated_with_its_key_is_one(portal, made, deps):
    asked_for_supplement(deps)
    body, key = {"text": "x", "submitted_at": "2024-11-20"}, {"idempotency-key": "s1"}
    answers = [
        portal.post(f"requests/{made['reference']}/supplements/", body, **key).json()
        for _ in range(2)
    ]
    assert answers[0] == answers[1]
    assert SupplementText.objects.count() == 1


def test_a_withdrawal_concludes_and_may_be_said_twice(portal, made):
    url = f"requests/{made['reference']}/withdrawal/"
    body = {"submitted_at": "2024-11-08"}
    for _ in range(2):
        answer = portal.post(url, body)
        assert (answer.status_code, shown(answer, "outcome", "replied_on")) == (
            200, ["withdrawn", "2024-11-08"],
        )  # fmt: skip
    assert DisclosureRequest.objects.get().entries.count() == 3


def test_a_withdrawal_waits_for_no_opinion_and_names_nobody(portal, made, deps):
    event = OpinionSought(on=date(2024, 11, 6), consultation="某某公司")
    record(DisclosureRequest.objects.get(), event, by=None, deps=deps)
    url = f"requests/{made['reference']}/"
    assert shown(portal.get(url), "waiting_for") == [["opinion"]]
    answer = portal.post(url + "withdrawal/", {"submitted_at": "2024-11-08"})
    assert answer.status_code == 200


def test_receipt_is_confirmed_on_the_day_of_both(portal, form, calendar_day):
    calendar_day("2024-11-05")
    made = portal.create(form | {"channel_detail": "email"}).json()
    answer = portal.post(
        f"requests/{made['reference']}/confirmation/",
        {"confirmed_at": "2024-11-05T10:00:00+08:00"},
    )
    assert shown(answer, "received_on", "provisional") == ["2024-11-05", False]


@pytest.mark.parametrize("act", ["supplements", "withdrawal", "confirmation"])
def test_what_is_out_of_sight_cannot_be_acted_on(other_portal, made, act):
    body = {
        "supplements": {"text": "x"},
        "confirmation": {"confirmed_at": "2024-11-05"},
    }
    url = f"requests/{made['reference']}/{act}/"
    assert other_portal.post(url, body.get(act, {})).status_code == 404


def look(client, **asked):
    return client.post("/api/v1/lookup/", asked, content_type="application/json")


def test_the_applicant_asks_with_number_and_code(client, made):
    by_number = {"agency": "530000", "number": made["number"]}
    for known in (by_number, {"reference": made["reference"]}):
        answer = look(client, **known, query_code=made["query_code"].lower())
        assert answer.status_code == 200
        assert "张三" not in answer.content.decode()
        told = {k: v for k, v in made.items() if k != "query_code"}
        assert answer.json() == told | {"awaited": [], "documents": []}


def test_a_voided_registration_says_so(portal, client, made, deps):
    void(DisclosureRequest.objects.get(), entry=1, by=None, deps=deps)
    known = {"reference": made["reference"], "query_code": made["query_code"]}
    for answer in (portal.get(f"requests/{made['reference']}/"), look(client, **known)):
        assert shown(answer, "voided_on") == [str(deps.clock.today())]


def test_a_wrong_code_and_a_wrong_number_look_the_same(client, made):
    wrong = look(client, reference=made["reference"], query_code="A" * 12)
    none = look(client, reference="530000-2026-999", query_code=made["query_code"])
    assert wrong.status_code == none.status_code == 404
    assert wrong.json() == none.json()


def test_spaces_do_not_make_another_request_of_it(client, made):
    for spelt in (made["reference"], f" {made['reference']} "):
        look(client, reference=spelt, query_code="A" * 12)
    counts = ThrottleCount.objects.filter(caller__startswith="lookup-of")
    assert counts.count() == 1


def test_guessing_is_slow(client, made):
    look(client, reference=made["reference"], query_code="A" * 12)
    ThrottleCount.objects.filter(caller__startswith="lookup-of").update(calls=10)
    answer = look(client, reference=made["reference"], query_code=made["query_code"])
    assert (answer.status_code, "Retry-After" in answer.headers) == (429, True)
