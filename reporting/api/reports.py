"""年度统计: a year's report, and the very requests behind one of its cells."""

from datetime import date
from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response
from wireup import Injected
from wireup.integration.django import inject

from reporting.dependencies import Dependencies, NoSuchForm
from reporting.period import year as whole_year
from reporting.services import editions, opened, reports
from reporting.services.editions import Which
from reporting.services.tree import tree_on
from reporting.tables import Form
from requests_app.api.endpoint import Endpoint
from requests_app.api.fields import Body
from requests_app.api.listing import CURSOR, RequestPages
from requests_app.api.permissions import sees_persons
from requests_app.api.problems import Problem
from requests_app.api.sight import written_down
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
ROW = {
    "reference": "530000-2018-12",
    "number": "〔2018〕12号",
    "agency": "530000",
    "channel": "online",
    "applicant_kind": "natural_person",
    "stage": "archived",
    "received_on": "2018-02-08",
    "due_on": "2018-03-06",
    "replied_on": "2018-03-01",
    "outcome": "granted",
    "timeliness": "on_time",
}
PERSONAL = {"applicant_name": "applicant__name", "subject": "wording__subject"}
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


class CountedRequest(serializers.Serializer):
    reference = serializers.CharField()
    number = serializers.CharField()
    agency = serializers.CharField()
    channel = serializers.CharField(allow_null=True)
    applicant_kind = serializers.CharField(allow_null=True)
    stage = serializers.CharField()
    received_on = serializers.DateField()
    due_on = serializers.DateField(allow_null=True)
    replied_on = serializers.DateField(allow_null=True)
    outcome = serializers.CharField(allow_null=True)
    timeliness = serializers.CharField(allow_null=True)
    applicant_name = serializers.CharField(
        required=False, help_text="角色可见个人信息时才有"
    )
    subject = serializers.CharField(required=False, help_text="角色可见个人信息时才有")


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
        return Response(told)


class CellRequests(Endpoint):
    operation = Operation.REPORTS

    @extend_schema(
        operation_id="reports_cell_requests",
        summary="一格之下的申请 (the very requests behind a cell)",
        description=(
            "统计表一格（条例第五十条）所计的每一件申请，不含个人信息，角色可见者除外。"
            "已签发的报告给出签发时所计的。"
            "出自填报或复议诉讼的格没有申请（404）。"
        ),
        parameters=[*QUERY, *CURSOR],
        responses={200: RequestPages.schema(CountedRequest, ROW)},
    )
    @inject
    def get(
        self, request, year: int, line: str, column: str, deps: Injected[Dependencies]
    ) -> Response:
        asked = asked_of(request)
        agency = agency_asked(request.user, asked)
        form = form_asked(year, asked, deps)
        forbid_uncounted(form, line, column)
        signed = editions.in_force(Which(agency, year, form.key, asked["scope"]))
        if signed:
            found = opened.of_edition(signed, form, (line, column)).rows
            counted = set(found.values_list("agency_id", flat=True))
        else:
            counted = area_of(agency, year) if asked["scope"] == "area" else {agency.pk}
            books = opened.of_books(
                agency.pk, asked["scope"], whole_year(year), form, (line, column)
            )
            found = books.rows
        seen = in_sight_with_persons(request.user, counted)
        pages = RequestPages()
        rows = found.values(
            "pk", "agency_id", "agency__code",
            *(n for n in ROW if n != "agency"), *PERSONAL.values(),
        )  # fmt: skip
        page = pages.paginate_queryset(rows, request, view=self)
        named = [row["pk"] for row in page if row["agency_id"] in seen]
        written_down(named, ["name"], request.user)
        return pages.get_paginated_response([told(row, seen) for row in page])


def told(row: dict[str, Any], seen: set[int]) -> dict[str, Any]:
    shown = {name: row[name] or None for name in ROW if name != "agency"}
    shown["agency"] = row["agency__code"]
    if row["agency_id"] in seen:
        shown |= {name: row[column] or "" for name, column in PERSONAL.items()}
    return shown


def asked_of(request) -> dict[str, Any]:
    return Asked.parse(request.query_params.dict())


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


def forbid_uncounted(form: Form, line: str, column: str) -> None:
    if any(cell == (line, column) for cell, *_ in form.counted("requests")):
        return
    raise Problem(
        "not_found",
        f"{form.key} 没有由申请计数的格 {line} / {column}",
        f"{form.key} counts no requests in {line} / {column}",
    )


def area_of(agency: Agency, year: int) -> set[int]:
    tree = tree_on(date(year, 12, 31))
    if agency.pk not in tree.nodes:
        raise not_that_year(agency, year)
    return tree.area(agency.pk)


def not_that_year(agency: Agency, year: int) -> Problem:
    return Problem(
        "not_found",
        f"{year} 年没有机关 {agency.code}",
        f"There was no agency {agency.code} in {year}",
    )


def in_sight_with_persons(caller, counted: set[int]) -> set[int]:
    """The agencies whose applicants the caller may know by name."""
    if not sees_persons(caller):
        return set()
    visible = Agency.objects.visible_to(caller).filter(pk__in=counted)
    return set(visible.values_list("pk", flat=True))
