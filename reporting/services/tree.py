"""The tree of agencies on a day, and adding numbers up along it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Q

from requests_app.models.agencies import Placement


@dataclass(frozen=True, kw_only=True)
class Node:
    agency_id: int
    code: str
    name: str
    above: int | None  # whom it reports to


@dataclass(frozen=True)
class Tree:
    """Who reports to whom, along `reports_to` where it is given and else to the parent."""

    nodes: Mapping[int, Node]

    def roots(self) -> list[Node]:
        return [n for n in self.nodes.values() if n.above not in self.nodes]

    def coded(self, code: str) -> Node | None:
        return next((node for node in self.nodes.values() if node.code == code), None)

    def area(self, agency_id: int) -> set[int]:
        """The agency itself and all below it."""
        return {agency_id, *self._areas.get(agency_id, ())}

    @cached_property
    def _areas(self) -> Mapping[int, set[int]]:
        """Of all at once: a year's reports ask for the area of every agency."""
        found: dict[int, set[int]] = {}
        for agency_id in self.nodes:
            for above in self.upwards(agency_id):
                found.setdefault(above, set()).add(agency_id)
        return found

    def directly_below(self, agency_id: int) -> list[int]:
        return self._directly_below.get(agency_id, [])

    @cached_property
    def _directly_below(self) -> Mapping[int, list[int]]:
        found: dict[int, list[int]] = {}
        for agency_id, above in self.deepest_first():
            found.setdefault(above, []).append(agency_id)
        return found

    def upwards(self, agency_id: int) -> Iterator[int]:
        """The agency, whom it reports to, and so on; a circle ends where it closes."""
        seen: set[int] = set()
        above: int | None = agency_id
        while above in self.nodes and above not in seen:
            assert above is not None
            seen.add(above)
            yield above
            above = self.nodes[above].above

    def deepest_first(self) -> list[tuple[int, int]]:
        """(agency, whom it reports to), so that adding in this order adds all once. In a
        circle, which no act allows, nobody is above anybody."""
        depth = {found: sum(1 for _ in self.upwards(found)) for found in self.nodes}
        edges = [(n.agency_id, n.above) for n in self.nodes.values()]
        below = [(a, b) for a, b in edges if b in depth and depth[b] < depth[a]]
        return sorted(below, key=lambda edge: -depth[edge[0]])


def tree_on(day: date) -> Tree:
    """Every agency at its last place by that day: one dissolved during the year stays
    where it last stood, so that nothing it logged is lost."""
    placed = Placement.objects.filter(Q(from_on=None) | Q(from_on__lte=day))
    rows = placed.order_by("agency_id", "from_on").values_list(
        "agency_id", "agency__code", "name", "parent_id", "reports_to_id", "from_on"
    )
    latest: dict[int, tuple[date, Node]] = {}
    for agency_id, code, name, parent, reports_to, from_on in rows:
        node = Node(
            agency_id=agency_id, code=code, name=name, above=reports_to or parent
        )
        since = from_on or date.min
        if agency_id not in latest or latest[agency_id][0] <= since:
            latest[agency_id] = since, node
    return Tree({agency_id: node for agency_id, (_, node) in latest.items()})
