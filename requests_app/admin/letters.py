"""文书 on the request's page: a new one drafted, one looked at as it will print."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from wireup import Injected
from wireup.integration.django import inject_app

from requests_app.admin import letter_service, persons
from requests_app.admin.acts import entries_of, in_sight
from requests_app.admin.letter_acts import ACTS, HERE
from requests_app.admin.letter_forms import DraftForm, NewLetterForm, StampedForm
from requests_app.admin.letter_typed import rows, typed_again, unsaved, words_in
from requests_app.admin.wording import refused
from requests_app.dependencies import Dependencies
from requests_app.domain.letters import kinds_of, opening
from requests_app.domain.regimes import NotAllowed
from requests_app.models import DisclosureRequest, Letter
from requests_app.models.language import heard, listed, spoken
from requests_app.services import (
    access,
    guidance,
    letter_words,
    letters,
    served,
    together,
)
from requests_app.services.letter_words import NoRemedyBody
from requests_app.services.letters import ChangedMeanwhile, NoNumbering
from requests_app.services.papers import Refused

#: a refusal that something has to be entered for → where
ENTER: Mapping[type[NotAllowed], str] = {
    NoRemedyBody: "admin:requests_app_remedybody_add",
    NoNumbering: "admin:requests_app_letternumbering_add",
}


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """Why it was refused, and where that is mended."""

    text: str
    url: str = ""


@inject_app
def new(request, pk: int, site, deps: Injected[Dependencies]):
    found = in_sight(request, pk)
    if not letters.makes(request.user, found):
        raise PermissionDenied
    form = NewLetterForm(request.POST or None, initial={"which": asked_for(request)})
    if request.method == "POST" and form.is_valid():
        kind, outcome = form.chosen()
        made = letters.draft(
            found, kind=kind, outcome=outcome, by=request.user, deps=deps
        )
        return redirect(HERE, found.pk, made.pk)
    title = _("拟制文书 · %(number)s") % {"number": found}
    context = {
        **site.each_context(request), "title": title, "found": found, "form": form,
        "evidence": list(evidence(found)), "law": quoted_by(form, deps),
    }  # fmt: skip
    return TemplateResponse(request, "requests_app/letter_new.html", context)


def quoted_by(form: NewLetterForm, deps: Dependencies) -> str:
    """The line of law of the letter that a link asked for."""
    chosen = form.offered()
    return opening(*chosen, deps.clock.today()) if chosen else ""


def asked_for(request) -> str:
    """Of a link: the very letter, or the first one of an act."""
    act = request.GET.get("act")
    offered = kinds_of(act) if act else []
    return request.GET.get("which") or (offered[0].value if offered else "")


@dataclass(frozen=True, kw_only=True)
class Kept:
    """An answer of the guide, to be read beside the letter that follows from it."""

    step: str
    answer: str
    text: str


def evidence(found: DisclosureRequest) -> Iterator[Kept]:
    answers = guidance.answered(entries_of(found))
    for step in guidance.course_of(answers).way:
        entry = answers.get(step.key)
        choice = step.choice(entry.details["choice"]) if entry else None
        if entry and choice:
            yield Kept(
                step=heard(step.said), answer=heard(choice.said), text=entry.text
            )


@inject_app
def of_sight(
    request, pk: int, letter: int, way: str, deps: Injected[Dependencies]
) -> tuple[DisclosureRequest, Letter]:
    """A letter names the applicant: that it was looked at is written down first."""
    found = in_sight(request, pk)
    if not access.may_see_persons(request.user):
        raise PermissionDenied
    told = get_object_or_404(letters_of(found), pk=letter)
    access.seen(
        found, fields=["name"], way=way, reason="handling", by=request.user, deps=deps
    )
    return found, told


def letters_of(found: DisclosureRequest):
    mine = Letter.objects.answering(found).select_related(
        "agency", "disclosure_request__applicant", "disclosure_request__wording",
        "template", "issued_by", "voided_by",
    )  # fmt: skip
    return mine.prefetch_related("files")


@inject_app
def page(request, pk: int, letter: int, site, deps: Injected[Dependencies]):
    if not access.may_see_persons(request.user):
        return masked_page(request, pk, letter, site=site)
    found = in_sight(request, pk)
    if request.method == "POST" and gone(found, letter):
        return deleted(request, found, site)
    found, told = of_sight(request, pk, letter, "page")
    makes = letters.makes(request.user, found)
    trouble, changed, form = None, False, DraftForm(instance=told)
    if request.method == "POST":
        if not makes:
            raise PermissionDenied
        do = ACTS.get(request.POST.get("do", ""))
        if do is None:
            raise Http404
        try:
            return do(request, told, deps)
        except NotAllowed as error:
            trouble, changed = leading(error, told), isinstance(error, ChangedMeanwhile)
        except Refused as error:
            trouble = Trouble(text=spoken(error.zh, error.en))
        told = letters_of(found).get(pk=letter)
        if words_in(request.POST):
            form = typed_again(request.POST, told, changed=changed)
    other = unsaved(request.POST, told) if changed else []
    entry = None if told.is_draft else letters.entry_of(told)
    paragraphs, unprinted = preview(told, deps)
    context = {
        **site.each_context(request),
        "title": f"{told} · {found}",
        "found": found,
        "letter": told,
        "form": form,
        "rows": list(rows(form, told, other)),
        "changed": changed,
        "makes": makes,
        "trouble": trouble or unprinted,
        "paragraphs": paragraphs,
        "warnings": warnings(told, paragraphs),
        "files": [(file, found_in(file), served.clearable(file)) for file in told.files.all()],
        "served": told.served_version(),
        "prints": letters.template_of(told) is None,
        "stamped": StampedForm(),
        "entry": entry,
        **letter_service.on_its_page(
            found, told, entries_of(found), named=entry is not None,
            user=request.user, deps=deps,
        ),
        "evidence": list(evidence(found)) if told.is_draft else [],
        "answered": told.answered(),
        "together": choices_of(told),
    }  # fmt: skip
    return TemplateResponse(request, "requests_app/letter.html", context)


def choices_of(letter: Letter) -> list[tuple[DisclosureRequest, bool]]:
    """What the draft may answer too, and whether it does."""
    if not letter.is_draft:
        return []
    chosen = set(letter.also.values_list("pk", flat=True))
    return [(one, one.pk in chosen) for one in together.candidates(letter)[:100]]


def gone(found: DisclosureRequest, letter: int) -> bool:
    return not Letter.objects.answering(found).filter(pk=letter).exists()


def deleted(request, found: DisclosureRequest, site):
    """Somebody threw the draft away: what this one typed into it can still be copied."""
    if not (words_in(request.POST) and letters.makes(request.user, found)):
        raise Http404
    form = DraftForm(request.POST, instance=Letter(disclosure_request=found))
    title = _("草稿已被删除")
    context = {
        **site.each_context(request), "title": title, "found": found, "form": form,
    }  # fmt: skip
    return TemplateResponse(request, "requests_app/letter_gone.html", context)


@inject_app
def masked_page(request, pk: int, letter: int, site, deps: Injected[Dependencies]):
    """Its words alone, and nobody's name: for the review of 第十七条."""
    found = in_sight(request, pk)
    if request.method == "POST" or not access.may_read(request.user):
        raise PermissionDenied
    told = get_object_or_404(letters_of(found), pk=letter)
    paragraphs, unprinted = preview(told, deps)
    named = not told.is_draft and letters.entry_of(told) is not None
    context = {
        **site.each_context(request),
        "title": f"{told} · {found}",
        "found": found,
        "letter": told,
        "state": letter_service.state_of(
            told, entries_of(found), named=named, deps=deps
        ),
        "trouble": unprinted,
        "paragraphs": persons.veil(paragraphs, told),
    }
    return TemplateResponse(request, "requests_app/letter_masked.html", context)


def preview(letter: Letter, deps: Dependencies) -> tuple[list[str], Trouble | None]:
    """Read back from the very DOCX that is, or would be, issued."""
    if not letter.is_draft:
        return deps.letters.read(letters.kept(letter.stored)), None
    try:
        return deps.letters.read(letters.printed(letter, deps)), None
    except NotAllowed as error:
        return [], leading(error, letter)


def warnings(letter: Letter, paragraphs: list[str]) -> list[str]:
    """What a person has to look at before it is issued."""
    told = []
    if letter.is_draft and paragraphs:
        redress = letter_words.remedies(letter)
        if redress and redress.unverified:
            told.append(refused(NotAllowed(redress.unverified)))
    rare = sorted({c for line in paragraphs for c in line if is_rare(c)})
    if rare:
        named = listed(f"{c}（U+{ord(c):04X}）" for c in rare)
        told.append(
            _("公文字体（GB2312）没有这些字，打印前请核对字形：%(characters)s")
            % {"characters": named}
        )
    return told


def is_rare(character: str) -> bool:
    if character in "〔〕—\t\n":
        return False
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False


def found_in(file) -> list[str]:
    return [
        spoken(f["zh"], f["en"]) + (f"：{f['quoted']}" if f["quoted"] else "")
        for f in file.findings
    ]


def leading(error: NotAllowed, letter: Letter) -> Trouble:
    where = ENTER.get(type(error))
    url = f"{reverse(where)}?agency={letter.agency_id}" if where else ""
    return Trouble(text=refused(error), url=url)
