"""What every operation of the schema shares: its problem documents and their examples,
the links from one answer to the next call, bodies that take no unknown field."""

from collections.abc import Mapping
from typing import Any

from drf_spectacular.openapi import AutoSchema

from requests_app.api.problems import KINDS, MEDIA_TYPE

PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "RFC 9457",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {
            "type": "string",
            "enum": [f"urn:disclosure:problem:{kind}" for kind in KINDS],
        },
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "detail"],
                "properties": {
                    "pointer": {"type": "string", "description": "RFC 6901"},
                    "detail": {"type": "string"},
                },
            },
        },
        "error": {"type": "string", "description": "依法不能办理的理由"},
        "article": {"type": "string", "description": "条文"},
        "reference": {"type": "string"},
    },
}
HEADERS = {
    "Retry-After": {
        "description": "秒 (seconds)",
        "schema": {"type": "integer", "minimum": 1},
    }
}
#: operation → the calls that its success leads to, and where they take what they need
MADE = {"reference": "$response.body#/reference"}
LINKS: Mapping[str, Mapping[str, dict[str, Any]]] = {
    "requests_create": {
        **{
            operation: {"parameters": MADE}
            for operation in (
                "requests_read",
                "requests_supplements_create",
                "requests_confirmation_create",
                "requests_withdrawal_create",
                "requests_attachments_create",
                "requests_attachments_list",
            )
        },
        "lookup_create": {
            "requestBody": MADE | {"query_code": "$response.body#/query_code"}
        },
    },
    "requests_attachments_create": {
        "requests_attachments_read": {
            "parameters": {
                "reference": "$request.path.reference",
                "sha256": "$response.body#/sha256",
            }
        }
    },
}
#: body → of which fields one at least must be given, or all of one of the groups
ONE_OF: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "CreateBodyRequest": (("submitted_at",), ("signed_on",), ("confirmed_at",)),
    "ApplicantBodyRequest": (("phone",), ("address",), ("email",)),
    "LookupBodyRequest": (("reference",), ("agency", "number")),
    "DeadlineQuestionRequest": (
        ("received",), ("submitted_at",), ("signed_on",), ("confirmed_at",),
    ),
}  # fmt: skip


class Schema(AutoSchema):
    """Operations answer with problem documents too."""

    def get_operation(self, *args: Any, **kwargs: Any) -> Any:
        operation = super().get_operation(*args, **kwargs)
        if operation is not None:
            answers = operation["responses"]
            for status, told in answers.items():
                told["description"] = told.get("description") or "成功 (done)"
                if found := links(operation["operationId"], status):
                    told["links"] = found
            for status in sorted(self.statuses()):
                answers.setdefault(str(status), problem(status))
        return operation

    def statuses(self) -> set[int]:
        found = {400, 404, 406, 429, 503}
        if self.method not in {"GET", "DELETE"}:
            found |= {413, 415, 422}
        found |= getattr(self.view, "also_answers", frozenset())
        if self.view.authentication_classes:
            found |= {401, 403}
        return found


def components(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """A postprocessing hook of drf-spectacular."""
    schemas = result["components"]["schemas"]
    schemas["Problem"] = PROBLEM
    for name, body in schemas.items():
        if name.endswith("Request"):  # a body; an answer may grow
            body["additionalProperties"] = False
    for name, groups in ONE_OF.items():
        schemas[name]["anyOf"] = [{"required": [*group]} for group in groups]
    return result


def links(operation: str, status: str) -> dict[str, Any]:
    """What can be called next with what a success says; nothing after an error."""
    if not status.startswith("2"):
        return {}
    return {
        target: {"operationId": target, **told}
        for target, told in LINKS.get(operation, {}).items()
    }


def problem(status: int) -> dict[str, Any]:
    kind, zh, en = next(
        (kind, zh, en) for kind, (code, zh, en) in KINDS.items() if code == status
    )
    told: dict[str, Any] = {
        "description": f"{zh} / {en}",
        "content": {
            MEDIA_TYPE: {
                "schema": {"$ref": "#/components/schemas/Problem"},
                "example": {
                    "type": f"urn:disclosure:problem:{kind}",
                    "title": zh,
                    "status": status,
                    "detail": zh,
                },
            }
        },
    }
    if status in {429, 503}:
        told["headers"] = HEADERS
    return told
