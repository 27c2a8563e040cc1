"""A few letters of the example office: what each stage of a letter looks like."""

from io import BytesIO

from django.db import transaction

from requests_app.dependencies import Dependencies
from requests_app.domain.events import ConfidentialityReviewed, Replied, Reviewed
from requests_app.domain.letters import LetterKind
from requests_app.domain.regimes import FIRST_DAY
from requests_app.domain.vocabulary import (
    ConfidentialityConclusion,
    Outcome,
    ServiceMethod,
)
from requests_app.models import (
    Agency,
    Applicant,
    DisclosureRequest,
    Letter,
    LetterNumbering,
    RemedyBody,
    Staff,
)
from requests_app.services import letters, served
from requests_app.services.recording import record, register

#: a province reviews its own acts (行政复议法第二十四条第二款)
BODIES = ("云南省人民政府（演示数据）", "昆明市中级人民法院（演示数据）")
SUBJECTS = {
    "granted": "某路改造工程征地批复（演示数据）",
    "supplement": "有关土地的全部文件（演示数据）",
    "refused": "某事项会议讨论记录（演示数据）",
}
PROVIDED = "经审查，您申请公开的政府信息可以公开，现予提供：征地批复一份，纸面形式，随本告知书寄送。"
UNCLEAR = (
    "经审查，您的申请内容不明确。请您自收到本告知书之日起15个工作日内，一次性补正下列事项：\n"
    "一、所需文件的名称、文号；\n二、所涉土地的位置和时间。\n"
    "答复期限自本机关收到补正的申请之日起计算。您无正当理由逾期不补正的，视为放弃申请，"
    "本机关不再处理该政府信息公开申请。"
)


@transaction.atomic
def load(agency: Agency, by: Staff, deps: Dependencies) -> None:
    """One letter served, one issued and not stamped yet, one still a draft."""
    LetterNumbering.objects.create(agency=agency, word="云府演")
    RemedyBody.objects.create(
        agency=agency,
        from_on=FIRST_DAY,
        review_body=BODIES[0],
        court=BODIES[1],
    )
    served_reply(asked(agency, "granted", deps), by, deps)
    notice = asked(agency, "supplement", deps)
    issued(notice, LetterKind.SUPPLEMENT_NOTICE, None, UNCLEAR, by, deps)
    refused = asked(agency, "refused", deps)
    record(refused, Reviewed(on=deps.clock.today()), by=None, deps=deps)
    letters.draft(
        refused,
        kind=LetterKind.REFUSED,
        outcome=Outcome.DELIBERATIVE,
        by=by,
        deps=deps,
    )


def is_loaded(agency: Agency) -> bool:
    return LetterNumbering.objects.filter(agency=agency).exists()


def asked(agency: Agency, subject: str, deps: Dependencies) -> DisclosureRequest:
    return register(
        agency=agency,
        received_on=deps.clock.today(),
        channel="in_person",
        applicant=Applicant(name="演示申请人"),
        applicant_kind="natural_person",
        subject=SUBJECTS[subject],
        by=None,
        deps=deps,
    )


def served_reply(found: DisclosureRequest, by: Staff, deps: Dependencies) -> None:
    today = deps.clock.today()
    looked = ConfidentialityReviewed(
        on=today, conclusion=ConfidentialityConclusion.PUBLISH
    )
    record(found, looked, by=None, deps=deps)
    record(found, Reviewed(on=today), by=None, deps=deps)
    letter = issued(found, LetterKind.GRANTED, Outcome.GRANTED, PROVIDED, by, deps)
    copy = letters.paper(letter, deps)
    assert copy is not None  # the shipped template prints
    served.take_in(
        letter,
        file=BytesIO(copy),
        name="盖章件（演示数据）.pdf",
        size=len(copy),
        by=by,
        deps=deps,
    )
    reply = Replied(
        on=today,
        outcome=Outcome.GRANTED,
        service=ServiceMethod.DIRECT,
        letter=letter.pk,
    )
    record(found, reply, by=by, deps=deps)


def issued(
    found: DisclosureRequest,
    kind: LetterKind,
    outcome: Outcome | None,
    decision: str,
    by: Staff,
    deps: Dependencies,
) -> Letter:
    letter = letters.draft(found, kind=kind, outcome=outcome, by=by, deps=deps)
    letter = letters.revise(
        letter,
        by=by,
        seen=letter.revision,
        dated_on=letter.dated_on,
        addressee=letter.addressee,
        facts=letter.facts,
        decision=decision,
    )
    return letters.issue(letter, seen=letter.revision, by=by, deps=deps)
