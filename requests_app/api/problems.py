"""Every error as a problem document (RFC 9457), in the caller's language."""

import math
import re
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import (
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
)
from django.db import DataError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.views import defaults
from rest_framework import exceptions

from requests_app.domain.regimes import NotAllowed
from requests_app.models.language import is_english, spoken

MEDIA_TYPE = "application/problem+json"
MOST_FAULTS = 100  # told one by one: an answer is not thirty times its call
RETRY_AFTER = 5  # seconds, for a database that is away
# fmt: off
#: kind → status, 标题, title
KINDS: Mapping[str, tuple[int, str, str]] = {
    "malformed":              (400, "请求无法读取", "The request cannot be read"),
    "invalid":                (400, "请求内容有误", "The request has faults"),
    "unauthenticated":        (401, "未认证", "Not authenticated"),
    "forbidden":              (403, "无权操作", "Not permitted"),
    "not_found":              (404, "未找到", "Not found"),
    "method_not_allowed":     (405, "不支持该方法", "Method not allowed"),
    "not_acceptable":         (406, "不提供该格式", "Format not offered"),
    "conflict":               (409, "与已有内容冲突", "Conflict with what is there"),
    "at_work":                (409, "同一请求正在办理", "The same call is still at work"),
    "too_large":              (413, "请求过大", "The request is too large"),
    "unsupported_media_type": (415, "不接受该内容类型", "Media type not accepted"),
    "refused":                (422, "依法不能办理", "Refused by the law"),
    "key_reused":             (422, "同一幂等键用于不同内容", "Idempotency-Key used for another body"),
    "throttled":              (429, "调用过于频繁", "Too many calls"),
    "failed":                 (500, "系统故障", "The system failed"),
    "unavailable":            (503, "暂时不可用，请稍后重试", "Unavailable for the moment, try again"),
}
# fmt: on
OF_STATUS = {
    status: kind
    for kind, (status, _, _) in reversed(KINDS.items())
    if kind not in {"at_work", "invalid", "key_reused"}
}


class Problem(Exception):
    """Raised below a view; `pointer` (RFC 6901) names the field of the body."""

    def __init__(
        self, kind: str, zh: str, en: str, *, pointer: str | None = None, **extra: Any
    ) -> None:
        super().__init__(zh)
        self.kind, self.zh, self.en = kind, zh, en
        self.pointer, self.extra = pointer, extra


class NotAllowedAt(NotAllowed):
    """What the law refuses, and the field that asks for it."""

    def __init__(self, error: NotAllowed, pointer: str) -> None:
        super().__init__(error.message, error.article)
        self.pointer = pointer


def document(
    kind: str,
    detail: str,
    *,
    errors: list[dict[str, str]] | None = None,
    headers: Mapping[str, str] | None = None,
    **extra: Any,
) -> JsonResponse:
    status, zh, en = KINDS[kind]
    told: dict[str, Any] = {
        "type": f"urn:disclosure:problem:{kind}",
        "title": spoken(zh, en),
        "status": status,
        "detail": detail,
        **extra,
    }
    if errors:
        told["errors"] = errors
    return JsonResponse(
        told,
        status=status,
        headers=headers,
        content_type=MEDIA_TYPE,
        json_dumps_params={"ensure_ascii": False},
    )


def handle(exc: Exception, context: Mapping[str, Any]) -> HttpResponseBase | None:
    """DRF's exception handler; None for a fault of ours, which is then raised."""
    if isinstance(exc, Problem):
        return of_problem(exc)
    if isinstance(exc, NotAllowed):
        return of_the_law(exc)
    if isinstance(exc, exceptions.ValidationError):
        return of_fields(exc)
    if isinstance(exc, OperationalError | InterfaceError):
        return unavailable()
    if isinstance(exc, exceptions.APIException):
        return of_framework(exc)
    return of_django(exc)


def of_problem(exc: Problem) -> JsonResponse:
    detail = spoken(exc.zh, exc.en)
    errors = None
    if exc.pointer is not None:
        errors = [{"pointer": exc.pointer, "detail": detail}]
    return document(exc.kind, detail, errors=errors, **exc.extra)


def of_the_law(exc: NotAllowed) -> JsonResponse:
    """`error` and `article` as the command prints them."""
    detail = in_language(exc.message)
    errors = None
    if isinstance(exc, NotAllowedAt):
        errors = [{"pointer": exc.pointer, "detail": detail}]
    return document(
        "refused", detail, errors=errors, error=exc.message, article=exc.article
    )


def in_language(message: str) -> str:
    """Chinese with its English in brackets at the end: the caller's language first."""
    found = re.fullmatch(r"(.*?)\s*\(([^()]*)\)", message, re.DOTALL)
    if not is_english() or found is None:
        return message
    return f"{found[2]} ({found[1]})"


def of_fields(exc: exceptions.ValidationError) -> JsonResponse:
    found = list(faults(exc.detail))
    errors = [
        {"pointer": pointer, "detail": str(detail)}
        for pointer, detail in found[:MOST_FAULTS]
    ]
    detail = spoken(f"{len(found)} 处有误", f"{len(found)} faults")
    return document("invalid", detail, errors=errors)


def faults(detail: Any, pointer: str = "") -> Iterator[tuple[str, Any]]:
    """(JSON pointer, message) of every leaf of a serializer's errors."""
    if isinstance(detail, dict):
        for name, below in detail.items():
            here = (
                pointer if name == "non_field_errors" else f"{pointer}/{escaped(name)}"
            )
            yield from faults(below, here)
    elif isinstance(detail, list):
        for place, below in enumerate(detail):
            deeper = isinstance(below, dict | list)
            yield from faults(below, f"{pointer}/{place}" if deeper else pointer)
    else:
        yield pointer, detail


def escaped(name: Any) -> str:
    return str(name).replace("~", "~0").replace("/", "~1")


def of_framework(exc: exceptions.APIException) -> JsonResponse:
    headers = {}
    if isinstance(exc, exceptions.Throttled) and exc.wait is not None:
        headers["Retry-After"] = str(max(1, math.ceil(exc.wait)))
    if getattr(exc, "auth_header", None):
        headers["WWW-Authenticate"] = exc.auth_header  # type: ignore[attr-defined]
    return document(OF_STATUS[exc.status_code], str(exc.detail), headers=headers)


def of_django(exc: Exception) -> JsonResponse | None:
    match exc:
        case Http404():
            return document("not_found", nothing_here())
        case PermissionDenied():
            return document("forbidden", spoken("没有该权限", "No such permission"))
        case RequestDataTooBig():
            return document("too_large", spoken("请求过大", "The request is too large"))
        case SuspiciousOperation() | DataError():
            return document("malformed", spoken("请求内容无法处理", "Not processable"))
    return None


def nothing_here() -> str:
    return spoken(
        "没有该资源，或不在可见范围内",
        "There is no such resource, or it is out of sight",
    )


def unavailable() -> JsonResponse:
    return document(
        "unavailable",
        spoken("数据库暂时无法连接，未写入任何内容", "The database is away; nothing was written"),
        headers={"Retry-After": str(RETRY_AFTER)},
    )  # fmt: skip


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """handler400: what Django refuses before any view is asked."""
    if not request.path_info.startswith("/api/"):
        return defaults.bad_request(request, exception)
    return document("malformed", spoken("请求内容无法处理", "Not processable"))


def server_error(request: HttpRequest) -> HttpResponseBase:
    """handler500: a fault of ours, without a trace; a database away outside a view."""
    if not request.path_info.startswith("/api/"):
        return defaults.server_error(request)
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return unavailable()
    return document(
        "failed", spoken("系统故障，已记录", "The system failed; it is logged")
    )
