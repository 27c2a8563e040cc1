"""撤回附件: a paper put into the file by mistake is taken out of it. Its row and its hash
stay, and the log says who took it out and why; a state secret is removed from the store."""

from functools import partial

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet

from requests_app.dependencies import Dependencies
from requests_app.domain.events import PaperWithdrawn
from requests_app.domain.regimes import NotAllowed
from requests_app.models import (
    Attachment,
    DisclosureRequest,
    Letter,
    LetterTemplate,
    ServedFile,
    Staff,
)
from requests_app.services import offers
from requests_app.services.attachments import ADD
from requests_app.services.policy import HeadsReason
from requests_app.services.recording import announce, reasoned

#: 使用非涉密信息系统存储国家秘密 is forbidden
SECRET = "保守国家秘密法第三十一条"
REMOVED = "此附件已作为涉密件清除 (it was removed as a state secret already)"


def may(user: Staff, found: DisclosureRequest) -> bool:
    """Whoever may add; to a voided registration too, for the sake of a secret in it."""
    adds = user.is_superuser or user.has_role(*ADD)
    return adds and offers.is_its_own(user, found)


@transaction.atomic
def withdraw(
    paper: Attachment, *, secret: bool, reason: str, by: Staff, deps: Dependencies
) -> None:
    """A secret is withdrawn from every file that has it: the same content is stored once."""
    same = {"sha256": paper.sha256} if secret else {"pk": paper.pk}
    papers = held(Attachment.objects.filter(secret=False, **same))
    if paper not in papers:
        raise NotAllowed(REMOVED)
    if secret:
        forbid_in_letter(paper)
        transaction.on_commit(partial(remove, paper.stored))
    else:
        forbid_settled(papers[0], deps)
    for one in papers:
        take_out(one, secret=secret, reason=reason, by=by, deps=deps)


def held(papers: QuerySet[Attachment]) -> list[Attachment]:
    """With the rows of their requests locked, always in the same order."""
    requests = DisclosureRequest.objects.filter(
        pk__in=papers.values("disclosure_request")
    )
    list(requests.select_for_update().order_by("pk"))
    return list(papers.select_related("disclosure_request").order_by("pk"))


def forbid_settled(paper: Attachment, deps: Dependencies) -> None:
    """The reply rests on what lay in the file when it was served, and so may a suit."""
    found = paper.disclosure_request
    if paper.withdrawn_at:
        raise NotAllowed("此附件已撤回 (it is withdrawn already)")
    if found.voided_on:
        raise NotAllowed(f"登记已于 {found.voided_on} 作废 (the request is voided)")
    if found.delivered_on and found.delivered_on <= deps.clock.today():
        raise NotAllowed(
            f"答复已于 {found.delivered_on} 送达，卷内材料是答复的依据，不能撤回 "
            "(the reply is served and rests on the papers of its file)",
            "第四十五条",
        )
    if paper.added_by_id is None:
        raise NotAllowed(
            "申请人提交的材料须留卷，不能撤回 (what the applicant handed in stays)",
            "第二十九条",
        )


def forbid_in_letter(paper: Attachment) -> None:
    """The store keeps a content once: removing it would empty a letter as well."""
    kept = {"stored": paper.stored}
    letter = Letter.objects.filter(**kept).first()
    copy = ServedFile.objects.filter(**kept).select_related("letter").first()
    if letter or copy or LetterTemplate.objects.filter(**kept).exists():
        name = letter or (copy.letter if copy else "模板")
        raise NotAllowed(
            f"同一文件也是文书（{name}）的一部分，请先由保密机构处理该文书 "
            "(the same file is part of a letter: see to that first)",
            SECRET,
        )


def take_out(
    paper: Attachment, *, secret: bool, reason: str, by: Staff, deps: Dependencies
) -> None:
    """The entry and the row. The entry is no act on the request: it moves nothing, and a
    voided registration takes it too."""
    found = paper.disclosure_request
    event = PaperWithdrawn(on=deps.clock.today(), attachment=paper.pk, secret=secret)
    last = found.entries.order_by("sequence").last()
    said = HeadsReason(given_by=by, text=reason)
    entry = reasoned(found, event, last, said, "", by=by, deps=deps)
    announce(found, entry, deps)
    paper.withdrawn_at, paper.withdrawn_by = deps.clock.now(), by
    paper.secret = secret
    if secret:
        paper.findings = []  # they quote what it held
    paper.save(update_fields=["withdrawn_at", "withdrawn_by", "secret", "findings"])


def remove(stored: str) -> None:
    default_storage.delete(stored)


def remove_left() -> int:
    """How many secrets still lay in the store, since a process died between the record and
    the removal; none after this."""
    known = Attachment.objects.filter(secret=True).values_list("stored", flat=True)
    left = [stored for stored in known.distinct() if default_storage.exists(stored)]
    for stored in left:
        remove(stored)
    return len(left)
