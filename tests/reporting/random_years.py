"""Three random years of requests and appeals under a small tree of agencies."""

from datetime import date, timedelta
from decimal import Decimal

from reporting.models import Figure
from requests_app.domain.vocabulary import (
    AppealResult,
    ApplicantKind,
    Channel,
    Outcome,
    Procedure,
    Timeliness,
)
from requests_app.models import Agency, Appeal, Complaint, DisclosureRequest
from requests_app.services.agencies import place

YEARS = (2016, 2017, 2018)
REQUESTS, APPEALS, COPIES = 3000, 600, 60


def random_tree():
    tree = []
    for n in range(8):
        above = tree[(n - 1) // 2] if n else None
        tree.append(
            Agency(code=f"A{n}", name=f"机关{n}", kind="government", parent=above)
        )
        place(tree[-1], on=None)
    return tree


def random_requests(chance, agencies):
    for n in range(REQUESTS):
        received = date(2015, 11, 1) + timedelta(chance.randrange(1200))
        replied = (
            received + timedelta(chance.randrange(90))
            if chance.random() < 0.9
            else None
        )
        yield {
            "agency": chance.choice(agencies),
            "reference": f"r{n}",
            "number_year": received.year,
            "stage": "replied" if replied else "in_handling",
            "channel": chance.choice(["", *Channel]),
            "applicant_kind": str(chance.choice(["", *ApplicantKind])),
            "received_on": received,
            "replied_on": replied,
            "outcome": str(chance.choice(list(Outcome))) if replied else "",
            "timeliness": str(chance.choice(list(Timeliness))) if replied else "",
            "fee": Decimal(chance.randrange(100000)) / 100 if replied else None,
        }


def random_appeals(chance, agencies, requests):
    for n in range(APPEALS):
        filed = date(2015, 11, 1) + timedelta(chance.randrange(1200))
        decided = (
            filed + timedelta(chance.randrange(200)) if chance.random() < 0.8 else None
        )
        results = [r for r in AppealResult if r is not AppealResult.PENDING]
        yield {
            "agency": agencies[n % len(agencies)],
            "disclosure_request": (
                chance.choice(requests) if chance.random() < 0.5 else None
            ),
            "case_number": f"c{n}" if n >= 20 else "",
            "procedure": str(chance.choice(list(Procedure))),
            "filed_on": filed,
            "decided_on": decided,
            "result": str(chance.choice(results)) if decided else "pending",
            "first_instance_case_number": (
                f"c{n - len(agencies)}" if n >= 40 and chance.random() < 0.3 else ""
            ),
        }


def co_defendants(chance, agencies, appeals):
    """Suits logged by a second agency too: by the one above, by any, under another day."""
    suits = [
        a
        for a in appeals
        if a["procedure"] == Procedure.LITIGATION_AFTER_RECONSIDERATION
        and a["case_number"]
        and a["agency"].parent
    ]
    for n, suit in enumerate(chance.sample(suits, COPIES)):
        other = chance.choice([a for a in agencies if a != suit["agency"]])
        yield suit | {
            "agency": suit["agency"].parent if n % 2 else other,
            "disclosure_request": None if n % 3 else suit["disclosure_request"],
            "filed_on": suit["filed_on"] - timedelta(days=n % 5 == 0),
            "co_defendant": (None, None, True, False)[n % 4],
        }


def retrials(appeals):
    """Every second case that names a first instance is tried again, on the same day or up
    to a year later."""
    further = [a for a in appeals if a["first_instance_case_number"]]
    for n, case in enumerate(further[::2]):
        filed = case["filed_on"] + timedelta(n % 4 * 120)
        decided = n % 3 != 0
        yield case | {
            "case_number": f"再{n}",
            "filed_on": filed,
            "decided_on": filed + timedelta(60) if decided else None,
            "result": "corrected" if decided else "pending",
        }


def random_complaints(chance, agencies):
    """(complaints, agency id → year → the figure of line 6): some agencies have both."""
    complaints = [
        {
            "agency": chance.choice(agencies[:5]),
            "received_on": date(2015, 11, 1) + timedelta(chance.randrange(1200)),
            "about": "other",
            "voided_on": chance.choice([None, None, date(2019, 1, 1)]),
        }
        for _ in range(30)
    ]
    figures = {
        a: {year: chance.randrange(90) for year in YEARS if chance.random() < 0.5}
        for a in agencies
    }
    Complaint.objects.bulk_create([Complaint(**c) for c in complaints])
    Figure.objects.bulk_create(
        Figure(
            agency=agency, year=year, form="national_2018", line="6", column="count",
            value=value, entered_at="2019-01-05T09:00Z",
        )
        for agency, of_year in figures.items()
        for year, value in of_year.items()
    )  # fmt: skip
    return complaints, figures


def random_world(chance):
    """(agencies, requests, appeals), the rows as dicts, all of it in the database."""
    tree = random_tree()
    requests = list(random_requests(chance, tree))
    rows = DisclosureRequest.objects.bulk_create(
        [DisclosureRequest(**r) for r in requests]
    )
    appeals = list(random_appeals(chance, tree, rows))
    appeals += co_defendants(chance, tree, appeals)
    appeals += retrials(appeals)
    Appeal.objects.bulk_create([Appeal(**a) for a in appeals])
    return tree, requests, appeals
