"""The buttons on a letter's page: each is one act of `services.letters` or `services.served`."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from requests_app.admin.letter_forms import DraftForm, WhyForm
from requests_app.admin.letter_typed import unsaved, words_in
from requests_app.dependencies import Dependencies
from requests_app.domain.regimes import NotAllowed
from requests_app.models import Letter
from requests_app.models.language import listed
from requests_app.services import letters, served, together

HERE = "admin:requests_app_disclosurerequest_letter"


def save(request, letter: Letter, deps: Dependencies) -> HttpResponseBase:
    return here(saved(request, letter))


def saved(request, letter: Letter) -> Letter:
    form = DraftForm(request.POST, instance=letter)
    if not form.is_valid():
        raise NotAllowed(_("请按提示改正"))
    words = {name: form.cleaned_data[name] for name in DraftForm.Meta.fields}
    return letters.revise(
        letter, by=request.user, seen=form.cleaned_data["seen"], **words
    )


def issue(request, letter: Letter, deps: Dependencies) -> HttpResponseBase:
    """What is issued is what was previewed: words typed since are saved first."""
    if seen(request) == letter.revision and unsaved(request.POST, letter):
        raise NotAllowed(
            _("有未保存的改动，没有签发：请先“保存并预览”，核对后再签发。")
        )
    done = letters.issue(letter, seen=seen(request), by=request.user, deps=deps)
    messages.success(request, _("已签发：%(letter)s。") % {"letter": done.number})
    return here(letter)


def discard(request, letter: Letter, deps: Dependencies) -> HttpResponseBase:
    letters.discard(letter, seen=seen(request))
    messages.success(request, _("草稿已删除。"))
    return redirect(
        "admin:requests_app_disclosurerequest_change", letter.disclosure_request_id
    )


def take_in(request, letter: Letter, deps: Dependencies) -> HttpResponseBase:
    file = request.FILES.get("file")
    if file is None:
        raise NotAllowed(_("请选择文件"))
    made = served.take_in(
        letter, file=file, name=file.name, size=file.size, by=request.user, deps=deps
    )
    if made.is_clear:
        messages.success(request, _("检查合格，此件为送达版本。"))
    else:
        messages.warning(request, _("检查发现问题，请核对说明或另传一份。"))
    return here(letter)


def clear(request, letter: Letter, deps: Dependencies) -> HttpResponseBase:
    file = get_object_or_404(letter.files, pk=number(request.POST.get("file")))
    served.clear(file, text=why(request), by=request.user, deps=deps)
    return here(letter)


def void(request, letter: Letter, deps: Dependencies) -> HttpResponseBase:
    letters.void(letter, reason=why(request), by=request.user, deps=deps)
    messages.success(request, _("已作废，文号保留不再使用。"))
    return here(letter)


def answer(request, letter: Letter, deps: Dependencies) -> HttpResponseBase:
    """Words typed since are saved with it."""
    others = [number(pk) for pk in request.POST.getlist("also")]
    with transaction.atomic():
        typed = words_in(request.POST)
        revision = saved(request, letter).revision if typed else seen(request)
        made = together.answer(letter, others, seen=revision)
    told = listed(one.number for one in made.answered())
    messages.success(request, _("此稿答复：%(numbers)s。") % {"numbers": told})
    return here(letter)


ACTS: Mapping[str, Callable[[Any, Letter, Dependencies], HttpResponseBase]] = {
    "save": save,
    "issue": issue,
    "discard": discard,
    "answer": answer,
    "take_in": take_in,
    "clear": clear,
    "void": void,
}


def here(letter: Letter) -> HttpResponseBase:
    return redirect(HERE, letter.disclosure_request_id, letter.pk)


def why(request) -> str:
    form = WhyForm(request.POST)
    if not form.is_valid():
        raise NotAllowed(_("请写明理由"))
    return form.cleaned_data["text"].strip()


def seen(request) -> int:
    return number(request.POST.get("seen"))


def number(text: str | None) -> int:
    return int(text) if (text or "").isdecimal() else 0
