"""An office's own templates: each upload a version, the shipped one always to go back to."""

from typing import IO

from django.db import transaction

from requests_app.dependencies import Dependencies, UnfitTemplate
from requests_app.domain.templates import Templated, samples
from requests_app.models import Agency, LetterTemplate, Staff
from requests_app.models.agencies import DEMONSTRATION
from requests_app.services import attachments, letters, papers, secrecy
from requests_app.services.papers import Refused


def replace(
    agency: Agency,
    kind: Templated,
    *,
    file: IO[bytes],
    name: str,
    by: Staff,
    deps: Dependencies,
) -> LetterTemplate:
    """Checked before it is taken: raises Refused with the name of what is wrong."""
    name = papers.proper_name(name)
    if papers.media_type(file, name) != letters.DOCX:
        raise Refused("模板须是 docx", "A template is a docx")
    secrecy.forbid_marked(file, name, letters.DOCX)
    file.seek(0)
    content = file.read()
    try:
        deps.letters.check(content, kind)
    except UnfitTemplate as error:
        raise Refused(error.zh, error.en) from error
    found = deps.letters.leaks(deps.letters.write(content, samples(kind)), letters.DOCX)
    if found:
        zh = "、".join(dict.fromkeys(leak.zh for leak in found))
        en = "; ".join(dict.fromkeys(leak.en for leak in found))
        raise Refused(f"模板{zh}，请清理后再上传", f"Clear the template first: {en}")
    sha256 = attachments.digest(file)
    attachments.forbid_removed(sha256)
    stored = attachments.store(file, sha256)
    return append(
        agency, kind, by=by, deps=deps, name=name, sha256=sha256, stored=stored
    )


def back_to_shipped(
    agency: Agency, kind: Templated, *, by: Staff, deps: Dependencies
) -> None:
    if LetterTemplate.objects.in_use(agency, kind) is not None:
        append(agency, kind, by=by, deps=deps)


@transaction.atomic
def append(
    agency: Agency, kind: Templated, *, by: Staff, deps: Dependencies, **file: str
) -> LetterTemplate:
    Agency.objects.select_for_update().get(pk=agency.pk)  # one version at a time
    versions = LetterTemplate.objects.filter(agency=agency, kind=kind)
    last = versions.order_by("version").last()
    return LetterTemplate.objects.create(
        agency=agency,
        kind=kind,
        version=last.version + 1 if last else 1,
        made_by=by,
        made_at=deps.clock.now(),
        **file,
    )


def sample(agency: Agency, kind: Templated, deps: Dependencies) -> bytes:
    """The template in use, filled with what nobody asked for."""
    template = LetterTemplate.objects.in_use(agency, kind)
    told = samples(kind) | {"演示": DEMONSTRATION}
    return deps.letters.write(letters.source(template, kind, deps), told)
