"""What portal and applicant may know of where a request stands."""

from typing import Any

from requests_app.models import DisclosureRequest

OPINION = "opinion"


def told(made: DisclosureRequest) -> dict[str, Any]:
    """Without any name: an open consultation is `opinion`, whoever is consulted."""

    def text(day) -> str | None:
        return day.isoformat() if day else None

    waiting = {w for w in made.waiting_for.split(",") if w}
    known = {"supplement", "payment"}
    return {
        "reference": made.reference,
        "number": made.number,
        "agency": made.agency.code,
        "stage": str(made.stage),
        "received_on": text(made.received_on),
        "base_due_on": text(made.base_due_on),
        "due_on": text(made.due_on),
        "provisional": made.provisional,
        "waiting_for": sorted(w if w in known else OPINION for w in waiting),
        "outcome": made.outcome or None,
        "replied_on": text(made.replied_on),
    }
