"""What was typed into a draft when an act of it was refused: none of it is lost."""

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from datetime import date

from django.forms import BoundField
from django.http import QueryDict

from requests_app.admin.letter_forms import DraftForm
from requests_app.models import Letter


def words_in(posted: QueryDict) -> list[str]:
    return [name for name in DraftForm.Meta.fields if name in posted]


def unsaved(posted: QueryDict, letter: Letter) -> list[str]:
    """The fields that were typed otherwise than they stand. A browser ends its lines in
    its own way."""
    return [
        name
        for name in words_in(posted)
        if lines(posted[name]) != lines(standing(letter, name))
    ]


def lines(text: str) -> list[str]:
    return text.strip().splitlines()


def standing(letter: Letter, name: str) -> str:
    told = getattr(letter, name)
    return told.isoformat() if isinstance(told, date) else told


def typed_again(posted: QueryDict, letter: Letter, *, changed: bool) -> DraftForm:
    """Of a copy, since a form writes what was typed into its letter. Where somebody else
    changed it, this is drawn from the change: saving again works."""
    told = posted.copy()
    if changed:
        told["seen"] = str(letter.revision)
    return DraftForm(told, instance=copy(letter))


@dataclass(frozen=True, kw_only=True)
class Row:
    field: BoundField
    stands: str  # what somebody else wrote there meanwhile


def rows(form: DraftForm, letter: Letter, other: list[str]) -> Iterator[Row]:
    for field in form.visible_fields():
        stands = standing(letter, field.name) if field.name in other else ""
        yield Row(field=field, stands=stands)
