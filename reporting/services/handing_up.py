"""A report as one installation hands it to another: the report JSON, and beside it which
edition it is, who signed it when, and the hashes by which either is known again."""

from collections.abc import Mapping
from typing import Any

from django.utils.timezone import localtime

from reporting.models import Edition, EditionStep
from reporting.services import hashes
from reporting.services.editions import Which

ABOUT = "edition"  # the key beside those of the report
#: who explained what, and how, is for those who review the report here, not for callers
INWARD = frozenset({"explanations"})


def latest(which: Which) -> Edition | None:
    """What the agency has handed up, signed or published last."""
    standing = which.filter(Edition).exclude(state=Edition.State.SUPERSEDED)
    return standing.order_by("number").last()


def told(edition: Edition, *, accounts: bool = True) -> dict[str, Any]:
    """Without `accounts`, who signed is told by name or not at all."""
    return {**outward(edition.content), ABOUT: about(edition, accounts=accounts)}


def outward(content: Mapping[str, Any]) -> dict[str, Any]:
    """The report JSON as callers of the API read it: without what staff wrote of it."""
    return {key: value for key, value in content.items() if key not in INWARD}


def about(edition: Edition, *, accounts: bool) -> dict[str, Any]:
    signed = edition.steps.filter(act=EditionStep.Act.SIGNED).last()
    return {
        "number": edition.number,
        "state": str(edition.state),
        "as_of": localtime(edition.as_of).isoformat(),
        "release": edition.release,
        "sha256": sha256(edition.content),
        "digest": edition.digest,
        "signed_by": named(signed, accounts=accounts) if signed else None,
        "signed_at": localtime(signed.at).isoformat() if signed else None,
        "files": [
            {"ending": ending, "sha256": found}
            for ending, found in edition.files.order_by("ending").values_list(
                "ending", "sha256"
            )
        ],
    }


def named(step: EditionStep, *, accounts: bool) -> str | None:
    if step.by is None:
        return ""
    return step.by.get_full_name() or (step.by.get_username() if accounts else None)


def sha256(content: Mapping[str, Any]) -> str:
    """Of the report alone, as it is told: its JSON with keys sorted, in UTF-8."""
    report = {key: value for key, value in outward(content).items() if key != ABOUT}
    return hashes.sha256(report)
