"""盖章件: the stamped scan or signed PDF of an issued letter. It is checked as it comes in;
what is found is cleared by a person in writing, or another file is handed in."""

from dataclasses import asdict
from typing import IO

from django.db import transaction

from requests_app.dependencies import Dependencies
from requests_app.domain.regimes import NotAllowed
from requests_app.models import Attachment, Letter, ServedFile, Staff
from requests_app.services import attachments, papers, secrecy
from requests_app.services.letters import ChangedMeanwhile, served_endings
from requests_app.services.papers import Refused

MOST_FILES = 10
#: nothing that a reader should have: another file, whatever the reason
NOT_TO_BE_CLEARED = frozenset(
    {"tracked_changes", "comments", "attachments", "scripts", "unreadable"}
)


def take_in(
    letter: Letter,
    *,
    file: IO[bytes],
    name: str,
    size: int,
    by: Staff,
    deps: Dependencies,
) -> ServedFile:
    """The same content twice is one file. Raises Refused."""
    name = papers.proper_name(name)
    if size == 0:
        raise Refused("文件是空的", "The file is empty")
    if size > papers.MOST_BYTES:
        most = papers.MOST_BYTES // 1_000_000
        raise Refused(f"文件超过 {most} MB", f"The file is larger than {most} MB")
    media_type = papers.media_type(file, name)
    if not name.lower().endswith(served_endings()):
        raise Refused("盖章件不能是表格", "A stamped copy is no sheet")
    secrecy.forbid_marked(file, name, media_type)
    sha256 = attachments.digest(file)
    attachments.forbid_removed(sha256)
    file.seek(0)
    found = deps.letters.leaks(file.read(), media_type)
    with transaction.atomic():
        locked = Letter.objects.select_for_update().get(pk=letter.pk)
        if locked.is_draft or locked.voided_at:
            raise ChangedMeanwhile
        first = locked.files.filter(sha256=sha256).first()
        if first is not None:
            return first
        if locked.files.count() >= MOST_FILES:
            raise Refused(f"已有 {MOST_FILES} 件", f"There are {MOST_FILES} already")
        return ServedFile.objects.create(
            letter=locked,
            name=name,
            media_type=media_type,
            size=size,
            sha256=sha256,
            stored=attachments.store(file, sha256),
            findings=[asdict(leak) for leak in found],
            uploaded_by=by,
            uploaded_at=deps.clock.now(),
        )


@transaction.atomic
def clear(
    served: ServedFile | Attachment, *, text: str, by: Staff, deps: Dependencies
) -> None:
    """A person looked at what was found and says why it may go out."""
    locked = type(served).objects.select_for_update().get(pk=served.pk)
    if locked.is_clear:
        return
    if not clearable(locked):
        raise NotAllowed(
            "修订、批注、附件、脚本须在文件中清除，请另传一份 (hand in a file without them)"
        )
    locked.cleared_by, locked.cleared_at = by, deps.clock.now()
    locked.clearance = text
    locked.save()


def clearable(served: ServedFile | Attachment) -> bool:
    return NOT_TO_BE_CLEARED.isdisjoint(found["rule"] for found in served.findings)
