"""A ledger as a province keeps it: rows as wide, as unevenly spread and as full of
exceptions as real ones, in the order in which they came."""

import json
from collections.abc import Iterator
from datetime import timedelta

from django.db import connection
from django.db.models import F

from requests_app.domain.vocabulary import Channel, Outcome, Procedure
from requests_app.models import Agency, Appeal, DisclosureRequest, Placement

YEARS = range(2014, 2019)

FINDINGS = json.dumps(
    [
        {
            "rule": "late",
            "on": "2018-05-07",
            "message": "答复晚于期限 2018-04-25 (replied after the due day)",
            "article": "国务院令第492号第二十四条",
        }
    ],
    ensure_ascii=False,
)

REQUESTS = """
INSERT INTO requests_app_disclosurerequest (agency_id, reference, channel,
    channel_detail, applicant_kind, topic, import_key, serial, number_year, number, stage,
    received_on, base_due_on, due_on, provisional, waiting_for, replied_on, outcome,
    timeliness, fee, findings, voided_on, co_units)
SELECT agency, '530000-' || year || '-' || n, channel, detail, applicant, topic,
    md5('a' || n) || md5('b' || n), n, year, '〔' || year || '〕' || n || '号',
    CASE WHEN took IS NULL THEN 'in_handling' ELSE 'archived' END,
    day, day + 21, day + CASE WHEN extended THEN 42 ELSE 21 END, false,
    CASE WHEN took IS NULL AND n %% 3 = 0 THEN 'supplement' ELSE '' END,
    day + took,
    CASE WHEN took IS NULL THEN '' ELSE outcome END,
    CASE WHEN took IS NULL THEN '' WHEN took > 42 THEN 'late'
         WHEN extended THEN 'extended' ELSE 'on_time' END,
    CASE WHEN took IS NOT NULL AND n %% 12 = 0 THEN 10 + (n %% 900) / 10.0 END,
    CASE WHEN took > 42 THEN %(findings)s::jsonb ELSE '[]' END,
    CASE WHEN n %% 200 = 0 THEN day + 1 END, ''
FROM (
    SELECT n, day, extract(year FROM day)::int AS year, took,
        coalesce(took > 21, false) AS extended,
        %(root)s + floor(power(random(), 3) * %(agencies)s)::int AS agency,
        (%(channels)s::text[])[1 + floor(power(random(), 2) * %(channel_count)s)::int] AS channel,
        (ARRAY['', '', 'ems', 'mail', 'portal'])[1 + floor(random() * 5)::int] AS detail,
        (ARRAY['natural_person', 'natural_person', 'enterprise', 'legal_service', ''])
            [1 + floor(random() * 5)::int] AS applicant,
        (ARRAY['', '', '征地补偿安置', '城乡规划', '财政预算决算'])
            [1 + floor(random() * 5)::int] AS topic,
        (%(outcomes)s::text[])[1 + floor(power(random(), 2) * %(outcome_count)s)::int] AS outcome
    FROM (
        SELECT n, %(start)s::date + floor(n * %(days)s::float / (%(rows)s + 1))::int AS day,
            CASE WHEN random() < 0.998 THEN floor(random() * 50)::int END AS took
        FROM generate_series(1, %(rows)s) n
    ) AS arrived
) AS handled
"""


def fill(rows: int, agencies: int) -> None:
    """Written, and with the statistics of a database in service."""
    write(rows, agencies)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def write(rows: int, agencies: int) -> None:
    """Agencies in four levels, `rows` requests over five years, and a case for every 50th."""
    root = plant(agencies)
    start, end = f"{YEARS.start}-01-01", f"{YEARS.stop}-01-01"
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::date - %s::date", [end, start])
        (days,) = cursor.fetchone()
        cursor.execute("SELECT setseed(0.2018)")
        cursor.execute(
            REQUESTS,
            {
                "root": root,
                "agencies": agencies,
                "rows": rows,
                "start": start,
                "days": days,
                "findings": FINDINGS,
                "channels": [*map(str, Channel), ""],
                "channel_count": len(Channel) + 1,
                "outcomes": list(map(str, Outcome)),
                "outcome_count": len(Outcome),
            },
        )
    Appeal.objects.bulk_create(appeals(), batch_size=2000)


def appeals() -> Iterator[Appeal]:
    """Every 50th reply is taken further, to one of the procedures in turn."""
    procedures, results = list(Procedure), ["upheld", "upheld", "corrected", "other"]
    replied = DisclosureRequest.objects.annotate(turn=F("pk") % 50).filter(
        turn=0, replied_on__isnull=False
    )
    rows = replied.order_by("pk").values_list("pk", "agency_id", "replied_on")
    for n, (pk, agency_id, on) in enumerate(rows.iterator()):
        yield Appeal(
            agency_id=agency_id, disclosure_request_id=pk, case_number=f"云行复{pk}",
            procedure=procedures[n % len(procedures)], filed_on=on + timedelta(30),
            decided_on=on + timedelta(90), result=results[n % 4],
        )  # fmt: skip


def plant(agencies: int) -> int:
    """Every agency under the one at a 14th of its number; returns the root's key."""
    root = Agency.objects.create(
        code="B0", name="机关0", kind="government", path="/B0/"
    )
    planted = [root]
    for n in range(1, agencies):
        above = planted[n // 14]
        code = f"B{n}"
        planted.append(
            Agency(
                pk=root.pk + n, code=code, name=f"机关{n}", kind="government",
                parent_id=above.pk, path=f"{above.path}{code}/",
            )
        )  # fmt: skip
    Agency.objects.bulk_create(planted[1:])
    Placement.objects.bulk_create(
        Placement(agency=a, name=a.name, parent_id=a.parent_id) for a in planted
    )
    return root.pk
