"""`GET /api/v1/agencies/`: the agencies in sight."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from requests_app.api.endpoint import Endpoint
from requests_app.api.fields import Key
from requests_app.api.listing import CURSOR, Pages, Paging
from requests_app.domain.vocabulary import AgencyKind, AgencyLevel
from requests_app.models import Agency


class AgencyPages(Pages):
    ordering = "code"


class AgencyAnswer(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField()
    kind = Key(AgencyKind)
    level = Key(AgencyLevel, allow_null=True)
    parent = serializers.CharField(allow_null=True, help_text="上级机关代码")
    dissolved_on = serializers.DateField(allow_null=True)


EXAMPLE = {
    "code": "530100",
    "name": "昆明市人民政府",
    "kind": "government",
    "level": "prefecture",
    "parent": "530000",
    "dissolved_on": None,
}


class Agencies(Endpoint):
    @extend_schema(
        operation_id="agencies_list",
        summary="机关 (the agencies in sight)",
        description="可见范围内的行政机关（条例第四条）：平台为其可受理机关，人员为本机关及所辖。",
        parameters=CURSOR,
        responses={200: Pages.schema(AgencyAnswer, EXAMPLE)},
    )
    def get(self, request) -> Response:
        Paging.of(request)
        pages = AgencyPages()
        found = Agency.objects.visible_to(request.user).select_related("parent")
        page = pages.paginate_queryset(found, request, view=self)
        return pages.get_paginated_response([told(agency) for agency in page])


def told(agency: Agency) -> dict[str, str | None]:
    return {
        "code": agency.code,
        "name": agency.name,
        "kind": agency.kind,
        "level": agency.level or None,
        "parent": agency.parent.code if agency.parent else None,
        "dissolved_on": agency.dissolved_on.isoformat()
        if agency.dissolved_on
        else None,
    }
