"""What the API tells of a row behind a cell, source by source: no personal data, but where
the caller's role sees it."""

from typing import Any

from drf_spectacular.utils import (
    OpenApiExample,
    PolymorphicProxySerializer,
    extend_schema_field,
)
from rest_framework import serializers

MOST_CHANGES = 200
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
APPEAL = {
    "agency": "530000",
    "case_number": "云政复〔2018〕5号",
    "reference": "530000-2018-12",
    "procedure": "reconsideration",
    "body": "国务院某部",
    "filed_on": "2018-04-10",
    "decided_on": "2018-06-03",
    "result": "upheld",
}
FIGURE = {
    "agency": "530000",
    "value": 416,
    "origin": "entered",
    "entered_by": "tongji",
    "entered_at": "2019-01-21T09:12:44+08:00",
}
CHANGE = {
    "agency": "530000",
    "was": 415,
    "now": 416,
    "origin": "entered",
    "reason": "",
    "changed_by": "tongji",
    "changed_at": "2019-01-21T09:12:44+08:00",
}


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


class CountedAppeal(serializers.Serializer):
    agency = serializers.CharField()
    case_number = serializers.CharField(allow_null=True)
    reference = serializers.CharField(allow_null=True, help_text="所涉申请的系统编号")
    procedure = serializers.CharField()
    body = serializers.CharField(allow_null=True)
    filed_on = serializers.DateField()
    decided_on = serializers.DateField(allow_null=True)
    result = serializers.CharField(help_text="今日的结果；年末尚未审结的此后可能已审结")


class CountedComplaint(serializers.Serializer):
    agency = serializers.CharField()
    received_on = serializers.DateField()
    about = serializers.CharField()
    concluded_on = serializers.DateField(allow_null=True)
    result = serializers.CharField(allow_null=True)


class EnteredFigure(serializers.Serializer):
    agency = serializers.CharField()
    value = serializers.FloatField()
    origin = serializers.ChoiceField(["entered", "opening"])
    entered_by = serializers.CharField(allow_null=True)
    entered_at = serializers.DateTimeField()


class EnteredChange(serializers.Serializer):
    agency = serializers.CharField()
    was = serializers.FloatField(allow_null=True)
    now = serializers.FloatField(allow_null=True)
    origin = serializers.ChoiceField(["entered", "opening"])
    reason = serializers.CharField(allow_blank=True)
    changed_by = serializers.CharField(allow_null=True)
    changed_at = serializers.DateTimeField()


@extend_schema_field(
    PolymorphicProxySerializer(
        component_name="BehindCell",
        serializers=[CountedAppeal, CountedComplaint, EnteredFigure, CountedRequest],
        resource_type_field_name=None,
        many=True,
    )
)
class Rows(serializers.ListField):
    """Of the one kind that `source` names."""


class CountedRequestPage(serializers.Serializer):
    source = serializers.ChoiceField(["requests", "appeals", "complaints", "figures"])
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = Rows()
    figures = EnteredFigure(
        many=True, help_text="计数的格所加的填报数和上线前数据；首页才有"
    )
    changes = EnteredChange(
        many=True, help_text=f"谁在何时改填，新的在前，至多 {MOST_CHANGES} 条；首页才有"
    )


def example(name: str, source: str, row: Any, **also: Any) -> OpenApiExample:
    told = {"source": source, "next": None, "previous": None, "results": [row],
            "figures": [], "changes": []}  # fmt: skip
    return OpenApiExample(name, value=told | also, response_only=True)
