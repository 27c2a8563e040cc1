"""The files of a letter: the DOCX, the PDF to be printed and stamped, the stamped copy."""

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from wireup import Injected
from wireup.integration.django import inject_app

from requests_app.admin.letter_acts import here
from requests_app.admin.letters import of_sight
from requests_app.admin.wording import lacking, refused
from requests_app.dependencies import Dependencies, Unprintable
from requests_app.domain.regimes import NotAllowed
from requests_app.services import letters


@inject_app
def document(request, pk: int, letter: int, site, deps: Injected[Dependencies]):
    """The DOCX as issued, or as it would be."""
    found, told = of_sight(request, pk, letter, "file")
    try:
        content = (
            letters.printed(told, deps) if told.is_draft else letters.kept(told.stored)
        )
    except NotAllowed as error:
        messages.error(request, refused(error))
        return here(told)
    return docx(content, f"{found.reference}-letter-{told.pk}.docx")


@inject_app
def paper(request, pk: int, letter: int, site, deps: Injected[Dependencies]):
    found, told = of_sight(request, pk, letter, "file")
    try:
        content = letters.paper(told, deps)
    except NotAllowed as error:
        messages.error(request, refused(error))
        return here(told)
    except Unprintable as error:
        messages.error(request, lacking(error))
        return here(told)
    if content is None:
        raise Http404
    answer = HttpResponse(content, content_type="application/pdf")
    name = f"{found.reference}-letter-{told.pk}.pdf"
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


def docx(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=letters.DOCX)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def stamped_copy(request, pk: int, letter: int, file: int, site):
    _found, told = of_sight(request, pk, letter, "file")
    kept = get_object_or_404(told.files, pk=file)
    return FileResponse(
        default_storage.open(kept.stored),
        as_attachment=True,
        filename=kept.name,
        content_type="application/octet-stream",
    )
