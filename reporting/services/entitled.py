"""Whose act it is in the life of a report: the agency's own people hand it up, the superior's
accept it or send it back, and nobody does both. A superuser acts for any agency, but has
not four eyes either."""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from reporting.models import Edition, EditionStep
from requests_app.domain.regimes import NotAllowed
from requests_app.models.agencies import Agency

HANDS_UP = ("statistician", "office_head")


def superior_on(agency: Agency, year: int) -> Agency | None:
    """Whom it reported to on 31 December, as the sum of that year has it; of one that was
    not there yet, whom it reports to now."""
    day = date(year, 12, 31)
    placed = agency.placements.filter(Q(from_on=None) | Q(from_on__lte=day))
    rows = placed.select_related("parent", "reports_to")
    last = max(rows, key=lambda row: row.from_on or date.min, default=agency)
    return last.reports_to or last.parent


def superior_of(edition: Edition) -> Agency | None:
    """Kept with what was handed up."""
    return edition.superior or superior_on(edition.agency, edition.year)


def hands(by) -> bool:
    return by.is_superuser or by.has_role(*HANDS_UP)


def own(agency: Agency, by) -> bool:
    return by.is_superuser or by.agency_id == agency.pk


def over(edition: Edition, by) -> bool:
    above = superior_of(edition)
    return above is not None and (by.is_superuser or by.agency_id == above.pk)


def head(by) -> bool:
    return by.is_office_head()


def submitted(edition: Edition, by) -> bool:
    """Whether it was this person who handed it up, the last time."""
    steps = edition.steps.filter(act=EditionStep.Act.SUBMITTED).order_by("pk")
    last = steps.values_list("by", flat=True).last()
    return last is not None and last == by.pk


def forbid_strangers(agency: Agency, by) -> None:
    """A superior sees what is below (DESIGN §8); the report is for the agency to make."""
    if not (hands(by) and own(agency, by)):
        raise NotAllowed(_("由本机关的统计人员或机构负责人办理"))


def forbid_but_superior(edition: Edition, by) -> None:
    if not (hands(by) and over(edition, by)):
        raise NotAllowed(_("由上级机关的统计人员或机构负责人审核"))


def forbid_two_eyes(edition: Edition, by) -> None:
    if submitted(edition, by):
        raise NotAllowed(_("报送人不能审核自己报送的报告"))
