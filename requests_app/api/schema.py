"""What every operation of the schema shares: its problem documents and their examples."""

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


class Schema(AutoSchema):
    """Operations answer with problem documents too."""

    def get_operation(self, *args: Any, **kwargs: Any) -> Any:
        operation = super().get_operation(*args, **kwargs)
        if operation is not None:
            answers = operation["responses"]
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
    result["components"]["schemas"]["Problem"] = PROBLEM
    return result


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
