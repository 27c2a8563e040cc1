"""Finding requests by words. A number as it is written is looked up by its index; other
words are looked for in what is in sight."""

from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from requests_app.models import DisclosureRequest

HELD = ("number", "reference", "topic", "wording__subject")


def found(
    requests: QuerySet[DisclosureRequest], words: str, *, named: bool
) -> QuerySet[DisclosureRequest]:
    """Those that hold every word, somewhere; in the applicant's name only for who may see
    it (`named`): else a list would tell what is masked."""
    if any(sign.isdigit() for sign in words):
        numbered = Q(number=words.strip()) | Q(reference=words.strip())
        if DisclosureRequest.objects.filter(numbered).exists():  # in sight or not
            return requests.filter(numbered)
    for word in words.split():
        requests = requests.filter(holds(word, named))
    return requests


def holds(word: str, named: bool) -> Q:
    where = (*HELD, "applicant__name") if named else HELD
    return reduce(or_, (Q(**{f"{name}__contains": word}) for name in where))
