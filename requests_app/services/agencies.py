"""Acts on the tree of agencies. A change is dated, and the earlier tree stays known."""

from datetime import date, timedelta

from django.db import transaction

from requests_app.domain.regimes import NotAllowed
from requests_app.models import Agency, Placement


@transaction.atomic
def place(agency: Agency, *, on: date | None) -> None:
    """Save the agency as it stands from `on` (None: as it always stood, for a new one)
    and recompute the paths of its subtree."""
    forbid_circle(agency)
    current = agency.placements.filter(until_on=None).first() if agency.pk else None
    forbid_before(agency, current, on)
    agency.path = path_of(agency)
    agency.save()
    repath(agency)
    now = Placement(
        agency=agency, name=agency.name, parent=agency.parent,
        reports_to=agency.reports_to, from_on=on,
    )  # fmt: skip
    if current is None:
        now.save()
    elif same_place(current, now):
        return
    elif current.from_on == on:
        Placement.objects.filter(pk=current.pk).update(
            name=now.name, parent=now.parent, reports_to=now.reports_to
        )
    else:
        assert on is not None
        current.until_on = on - timedelta(days=1)
        current.save()
        now.save()


def forbid_before(agency: Agency, current: Placement | None, on: date | None) -> None:
    """Changes are recorded in the order of their days, and none after the last."""
    if agency.dissolved_on:
        raise NotAllowed(
            f"机关 {agency.code} 已于 {agency.dissolved_on} 撤销 (it is dissolved)"
        )
    if current and current.from_on and on and on < current.from_on:
        raise NotAllowed(
            f"机关 {agency.code} 自 {current.from_on} 起已有变更，不能补记更早的 "
            "(a later change is recorded already)"
        )


def same_place(a: Placement, b: Placement) -> bool:
    return (a.name, a.parent_id, a.reports_to_id) == (
        b.name, b.parent_id, b.reports_to_id,
    )  # fmt: skip


def path_of(agency: Agency) -> str:
    """/GRANDPARENT/PARENT/CODE/: a prefix of it is an ancestor's path."""
    return f"{agency.parent.path if agency.parent else '/'}{agency.code}/"


def repath(agency: Agency) -> None:
    for child in agency.children.all():
        child.parent = agency
        child.path = path_of(child)
        child.save(update_fields=["path"])
        repath(child)


def forbid_circle(agency: Agency) -> None:
    above = agency.parent
    while above is not None:
        if above.code == agency.code:
            raise NotAllowed(
                f"机关 {agency.code} 不能隶属于自己的下级 (a circle in the tree)"
            )
        above = above.parent


def forbid_above_others(agency: Agency) -> None:
    """For whoever dissolves it at the desk: where those below go is theirs to say first."""
    if (
        agency.children.going_on().exists()
        or agency.reporting_agencies.going_on().exists()
    ):
        raise NotAllowed(
            "尚有下级机关隶属于它或向它报送，请先调整这些机关的隶属 "
            "(agencies below it go on: move them first)"
        )


@transaction.atomic
def dissolve(agency: Agency, *, on: date, successor: Agency | None = None) -> None:
    """撤销: the agency keeps its requests and its past; the successor, which sees them and
    acts on them, answers from then, also for those that the agency itself succeeded."""
    forbid_before(agency, agency.placements.filter(until_on=None).first(), on)
    if successor is not None and (successor == agency or successor.dissolved_on):
        raise NotAllowed("承继机关应为存续的其他机关 (name an agency that goes on)")
    agency.dissolved_on, agency.successor = on, successor
    agency.save()
    agency.placements.filter(until_on=None).update(until_on=on)
    agency.predecessors.update(successor=successor or agency)


def forbid_after_its_end(agency: Agency, received_on: date) -> None:
    """A request that came after the end is registered by the successor."""
    if agency.dissolved_on and received_on > agency.dissolved_on:
        to = f"，请由承继机关 {agency.successor} 登记" if agency.successor else ""
        raise NotAllowed(
            f"机关 {agency.code} 已于 {agency.dissolved_on} 撤销{to} (it is dissolved)"
        )


@transaction.atomic
def restore(agency: Agency) -> None:
    """The dissolution was a mistaken entry: it stands again where it last stood."""
    if agency.dissolved_on is None:
        raise NotAllowed("机关没有撤销，无须恢复 (it was not dissolved)")
    last = agency.placements.filter(until_on=agency.dissolved_on).latest("pk")
    agency.dissolved_on, agency.successor = None, None
    agency.save()
    Placement.objects.filter(pk=last.pk).update(until_on=None)
