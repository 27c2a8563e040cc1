"""Saved searches beside the list: keep the filters of the moment, open them, delete them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from requests_app.admin.menu import listed
from requests_app.models.searches import SavedSearch

#: where in the list somebody is, which is no part of what they look for
PLACE = ("p", "e", "all")


class SaveForm(forms.ModelForm):
    class Meta:
        model = SavedSearch
        fields = ("name", "query", "shared")


def filters(query: str) -> str:
    """The filters of an address, always in one order."""
    told = QueryDict(query, mutable=True)
    for name in PLACE:
        told.pop(name, None)
    pairs = sorted((k, v) for k, values in told.lists() for v in values if v)
    clean = QueryDict(mutable=True)
    for name, value in pairs:
        clean.appendlist(name, value)
    return clean.urlencode()


def beside(request) -> dict[str, Any]:
    """For the list: the searches, which of them is open, and what may be saved."""
    here = filters(request.GET.urlencode())
    seen = SavedSearch.objects.visible_to(request.user).select_related("owner")
    return {"searches": list(seen), "here": here, "listed": listed()}


def save(request, site):
    """Under a name that one has already, it takes the place of the earlier."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    typed = request.POST.copy()
    typed["query"] = query = filters(typed.get("query", ""))
    mine = SavedSearch.objects.filter(
        owner=request.user, name=typed.get("name", "").strip()
    ).first()
    form = SaveForm(typed, instance=mine or SavedSearch(owner=request.user))
    if not query:
        messages.error(request, _("先筛选或搜索，再保存。"))
    elif form.is_valid():
        form.save()
        told = _("已保存查询“%(name)s”。") % {"name": form.instance.name}
        messages.success(request, told)
    else:
        messages.error(request, _("请填写查询的名称，最多 60 个字。"))
    return redirect(f"{listed()}?{query}")


def delete(request, pk: int, site):
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    found = get_object_or_404(SavedSearch.objects.visible_to(request.user), pk=pk)
    if found.owner_id != request.user.pk:
        raise PermissionDenied
    found.delete()
    messages.success(request, _("已删除查询“%(name)s”。") % {"name": found.name})
    return redirect(listed())
