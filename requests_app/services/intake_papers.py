"""申请登记表 and 登记回执: printed on the spot from the template in use. Nothing of them is
kept: they are neither numbered nor issued nor served."""

from collections.abc import Sequence

from requests_app.dependencies import Dependencies
from requests_app.domain.intake_layout import RECEIPT, filled_in
from requests_app.domain.intake_papers import IntakePaper
from requests_app.models import Agency, LetterTemplate
from requests_app.services import letters
from requests_app.services.intake_words import Words


def in_use(agency: Agency, kind: IntakePaper) -> LetterTemplate | None:
    return LetterTemplate.objects.in_use(agency, kind)


def document(
    agency: Agency, kind: IntakePaper, papers: Sequence[Words], deps: Dependencies
) -> bytes:
    """One DOCX, a page for each paper."""
    template = letters.source(in_use(agency, kind), kind, deps)
    written = [deps.letters.write(template, words) for words in papers]
    return deps.letters.joined(written) if len(written) > 1 else written[0]


def sheets(kind: IntakePaper, papers: Sequence[Words], deps: Dependencies) -> bytes:
    """The shipped look as one PDF, a page for each paper. Raises Unprintable."""
    content = {
        "banner": papers[0]["演示"],
        "papers": [{"fields": words, **LOOKS[kind](words)} for words in papers],
    }
    return deps.paper.print(kind, content)


LOOKS = {
    IntakePaper.RECEIPT: lambda words: {
        "rows": [(label, words[field]) for label, field in RECEIPT]
    },
    IntakePaper.APPLICATION_FORM: lambda words: {"parts": filled_in(words)},
}
