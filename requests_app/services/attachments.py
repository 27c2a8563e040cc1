"""Taking a file in: looked at, stored under its SHA-256, listed once."""

import hashlib
from dataclasses import asdict
from typing import IO

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction

from requests_app.dependencies import Dependencies
from requests_app.models import DisclosureRequest, Staff
from requests_app.models.attachments import Attachment
from requests_app.services import papers, secrecy
from requests_app.services.papers import Refused

#: who adds papers to a file (案卷) of their own agency
ADD = (
    "intake_clerk",
    "handler",
    "reviewer",
    "confidentiality_reviewer",
    "office_head",
)
MOST_FILES = 20  # that an applicant hands in
MOST_IN_A_FILE = 200  # with what the office adds itself


def attach(
    disclosure_request: DisclosureRequest,
    *,
    file: IO[bytes],
    name: str,
    size: int,
    kind: str,
    deps: Dependencies,
    by: Staff | None = None,
    no_mark: str = "",
) -> tuple[Attachment, bool]:
    """(attachment, whether it is new): the same content twice from one side is one. `by` is
    who adds it at the office; None for what came through a portal. `no_mark`: the word of
    secrecy in its name that they say is no mark. Raises Refused."""
    name = papers.proper_name(name)
    if size == 0:
        raise Refused("文件是空的", "The file is empty")
    media_type = papers.media_type(file, name)
    secrecy.forbid_marked(file, name, media_type)
    most = MOST_IN_A_FILE if by else MOST_FILES
    sha256 = digest(file)
    forbid_removed(sha256)
    goes_out = by is not None and kind == Attachment.Kind.REPLY
    found = in_content(file, media_type, deps) if goes_out else []
    with transaction.atomic():
        locked = DisclosureRequest.objects.select_for_update().get(
            pk=disclosure_request.pk
        )
        standing = locked.attachments.standing()
        there = standing.of_side(office=by is not None)
        first = there.filter(sha256=sha256).first()
        if first is not None:
            return first, False
        if (standing if by else there).count() >= most:
            raise Refused(f"附件已满 {most} 件", f"There are {most} already")
        return Attachment.objects.create(
            disclosure_request=locked,
            kind=kind,
            name=name,
            media_type=media_type,
            size=size,
            sha256=sha256,
            stored=store(file, sha256),
            received_at=deps.clock.now(),
            added_by=by,
            findings=found,
            no_mark=no_mark,
        ), True


def in_content(file: IO[bytes], media_type: str, deps: Dependencies) -> list:
    """What its reader would find in it beside what it says."""
    file.seek(0)
    return [asdict(leak) for leak in deps.letters.leaks(file.read(), media_type)]


def forbid_removed(sha256: str) -> None:
    """What was once removed as a state secret comes in nowhere again. Raises Refused."""
    if Attachment.objects.filter(sha256=sha256, secret=True).exists():
        raise Refused(
            "此文件已作为涉密件清除，不得再次上传",
            "This file was removed as a state secret and may not be uploaded again",
        )


def digest(file: IO[bytes]) -> str:
    file.seek(0)
    return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]


def store(file: IO[bytes], sha256: str) -> str:
    """By content, so that a name never becomes a path; written before the row is."""
    path = f"attachments/{sha256[:2]}/{sha256}"
    if not default_storage.exists(path):
        file.seek(0)
        default_storage.save(path, File(file))
    return path
