"""Finding requests by words. A number as it is written is looked up by its index; other
words are looked for in each table by itself, so that none of them is joined to be read."""

from django.db.models import Q, QuerySet

from requests_app.models import Applicant, DisclosureRequest, Wording

HELD = ("number", "reference", "topic")


def found(
    requests: QuerySet[DisclosureRequest], words: str
) -> QuerySet[DisclosureRequest]:
    """Those that hold every word, somewhere."""
    asked = words.split()
    if not asked:
        return requests
    numbered = Q(number=words.strip()) | Q(reference=words.strip())
    if DisclosureRequest.objects.filter(numbered).exists():  # in sight or not
        return requests.filter(numbered)
    for word in asked:
        requests = requests.filter(pk__in=holding(word))
    return requests


def holding(word: str) -> QuerySet:
    """The keys of the requests that hold the word: of one table after the other."""
    every = DisclosureRequest.objects.order_by()
    own = [every.filter(**{f"{name}__contains": word}).values("pk") for name in HELD]
    asked = Wording.objects.filter(subject__contains=word).values("pk")
    people = Applicant.objects.filter(name__contains=word)
    return asked.union(every.filter(applicant__in=people).values("pk"), *own, all=True)
