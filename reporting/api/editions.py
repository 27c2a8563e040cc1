"""年度报告 as it was handed up or signed: what a superior's installation takes in."""

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from wireup import Injected
from wireup.integration.django import inject

from reporting.api.reports import (
    EXAMPLE,
    QUERY,
    ReportAnswer,
    agency_asked,
    asked_of,
    form_asked,
)
from reporting.dependencies import Dependencies
from reporting.models import Edition
from reporting.services import handing_up
from reporting.services.editions import Which
from requests_app.api.endpoint import Endpoint
from requests_app.api.permissions import operations_of
from requests_app.api.problems import Problem
from requests_app.models.portals import Operation

HANDED_UP = EXAMPLE | {
    "edition": {
        "number": 1,
        "state": "published",
        "as_of": "2019-01-28T10:00:00+08:00",
        "release": "0.1.0",
        "sha256": "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
        "digest": "fcde2b2edba56bf408601fb721fe9b5c338d10ee429ea04fae5511b68fbf8fb9",
        "signed_by": "李主任",
        "signed_at": "2019-01-29T09:00:00+08:00",
        "files": [
            {
                "ending": ".pdf",
                "sha256": "baa5a0964d3320fbc0c6a922140453c8513ea24ab8fd0577034804a967248096",
            }
        ],
    }
}


class EditionFileAnswer(serializers.Serializer):
    ending = serializers.CharField()
    sha256 = serializers.CharField()


class AboutEdition(serializers.Serializer):
    number = serializers.IntegerField(help_text="版次，更正一次加一")
    state = serializers.ChoiceField(Edition.State.choices)
    as_of = serializers.DateTimeField(help_text="统计时点")
    release = serializers.CharField(help_text="软件版本", allow_blank=True)
    sha256 = serializers.CharField(
        help_text="报告内容（不含本键）的 SHA-256，键排序，UTF-8"
    )
    digest = serializers.CharField(
        help_text="签发时内容连同其依据的校验值；未签发为空", allow_blank=True
    )
    signed_by = serializers.CharField(
        allow_null=True,
        help_text="签发人；未签发、或调用平台没有 collect 操作的为 null",
    )
    signed_at = serializers.DateTimeField(allow_null=True)
    files = EditionFileAnswer(many=True, help_text="公布的文件")


class EditionAnswer(ReportAnswer):
    edition = AboutEdition()


class ReportEdition(Endpoint):
    operation = Operation.REPORTS

    @extend_schema(
        operation_id="reports_edition",
        summary="报送或签发的年度报告 (the report as it was handed up or signed)",
        description=(
            "上级机关据此收取下级在其系统签发的报告（条例第四十九条、第五十条；"
            "`manage.py collect_report`）：统计表、版次、状态、签发人和时间、内容与各文件的校验值。"
            "尚未报送的 404。 What a superior's installation takes in; 404 until handed up."
        ),
        parameters=QUERY,
        responses={200: EditionAnswer},
        examples=[OpenApiExample("已公布 (published)", value=HANDED_UP)],
    )
    @inject
    def get(self, request, year: int, deps: Injected[Dependencies]) -> Response:
        asked = asked_of(request)
        agency = agency_asked(request.user, asked)
        form = form_asked(year, asked, deps)
        found = handing_up.latest(Which(agency, year, form.key, asked["scope"]))
        if found is None:
            raise Problem(
                "not_found",
                f"{year} 年的报告尚未报送",
                f"{year}: nothing handed up yet",
            )
        told = handing_up.told(found)
        if Operation.COLLECT not in operations_of(request.user):
            told[handing_up.ABOUT]["signed_by"] = None
        return Response(told)
