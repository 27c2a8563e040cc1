"""`POST /api/v1/deadlines/`: the `deadline` command over HTTP, for anyone."""

import re
from collections.abc import Callable
from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.response import Response
from wireup import Injected
from wireup.integration.django import inject

from requests_app.api.endpoint import OpenEndpoint
from requests_app.api.fields import Body, DayText, Key, MomentText, Text, Whole
from requests_app.api.problems import NotAllowedAt, Problem, in_language
from requests_app.api.throttles import PerAddress
from requests_app.dependencies import Dependencies
from requests_app.domain.notation import (
    DEADLINE_EVENTS,
    Question,
    answer,
    day,
    deadline_event,
    moment,
)
from requests_app.domain.regimes import NotAllowed
from requests_app.domain.vocabulary import Channel, ChannelDetail
from requests_app.models.language import spoken

ARRIVALS = ("received", "submitted_at", "signed_on", "confirmed_at")
READ = {
    "received": day,
    "submitted_at": moment,
    "signed_on": day,
    "confirmed_at": moment,
    "known_on": day,
}
MOST_EVENTS = 200
MOST_YEARS = 30  # between the first and the last day: each is told of
EXTRA = ("working_days", "until", "consultation")


class EventObject(Body):
    """One deadline event; the extra is of its kind: `working_days` of an extension, `until`
    of an agreed delay (第三十五条), the name of a `consultation`."""

    kind = serializers.ChoiceField(sorted(DEADLINE_EVENTS))
    on = DayText()
    working_days = Whole(required=False, min_value=0, max_value=999)
    until = DayText(required=False)
    consultation = Text(required=False, max_length=60)

    def validate(self, attrs: dict[str, Any]) -> str:  # type: ignore[override]
        """As the command writes it: KIND:DAY[:EXTRA]."""
        extras = [str(attrs[name]) for name in EXTRA if name in attrs]
        if len(extras) > 1:
            raise serializers.ValidationError(
                spoken("只能有一个附加项", "Only one of: ") + ", ".join(EXTRA)
            )
        return ":".join([attrs["kind"], attrs["on"], *extras])


@extend_schema_field(
    {
        "oneOf": [
            {
                "type": "string",
                "maxLength": 120,
                "pattern": "^[a-z_]+:[0-9]{4}-[0-9]{2}-[0-9]{2}(:.*)?$",
            },
            {
                "type": "object",
                "required": ["kind", "on"],
                "additionalProperties": False,
                "properties": {
                    "kind": {"type": "string", "enum": sorted(DEADLINE_EVENTS)},
                    "on": {"type": "string", "format": "date"},
                    "working_days": {"type": "integer", "minimum": 0, "maximum": 999},
                    "until": {"type": "string", "format": "date"},
                    "consultation": {"type": "string", "maxLength": 60},
                },
            },
        ]
    }
)
class AnyEvent(serializers.Field):
    """A string as the command takes it, or an object."""

    def to_internal_value(self, data: Any) -> str:
        if isinstance(data, str):
            return Text(max_length=120).run_validation(data)
        return EventObject().run_validation(data)


class DeadlineQuestion(Body):
    received = DayText(required=False, help_text="收到申请之日，直接给出")
    submitted_at = MomentText(required=False, help_text="提交时间")
    signed_on = DayText(required=False, help_text="签收日期")
    confirmed_at = MomentText(required=False, help_text="双方确认时间")
    channel = Key(Channel, required=False)
    channel_detail = Key(ChannelDetail, required=False)
    events = serializers.ListField(
        child=AnyEvent(), required=False, default=list, max_length=MOST_EVENTS
    )
    known_on = DayText(
        required=False, help_text="按当日已公布的放假安排 (the calendar as known then)"
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not any(attrs.get(arrival) for arrival in ARRIVALS):
            raise serializers.ValidationError(
                spoken("须给出一个到达日期：", "One arrival is needed: ")
                + " | ".join(ARRIVALS)
            )
        for name, read in READ.items():
            if name in attrs:
                forbid_impossible(attrs[name], read, f"/{name}")
        for nth, text in enumerate(attrs["events"]):
            forbid_impossible(text, deadline_event, f"/events/{nth}")
        told = [*(attrs.get(a, "") for a in ARRIVALS), *attrs["events"]]
        years = [
            int(y) for text in told for y in re.findall(r"(\d{4})-\d\d-\d\d", text)
        ]
        if years and max(years) - min(years) > MOST_YEARS:
            raise serializers.ValidationError(
                spoken(
                    f"首末日期相距超过 {MOST_YEARS} 年",
                    f"The days lie more than {MOST_YEARS} years apart",
                )
            )
        return attrs


def forbid_impossible(text: str, read: Callable[[str], Any], pointer: str) -> None:
    """A fault of writing is 400; a day that the law does not know is refused by it."""
    try:
        read(text)
    except NotAllowed as error:
        if error.article:
            raise NotAllowedAt(error, pointer) from error
        raise Problem(
            "invalid", error.message, in_language(error.message), pointer=pointer
        ) from error


class ToldDay(serializers.Serializer):
    on = serializers.DateField()
    counts = serializers.BooleanField()
    because = serializers.CharField(
        help_text="working_day、in_lieu_working_day、weekend、paused:NAME 或节日名称"
    )


class Found(serializers.Serializer):
    rule = serializers.CharField()
    on = serializers.DateField()
    message = serializers.CharField()
    article = serializers.CharField(help_text="条文")


class DeadlineAnswer(serializers.Serializer):
    received_on = serializers.DateField(help_text="收到申请之日（第三十一条）")
    regime = serializers.ChoiceField(["2008", "2019"])
    base_due_on = serializers.DateField(allow_null=True, help_text="不含延期的期限")
    due_on = serializers.DateField(allow_null=True, help_text="答复期限（第三十三条）")
    provisional = serializers.BooleanField(help_text="暂定：放假安排未公布或收到未确认")
    days = ToldDay(many=True)
    findings = Found(many=True)


class Deadlines(OpenEndpoint):
    throttle_classes = (PerAddress,)

    @extend_schema(
        operation_id="deadlines_create",
        summary="答复期限计算 (when a reply is due, day by day)",
        description=(
            "一件申请何日到期，逐日说明依据。收到之日依《政府信息公开条例》第三十一条，"
            "答复期限依第三十三条（2019-05-15 前收到的依原条例第二十四条），补正依第三十条，"
            "征求意见依第三十二条、第三十四条，信息处理费依第四十二条。不写入任何内容。\n\n"
            "The `deadline` command over HTTP. `events` are strings `KIND:DAY[:EXTRA]` or "
            "objects. What cannot be is refused with 422, `error` and `article`."
        ),
        request=DeadlineQuestion,
        responses={200: DeadlineAnswer},
        examples=[
            OpenApiExample(
                "补正 (supplement)",
                request_only=True,
                value={
                    "received": "2024-09-10",
                    "events": [
                        "supplement_asked:2024-09-20",
                        {"kind": "supplement_received", "on": "2024-10-08"},
                    ],
                },
            ),
            OpenApiExample(
                "网络 (online, confirmed)",
                request_only=True,
                value={
                    "submitted_at": "2019-05-13T10:00:00+08:00",
                    "confirmed_at": "2019-05-15T09:00:00+08:00",
                    "channel": "online",
                    "channel_detail": "email",
                },
            ),
            OpenApiExample(
                "到期 (due)",
                response_only=True,
                value={
                    "received_on": "2024-09-10",
                    "regime": "2019",
                    "base_due_on": "2024-11-04",
                    "due_on": "2024-11-04",
                    "provisional": False,
                    "days": [
                        {"on": "2024-10-09", "counts": True, "because": "working_day"}
                    ],
                    "findings": [],
                },
            ),
        ],
    )
    @inject
    def post(self, request, deps: Injected[Dependencies]) -> Response:
        asked = dict(DeadlineQuestion.parse(request.data))
        known_on = asked.pop("known_on", "")
        calendar = deps.calendar
        if known_on:
            calendar = calendar.known_on(day(known_on))
        question = Question(**{**asked, "events": tuple(asked["events"])})
        return Response(answer(question, calendar))
