"""Fields and bodies that take what they are declared to take and nothing else."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from requests_app.domain.vocabulary import Term
from requests_app.models.language import spoken, spoken_lazy


class Body(serializers.Serializer):
    """A JSON object; unknown fields are named, each with its pointer."""

    @classmethod
    def parse(cls, told: Any) -> dict[str, Any]:
        """What was told, checked. Raises ValidationError."""
        return fields_of(cls).run_validation(told)

    def to_internal_value(self, data: Any) -> Any:
        unknown = sorted(set(data) - set(self.fields)) if isinstance(data, dict) else []
        if unknown:
            known = "、".join(self.fields)
            said = spoken(
                f"没有此字段，可用：{known}", f"No such field; known: {known}"
            )
            raise serializers.ValidationError({name: [said] for name in unknown})
        return super().to_internal_value(data)


@cache
def fields_of(body: type[Body]) -> Body:
    """Bound once for all calls: checking leaves nothing behind in them."""
    return body()


class Text(serializers.CharField):
    """A JSON string; DRF would take numbers as well."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class Key(serializers.ChoiceField):
    """One of the keys of a closed list (INTERFACES §1)."""

    def __init__(self, terms: Iterable[Term], **options: Any) -> None:
        choices = [(term.value, spoken_lazy(term.zh, term.en)) for term in terms]
        super().__init__(choices, **options)

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid_choice", input=data)
        return super().to_internal_value(data)


@extend_schema_field(OpenApiTypes.DATE)
class DayText(Text):
    """A plain day in Asia/Shanghai, read by `domain.notation.day`."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=10, **options)


@extend_schema_field(
    {
        "anyOf": [
            {"type": "string", "format": "date-time"},
            {"type": "string", "format": "date"},
        ]
    }
)
class MomentText(Text):
    """An instant with offset or a plain day, read by `domain.notation.moment`."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=40, **options)
