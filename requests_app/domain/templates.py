"""What an office may have its own template of, and which merge fields each may name."""

from collections.abc import Mapping

from requests_app.domain import intake_papers, merge_fields
from requests_app.domain.intake_papers import IntakePaper
from requests_app.domain.letters import LetterKind
from requests_app.domain.merge_fields import Field

Templated = LetterKind | IntakePaper
EVERY: tuple[Templated, ...] = (*IntakePaper, *LetterKind)
BY_KEY: Mapping[str, Templated] = {kind.value: kind for kind in EVERY}


def fields_of(kind: Templated) -> Mapping[str, Field]:
    if isinstance(kind, IntakePaper):
        return intake_papers.FIELDS[kind]
    return merge_fields.FIELDS


def needed(kind: Templated) -> frozenset[str]:
    if isinstance(kind, IntakePaper):
        return intake_papers.NEEDED[kind]
    return merge_fields.needed(kind)


def samples(kind: Templated) -> dict[str, str]:
    return merge_fields.samples(fields_of(kind)) | {"标题": title(kind)}


def title(kind: Templated) -> str:
    return kind.zh.partition("（")[0]
