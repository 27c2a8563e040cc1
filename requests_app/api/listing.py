"""Lists by cursor, and the filters of a list."""

import re
from typing import Any

from django.http import QueryDict
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.pagination import Cursor, CursorPagination
from rest_framework.utils.urls import remove_query_param

from requests_app.api.fields import Body
from requests_app.domain.lifecycle import Stage
from requests_app.models.language import spoken


class Pages(CursorPagination):
    page_size = 50
    max_page_size = 200
    page_size_query_param = "page_size"
    position = r"[A-Za-z0-9-]{1,32}"

    def decode_cursor(self, request) -> Any:
        """A cursor of ours, or none: what it holds goes to the database."""
        cursor = super().decode_cursor(request)
        told = cursor.position if cursor else None
        if told is not None and not re.fullmatch(self.position, told):
            raise NotFound(self.invalid_cursor_message)
        return cursor

    @classmethod
    def schema(
        cls, item: type[serializers.Serializer], example: Any
    ) -> OpenApiResponse:
        page = type(
            f"{item.__name__}Page",
            (serializers.Serializer,),
            {
                "next": serializers.URLField(allow_null=True),
                "previous": serializers.URLField(allow_null=True),
                "results": item(many=True),
            },
        )
        told = {"next": None, "previous": None, "results": [example]}
        shown = OpenApiExample("一页 (a page)", value=told)
        return OpenApiResponse(page, examples=[shown])


class RequestPages(Pages):
    ordering = "-pk"
    position = r"[0-9]{1,18}"


class ListPages(Pages):
    """Of a list that no query gives: the cursor holds the place alone."""

    offset_cutoff = None  # as far as the list goes

    def paginate_queryset(self, queryset, request, view=None) -> list[Any]:
        self.base_url = request.build_absolute_uri()
        self.size = self.get_page_size(request)
        cursor = self.decode_cursor(request)
        self.start = cursor.offset if cursor else 0
        self.total = len(queryset)
        return queryset[self.start : self.start + self.size]

    def get_next_link(self) -> str | None:
        after = self.start + self.size
        return self.link(after) if after < self.total else None

    def get_previous_link(self) -> str | None:
        return self.link(max(0, self.start - self.size)) if self.start else None

    def link(self, start: int) -> str:
        if not start:
            return remove_query_param(self.base_url, self.cursor_query_param)
        return self.encode_cursor(Cursor(offset=start, reverse=False, position=None))


CURSOR = [
    OpenApiParameter("cursor", str, description="下一页或上一页的位置"),
    OpenApiParameter(
        "page_size", {"type": "integer", "minimum": 1, "maximum": 200, "default": 50}
    ),
]


def once(query: QueryDict) -> dict[str, str]:
    """Raises ValidationError for what is given twice: one of them would be lost."""
    said = spoken("只能给一次", "Given more than once")
    twice = {name: [said] for name, many in query.lists() if len(many) > 1}
    if twice:
        raise serializers.ValidationError(twice)
    return query.dict()


class Paging(Body):
    cursor = serializers.CharField(required=False)
    page_size = serializers.IntegerField(required=False, min_value=1, max_value=200)

    @classmethod
    def of(cls, request) -> dict[str, Any]:
        """The query; what is no filter is named, and what is given twice."""
        return cls.parse(once(request.query_params))


class Narrowing(Paging):
    agency = serializers.RegexField(r"^[A-Za-z0-9-]{1,32}\Z", required=False)
    stage = serializers.ChoiceField([str(stage) for stage in Stage], required=False)
    received_from = serializers.DateField(required=False)
    received_until = serializers.DateField(required=False)
    overdue_on = serializers.DateField(required=False)


def narrowed(found, request):
    """The list by its query; a filter that is no filter is named."""
    asked = Narrowing.of(request)
    columns = {
        "agency": "agency__code",
        "stage": "stage",
        "received_from": "received_on__gte",
        "received_until": "received_on__lte",
    }
    chosen = {columns[name]: value for name, value in asked.items() if name in columns}
    found = found.filter(voided_on=None, **chosen)
    overdue_on = asked.get("overdue_on")
    return found.overdue(overdue_on) if overdue_on else found
