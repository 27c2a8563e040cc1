"""A choice among more than a list holds: the page carries what is chosen, and asks the
server for what one types (`search.js`). Offered is what the reader may see, and no more."""

from collections.abc import Callable, Iterable, Mapping

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from requests_app.models import Agency, DisclosureRequest, Staff, Unit

FEW = 30  # a list of so many is a list
SHOWN = 20  # of what was found, at once

Choice = tuple[str, str]


def agencies(user, words: str) -> QuerySet[Agency]:
    found = Agency.objects.visible_to(user)
    for word in words.split():
        found = found.filter(Q(name__icontains=word) | Q(code__istartswith=word))
    return found.order_by("code")


def by_key(user, words: str) -> Iterable[Choice]:
    return ((str(one.pk), str(one)) for one in agencies(user, words)[:SHOWN])


def going_on(user, words: str) -> Iterable[Choice]:
    found = agencies(user, words).going_on()[:SHOWN]
    return ((str(one.pk), str(one)) for one in found)


def by_code(user, words: str) -> Iterable[Choice]:
    return ((one.code, str(one)) for one in agencies(user, words)[:SHOWN])


def handlers(user) -> QuerySet[Staff]:
    """Whoever handles, or handled, a request in sight."""
    seen = DisclosureRequest.objects.visible_to(user).filter(handler=OuterRef("pk"))
    return Staff.objects.filter(Exists(seen.order_by()))


def by_name(user, words: str) -> Iterable[Choice]:
    found = handlers(user)
    for word in words.split():
        found = found.filter(
            Q(last_name__icontains=word)
            | Q(first_name__icontains=word)
            | Q(username__icontains=word)
        )
    ordered = found.order_by("last_name", "first_name", "username")
    return ((str(one.pk), of_agency(one)) for one in ordered[:SHOWN])


def units(user) -> QuerySet[Unit]:
    seen = Agency.objects.visible_to(user)
    return Unit.objects.filter(agency__in=seen).select_related("agency")


def by_unit(user, words: str) -> Iterable[Choice]:
    found = units(user)
    for word in words.split():
        found = found.filter(Q(name__icontains=word) | Q(agency__name__icontains=word))
    ordered = found.order_by("name", "agency__code")[:SHOWN]
    return ((str(one.pk), of_agency(one)) for one in ordered)


def of_agency(one: Staff | Unit) -> str:
    return f"{one} · {one.agency.name}" if one.agency else str(one)


#: last part of the address → what is found for a reader by words
FINDS: Mapping[str, Callable[[Staff, str], Iterable[Choice]]] = {
    "agency": by_key,
    "going-on": going_on,
    "area": by_code,
    "handler": by_name,
    "unit": by_unit,
}


def search(request, what: str, site) -> JsonResponse:
    if what not in FINDS:
        raise Http404
    found = list(FINDS[what](request.user, request.GET.get("q", "")[:100]))
    told = [{"value": value, "label": label} for value, label in found]
    return JsonResponse({"found": told, "more": len(told) == SHOWN})


def asks(what: str) -> dict[str, str]:
    """What the script reads on a list that is searched."""
    return {
        "data-search": reverse("admin:requests_app_disclosurerequest_search", args=[what]),
        "data-none": _("没有符合的"),
        "data-more": _("还有更多，请多输几个字"),
        "data-failed": _("没有查到：请重新登录或稍后再试"),
        "data-hint": _("输入名称或代码查找"),
    }  # fmt: skip


class AgencySelect(forms.Select):
    """A list while it is short; beyond, what is chosen and a search for the rest."""

    what = "agency"

    def use_required_attribute(self, initial) -> bool:
        return (
            True  # asked of the first choice, which here is never one of the agencies
        )

    def get_context(self, name, value, attrs):
        drawn = forms.Select(self.attrs, self.drawn(value, attrs := dict(attrs or {})))
        drawn.is_required = self.is_required
        return drawn.get_context(name, value, attrs)

    def drawn(self, value, attrs: dict[str, str]) -> list[Choice]:
        """The choices; `attrs` are told where there are more than these."""
        field, offered = self.choices.field, self.choices.queryset
        few = list(offered[: FEW + 1])
        if len(few) > FEW:
            named = field.to_field_name or "pk"
            known = value and (named != "pk" or str(value).isdecimal())
            few = offered.filter(**{named: value}) if known else []
            attrs |= asks("area" if field.to_field_name else self.what)
        empty = [("", field.empty_label)] if field.empty_label is not None else []
        if not (empty or value):
            empty = [("", "")]
        return empty + [
            (field.prepare_value(one), field.label_from_instance(one)) for one in few
        ]


class GoingOnSelect(AgencySelect):
    what = "going-on"


class KnownKeys:
    """A widget that looks what is chosen up by its key: what is none is nobody's."""

    def optgroups(self, name, value, attr=None):
        return super().optgroups(name, [v for v in value if v.isdecimal()], attr)


class KeySelect(KnownKeys, AutocompleteSelect):
    pass


class KeySelectMultiple(KnownKeys, AutocompleteSelectMultiple):
    pass


class SearchedKeys:
    """For an admin with `autocomplete_fields`: a rubbish key is an error of its form."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", KeySelect(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", KeySelectMultiple(db_field, self.admin_site))
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class SearchedAgencies:
    """For an admin whose forms name an agency."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.related_model is Agency:
            kwargs.setdefault("widget", AgencySelect({"class": "office-search-box"}))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
