"""其他来件登记簿: 咨询、更正、信访. A page to register, a list, a page for each."""

import secrets
from functools import partial
from typing import Any

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

from requests_app.admin import typed
from requests_app.admin.act_forms import DayInput
from requests_app.admin.application_form import EMPTY, words
from requests_app.admin.persons import facts, given
from requests_app.admin.reasons import reasoned
from requests_app.admin.register_forms import agencies_of
from requests_app.admin.searched import AgencySelect
from requests_app.admin.sight import ReadOnly, Visible
from requests_app.admin.wording import refused
from requests_app.dependencies import Dependencies
from requests_app.domain.regimes import NotAllowed
from requests_app.domain.vocabulary import ApplicantKind, Channel
from requests_app.models import AccessRecord, Agency, Applicant, Enquiry
from requests_app.models.language import choices
from requests_app.services import access, enquiries, idempotency, intake, status
from requests_app.services.idempotency import AtWork, KeyReused

PAGE = "admin:requests_app_enquiry_change"
APPLICANT = ("name", "phone", "address")


def passage(label, most: int = 4000, rows: int = 4, **more) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=most, widget=area, **more)


class EnquiryForm(forms.Form):
    agency = forms.ModelChoiceField(
        Agency.objects.none(), label=gettext_lazy("收件机关"), widget=AgencySelect
    )
    kind = forms.ChoiceField(label=gettext_lazy("类别"), choices=Enquiry.Kind.choices)
    channel = forms.ChoiceField(
        label=gettext_lazy("来件方式"), choices=choices(Channel)
    )
    received_on = forms.DateField(label=gettext_lazy("收到日期"), widget=DayInput())
    name = words(gettext_lazy("姓名（名称）"), 200)
    phone = words(gettext_lazy("联系电话"), 60)
    address = words(gettext_lazy("通信地址"), 500)
    text = passage(gettext_lazy("来件内容"))
    came_as_request = forms.BooleanField(
        label=gettext_lazy("以公开申请名义提出，登记前认定不属于公开申请"),
        required=False,
        help_text=gettext_lazy("告知来件人通过相应渠道提出（第三十九条）。"),
    )
    ground = passage(gettext_lazy("认定理由"), most=1000, rows=2, required=False)

    def __init__(self, *args, user, today, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies_of(user)
        self.fields["agency"].initial = user.agency_id
        self.fields["received_on"].initial = today
        self.fields["received_on"].widget.attrs["max"] = today.isoformat()

    def came(self) -> enquiries.CameIn:
        told = dict(self.cleaned_data)
        person = Applicant(**{name: told.pop(name) for name in APPLICANT})
        return enquiries.CameIn(applicant=person, **told)


class CloseForm(forms.Form):
    on = forms.DateField(label=gettext_lazy("办结日期"), widget=DayInput())
    result = passage(gettext_lazy("处理结果"))


class TakeOverForm(forms.Form):
    applicant_kind = forms.ChoiceField(
        label=gettext_lazy("申请人类别"), choices=[EMPTY, *choices(ApplicantKind)]
    )
    subject = passage(gettext_lazy("申请内容"), most=10_000)
    signed_by = forms.CharField(
        label=gettext_lazy("信访工作机构会签人"), max_length=100
    )
    signed_on = forms.DateField(label=gettext_lazy("会签日期"), widget=DayInput())


def may_keep(user, enquiry: Enquiry | None = None) -> bool:
    """The agency's own; a superior sees it."""
    here = enquiry is None or enquiry.agency_id == user.agency_id
    return user.is_superuser or (
        bool(user.agency_id) and here and user.has_role(*enquiries.KEEP)
    )


@inject_app
def enter(request, site, deps: Injected[Dependencies]):
    if not may_keep(request.user):
        raise PermissionDenied
    first = {n: request.GET[n] for n in ("kind", "channel") if n in request.GET}
    form = EnquiryForm(
        request.POST or None,
        initial=first,
        user=request.user,
        today=deps.clock.today(),
    )
    key = request.POST.get("key") or secrets.token_urlsafe(16)
    before = None
    if request.method == "POST" and form.is_valid():
        before = typed.before(request, key, deps)
        if before is None:
            try:
                return entered(request, form, key, deps)
            except NotAllowed as error:
                form.add_error(None, refused(error))
            except (AtWork, KeyReused):
                form.add_error(None, typed.USED)
    context = {
        **site.each_context(request),
        "title": _("登记其他来件"),
        "form": form,
        "key": key,
        "before": before,
        "numbered": before
        and [(reverse(PAGE, args=[before.answer["enquiry"]]), before.answer["number"])],
    }
    return TemplateResponse(request, "requests_app/enquiry_add.html", context)


def entered(request, form: EnquiryForm, key: str, deps: Dependencies):
    """Once, however often it is sent."""

    def act() -> dict[str, Any]:
        made = enquiries.enter(form.came(), by=request.user, deps=deps)
        return {"enquiry": made.pk, "number": made.number}

    words = typed.digest(request)
    answer, again = idempotency.once(
        caller=intake.caller_name(request.user),
        key=key,
        digest=words,
        typed=words,
        act=act,
        deps=deps,
    )
    told = _("此表已经登记过：%(number)s") if again else _("已登记：%(number)s")
    messages.success(request, told % answer)
    return redirect(PAGE, answer["enquiry"])


@inject_app
def page(request, pk: int, site, deps: Injected[Dependencies]):
    """Where it stands; closed, or taken over as a request, each by a form of its own."""
    visible = Enquiry.objects.visible_to(request.user)
    together = ("agency", "applicant", "registered_by", "closed_by")
    found = get_object_or_404(visible.select_related(*together), pk=pk)
    asked = request.POST.get("act") if request.method == "POST" else None
    if asked not in (None, "unmask") and not may_keep(request.user, found):
        raise PermissionDenied
    today = {"on": deps.clock.today(), "signed_on": deps.clock.today()}
    closing = CloseForm(request.POST if asked == "close" else None, initial=today)
    taking = TakeOverForm(
        request.POST if asked == "take_over" else None,
        initial={**today, "subject": found.text},
    )
    shown = asked == "unmask" and unmasked(request, found, deps)
    form = {"close": closing, "take_over": taking}.get(asked or "")
    if form is not None and form.is_valid():
        try:
            return done(request, found, asked, form.cleaned_data, deps)
        except NotAllowed as error:
            messages.error(request, refused(error))
        except (AtWork, KeyReused):
            messages.error(request, typed.USED)
    is_open = found.closed_on is None and may_keep(request.user, found)
    context = {
        **site.each_context(request),
        "title": str(found),
        "found": found,
        "facts": list(facts(found.applicant, shown=shown)),
        "shown": shown,
        "may_see": access.may_see_persons(request.user),
        "reasons": AccessRecord.Reason.choices,
        "cosignature": getattr(found, "cosignature", None),
        "forms": [
            ("close", _("办结"), closing),
            ("take_over", _("会签转为公开申请"), taking),
        ]
        if is_open
        else [],
    }
    return TemplateResponse(request, "requests_app/enquiry.html", context)


def unmasked(request, found: Enquiry, deps: Dependencies) -> bool:
    """Whether a reason was given; it is written down before anything is shown."""
    form = reasoned(request)
    if form is not None:
        access.seen(
            found,
            fields=given(found.applicant),
            way=AccessRecord.Way.PAGE,
            by=request.user,
            deps=deps,
            **form.cleaned_data,
        )
    return form is not None


def done(request, found: Enquiry, asked: str, told: dict, deps: Dependencies):
    if asked == "close":
        enquiries.close(found, by=request.user, deps=deps, **told)
        messages.success(request, _("已办结。"))
        return redirect(PAGE, found.pk)
    key = f"take-over-{found.pk}"  # an enquiry is taken over once, whatever is typed

    def act() -> dict[str, Any]:
        made, code = enquiries.take_over(found, by=request.user, deps=deps, **told)
        return {**status.told(made), "query_code": code}

    answer, _again = idempotency.once(
        caller=intake.caller_name(request.user), key=key, digest=key, act=act, deps=deps
    )
    messages.success(request, _("已登记为公开申请：%(number)s") % answer)
    return redirect("admin:requests_app_disclosurerequest_registered", key)


@admin.register(Enquiry)
class EnquiryAdmin(ReadOnly, Visible, ModelAdmin):
    list_display = ("number", "kind", "agency", "received_on", "closed_on", "became")
    list_filter = ("kind", "came_as_request", "channel", "received_on")
    list_select_related = ("agency", "cosignature__disclosure_request")
    search_fields = ("number", "text")
    change_list_template = "requests_app/enquiry_list.html"

    @admin.display(description=gettext_lazy("所转申请"))
    def became(self, enquiry: Enquiry) -> str:
        cosigned = getattr(enquiry, "cosignature", None)
        return str(cosigned.disclosure_request) if cosigned else "—"

    def get_urls(self):
        view = self.admin_site.admin_view(partial(enter, site=self.admin_site))
        name = "requests_app_enquiry_enter"
        return [path("enter/", view, name=name), *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if not object_id.isdecimal():
            raise Http404
        return page(request, int(object_id), site=self.admin_site)
