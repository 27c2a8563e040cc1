"""Taking back a mistaken entry: its reason typed, its effect shown, confirmed."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wireup import Injected
from wireup.integration.django import inject_app

from requests_app.admin.acts import (
    Effect,
    already,
    confirmed,
    effect,
    entries_of,
    in_sight,
    since,
)
from requests_app.admin.wording import refused, sentence
from requests_app.dependencies import Dependencies
from requests_app.domain import lifecycle
from requests_app.domain.lifecycle import Standing
from requests_app.domain.regimes import NotAllowed
from requests_app.models.log import voided_in
from requests_app.models.requests import in_legal_order
from requests_app.services import guidance, offers, voiding
from requests_app.services.recording import RecordedMeanwhile


class VoidForm(forms.Form):
    remark = forms.CharField(
        label=gettext_lazy("作废理由"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)
    help = gettext_lazy(
        "记录不改不删：作废另记一条，原记录留存可查。条例未作规定，依本系统设计说明第四节。"
    )


@inject_app
def page(request, pk: int, sequence: int, site, deps: Injected[Dependencies]):
    found = in_sight(request, pk)
    entries = entries_of(found)
    if sequence in voided_in(entries):
        return already(request, found)
    entry = next((e for e in entries if e.sequence == sequence), None)
    if entry is None or not (
        offers.acts_here(request.user, found)
        and offers.voidable(entry, frozenset(), request.user)
    ):
        raise PermissionDenied
    now = lifecycle.standing(in_legal_order(entries), deps.calendar)
    form = VoidForm(request.POST or None, initial={"seen": entries[-1].sequence})
    meanwhile = since(entries, request.POST.get("seen"))
    shown = None
    try:
        shown = foreseen(now, voiding.without(sequence, entries, deps))
        if (
            request.method == "POST"
            and form.is_valid()
            and confirmed(request, shown)
            and not meanwhile
        ):
            voiding.void(
                found,
                entry=sequence,
                by=request.user,
                deps=deps,
                seen=form.cleaned_data["seen"],
                reason=form.cleaned_data["remark"].strip(),
            )
            messages.success(request, _("已作废。"))
            tell_of_counterpart(request, entries, sequence)
            return redirect("admin:requests_app_disclosurerequest_change", found.pk)
    except RecordedMeanwhile as error:
        if sequence in voided_in(error.entries):
            return already(request, found)
        meanwhile = list(error.entries)
    except NotAllowed as error:
        if not form.is_bound:
            messages.error(request, refused(error))
            return redirect("admin:requests_app_disclosurerequest_change", found.pk)
        form.add_error(None, refused(error))
    context = {
        **site.each_context(request),
        "title": _("作废 · %(number)s") % {"number": found},
        "found": found,
        "form": form,
        "act": _("作废"),
        "of": sentence(entry),
        "effect": shown,
        "seen": entries[-1].sequence if not meanwhile else meanwhile[-1].sequence,
        "meanwhile": [(sentence(e), e) for e in meanwhile],
    }
    return TemplateResponse(request, "requests_app/act.html", context)


def tell_of_counterpart(request, entries, sequence: int) -> None:
    """An answer of the guide and the 检索记录 that it made are taken back each by itself."""
    other = guidance.counterpart(entries, sequence)
    if other is not None:
        messages.warning(
            request,
            _(
                "第 %(nth)s 条（%(what)s）与它同时记录、内容相同，仍然有效；如也有误，请一并作废。"
            )
            % {"nth": other.sequence, "what": sentence(other)},
        )


def foreseen(was: Standing, then: Standing | None) -> Effect:
    """Without the receipt there is nothing left: the whole registration is voided."""
    if then is not None:
        return effect(was, then)
    return Effect(
        was_due_on=was.due_on,
        due_on=None,
        provisional=False,
        summary=_("整件登记作废，编号保留不再使用。"),
        was_stage=was.stage,
        stage=was.stage,
        findings=(),
        voids_all=True,
    )
