"""What a letter says, from its request and the law of its day: the first words of a draft
and the merge fields of what is printed."""

from collections.abc import Sequence
from datetime import date

from requests_app.dependencies import Dependencies
from requests_app.domain import letters as law
from requests_app.domain.letters import SHAPES, Addressee, LetterKind, in_words
from requests_app.domain.redress import Redress, redress
from requests_app.domain.regimes import NotAllowed
from requests_app.domain.vocabulary import ApplicantKind, Outcome, term
from requests_app.models import DisclosureRequest, Letter, LogEntry, RemedyBody
from requests_app.services import letter_blanks

UNNUMBERED = "（文号于签发时编排）"


class NoRemedyBody(NotAllowed):
    """Without review body and court a letter that names remedies is not printed."""

    def __init__(self, agency: str, on: date) -> None:
        super().__init__(
            f"{agency}在 {on} 的行政复议机关和管辖法院尚未填写，须载明救济的文书不能出具 "
            f"(enter the review body and the court in force on {on} first)",
            "行政复议法第二十三条第二款",
        )


def first_facts(found: DisclosureRequest, kind: LetterKind) -> str:
    return SHAPES[kind].facts.format_map(slots(found, kind))


def first_decision(
    found: DisclosureRequest,
    kind: LetterKind,
    outcome: Outcome | None,
    entries: Sequence[LogEntry],
    deps: Dependencies,
) -> str:
    told = slots(found, kind) | letter_blanks.days(found, kind, entries, deps)
    words = law.first_words(kind, outcome).format_map(told)
    return law.filled(words, letter_blanks.known(found, kind, outcome, entries))


def slots(found: DisclosureRequest, kind: LetterKind) -> dict[str, str]:
    subject = found.wording.subject if hasattr(found, "wording") else ""
    return {
        "you": you(found, SHAPES[kind].to),
        "received": in_words(found.received_on),
        "number": found.number,
        "subject": subject.strip().rstrip("。") or "【申请内容】",
        "due": in_words(found.due_on) if found.due_on else "【答复期限】",
    }


def you(found: DisclosureRequest, to: Addressee) -> str:
    if to is Addressee.AGENCY:
        return "贵机关"
    if to is Addressee.THIRD_PARTY:
        return "您（贵单位）"
    person = found.applicant_kind in ("", ApplicantKind.NATURAL_PERSON)
    return "您" if person else "贵单位"


def remedies(letter: Letter) -> Redress | None:
    """None for a letter that names none; NoRemedyBody where nobody entered to whom."""
    shape = SHAPES[term(LetterKind, letter.kind)]
    if not shape.names_remedies:
        return None
    outcome = term(Outcome, letter.outcome) if letter.outcome else shape.remedies_of
    assert outcome is not None
    where = RemedyBody.objects.on(letter.agency, letter.dated_on)
    if where is None:
        raise NoRemedyBody(letter.agency.name, letter.dated_on)
    return redress(
        outcome,
        letter.dated_on,
        review_body=where.review_body,
        court=where.court,
        this="本答复" if shape.outcomes else "本告知书",
    )


def fields(letter: Letter, number: str = UNNUMBERED) -> dict[str, str]:
    """Every merge field (`domain/merge_fields.py`)."""
    found = letter.disclosure_request
    answered = letter.answered()
    kind = term(LetterKind, letter.kind)
    outcome = term(Outcome, letter.outcome) if letter.outcome else None
    told = remedies(letter)
    return {
        "机关": letter.agency.name,
        "标题": kind.zh.partition("（")[0],
        "文号": number,
        "收件人": letter.addressee,
        "申请人": found.applicant.name if found.applicant else "",
        "登记编号": "、".join(one.number for one in answered),
        "收到日期": in_words(found.received_on),
        "申请内容": "；".join(
            one.wording.subject for one in answered if hasattr(one, "wording")
        ),
        "答复期限": in_words(found.due_on) if found.due_on else "",
        "事实": letter.facts,
        "依据": law.opening(kind, outcome, letter.dated_on),
        "决定": letter.decision,
        "救济": told.text if told else "",
        "日期": in_words(letter.dated_on),
        "演示": letter.agency.banner,
    }
