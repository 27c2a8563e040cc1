"""Every address of the API × every kind of caller × an agency that is its own, another's,
a child's or the parent's. The addresses come from the URL conf: one without a row fails."""

import json
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import URLPattern, get_resolver

from requests_app.api.nowhere import Nowhere
from requests_app.domain.intake import Arrival
from requests_app.models import Agency, Staff
from requests_app.models.staff import ROLES
from requests_app.services import portals
from requests_app.services.agencies import place
from requests_app.services.attachments import attach
from requests_app.services.intake import HandedIn, hand_in
from tests.requests_app.api.conftest import FORM

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\n%%EOF"
WHERE = ("own", "child", "parent", "other")
STAFF = tuple(ROLES)
CALLERS = (*STAFF, "no_role", "superuser", "portal", "reading_portal", "nobody")

#: who may: the rest is 403, nobody known is 401, and out of sight is 404
READERS = frozenset(CALLERS) - {"nobody"}
ACTING = frozenset({"superuser", "portal"})
CLERKS = ACTING | {"intake_clerk"}
HANDLING = CLERKS | {"handler"}
CONCLUDING = ACTING | {"handler", "office_head"}
PERSONS = HANDLING | {"office_head", "reviewer", "reading_portal"}
FILING = HANDLING | {"office_head", "reviewer", "confidentiality_reviewer"}
PORTALS = frozenset({"portal"})
EVERYONE = frozenset(CALLERS)
#: (name, method) → who may; answer to who may; whether it is about an agency, or an act
#: of the agency's own: a superior, who sees it, may not
# fmt: off
ROWS = {
    ("agencies", "get"):      (READERS, 200, "listed"),
    ("callbacks", "get"):     (PORTALS, 200, ""),
    ("callback_test", "post"): (PORTALS, 409, ""),
    ("deadlines", "post"):    (EVERYONE, 200, ""),
    ("requests", "get"):      (READERS, 200, "listed"),
    ("requests", "post"):     (CLERKS, 201, "own"),
    ("request", "get"):       (READERS, 200, "about"),
    ("supplements", "post"):  (HANDLING, 422, "own"),
    ("withdrawal", "post"):   (CONCLUDING, 200, "own"),
    ("confirmation", "post"): (CLERKS, 422, "own"),
    ("attachments", "get"):   (PERSONS, 200, "about"),
    ("attachments", "post"):  (FILING, 201, "own"),
    ("attachment", "get"):    (PERSONS, 200, "about"),
    ("document", "get"):      (PERSONS, 404, "about"),  # not served yet
    ("lookup", "post"):       (EVERYONE, 200, ""),
    ("lookup_document", "post"): (EVERYONE, 404, ""),
    ("report", "get"):        (READERS - {"reading_portal"}, 200, "about"),
    ("edition", "get"):       (READERS - {"reading_portal"}, 404, "about"),  # none yet
    ("cell_requests", "get"): (READERS - {"reading_portal"}, 200, "about"),
    ("schema", "get"):        (EVERYONE, 200, ""),
    ("docs", "get"):          (EVERYONE, 200, ""),
}
# fmt: on
METHODS = ("get", "post", "put", "patch", "delete")


def addresses() -> Iterator[URLPattern]:
    """Of every endpoint of the API but what answers 404 everywhere else; one without a
    name has no row, and fails."""

    def walk(patterns):
        for pattern in patterns:
            if hasattr(pattern, "url_patterns"):
                yield from walk(pattern.url_patterns)
            elif getattr(pattern.callback, "cls", None) is not Nowhere:
                yield pattern

    [api] = [p for p in get_resolver().url_patterns if str(p.pattern) == "api/v1/"]
    return walk(api.url_patterns)


def test_every_address_and_method_has_a_row():
    served = {
        (pattern.name, method)
        for pattern in addresses()
        for method in METHODS
        if hasattr(pattern.callback.view_class, method)
    }
    assert served == set(ROWS)


@pytest.fixture
def tree(db):
    """A county under its prefecture, a township below it, and a county elsewhere."""
    made = {}
    for where, code, above in [
        ("parent", "530100", None), ("own", "530102", "parent"),
        ("child", "530102-1", "own"), ("other", "440100", None),
    ]:  # fmt: skip
        agency = Agency(
            code=code, name=where, kind="government", parent=made.get(above)
        )
        place(agency, on=None)
        made[where] = agency
    return made


@pytest.fixture
def caller(request, tree, deps):
    """A client of `own`."""
    client, headers = Client(), {}
    if request.param in ("portal", "reading_portal"):
        operations = ["read"] if request.param == "reading_portal" else []
        _, key = portals.create(
            name=request.param, codes=["530102"], operations=operations, deps=deps
        )
        headers = {"authorization": f"Bearer {key}"}
    elif request.param != "nobody":
        user = Staff.objects.create_user(
            request.param, agency=tree["own"], is_superuser=request.param == "superuser"
        )
        user.groups.set(Group.objects.filter(name=request.param))
        client.force_login(user)
    return client, headers


@pytest.fixture
def there(tree, deps, settings, tmp_path, caller, request):
    """A request of every agency, with a file; a portal sees what it handed in itself."""
    settings.MEDIA_ROOT = tmp_path
    return {where: handed_in(agency, deps) for where, agency in tree.items()}


def handed_in(agency, deps):
    from datetime import date
    from io import BytesIO

    from requests_app.models import DisclosureRequest, Portal

    applicant = {k: v for k, v in FORM["applicant"].items() if k != "kind"}
    portal = Portal.objects.first()
    who = portal or Staff.objects.first() or Staff.objects.create_user("someone")
    answer, _ = hand_in(
        lambda: HandedIn(
            agency=agency, channel="online", channel_detail="web",
            arrival=Arrival(submitted_on=date(2026, 11, 24)),
            applicant_kind="natural_person", applicant=applicant, subject="某路",
        ),
        caller=who, key=agency.code, digest="", deps=deps,
    )  # fmt: skip
    made = DisclosureRequest.objects.get(reference=answer["reference"])
    file, _ = attach(
        made, file=BytesIO(PDF), name="a.pdf", size=len(PDF), kind="other", deps=deps
    )
    return answer | {"sha256": file.sha256}


def called(caller, name, method, at, agency):
    client, headers = caller
    url, body = asked(name, at, agency)
    if name == "attachments" and method == "post":
        from django.core.files.uploadedfile import SimpleUploadedFile

        file = SimpleUploadedFile("b.pdf", PDF + b" ")
        return client.post(url, {"kind": "other", "file": file}, headers=headers)
    if method == "get":
        return client.get(url, headers=headers)
    return client.post(
        url,
        json.dumps(body),
        content_type="application/json",
        headers=headers | {"idempotency-key": name},
    )


def asked(name, at, agency):
    """(address, body) of a call that is right in everything."""
    one = f"/api/v1/requests/{at['reference']}/"
    known = {"reference": at["reference"], "query_code": at["query_code"]}
    return {
        "agencies": ("/api/v1/agencies/", None),
        "callbacks": ("/api/v1/callbacks/", None),
        "callback_test": ("/api/v1/callbacks/test/", {}),
        "deadlines": ("/api/v1/deadlines/", {"received": "2024-01-02"}),
        "requests": ("/api/v1/requests/", FORM | {"agency": agency.code}),
        "request": (one, None),
        "supplements": (one + "supplements/", {"text": "x"}),
        "withdrawal": (one + "withdrawal/", {}),
        "confirmation": (one + "confirmation/", {"confirmed_at": "2026-11-24"}),
        "attachments": (one + "attachments/", None),
        "attachment": (f"{one}attachments/{at['sha256']}/", None),
        "document": (f"{one}documents/{at['sha256']}/", None),
        "lookup": ("/api/v1/lookup/", known),
        "lookup_document": (f"/api/v1/lookup/documents/{at['sha256']}/", known),
        "report": (f"/api/v1/reports/2018/?agency={agency.code}", None),
        "edition": (f"/api/v1/reports/2018/edition/?agency={agency.code}", None),
        "cell_requests": (
            f"/api/v1/reports/2018/cells/3.1/count/requests/?agency={agency.code}",
            None,
        ),
        "schema": ("/api/v1/schema/", None),
        "docs": ("/api/v1/docs/", None),
    }[name]


def expected(who, name, method, where):
    may, answer, about = ROWS[name, method]
    if who == "nobody" and who not in may:
        return 401
    if who not in may:
        return 403
    seen = {"superuser": WHERE, "portal": ("own",), "reading_portal": ("own",)}
    if where not in seen.get(who, ("own", "child")) and about in ("about", "own"):
        return 404
    return 403 if (about, where) == ("own", "child") and who != "superuser" else answer


@pytest.mark.parametrize("caller", CALLERS, indirect=True)
@pytest.mark.parametrize("where", WHERE)
def test_who_may_what_where(caller, where, tree, there, request):
    who = request.node.callspec.params["caller"]
    told = {
        (name, method): called(caller, name, method, there[where], tree[where])
        for name, method in ROWS
    }
    statuses = {row: answer.status_code for row, answer in told.items()}
    for answer in told.values():
        answer.close()
    assert statuses == {row: expected(who, *row, where) for row in ROWS}


@pytest.mark.parametrize("caller", ["intake_clerk"], indirect=True)
def test_what_succeeded_an_agency_acts_on_its_requests(caller, tree, there):
    tree["other"].successor = tree["own"]
    tree["other"].save()
    answer = called(caller, "confirmation", "post", there["other"], tree["other"])
    assert answer.status_code == 422  # by the law: it was confirmed already


@pytest.mark.parametrize("caller", CALLERS, indirect=True)
def test_a_list_is_what_is_in_sight(caller, tree, there, request):
    who = request.node.callspec.params["caller"]
    if who == "nobody":
        return
    client, headers = caller
    listed = {
        name: {row[key] for row in client.get(f"/api/v1/{name}/", headers=headers).json()["results"]}
        for name, key in (("agencies", "code"), ("requests", "agency"))
    }  # fmt: skip
    seen = {"superuser": WHERE, "portal": ("own",), "reading_portal": ("own",)}
    codes = {tree[where].code for where in seen.get(who, ("own", "child"))}
    assert listed == {"agencies": codes, "requests": codes}
