"""A signed report as files, drawn from what was kept with it and from nothing else."""

from collections.abc import Iterator

from reporting.dependencies import Dependencies
from reporting.grid import Document
from reporting.models import Edition
from reporting.services import reports
from reporting.services.editions import form_of, name_of
from reporting.services.pictures import Drawn, pictures


def files(edition: Edition, deps: Dependencies) -> Iterator[tuple[str, bytes]]:
    """(ending, content), by ending; the same bytes by the same release. Unprintable."""
    paper = printed(edition, deps)
    for ending, renderer in sorted(deps.renderers.items()):
        yield ending, renderer.render(paper)


def printed(edition: Edition, deps: Dependencies) -> Document:
    form = form_of(edition, deps)
    whose = Drawn(edition.agency_id, edition.year, edition.scope)
    return reports.document(
        form,
        edition.content,
        agency=name_of(edition),
        banner=edition.content.get("banner", edition.agency.banner),
        pictures=lambda: pictures(whose, form, edition.content, deps),
        signed=True,
    )
