"""What letters need to be known of an agency, the office's own templates, and the register
of letters (发文登记簿)."""

import string
from collections.abc import Iterator, Mapping
from functools import partial

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin
from wireup import Injected
from wireup.integration.django import inject_app

from requests_app.admin.letter_acts import HERE
from requests_app.admin.letter_files import docx
from requests_app.admin.searched import AgencySelect, SearchedAgencies
from requests_app.admin.sight import ReadOnly, Visible
from requests_app.dependencies import Dependencies
from requests_app.domain.intake_papers import FIELDS as OF_INTAKE
from requests_app.domain.merge_fields import FIELDS, Field
from requests_app.domain.templates import BY_KEY, EVERY, Templated, needed
from requests_app.models import (
    Agency,
    Letter,
    LetterNumbering,
    LetterTemplate,
    RemedyBody,
)
from requests_app.models.language import spoken
from requests_app.services import letter_templates, letters
from requests_app.services.papers import MOST_BYTES, Refused

SLOTS = {"word", "sort", "year", "serial"}


def settles(user, agency: Agency | None = None) -> bool:
    """The head of the office settles what its letters say, for the own agency alone."""
    if user.is_superuser:
        return True
    own = agency is None or agency.pk == user.agency_id
    return user.has_role("office_head") and own


class Settled(SearchedAgencies, Visible):
    """Entered and changed by the head; what letters rested on is not deleted."""

    def has_view_permission(self, request, obj=None) -> bool:
        return request.user.is_active and request.user.is_staff

    has_module_permission = has_view_permission

    def has_add_permission(self, request) -> bool:
        return settles(request.user)

    def has_change_permission(self, request, obj=None) -> bool:
        return settles(request.user, obj and obj.agency)

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "agency":
            kwargs["queryset"] = own(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


def own(user):
    """The agencies that the user may settle something for."""
    if user.is_superuser:
        return Agency.objects.all()
    return Agency.objects.filter(pk=user.agency_id)


class WhichForm(forms.Form):
    agency = forms.ModelChoiceField(
        Agency.objects.none(), label=gettext_lazy("机关"), widget=AgencySelect
    )

    def __init__(self, agency: Agency, user) -> None:
        super().__init__(initial={"agency": agency})
        self.fields["agency"].queryset = own(user)


class NumberingForm(forms.ModelForm):
    def clean_pattern(self) -> str:
        pattern = self.cleaned_data["pattern"]
        try:
            slots = {name for _t, name, _f, _c in string.Formatter().parse(pattern)}
            pattern.format(year=2026, serial=1, word="府", sort="告")
        except (ValueError, LookupError, AttributeError):
            slots = {"{"}
        if not {"year", "serial"} <= slots <= SLOTS | {None}:
            raise forms.ValidationError(
                _("须含 {year} 和 {serial}，可用 {word}、{sort}，不能有其他括号")
            )
        return pattern


@admin.register(LetterNumbering)
class LetterNumberingAdmin(Settled, ModelAdmin):
    form = NumberingForm
    list_display = ("agency", "word", "pattern")
    list_select_related = ("agency",)


@admin.register(RemedyBody)
class RemedyBodyAdmin(Settled, ModelAdmin):
    list_display = ("agency", "from_on", "review_body", "court")
    list_select_related = ("agency",)


@admin.register(Letter)
class LetterAdmin(ReadOnly, Visible, ModelAdmin):
    """发文登记簿: who reads the list and not the letters sees no addressee."""

    list_display = (
        "numbered", "kind", "dated_on", "disclosure_request", "issued_by", "issued_at",
        "voided_at",
    )  # fmt: skip
    list_filter = ("kind", "dated_on")
    search_fields = ("number", "disclosure_request__number")
    list_select_related = ("disclosure_request", "issued_by")

    @admin.display(description=gettext_lazy("文号"), ordering="number")
    def numbered(self, letter: Letter) -> str:
        return letter.number or format_html("{}", _("草稿"))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        found = get_object_or_404(
            Letter.objects.visible_to(request.user),
            pk=object_id if object_id.isdecimal() else 0,
        )
        return redirect(HERE, found.disclosure_request_id, found.pk)


class UploadForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("文书"))
    file = forms.FileField(label=gettext_lazy("DOCX 模板"))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        told = [(k.value, spoken(k.zh, k.en)) for k in EVERY]
        self.fields["kind"].choices = told


@admin.register(LetterTemplate)
class LetterTemplateAdmin(ReadOnly, Visible, ModelAdmin):
    """The versions; they are made on the page of the kinds."""

    list_display = ("agency", "kind", "version", "name", "made_by", "made_at")
    list_filter = ("kind",)
    list_select_related = ("agency", "made_by")
    fields = readonly_fields = list_display
    change_list_template = "requests_app/letter_versions.html"

    def get_urls(self):
        name = "requests_app_lettertemplate"

        def at(route: str, page, ending: str):
            view = self.admin_site.admin_view(partial(page, site=self.admin_site))
            return path(route, view, name=f"{name}_{ending}")

        return [
            at("kinds/", kinds, "kinds"),
            at("<int:agency>/<slug:kind>/template.docx", in_use, "in_use"),
            at("<int:agency>/<slug:kind>/sample.docx", sample, "sample"),
            at("versions/<int:pk>.docx", version, "version"),
            *super().get_urls(),
        ]


def chosen_agency(request) -> Agency:
    visible = Agency.objects.visible_to(request.user)
    asked = request.GET.get("agency", "")
    if asked.isdecimal():
        return get_object_or_404(visible, pk=int(asked))
    found = visible.filter(pk=request.user.agency_id).first() or visible.first()
    if found is None:
        raise Http404
    return found


@inject_app
def kinds(request, site, deps: Injected[Dependencies]):
    """Each kind with the template in use, what it has to hold, and where to replace it."""
    agency = chosen_agency(request)
    may = settles(request.user, agency)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        if not may:
            raise PermissionDenied
        if done(request, agency, form, deps):
            address = reverse("admin:requests_app_lettertemplate_kinds")
            return redirect(f"{address}?agency={agency.pk}")
    context = {
        **site.each_context(request),
        "title": _("文书模板"),
        "agency": agency,
        "which": request.user.is_superuser and WhichForm(agency, request.user),
        "may": may,
        "form": form,
        "kinds": [
            (kind, spoken(kind.zh, kind.en), LetterTemplate.objects.in_use(agency, kind),
             sorted(needed(kind)))
            for kind in EVERY
        ],
        "fields": [
            (heading, explained(fields)) for heading, fields in fields_by_kind()
        ],
    }  # fmt: skip
    return TemplateResponse(request, "requests_app/letter_kinds.html", context)


def fields_by_kind() -> Iterator[tuple[str, Mapping[str, Field]]]:
    """Of the letters together, and of each other paper by itself."""
    yield _("各种文书"), FIELDS
    for kind, fields in OF_INTAKE.items():
        yield spoken(kind.zh, kind.en), fields


def explained(fields: Mapping[str, Field]) -> list[tuple[str, str, str]]:
    return [
        (name, spoken(field.zh, field.en), field.sample)
        for name, field in fields.items()
    ]


def done(request, agency: Agency, form: UploadForm, deps: Dependencies) -> bool:
    """Whether something was settled; otherwise the form says why not."""
    if "back" in request.POST:
        kind = kind_of(request.POST["back"])
        letter_templates.back_to_shipped(agency, kind, by=request.user, deps=deps)
        messages.success(request, _("已改用系统自带模板。"))
        return True
    if not form.is_valid():
        return False
    file = form.cleaned_data["file"]
    if file.size > MOST_BYTES:
        form.add_error("file", _("文件超过 10 MB"))
        return False
    kind = kind_of(form.cleaned_data["kind"])
    try:
        made = letter_templates.replace(
            agency, kind, file=file, name=file.name, by=request.user, deps=deps
        )
    except Refused as error:
        form.add_error("file", spoken(error.zh, error.en))
        return False
    messages.success(request, _("已启用第 %(n)s 版。") % {"n": made.version})
    return True


def kind_of(key: str) -> Templated:
    if key not in BY_KEY:
        raise Http404
    return BY_KEY[key]


def asked(request, agency: int, kind: str) -> tuple[Agency, Templated]:
    visible = Agency.objects.visible_to(request.user)
    return get_object_or_404(visible, pk=agency), kind_of(kind)


@inject_app
def in_use(request, agency: int, kind: str, site, deps: Injected[Dependencies]):
    """To be changed in Word and handed in again."""
    found, told = asked(request, agency, kind)
    template = LetterTemplate.objects.in_use(found, told)
    return docx(letters.source(template, told, deps), f"{told}.docx")


@inject_app
def sample(request, agency: int, kind: str, site, deps: Injected[Dependencies]):
    found, told = asked(request, agency, kind)
    return docx(letter_templates.sample(found, told, deps), f"{told}-sample.docx")


def version(request, pk: int, site):
    visible = LetterTemplate.objects.visible_to(request.user).exclude(stored="")
    found = get_object_or_404(visible, pk=pk)
    return docx(letters.kept(found.stored), f"{found.kind}-{found.version}.docx")
