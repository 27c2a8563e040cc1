"""Whom a request is of, masked until somebody asks with a reason."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from requests_app.admin.application_form import ID_KINDS
from requests_app.domain.events import Event
from requests_app.models import (
    Applicant,
    Correction,
    DisclosureRequest,
    Letter,
    Participant,
)
from requests_app.models.access import FIELDS
from requests_app.models.applicants import masked

#: how each is masked; the others wholly
KEPT = {
    "id_number": (3, 2),
    "phone": (3, 2),
    "fax": (3, 2),
    "address": (6, 0),
    "workplace": (2, 0),
}
KINDS = dict(ID_KINDS)
OF_AN_APPLICANT = tuple(
    name for name in FIELDS if name not in ("participants", "papers")
)


@dataclass(frozen=True, kw_only=True)
class Fact:
    label: str
    value: str


@dataclass(frozen=True, kw_only=True)
class Person:
    role: str
    name: str
    id_kind: str
    id_number: str
    phone: str


def facts(applicant: Applicant | None, *, shown: bool) -> Iterator[Fact]:
    """What is known of the applicant; what was left blank is left out."""
    for name in OF_AN_APPLICANT if applicant else ():
        value = getattr(applicant, name)
        if value:
            told = value if shown else veiled(name, value)
            label = applicant.id_kind if name == "id_number" else ""
            yield Fact(label=str(KINDS.get(label, label) or FIELDS[name]), value=told)


def masked_facts(applicant: Applicant | None) -> dict[str, str]:
    """name of the column → its value as anybody may see it; blanks are left out."""
    told = {
        name: getattr(applicant, name, "") for name in (*OF_AN_APPLICANT, "id_kind")
    }
    shown = {"id_kind": str(KINDS.get(told["id_kind"], told["id_kind"]))}
    return {n: shown.get(n) or veiled(n, v) for n, v in told.items() if v}


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """What stood before a correction, and why it was made."""

    correction: Correction
    facts: list[Fact]

    @property
    def blank(self) -> bool:
        """Whether there was nothing of what has been told since."""
        return bool(self.correction.applicant) and not self.facts


def earlier(found: DisclosureRequest, *, shown: bool) -> list[Earlier]:
    """The versions before each correction, the first first; as far as they differ."""
    made = Correction.objects.filter(entry__disclosure_request=found).select_related(
        "entry__recorded_by", "was_applicant", "applicant", "participant"
    )
    return [
        Earlier(correction=one, facts=list(before(one, shown=shown)))
        for one in made.order_by("entry__sequence")
    ]


def before(one: Correction, *, shown: bool) -> Iterator[Fact]:
    if one.applicant is None:
        return
    now = {fact.label: fact.value for fact in facts(one.applicant, shown=True)}
    was = list(facts(one.was_applicant, shown=True))
    for fact, told in zip(was, facts(one.was_applicant, shown=shown), strict=True):
        if now.get(fact.label) != fact.value:
            yield told


Log = Sequence[Event]


def people(found: DisclosureRequest, log: Log, *, shown: bool) -> list[Person]:
    return [person(one, shown=shown) for one in found.people(log)]


def removed(found: DisclosureRequest, log: Log, *, shown: bool) -> list[Person]:
    """Who was entered by mistake, masked as those who stand are."""
    standing = found.people(log)
    gone = [one for one in found.participants.all() if one not in standing]
    return [person(one, shown=shown) for one in gone]


def person(one: Participant, *, shown: bool) -> Person:
    def told(name: str) -> str:
        value = getattr(one, name)
        return value if shown else veiled(name, value)

    return Person(
        role=one.get_role_display(),
        name=told("name"),
        id_kind=str(KINDS.get(one.id_kind, one.id_kind)),
        id_number=told("id_number"),
        phone=told("phone"),
    )


def known(found: DisclosureRequest) -> list[str]:
    """Names of what would be seen, for the record."""
    names = given(found.applicant)
    return [*names, "participants"] if found.participants.exists() else names


def given(applicant: Applicant | None) -> list[str]:
    return [name for name in OF_AN_APPLICANT if getattr(applicant, name, "")]


def veiled(name: str, value: str) -> str:
    """13812345678 → 138******78; too short to be guessed from what is left, or nothing."""
    if name in ("name", "contact_name", "legal_representative"):
        return masked(value)
    first, last = KEPT.get(name, (1, 0))
    if len(value) < 2 * (first + last):
        first = last = 0
    hidden = len(value) - first - last
    return value[:first] + "*" * hidden + value[len(value) - last :]


def veil(lines: list[str], letter: Letter) -> list[str]:
    """A letter's lines, whatever is known of the applicant masked wherever it stands."""
    applicant = letter.disclosure_request.applicant
    known = {getattr(applicant, name): name for name in given(applicant)}
    if letter.addressee.strip():
        known.setdefault(letter.addressee.strip(), "name")
    for value in sorted(known, key=len, reverse=True):
        lines = [line.replace(value, veiled(known[value], value)) for line in lines]
    return lines
