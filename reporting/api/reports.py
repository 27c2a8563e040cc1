"""年度统计: a year's report."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response
from wireup import Injected
from wireup.integration.django import inject

from reporting.dependencies import Dependencies, NoSuchForm
from reporting.services import editions, handing_up, reports
from reporting.tables import Form
from requests_app.api.endpoint import Endpoint
from requests_app.api.fields import Body
from requests_app.api.listing import once
from requests_app.api.problems import Problem
from requests_app.models.agencies import Agency
from requests_app.models.language import spoken
from requests_app.models.portals import Operation

EXAMPLE = {
    "agency": "530000",
    "year": 2018,
    "form": "national_2018",
    "scope": "area",
    "cells": {"3.1": {"count": 3605}, "3.1.1": {"count": 891}},
    "findings": [],
    "narrative": {"三": "2018年，共收到政府信息公开申请3605件。"},
}
QUERY = [
    OpenApiParameter(
        "agency",
        {"type": "string", "pattern": "^[A-Za-z0-9-]{1,32}$"},
        description="机关代码；缺省为可见范围内唯一的最上级机关",
    ),
    OpenApiParameter(
        "form",
        {"type": "string", "maxLength": 40},
        description="表式；缺省为当年施行的",
    ),
    OpenApiParameter("scope", str, enum=["area", "own"], default="area"),
]


class Asked(Body):
    agency = serializers.RegexField(r"^[A-Za-z0-9-]{1,32}\Z", required=False)
    form = serializers.RegexField(r"^[a-z0-9_]{1,40}\Z", required=False)
    scope = serializers.ChoiceField(["area", "own"], default="area")
    cursor = serializers.CharField(required=False)
    page_size = serializers.IntegerField(required=False, min_value=1, max_value=200)


class ReportFinding(serializers.Serializer):
    rule = serializers.CharField()
    level = serializers.ChoiceField(["hard", "soft"])
    where = serializers.DictField(child=serializers.CharField(allow_null=True))
    left = serializers.FloatField(allow_null=True)
    right = serializers.FloatField(allow_null=True)
    message = serializers.CharField()


class ReportAnswer(serializers.Serializer):
    agency = serializers.CharField()
    year = serializers.IntegerField()
    form = serializers.CharField()
    scope = serializers.ChoiceField(["area", "own"])
    cells = serializers.DictField(
        child=serializers.DictField(child=serializers.FloatField(allow_null=True))
    )
    findings = ReportFinding(many=True)
    narrative = serializers.DictField(child=serializers.CharField())


class AnnualReport(Endpoint):
    operation = Operation.REPORTS

    @extend_schema(
        operation_id="reports_read",
        summary="年度统计表 (a year's report)",
        description=(
            "一个机关（及所辖）一年的统计（条例第五十条），与 `annual_report` 命令同一内容。"
            " The report JSON of the `annual_report` command."
        ),
        parameters=QUERY,
        responses={200: ReportAnswer},
        examples=[OpenApiExample("2018", value=EXAMPLE, response_only=True)],
    )
    @inject
    def get(self, request, year: int, deps: Injected[Dependencies]) -> Response:
        asked = asked_of(request)
        agency = agency_asked(request.user, asked)
        form = form_asked(year, asked, deps)
        try:
            _, told, _ = editions.as_it_stands(
                year=year,
                code=agency.code,
                form_key=form.key,
                scope=asked["scope"],
                deps=deps,
            )
        except reports.NoSuchAgency as error:
            raise not_that_year(agency, year) from error
        return Response(handing_up.outward(told))


def asked_of(request) -> dict[str, Any]:
    return Asked.parse(once(request.query_params))


def agency_asked(caller, asked: dict[str, Any]) -> Agency:
    """The agency named, if in sight; else the one that stands above all others in sight."""
    visible = Agency.objects.visible_to(caller)
    code = asked.get("agency")
    found = (
        visible.filter(code=code)
        if code
        else visible.exclude(parent__in=visible.values("pk"))
    )
    one, *others = [*found[:20]] or [None]
    if one is None:
        raise Problem(
            "not_found", "没有该机关，或不在可见范围内", "No such agency in sight"
        )
    if others:
        codes = "、".join(a.code for a in (one, *others))
        said = spoken(f"请指定机关：{codes}", f"Name one of: {codes}")
        raise ValidationError({"agency": [said]})
    return one


def form_asked(year: int, asked: dict[str, Any], deps: Dependencies) -> Form:
    key = asked.get("form")
    try:
        return deps.form(key) if key else deps.form_of(year)
    except NoSuchForm as error:
        if key:
            raise ValidationError({"form": [str(error)]}) from error
        raise Problem(
            "not_found", f"{year} 年没有对应的表式", f"No form was in force in {year}"
        ) from error


def not_that_year(agency: Agency, year: int) -> Problem:
    return Problem(
        "not_found",
        f"{year} 年没有机关 {agency.code}",
        f"There was no agency {agency.code} in {year}",
    )
