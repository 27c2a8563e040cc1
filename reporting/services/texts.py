"""What the offices wrote: the last version of every chapter."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from reporting.models import ChapterText
from reporting.tables import Form

Texts = Mapping[tuple[int, str], Mapping[str, str]]  # (agency, scope) → numeral → text


def texts_of(form: Form, year: int, agencies: Iterable[int]) -> Texts:
    found: dict[tuple[int, str], dict[str, str]] = defaultdict(dict)
    rows = ChapterText.objects.filter(
        form=form.key, year=year, agency__in=list(agencies)
    ).order_by("version")
    for agency_id, scope, numeral, text in rows.values_list(
        "agency", "scope", "numeral", "text"
    ):
        found[agency_id, scope][numeral] = text
    return found
