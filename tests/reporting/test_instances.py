"""一审、二审、再审: one dispute is one case, the last instance filed by the year's end."""

from datetime import date

import pytest

from reporting import facts
from requests_app.models import Appeal

pytestmark = pytest.mark.django_db
FIRST = ("初1", "", "2021-02-01", "2021-04-01")
SECOND = ("终2", "初1", "2021-05-01", "2021-07-01")
RETRIAL = ("再3", "初1", "2021-08-01", "2021-11-01")


# fmt: off
CASES = [
    (2021, [FIRST, SECOND, RETRIAL], ["再3"]),
    (2021, [RETRIAL, SECOND, FIRST], ["再3"]),
    (2021, [SECOND, RETRIAL], ["再3"]),  # the first instance was never logged
    (2021, [FIRST, SECOND, ("再3", "终2", "2021-08-01", "2021-11-01")], ["再3"]),
    (2021, [FIRST, SECOND, ("再3", "初1", "2022-02-01", None)], ["终2"]),
    (2022, [FIRST, SECOND, ("再3", "初1", "2022-02-01", None)], ["再3"]),
    (2021, [FIRST, SECOND, ("再3", "初1", "2021-05-01", None)], ["再3"]),  # recorded later
    (2021, [FIRST, SECOND, ("终9", "初8", "2021-08-01", None)], ["终2", "终9"]),
]
# fmt: on


@pytest.mark.parametrize(("year", "suits", "counted"), CASES)
def test_which_instance_counts(office, year, suits, counted):
    for number, first, filed, decided in suits:
        Appeal.objects.create(
            agency=office, case_number=number, first_instance_case_number=first,
            procedure="litigation_direct", filed_on=date.fromisoformat(filed),
            decided_on=date.fromisoformat(decided) if decided else None,
            result="upheld" if decided else "pending",
        )  # fmt: skip
    found = facts.appeals_matching({}, year)
    assert sorted(found.values_list("case_number", flat=True)) == counted
