"""Fields and bodies that take what they are declared to take and nothing else."""

import unicodedata
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from requests_app.api.problems import in_language
from requests_app.domain.notation import day, moment
from requests_app.domain.regimes import NotAllowed
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


#: letters of the Hangul and a Braille cell that show nothing
BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800")


def is_seen(text: str) -> bool:
    """Whether a letter, a number, a mark of punctuation or a symbol is in it."""
    return any(unicodedata.category(c)[0] in "LNPS" and c not in BLANK for c in text)


class Text(serializers.CharField):
    """A JSON string in which something is to be seen; DRF would take numbers as well."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        told = super().to_internal_value(data)
        if not is_seen(told):
            self.fail("blank")
        return told


class Code(serializers.RegexField):
    """An agency's code, as a JSON string (INTERFACES §2)."""

    def __init__(self, **options: Any) -> None:
        super().__init__(r"^[A-Za-z0-9-]{1,32}\Z", **options)

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class Whole(serializers.IntegerField):
    """A JSON number without decimals; DRF would take text as well."""

    def to_internal_value(self, data: Any) -> int:
        if type(data) is not int:  # true is 1 for isinstance
            self.fail("invalid")
        return super().to_internal_value(data)


class Flag(serializers.BooleanField):
    """true or false; DRF would take "yes" and 1 as well."""

    def to_internal_value(self, data: Any) -> bool:
        if type(data) is not bool:
            self.fail("invalid")
        return data


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

    def to_internal_value(self, data: Any) -> str:
        return written(super().to_internal_value(data), day)


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

    def to_internal_value(self, data: Any) -> str:
        return written(super().to_internal_value(data), moment)


def written(text: str, read: Callable[[str], date]) -> str:
    """The text, if it is a day; what the law says to that day is asked elsewhere."""
    try:
        read(text)
    except NotAllowed as error:
        if not error.article:
            raise serializers.ValidationError(in_language(error.message)) from error
    return text
