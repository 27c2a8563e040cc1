"""What is kept with an edition when it is handed up, so that nothing it says depends on
what comes later: agencies, figures, facts, explanations, what its pictures draw."""

from typing import Any

from django.utils.translation import gettext as _

from reporting.dependencies import Dependencies
from reporting.models import Edition
from reporting.services import around, freezing
from reporting.services.adjustments import correction
from reporting.services.basis import basis, named
from reporting.services.counting import Tally
from reporting.services.editions import (
    Which,
    agencies_of,
    explaining,
    in_force,
    place,
    verify,
)
from requests_app.domain.regimes import NotAllowed


def whole(which: Which, content: dict[str, Any], deps: Dependencies) -> dict[str, Any]:
    """The report JSON with who explained what, and what is printed beside its cells."""
    drawn = around.Drawn(which.agency.pk, which.year, which.scope)
    beside = around.around(drawn, deps.form(which.form), deps)
    return {
        **content,
        "explanations": explaining(which, content),
        around.KEPT: around.as_json(beside),
        "banner": which.agency.banner,
    }


def keep(
    edition: Edition, tally: Tally, content: dict[str, Any], deps: Dependencies
) -> None:
    which = place(edition)
    form = deps.form(which.form)
    agencies = agencies_of(which, tally)
    rests_on = basis(form, which.year, tally.tree, which.agency.pk, which.scope)
    edition.content = whole(which, content, deps)
    edition.entered = freezing.entered(form, which.year, rests_on)
    edition.rests_on = [named(other) for other in rests_on.standing]
    edition.agencies = sorted(
        [node.code, node.name]
        for node in tally.tree.nodes.values()
        if node.agency_id in agencies
    )
    edition.as_of, edition.release = deps.clock.now(), deps.release
    edition.save()
    freezing.freeze(edition, rests_on)
    if before := in_force(which):
        edition.corrects = correction(before, edition)
    forbid_unfounded(edition, deps)


def forbid_unfounded(edition: Edition, deps: Dependencies) -> None:
    """Nobody stands by a number that its own facts do not say."""
    if difference := verify(edition, deps):
        raise NotAllowed(
            _("数字与其依据不一致：%(what)s。请核对后重新报送") % {"what": difference}
        )
