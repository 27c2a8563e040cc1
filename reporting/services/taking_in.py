"""A report that an agency signed in an installation of its own, taken in here as handed up
and accepted: it stands in the sums as any accepted one, and nothing is added twice."""

import math
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from reporting.dependencies import Dependencies, NoSuchForm
from reporting.facts import agencies_with_a_log
from reporting.models import Edition, EditionStep, Report
from reporting.services.checks import countable
from reporting.services.collection import exact
from reporting.services.editions import Which, differing
from reporting.services.entitled import superior_on
from reporting.services.filing import moved
from reporting.services.findings import as_finding
from reporting.services.handing_up import ABOUT, latest, sha256
from reporting.tables import Form
from requests_app.domain.regimes import NotAllowed
from requests_app.models.agencies import Agency

State, Act = Edition.State, EditionStep.Act
SIGNED = (State.SIGNED, State.PUBLISHED)
SHOWN = 5  # faults named at once


@transaction.atomic
def take_in(
    told: Mapping[str, Any], *, source: str, by, deps: Dependencies
) -> tuple[Edition, bool]:
    """(edition, whether it is new). NotAllowed for what is no signed report, or would count
    something twice; the same again changes nothing."""
    form, about = read(told, deps)
    which = Which(agency_of(told), told["year"], form.key, told["scope"])
    Agency.objects.select_for_update().get(pk=which.agency.pk)
    before = latest(which)
    if before and before.content == told:
        return before, False
    forbid(which, before, about)
    edition = before
    if edition is None or edition.state in SIGNED:
        number = before.number + 1 if before else 1
        edition = Edition(**which._asdict(), number=number)
    if before:
        changed = differing(before.content, told)
        edition.corrects = {"cells": [list(cell) for cell in changed]}
    edition.content, edition.entered = dict(told), figures(told, about)
    edition.agencies = [[which.agency.code, which.agency.name]]
    edition.superior = superior_on(which.agency, which.year)
    edition.as_of = datetime.fromisoformat(about["as_of"])
    edition.release = about["release"]
    moved(edition, State.SUBMITTED, Act.SUBMITTED, by, deps, origin(source, about))
    return moved(edition, State.ACCEPTED, Act.ACCEPTED, by, deps), True


def origin(source: str, about: Mapping[str, Any]) -> str:
    return _(
        "取自 %(source)s：第%(number)s版，%(by)s 于 %(at)s 签发，校验值 %(digest)s"
    ) % {
        "source": source,
        "number": about["number"],
        "by": about["signed_by"] or _("未告知姓名者"),
        "at": about["signed_at"],
        "digest": about["digest"],
    }


def read(told: Mapping[str, Any], deps: Dependencies) -> tuple[Form, Mapping[str, Any]]:
    """Its form, and what is said about the edition; NotAllowed unless it is whole, of a
    year that has ended, signed, as it was signed, and sound."""
    try:
        about = told[ABOUT]
        form = deps.form(told["form"])
        year, cells = told["year"], dict(every_cell(told["cells"]))
        is_signed = about["state"] in SIGNED and about["digest"] and about["signed_at"]
        is_whole = about["sha256"] == sha256(told)
        datetime.fromisoformat(about["as_of"])
        Report.Scope(told["scope"])
        if not isinstance(about["number"], int):
            raise ValueError(about["number"])
    except NoSuchForm as error:
        raise NotAllowed(str(error)) from error
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise NotAllowed(
            _("不是接口给出的年度报告（缺少或无法读取：%(what)s）") % {"what": error}
        ) from error
    if not is_signed:
        raise NotAllowed(_("报告尚未签发，不能收取"))
    if not is_whole:
        raise NotAllowed(_("校验值不符：内容不是签发时的内容"))
    if told.get("outcome_lines", {}) != dict(form.chosen):
        raise NotAllowed(_("答复类别的归行与本系统不同，各级须一致后方可汇总"))
    if not form.takes(year) or year >= deps.clock.today().year:
        raise NotAllowed(_("%(year)s 年不用该表式，或尚未结束") % {"year": year})
    faults = list(unfit(form, cells)) or [
        as_finding(found)["message"]
        for found in form.broken({c: exact(v) for c, v in cells.items()})
    ]
    if faults:
        raise NotAllowed("\n".join(faults[:SHOWN]))
    return form, about


def every_cell(cells: Mapping[str, Mapping[str, Any]]):
    for line, columns in cells.items():
        for column, value in columns.items():
            yield (line, column), value


def unfit(form: Form, cells: Mapping[tuple[str, str], Any]):
    """Every cell of the form and no other, each a number that can be."""
    for line, column in sorted(form.cells.keys() ^ cells.keys()):
        yield _("与表式不符的格：%(line)s %(column)s") % {
            "line": line,
            "column": column,
        }
    for cell, value in cells.items():
        if value is not None and not (
            is_number(value) and countable(form, cell, value)
        ):
            yield _("不是可以填报的数值：%(line)s %(value)s") % {
                "line": cell[0],
                "value": value,
            }


def is_number(value: Any) -> bool:
    is_plain = isinstance(value, int | float) and not isinstance(value, bool)
    return is_plain and math.isfinite(value)


def agency_of(told: Mapping[str, Any]) -> Agency:
    found = Agency.objects.filter(code=told.get("agency")).first()
    if found is None:
        raise NotAllowed(
            _("本系统没有机关 %(code)s，请先导入机关") % {"code": told.get("agency")}
        )
    return found


def forbid(which: Which, before: Edition | None, about: Mapping[str, Any]) -> None:
    if which.agency.pk in agencies_with_a_log(which.year):
        raise NotAllowed(
            _("%(agency)s 当年在本系统有办理日志，由日志统计，不能另行收取")
            % {"agency": which.agency.name}
        )
    if before is None:
        return
    if not before.is_taken_in:
        raise NotAllowed(_("该机关已在本系统报送：%(edition)s") % {"edition": before})
    known = before.content[ABOUT]
    if about["number"] < known["number"]:
        raise NotAllowed(_("已收取较新的第%(number)s版") % {"number": known["number"]})
    if about["number"] == known["number"] and about["sha256"] != known["sha256"]:
        raise NotAllowed(_("同一版次的内容与已收取的不同，请该机关说明或出具更正版"))


def figures(told: Mapping[str, Any], about: Mapping[str, Any]) -> list[dict[str, Any]]:
    """All of its cells as figures that were handed in: what the edition is recounted from."""
    return [
        {
            "agency": told["agency"],
            "line": line,
            "column": column,
            "value": str(value),
            "origin": ABOUT,
            "number": about["number"],
            "entered_by": about["signed_by"],
            "entered_at": about["signed_at"],
        }
        for (line, column), value in every_cell(told["cells"])
        if value
    ]
