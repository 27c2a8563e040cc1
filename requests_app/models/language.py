"""Which of the two languages a page speaks: Chinese unless English was asked for."""

from collections.abc import Iterable

from django.utils.functional import lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from requests_app.domain.lifecycle import Stage
from requests_app.domain.vocabulary import Term
from requests_app.domain.wording import parted


def is_english() -> bool:
    return (get_language() or "").startswith("en")


def spoken(zh: str, en: str) -> str:
    return en if is_english() else zh


spoken_lazy = lazy(spoken, str)


def heard(message: str) -> str:
    """The reader's half of a message that carries both languages; one that does not is
    given whole."""
    return spoken(*parted(message))


def listed(words: Iterable[object]) -> str:
    return spoken("、", ", ").join(map(str, words))


def choices(terms: Iterable[Term]) -> list[tuple[str, str]]:
    """(key, the term in the reader's language), for a field."""
    return [(term.value, spoken_lazy(term.zh, term.en)) for term in terms]


#: 2019 第四十五条 登记、审核、办理、答复、归档
STAGES = [
    (Stage.RECEIVED.value, _("接收")),
    (Stage.IN_HANDLING.value, _("办理")),
    (Stage.REVIEWED.value, _("审核")),
    (Stage.REPLIED.value, _("答复")),
    (Stage.ARCHIVED.value, _("归档")),
]
