"""The first admin: browse. What the log decides is read here and nowhere typed."""

from functools import partial

from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import F, OuterRef, Subquery
from django.http import Http404
from django.urls import path
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext, gettext_lazy
from unfold.admin import ModelAdmin

from requests_app.admin import (
    acts,
    explained,
    exports,
    file,
    guide,
    guide_report,
    letter_files,
    letters,
    packages,
    papers,
    receipts,
    register,
    searched,
    searches,
    tariff,
    unmasking,
    voids,
    volume,
    withdrawals,
)
from requests_app.admin.filters import DaysFilter
from requests_app.admin.keeping import KeptByHead
from requests_app.admin.lists import FirstPage, QueueFilter, StatedList
from requests_app.admin.menu import TITLES
from requests_app.admin.narrowed import (
    AreaFilter,
    DoubtFilter,
    HandlerFilter,
    TopicFilter,
    UnitFilter,
    conditions,
)
from requests_app.admin.sight import ReadOnly, Visible
from requests_app.models import Appeal, DisclosureRequest, Unit
from requests_app.services import access, searching

#: queue → its own day, where it is not the reply's: the inner one, the decision's
DUE = {
    "beside": F("co_due_on"),
    "to_decide_anew": Subquery(
        Appeal.objects.ordered()
        .filter(disclosure_request=OuterRef("pk"))
        .order_by("decided_on")
        .values("decided_on")[:1]
    ),
}


@admin.register(DisclosureRequest)
class DisclosureRequestAdmin(ReadOnly, Visible, ModelAdmin):
    list_display = (
        "number",
        "state",
        "about",
        "due_on",
        "stage",
        "handled_by",
        "agency",
        "channel",
        "received_on",
        "outcome",
    )
    list_filter = (
        QueueFilter,
        AreaFilter,
        UnitFilter,
        HandlerFilter,
        TopicFilter,
        "stage",
        "channel",
        "applicant_kind",
        "outcome",
        "timeliness",
        "provisional",
        DoubtFilter,
        ("received_on", DaysFilter),
        ("due_on", DaysFilter),
        ("replied_on", DaysFilter),
    )
    list_filter_submit = True
    search_fields = (
        "number",
        "reference",
        "topic",
        "wording__subject",
        "applicant__name",
    )
    show_full_result_count = False  # counting all once more for "n of all"
    list_per_page = 50
    change_list_template = "requests_app/list.html"

    actions = ("package",)

    @admin.action(description=gettext_lazy("归档包"))
    def package(self, request, queryset):
        return packages.chosen(request, self.admin_site, queryset)

    def get_actions(self, request):
        """A package holds whom the requests are of."""
        found = super().get_actions(request)
        return found if access.may_see_persons(request.user) else {}

    @admin.display(description=gettext_lazy("申请内容"))
    def about(self, found: DisclosureRequest) -> str:
        """Its first words; the whole of it stands on the file."""
        told = found.wording.subject if hasattr(found, "wording") else ""
        return Truncator(" ".join((told or found.topic).split())).chars(28)

    @admin.display(description=gettext_lazy("状态"))
    def state(self, found: DisclosureRequest) -> str:
        return format_html("{}", found.state)

    @admin.display(description=gettext_lazy("承办人"), ordering="handler")
    def handled_by(self, found: DisclosureRequest) -> str | None:
        """Whose it is; marked where the reader stands in for them."""
        if not (found.handler and found.in_stead):
            return found.handler and str(found.handler)
        return gettext("代%(name)s") % {"name": found.handler}

    def get_changelist(self, request, **kwargs):
        return StatedList

    def get_paginator(self, request, *args, **kwargs):
        kind = Paginator if {"p", "all"} & request.GET.keys() else FirstPage
        return kind(*args, **kwargs)

    def get_ordering(self, request):
        """A queue by the day that counts in it; what has none waits at the end."""
        queue = request.GET.get("queue")
        if not queue:
            return super().get_ordering(request)
        return (DUE.get(queue, F("due_on")).asc(nulls_last=True), "pk")

    def export(self, request, ending: str, site):
        """What the list shows, all pages of it."""
        if ending not in exports.FORMATS:
            raise Http404
        listed = self.get_changelist_instance(request)
        draw = partial(exports.FORMATS[ending], listed.get_queryset(request))
        where = "admin:requests_app_disclosurerequest_changelist"
        return exports.or_back(request, where, draw)

    def get_queryset(self, request):
        found = super().get_queryset(request)
        return found.select_related("agency", "handler", "wording")

    def get_urls(self):
        name = "requests_app_disclosurerequest"

        def at(route: str, page, ending: str):
            """The page, given the site; behind the sign-in of the admin."""
            view = self.admin_site.admin_view(partial(page, site=self.admin_site))
            return path(route, view, name=f"{name}_{ending}")

        paper = self.admin_site.admin_view(explained.paper)
        return [
            at("<int:pk>/deadline/", explained.page, "deadline"),
            path("<int:pk>/deadline.pdf", paper, name=f"{name}_deadline_paper"),
            at("search/<slug:what>/", searched.search, "search"),
            at("register/<slug:channel>/", register.page, "register"),
            at("registered/<str:key>/", receipts.numbers, "registered"),
            at("registered/<str:key>/<slug:paper>/", receipts.first, "paper"),
            at("<int:pk>/receipt/", receipts.again, "receipt_again"),
            at("<int:pk>/form/", receipts.application_form, "form"),
            at("export.<slug:ending>", self.export, "export"),
            at("alike/", register.alike, "alike"),
            at("tariff/", tariff.page, "tariff"),
            at("<int:pk>/unmask/", unmasking.page, "unmask"),
            at("<int:pk>/attachments/add/", papers.add, "attach"),
            at("<int:pk>/attachments/<slug:sha256>/", papers.download, "attachment"),
            at("<int:pk>/attachments/<int:paper>/clear/", papers.clear, "clear"),
            at(
                "<int:pk>/attachments/<int:paper>/withdraw/",
                withdrawals.page,
                "withdraw",
            ),
            at("<int:pk>/volume.pdf", volume.page, "volume"),
            at("package.zip", packages.page, "package"),
            at("searches/", searches.save, "search_save"),
            at("searches/<int:pk>/delete/", searches.delete, "search_delete"),
            at("<int:pk>/acts/<slug:kind>/", acts.page, "act"),
            at("<int:pk>/guide/", guide.page, "guide"),
            path(
                "<int:pk>/guide/report.pdf",
                self.admin_site.admin_view(guide_report.paper),
                name="requests_app_disclosurerequest_guide_report",
            ),
            at("<int:pk>/guide/<slug:step>/", guide.page, "guide_step"),
            at("<int:pk>/entries/<int:sequence>/void/", voids.page, "void"),
            at("<int:pk>/letters/new/", letters.new, "letter_new"),
            at("<int:pk>/letters/<int:letter>/", letters.page, "letter"),
            at(
                "<int:pk>/letters/<int:letter>.docx",
                letter_files.document,
                "letter_docx",
            ),
            at("<int:pk>/letters/<int:letter>.pdf", letter_files.paper, "letter_paper"),
            at(
                "<int:pk>/letters/<int:letter>/files/<int:file>/",
                letter_files.stamped_copy,
                "letter_file",
            ),
            *super().get_urls(),
        ]

    def get_search_results(self, request, queryset, search_term):
        named = access.may_see_persons(request.user)
        return searching.found(queryset, search_term, named=named), False

    def changelist_view(self, request, extra_context=None):
        told = searches.beside(request)
        queue = TITLES.get(request.GET.get("queue", ""))
        if queue:
            told["title"] = queue
        answer = super().changelist_view(request, (extra_context or {}) | told)
        shown = getattr(answer, "context_data", None) or {}
        if "cl" in shown:  # a page, and no file or way back
            shown["conditions"] = conditions(shown["cl"])
        return answer

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The file (案卷): nothing on it is typed but by an act."""
        if not object_id.isdecimal():
            raise Http404
        return file.page(request, int(object_id), site=self.admin_site)


@admin.register(Unit)
class UnitAdmin(KeptByHead, ModelAdmin):
    list_display = ("name", "agency")
    list_select_related = ("agency",)
