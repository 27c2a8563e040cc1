"""docs/openapi.yml is the promise of /api/v1/: current, and never broken."""

import copy

import pytest
import yaml

from tools.schema import FILE, breaking, current


@pytest.fixture(scope="module")
def promised():
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def now():
    return yaml.safe_load(current())


def test_nothing_that_was_promised_is_broken(promised, now):
    assert breaking(promised, now) == []


def test_the_file_is_written_anew_after_every_addition(promised, now):
    assert now == promised, "make schema"


def schemas(told):
    return told["components"]["schemas"]


def created(told):
    return told["paths"]["/api/v1/requests/"]["post"]


def listed(told):
    return told["paths"]["/api/v1/requests/"]["get"]


CELL = "GET /api/v1/reports/{year}/cells/{line}/{column}/requests/"


def cell(told):
    operation = told["paths"][CELL.removeprefix("GET ")]["get"]
    return next(p for p in operation["parameters"] if p["name"] == "scope")


CREATE, LIST = "POST /api/v1/requests/", "GET /api/v1/requests/"
BREAKS = {
    "an operation goes": (
        lambda told: told["paths"].pop("/api/v1/lookup/"),
        ["POST /api/v1/lookup/: gone"],
    ),
    "a key is asked for": (
        lambda told: told["paths"]["/api/v1/deadlines/"]["post"].update(security=[{"portal": []}]),
        ["POST /api/v1/deadlines/: no longer open without a key"],
    ),
    "staff are shut out": (
        lambda told: listed(told).update(security=[{"portal": []}]),
        [f"{LIST}: no longer open to cookieAuth"],
    ),
    "another default": (
        lambda told: cell(told)["schema"].update(default="own"),
        [f"{CELL} scope: another default"],
    ),
    "a header goes": (
        lambda told: created(told)["responses"]["429"]["headers"].pop("Retry-After"),
        [f"{CREATE} 429 Retry-After: header no longer sent"],
    ),
    "an operation is renamed": (
        lambda told: created(told).update(operationId="hand_in"),
        [f"{CREATE}: operationId renamed"],
    ),
    "a filter goes": (
        lambda told: listed(told)["parameters"].clear(),
        [
            f"{LIST} {name}: no longer taken"
            for name in ("agency", "cursor", "overdue_on", "page_size",
                         "received_from", "received_until", "stage")
        ],
    ),
    "a field is no longer taken": (
        lambda told: schemas(told)["CreateBodyRequest"]["properties"].pop("topic"),
        [f"{CREATE}/topic: no longer taken"],
    ),
    "a field is now required": (
        lambda told: schemas(told)["CreateBodyRequest"]["required"].append("topic"),
        [f"{CREATE}/topic: now required"],
    ),
    "a text is shorter": (
        lambda told: schemas(told)["ApplicantBodyRequest"]["properties"]["name"].update(maxLength=20),
        [f"{CREATE}/applicant/name: maxLength is stricter"],
    ),
    "a key of a list is no longer taken": (
        lambda told: schemas(told)["ApplicantBodyKindEnum"]["enum"].remove("charity"),
        [f"{CREATE}/applicant/kind: charity no longer taken"],
    ),
    "an error answer goes": (
        lambda told: created(told)["responses"].pop("409"),
        [f"{CREATE} 409: no longer answered"],
    ),
    "an answer loses a field": (
        lambda told: [schemas(told)["Answer"]["properties"].pop("due_on"),
                      schemas(told)["Answer"]["required"].remove("due_on")],
        [f"{CREATE} 201/due_on: no longer always told",
         f"{CREATE} 201/due_on: no longer told"],
    ),
    "an answer may say null": (
        lambda told: schemas(told)["Answer"]["properties"]["number"].update(type=["string", "null"]),
        [f"{CREATE} 201/number: null not told before"],
    ),
    "another type within a page": (
        lambda told: schemas(told)["StatusPage"]["properties"]["results"].update(type="object"),
        [f"{LIST} 200/results: object not told before"],
    ),
    "a way to arrive goes": (
        lambda told: schemas(told)["CreateBodyRequest"]["anyOf"].pop(),
        [f"{CREATE}: fewer alternatives"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BREAKS)
def test_a_break_is_told(promised, name):
    change, told = BREAKS[name]
    changed = copy.deepcopy(promised)
    change(changed)
    assert breaking(promised, changed) == told


ADDITIONS = {
    "an operation": lambda told: told["paths"].update({"/api/v1/new/": {}}),
    "an optional field": lambda told: schemas(told)["CreateBodyRequest"]["properties"].update(new={"type": "string"}),
    "a field of an answer": lambda told: schemas(told)["Status"]["properties"].update(new={"type": "string"}),
    "a key of a list": lambda told: schemas(told)["ChannelEnum"]["enum"].append("pigeon"),
    "a longer text": lambda told: schemas(told)["ApplicantBodyRequest"]["properties"]["name"].update(maxLength=2000),
    "another answer": lambda told: created(told)["responses"].update({"402": {}}),
    "other words": lambda told: created(told).update(summary="提出"),
}  # fmt: skip


@pytest.mark.parametrize("name", ADDITIONS)
def test_an_addition_breaks_nothing(promised, name):
    changed = copy.deepcopy(promised)
    ADDITIONS[name](changed)
    assert breaking(promised, changed) == []
