"""The filters of the list of requests that no list of choices can hold: an agency with all
below it, a handler, a unit, a topic; and whether there is a doubt, or which. In words, for the page."""

from collections.abc import Callable, Iterator, Mapping

from django.contrib.admin import SimpleListFilter
from django.contrib.admin.views.main import ChangeList
from django.db.models import CharField, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import TextFilter

from requests_app.admin import searched
from requests_app.domain.doubts import Doubt
from requests_app.models import Agency, Staff
from requests_app.models.language import choices

MOST_DIGITS = 18  # of a key that a database holds


class Searched(SimpleListFilter):
    """A value out of many, looked for by words; named by the one statement of `chosen`."""

    template = "requests_app/filter_searched.html"
    what = ""

    def lookups(self, request, model_admin):
        name = chosen(request).get(self.parameter_name)
        return [(self.value(), name or "—")] if self.value() else []

    def has_output(self) -> bool:
        return True

    def choices(self, changelist):
        yield {"options": self.lookup_choices, "asks": searched.asks(self.what)}

    def in_words(self) -> str:
        return str(self.lookup_choices[0][1]) if self.value() else ""


class AreaFilter(Searched):
    title = _("机关及所辖")
    parameter_name = what = "area"

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        path = chosen(request).get("path")
        if path is None:
            return queryset.none()
        return queryset.filter(agency__in=Agency.objects.filter(path__startswith=path))


class Keyed(Searched):
    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        if key(self.value()) is None:
            return queryset.none()
        return queryset.filter(**{self.parameter_name: key(self.value())})


class HandlerFilter(Keyed):
    title = _("承办人")
    parameter_name = what = "handler"


class UnitFilter(Keyed):
    title = _("承办单位")
    parameter_name = what = "unit"


class TopicFilter(TextFilter):
    title = _("主题")
    parameter_name = "topic"

    def queryset(self, request, queryset):
        return (
            queryset.filter(topic__icontains=self.value()) if self.value() else queryset
        )

    def in_words(self) -> str:
        return self.value() or ""


class DoubtFilter(SimpleListFilter):
    """By the column that is read from the log: any finding, none, or one of that rule."""

    title = _("办理疑点")
    parameter_name = "doubt"

    def lookups(self, request, model_admin):
        return [("yes", _("有疑点")), ("no", _("没有疑点")), *choices(Doubt)]

    def queryset(self, request, queryset):
        without = Q(findings=[])
        asked = {"yes": ~without, "no": without}.get(self.value())
        if asked is not None:
            return queryset.filter(asked)
        return (
            named_by(queryset, self.value()) if self.value() in {*Doubt} else queryset
        )


def named_by(found: QuerySet, rule: str) -> QuerySet:
    """Those with a finding of that rule. As text, since SQLite cannot look into a list; a
    quotation mark within a message is escaped there."""
    told = Cast("findings", TextField())
    return found.alias(told=told).filter(told__contains=f'"rule": "{rule}"')


def key(text: str | None) -> int | None:
    told = text or ""
    fits = told.isascii() and told.isdecimal() and len(told) <= MOST_DIGITS
    return int(told) if fits else None


def chosen(request) -> dict[str, str]:
    """What the address names, as far as it is in sight, read in one statement: the names of
    agency, handler and unit, and the agency's path."""
    if not hasattr(request, "chosen"):
        request.chosen = named(request)
    return request.chosen


def named(request) -> dict[str, str]:
    first, *rest = [*asked_for(request)] or [None]
    if first is None:
        return {}
    told: dict[str, str] = {}
    for what, *parts in first.union(*rest, all=True) if rest else first:
        told |= SAID[what](*parts)
    return told


def asked_for(request) -> Iterator[QuerySet]:
    user, told = request.user, request.GET
    if told.get("area"):
        seen = Agency.objects.visible_to(user).filter(code=told["area"])
        yield row(seen, "area", "name", "path", "code")
    pk = key(told.get("handler"))
    if pk is not None:
        seen = searched.handlers(user).filter(pk=pk)
        yield row(seen, "handler", "last_name", "first_name", "username")
    pk = key(told.get("unit"))
    if pk is not None:
        seen = searched.units(user).filter(pk=pk)
        yield row(seen, "unit", "name", "agency__name", "agency__code")


def row(found: QuerySet, what: str, *parts: str) -> QuerySet:
    marked = found.order_by().annotate(what=Value(what, output_field=CharField()))
    return marked.values_list("what", *parts)


#: what was asked for → its name, of the parts read
SAID: Mapping[str, Callable[..., dict[str, str]]] = {
    "area": lambda name, path, code: {"area": name, "path": path},
    "handler": lambda last, first, username: {
        "handler": str(Staff(last_name=last, first_name=first, username=username))
    },
    "unit": lambda name, agency, code: {"unit": f"{name} · {agency}"},
}


def conditions(listed: ChangeList) -> list[tuple[str, str]]:
    """条件: (title, what is asked of it) of each filter in use, and the words looked for."""
    told = [(spec.title, in_words(spec, listed)) for spec in listed.filter_specs]
    if listed.query:
        told.append((gettext("搜索"), listed.query))
    return [(str(title), words) for title, words in told if words]


def in_words(spec, listed: ChangeList) -> str:
    """Of a list of choices: the one chosen, unless it is the first, which is all."""
    if hasattr(spec, "in_words"):
        return spec.in_words()
    _all, *choices = spec.choices(listed)
    return "、".join(str(one["display"]) for one in choices if one["selected"])
