"""The schema is OpenAPI 3.1 with examples everywhere; the docs ask nobody else."""

import re

import pytest
import yaml

pytestmark = pytest.mark.django_db


@pytest.fixture
def schema(client):
    return yaml.safe_load(client.get("/api/v1/schema/").content)


def operations(schema):
    return [
        (method, path, operation)
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    ]


def test_it_is_openapi_3_1(schema):
    assert schema["openapi"] == "3.1.0"


def test_every_operation_cites_the_law_and_has_examples(schema):
    for method, path, operation in operations(schema):
        assert re.search("第.+条", operation["description"]), (method, path)
        bodies = [operation.get("requestBody", {}), *operation["responses"].values()]
        for body in bodies:
            for media in body.get("content", {}).values():
                assert media.get("examples") or media.get("example"), (method, path)


def test_every_operation_documents_its_problems(schema):
    for method, path, operation in operations(schema):
        assert {"400", "404", "429", "503"} <= set(operation["responses"]), (
            method,
            path,
        )


def test_links_lead_to_operations_that_are_there(schema):
    known = {operation["operationId"] for _, _, operation in operations(schema)}
    led_to = {
        link["operationId"]
        for _, _, operation in operations(schema)
        for answer in operation["responses"].values()
        for link in answer.get("links", {}).values()
    }
    assert led_to == {
        "lookup_create", "requests_read", "requests_attachments_create",
        "requests_attachments_list", "requests_attachments_read",
        "requests_confirmation_create", "requests_supplements_create",
        "requests_withdrawal_create",
    }  # fmt: skip
    assert led_to <= known


def test_the_docs_ask_no_other_host_and_carry_no_inline_script(client):
    page = client.get("/api/v1/docs/").content.decode()
    assert re.findall(r"""(?:src|href)=["'](?:https?:)?//""", page) == []
    assert re.findall(r"<script(?![^>]*src=)", page) == []
    script = client.get("/api/v1/docs/?script=").content.decode()
    assert "/api/v1/schema/" in script
    assert '"validatorUrl": null' in script
