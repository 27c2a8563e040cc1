"""What the numbers of a report rest on: the books of some agencies, and in the place of
others the report that their superior accepted. `collection.collected` adds up the same."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from reporting.models import Edition, Report
from reporting.services.hashes import sha256
from reporting.services.tree import Tree
from reporting.tables import Form

OWN, AREA = Report.Scope.OWN, Report.Scope.AREA


@dataclass(frozen=True, kw_only=True)
class Basis:
    books: frozenset[int]
    standing: tuple[Edition, ...] = ()


def basis(form: Form, year: int, tree: Tree, agency_id: int, scope: str) -> Basis:
    if scope == OWN:
        return Basis(books=frozenset({agency_id}))
    area = tree.area(agency_id)
    found = {
        (edition.agency_id, edition.scope): edition
        for edition in stands(form, year, area).select_related("agency")
    }
    if not found:
        return Basis(books=frozenset(area))
    books, standing, waiting = set(), [], [agency_id]
    while waiting:
        one = waiting.pop()
        if (one, OWN) in found:
            standing.append(found[one, OWN])
        else:
            books.add(one)
        for under in tree.directly_below(one):
            if (under, AREA) in found:
                standing.append(found[under, AREA])
            else:
                waiting.append(under)
    return Basis(
        books=frozenset(books),
        standing=tuple(sorted(standing, key=lambda edition: edition.pk)),
    )


def stands(
    form: Form, year: int, agencies: Collection[int] | None
) -> QuerySet[Edition]:
    """What stands of these agencies, or of all, the latest of each last."""
    found = Edition.objects.filter(year=year, form=form.key).stand()
    if agencies is not None:
        found = found.filter(agency__in=agencies)
    return found.order_by("number")


def named(edition: Edition) -> dict[str, Any]:
    """How an edition tells which other one it rests on."""
    told = {
        "id": edition.pk,
        "agency": edition.agency.code,
        "name": dict(edition.agencies).get(edition.agency.code, edition.agency.name),
        "scope": edition.scope,
        "number": number_of(edition),
        "sha256": sha256(edition.content["cells"]),
    }
    return told | {"taken_in": True} if edition.is_taken_in else told


def number_of(edition: Edition) -> int:
    """As its own agency numbers it."""
    return (
        edition.content["edition"]["number"] if edition.is_taken_in else edition.number
    )
