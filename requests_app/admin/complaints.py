"""举报投诉: registered, concluded, taken back; each on a page of its own."""

import secrets

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin
from wireup import Injected
from wireup.integration.django import inject_app

from requests_app.admin.act_forms import DayInput
from requests_app.admin.searched import AgencySelect
from requests_app.admin.sight import ReadOnly, Visible
from requests_app.admin.wording import refused
from requests_app.dependencies import Dependencies
from requests_app.domain.regimes import NotAllowed
from requests_app.domain.vocabulary import ComplaintAbout, ComplaintResult, term
from requests_app.models import Agency, Complaint, ComplaintEntry
from requests_app.models.language import choices
from requests_app.services import complaints

LINES = {"rows": 5}
LIST = "admin:requests_app_complaint_changelist"
PAGE = "admin:requests_app_complaint_change"


def text(label: str) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=4000, widget=forms.Textarea(attrs=LINES)
    )


class RegisterForm(forms.Form):
    help = gettext_lazy(
        "认为行政机关不依法履行政府信息公开义务的举报、投诉，由收到的机关登记、调查处理。"
    )
    key = forms.CharField(max_length=40, widget=forms.HiddenInput)
    agency = forms.ModelChoiceField(
        Agency.objects.none(), label=gettext_lazy("收到机关"), widget=AgencySelect
    )
    received_on = forms.DateField(label=gettext_lazy("收到日期"), widget=DayInput())
    about = forms.ChoiceField(
        label=gettext_lazy("举报投诉事项"), choices=choices(ComplaintAbout)
    )
    text = text(gettext_lazy("内容：何人举报何机关何事"))

    def __init__(self, *args, user, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        mine = Agency.objects.visible_to(user)
        if not user.is_superuser:
            mine = mine.filter(pk=user.agency_id)
        self.fields["agency"].queryset = mine
        self.fields["agency"].initial = user.agency_id


class ConcludeForm(forms.Form):
    help = gettext_lazy("收到举报的机关应当予以调查处理。")
    on = forms.DateField(label=gettext_lazy("办结日期"), widget=DayInput())
    result = forms.ChoiceField(
        label=gettext_lazy("处理结果"), choices=choices(ComplaintResult)
    )
    text = text(gettext_lazy("调查处理情况"))


class VoidForm(forms.Form):
    help = gettext_lazy("记录不改不删：作废另记一条，原记录留存可查。")
    text = text(gettext_lazy("作废理由"))


@admin.register(Complaint)
class ComplaintAdmin(ReadOnly, Visible, ModelAdmin):
    list_display = (
        "__str__", "agency", "received_on", "about", "concluded_on", "result",
        "voided_on",
    )  # fmt: skip
    list_filter = ("about", "result", "received_on")
    search_fields = ("entries__said__text", "agency__name")
    list_select_related = ("agency",)

    def has_add_permission(self, request, obj=None) -> bool:
        return complaints.may_keep(request.user)

    def get_urls(self):
        view, name = self.admin_site.admin_view, "requests_app_complaint"
        return [
            path("<int:pk>/conclude/", view(self.conclude), name=f"{name}_conclude"),
            path(
                "<int:pk>/entries/<int:sequence>/void/",
                view(self.void),
                name=f"{name}_void",
            ),
            *super().get_urls(),
        ]

    # --- pages ---------------------------------------------------------------------------
    def change_view(self, request, object_id, form_url="", extra_context=None):
        if not object_id.isdecimal():
            raise Http404
        found = self.found(request, int(object_id))
        here = complaints.acts_here(request.user, found.agency_id)
        entries = found.entries.select_related("recorded_by", "said")
        voided = [e.details["entry"] for e in entries if e.kind == "voided"]
        return self.page(
            request,
            "complaint",
            str(found),
            found=found,
            entries=[(e, e.sequence in voided) for e in entries],
            voidable=complaints.voidable(found) if here else [],
            may_conclude=here and not (found.concluded_on or found.voided_on),
        )

    @inject_app
    def add_view(
        self, request, deps: Injected[Dependencies], form_url="", extra_context=None
    ):
        if not self.has_add_permission(request):
            raise PermissionDenied
        first = {"received_on": deps.clock.today(), "key": secrets.token_hex(8)}
        form = RegisterForm(request.POST or None, initial=first, user=request.user)

        def act() -> Complaint:
            told = dict(form.cleaned_data)
            about = term(ComplaintAbout, told.pop("about"))
            return complaints.register(**told, about=about, by=request.user, deps=deps)

        return self.acted(request, form, act, title=_("登记举报投诉"), of=None)

    @inject_app
    def conclude(self, request, pk: int, deps: Injected[Dependencies]):
        found = self.mine(request, pk)
        first = {"on": deps.clock.today()}
        form = ConcludeForm(request.POST or None, initial=first)

        def act() -> Complaint:
            told = dict(form.cleaned_data)
            result = term(ComplaintResult, told.pop("result"))
            return complaints.conclude(
                found, **told, result=result, by=request.user, deps=deps
            )

        return self.acted(request, form, act, title=_("办结举报投诉"), of=found)

    @inject_app
    def void(self, request, pk: int, sequence: int, deps: Injected[Dependencies]):
        found = self.mine(request, pk)
        entry = get_object_or_404(ComplaintEntry, complaint=found, sequence=sequence)
        form = VoidForm(request.POST or None)

        def act() -> Complaint:
            reason = form.cleaned_data["text"]
            return complaints.void(
                found, entry=sequence, reason=reason, by=request.user, deps=deps
            )

        return self.acted(
            request, form, act, title=_("作废：%(entry)s") % {"entry": entry}, of=found
        )

    # --- below -----------------------------------------------------------------------------
    def acted(self, request, form, act, *, title: str, of: Complaint | None):
        """The form; once it is right, the act, and then the complaint's own page."""
        if request.method == "POST" and form.is_valid():
            try:
                done = act()
            except NotAllowed as error:
                form.add_error(None, refused(error))
            else:
                messages.success(request, _("已记录。"))
                return redirect(PAGE, done.pk)
        back, name = reverse(LIST), self.opts.verbose_name_plural
        if of is not None:
            back, name = reverse(PAGE, args=[of.pk]), of
        told = {"form": form, "back": back, "back_name": name}
        return self.page(request, "record", title, **told)

    def found(self, request, pk: int) -> Complaint:
        seen = Complaint.objects.visible_to(request.user).select_related("agency")
        return get_object_or_404(seen, pk=pk)

    def mine(self, request, pk: int) -> Complaint:
        found = self.found(request, pk)
        if not complaints.acts_here(request.user, found.agency_id):
            raise PermissionDenied
        return found

    def page(self, request, template: str, title: str, **told):
        site = self.admin_site.each_context(request)
        context = {**site, "title": title, "opts": self.opts, **told}
        return TemplateResponse(request, f"requests_app/{template}.html", context)
