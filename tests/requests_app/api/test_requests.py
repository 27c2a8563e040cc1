"""Handing a request in by machine: once, whole, and answered with number and due day."""

from datetime import date

import pytest
from django.db import connection

from requests_app.models import Applicant, DisclosureRequest, LogEntry, Submission
from requests_app.services.agencies import dissolve
from requests_app.services.intake import opens

pytestmark = pytest.mark.django_db


def without_code(answer):
    return {k: v for k, v in answer.json().items() if k != "query_code"}


def pointers(answer):
    return [fault["pointer"] for fault in answer.json()["errors"]]


def test_a_request_is_registered_and_answered_at_once(portal, form):
    made = portal.create(form)
    row = DisclosureRequest.objects.get()
    assert (made.status_code, made["Location"]) == (
        201, f"/api/v1/requests/{row.reference}/",
    )  # fmt: skip
    assert without_code(made) == {
        "reference": row.reference,
        "number": row.number,
        "agency": "530000",
        "stage": "in_handling",
        "received_on": "2024-11-04",
        "base_due_on": "2024-12-02",
        "due_on": "2024-12-02",
        "provisional": False,
        "waiting_for": [],
        "outcome": None,
        "replied_on": None,
        "voided_on": None,
    }
    assert row.applicant.name == "张三"
    assert row.wording.subject == form["subject"]
    assert row.submission.portal_reference == form["portal_reference"]
    assert [e.kind for e in row.entries.all()] == ["received", "registered"]


def test_the_query_code_is_kept_as_a_keyed_hash_alone(portal, form):
    code = portal.create(form).json()["query_code"]
    stored = Submission.objects.get().query_code
    assert code not in stored
    assert [opens(c, stored) for c in (code, code.lower(), "X" * 12)] == [
        True, True, False,
    ]  # fmt: skip


def test_the_same_key_and_body_gives_the_first_answer_again(portal, form):
    first, again = portal.create(form), portal.create(form)
    assert (again.status_code, again.json()) == (201, first.json())
    assert again["Idempotent-Replayed"] == "true"
    assert DisclosureRequest.objects.count() == 1


@pytest.mark.parametrize("gone", ["dissolved", "taken from the portal"])
def test_the_first_answer_outlasts_the_agency(portal, account, office, form, gone):
    first = portal.create(form)
    url, act = (
        f"requests/{first.json()['reference']}/withdrawal/",
        {"idempotency-key": "w"},
    )
    withdrawn = portal.post(url, {}, **act)
    if gone == "dissolved":
        dissolve(office, on=date(2024, 11, 5))
    else:
        account.agencies.clear()
    assert portal.create(form).json() == first.json()
    assert portal.post(url, {}, **act).json() == withdrawn.json()
    assert portal.create(form, key="k2").status_code in {404, 409}


def test_the_same_key_with_another_body_is_refused(portal, form):
    portal.create(form)
    refused = portal.create(form | {"subject": "另一件"})
    assert (refused.status_code, refused.json()["type"]) == (
        422, "urn:disclosure:problem:key_reused",
    )  # fmt: skip
    assert DisclosureRequest.objects.count() == 1


def test_a_key_is_bound_to_its_portal(portal, other_portal, form):
    portal.create(form)
    assert other_portal.create(form).status_code == 201
    assert DisclosureRequest.objects.count() == 2


def test_a_portals_own_reference_is_used_once(portal, form):
    first = portal.create(form)
    refused = portal.create(form, key="k2")
    assert (refused.status_code, refused.json()["reference"]) == (
        409, first.json()["reference"],
    )  # fmt: skip
    assert DisclosureRequest.objects.count() == 1


def test_without_a_key_nothing_is_written(portal, form):
    assert portal.post("requests/", form).status_code == 400
    assert DisclosureRequest.objects.count() == 0


def test_an_email_not_confirmed_has_a_cautious_due_day(portal, form):
    made = portal.create(form | {"channel_detail": "email"}).json()
    assert (made["received_on"], made["provisional"]) == ("2024-11-04", True)


def test_an_instant_is_a_day_in_shanghai(portal, form):
    made = portal.create(form | {"submitted_at": "2019-05-14T16:05:00Z"}).json()
    assert (made["received_on"], made["due_on"]) == ("2019-05-15", "2019-06-13")


def changed(form, path, value):
    *above, last = path
    place = form
    for name in above:
        place = place[name]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return form


@pytest.mark.parametrize(
    ("path", "value", "status", "named"),
    [
        (["agency"], None, 400, ["/agency"]),
        (["agency"], "a b", 400, ["/agency"]),
        (["agency"], "nowhere", 404, ["/agency"]),
        (["channel"], "pigeon", 400, ["/channel"]),
        (["channel"], "post", 400, ["/channel_detail"]),
        (["submitted_at"], None, 400, [""]),
        (["submitted_at"], "2024-11-04T09:30:00", 400, ["/submitted_at"]),
        (["submitted_at"], "令和6年11月4日", 400, ["/submitted_at"]),
        (["submitted_at"], 1730684400, 400, ["/submitted_at"]),
        (["submitted_at"], "2026-W47-5T09:00+08:00", 400, ["/submitted_at"]),
        (["submitted_at"], "2024-13-01", 400, ["/submitted_at"]),
        (["submitted_at"], "2001-01-01", 422, ["/submitted_at"]),
        (["submitted_at"], "2567-11-04", 422, ["/submitted_at"]),
        (["agency"], 530000, 400, ["/agency"]),
        (["subject"], "\u200b", 400, ["/subject"]),
        (["subject"], "\ufeff", 400, ["/subject"]),
        (["subject"], "\u3164", 400, ["/subject"]),
        (["subject"], "\U000e0041\U000e0042", 400, ["/subject"]),
        (["applicant", "name"], "\u200d", 400, ["/applicant/name"]),
        (["applicant"], None, 400, ["/applicant"]),
        (["applicant"], [], 400, ["/applicant"]),
        (["applicant", "name"], " ", 400, ["/applicant/name"]),
        (["applicant", "name"], "张\u202e三", 400, ["/applicant/name"]),
        (["applicant", "id_number"], None, 400, ["/applicant/id_number"]),
        (["applicant", "id_number"], 5, 400, ["/applicant/id_number"]),
        (["applicant", "kind"], "alien", 400, ["/applicant/kind"]),
        (["applicant", "email"], "x", 400, ["/applicant/email"]),
        (["applicant", "nick"], "x", 400, ["/applicant/nick"]),
        (["subject"], "", 400, ["/subject"]),
        (["subject"], "字" * 10_001, 400, ["/subject"]),
        (["portal_reference"], ["x"], 400, ["/portal_reference"]),
        (["received_on"], "2024-11-04", 400, ["/received_on"]),
    ],
)
def test_a_faulty_form_is_refused_by_field(portal, form, path, value, status, named):
    refused = portal.create(changed(form, path, value))
    assert refused.status_code == status
    if named is not None:
        assert pointers(refused) == named
    counts = [m.objects.count() for m in (DisclosureRequest, Applicant, LogEntry)]
    assert counts == [0, 0, 0]


@pytest.mark.parametrize(
    "name", ["محمد\u200cرضا", "\u1828\u1820\u180e\u1820", "张·三", "𠮷野"]
)
def test_a_real_name_is_taken(portal, form, name):
    assert portal.create(changed(form, ["applicant", "name"], name)).status_code == 201


def test_an_applicant_without_any_contact_is_refused(portal, form):
    for contact in ("phone", "address", "email"):
        del form["applicant"][contact]
    assert pointers(portal.create(form)) == ["/applicant"]


def test_the_status_is_the_answer_without_the_code(portal, form):
    made = portal.create(form)
    read = portal.get(f"requests/{made.json()['reference']}/")
    assert read.status_code == 200
    assert read.json() == without_code(made) | {"awaited": [], "documents": []}


def test_what_another_portal_handed_in_is_out_of_sight(portal, other_portal, form):
    reference = portal.create(form).json()["reference"]
    assert other_portal.get(f"requests/{reference}/").status_code == 404
    assert other_portal.get("requests/").json()["results"] == []


def test_an_agency_that_the_portal_was_not_opened_for_is_out_of_sight(
    portal, form, elsewhere
):
    assert portal.create(form | {"agency": elsewhere.code}).status_code == 404


def test_the_list_is_walked_by_cursor(portal, form):
    made = [
        portal.create(form | {"portal_reference": f"r{n}"}, key=f"k{n}").json()
        for n in range(5)
    ]
    first = portal.get("requests/?page_size=2").json()
    seen = [r["reference"] for r in first["results"]]
    page = first
    while page["next"]:
        page = portal.client.get(page["next"], headers=portal.headers).json()
        seen += [r["reference"] for r in page["results"]]
    assert seen == [m["reference"] for m in reversed(made)]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("stage=asleep", 400),
        ("received_from=yesterday", 400),
        ("agency=%00", 400),
        ("page_size=0", 400),
        ("colour=red", 400),
        ("cursor=rubbish", 404),
        ("cursor=cD1hYmM%3D", 404),
        ("stage=in_handling&overdue_on=2025-01-01", 200),
    ],
)
def test_a_filter_that_is_none_is_named(portal, query, status):
    assert portal.get(f"requests/?{query}").status_code == status


def test_handing_in_costs_few_statements(portal, form, django_assert_num_queries):
    held = connection.vendor == "postgresql"  # the lock on the key
    with django_assert_num_queries(15 + held):
        portal.create(form)


def test_asking_costs_few_statements(portal, form, django_assert_num_queries):
    reference = portal.create(form).json()["reference"]
    with django_assert_num_queries(6):
        portal.get(f"requests/{reference}/")


def test_the_whole_official_form_is_kept(portal, form):
    told = {"fax": "0871-1", "postcode": "650000", "workplace": "某厂"}
    told["licence"] = "营业执照 91530100MA6K000001"
    form["applicant"] |= told
    form |= {"provide_as": "disc", "obtain_by": "collect", "accepts_other": False}
    form["retrieval_number"] = "530000-2024-00012"
    made = DisclosureRequest.objects.get(reference=portal.create(form).json()["reference"])  # fmt: skip
    assert {name: getattr(made.applicant, name) for name in told} == told
    wording = made.wording
    assert (wording.provide_as, wording.obtain_by, wording.accepts_other) == (
        "disc", "collect", False,
    )  # fmt: skip
    assert wording.applied_on == date(2024, 11, 4)
    assert wording.retrieval_number == "530000-2024-00012"


@pytest.mark.parametrize(
    ("field", "value"),
    [("provide_as", "stone"), ("obtain_by", 1), ("accepts_other", "yes")],
)
def test_a_manner_that_is_none_is_named(portal, form, field, value):
    answer = portal.create(form | {field: value})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, f"/{field}")  # fmt: skip
