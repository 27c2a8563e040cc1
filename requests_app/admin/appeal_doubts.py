"""What nobody has told of a case, on its page: put to a person, who says yes or no."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wireup import Injected
from wireup.integration.django import inject_app

from requests_app.dependencies import Dependencies
from requests_app.models import Appeal
from requests_app.models.language import heard
from requests_app.services import appeals

PAGE = "admin:requests_app_appeal_change"
BUTTONS = (
    '<button class="office-button" name="confirm" formaction="{}">{}</button> '
    '<button class="office-button" name="deny" formaction="{}">{}</button>'
)


class CoDefendantFilter(admin.SimpleListFilter):
    title = gettext_lazy("共同被告")
    parameter_name = "proposed"

    def lookups(self, request, model_admin):
        return [("1", gettext_lazy("推定，待确认"))]

    def queryset(self, request, queryset):
        return queryset.inferred_co_defendants() if self.value() else queryset


class OrderFilter(admin.SimpleListFilter):
    title = gettext_lazy("责令履行")
    parameter_name = "untold"

    def lookups(self, request, model_admin):
        return [("1", gettext_lazy("已纠正，未注明"))]

    def queryset(self, request, queryset):
        return queryset.orders_untold() if self.value() else queryset


class Doubts:
    """The doubts of a case, and the two that are settled by a button."""

    def get_urls(self):
        def at(route: str, view, ending: str):
            name = f"requests_app_appeal_{ending}"
            return path(route, self.admin_site.admin_view(view), name=name)

        return [
            at("<int:pk>/mark/", self.marked, "mark"),
            at("<int:pk>/order/", self.ordered, "order"),
            *super().get_urls(),
        ]

    @inject_app
    def marked(self, request, pk: int, deps: Injected[Dependencies]):
        """The proposal that a case is a co-defendant's copy, confirmed or denied."""
        appeal = told_of(request, pk)
        if main := appeals.main_respondents(appeal):
            appeals.mark_co_defendant(
                appeal, is_one="confirm" in request.POST, main_case=main[0],
                by=request.user, deps=deps,
            )  # fmt: skip
            messages.success(request, _("已标明。"))
        return redirect(PAGE, pk)

    @inject_app
    def ordered(self, request, pk: int, deps: Injected[Dependencies]):
        """Whether a decision that corrects orders a new answer or disclosure."""
        appeal = told_of(request, pk)
        if appeals.order_untold(appeal):
            appeals.tell_order(
                appeal, ordered="confirm" in request.POST, by=request.user, deps=deps
            )
            messages.success(request, _("已标明。"))
        return redirect(PAGE, pk)

    @admin.display(description=gettext_lazy("推定为共同被告"))
    def proposal(self, appeal: Appeal) -> str:
        main = appeals.main_respondents(appeal) if appeal.pk else []
        if not main:
            return "—"
        there = reverse("admin:requests_app_appeal_mark", args=[appeal.pk])
        return format_html(
            '<a class="underline" href="{}">{} {}</a><br>{}',
            reverse(PAGE, args=[main[0].pk]),
            main[0].agency.name,
            main[0],
            format_html(
                BUTTONS, there, _("确认：此案由该机关计"), there, _("不是：两案各计")
            ),
        )

    @admin.display(description=gettext_lazy("是否责令履行"))
    def order(self, appeal: Appeal) -> str:
        if not appeal.pk or not appeals.order_untold(appeal):
            return "—"
        there = reverse("admin:requests_app_appeal_order", args=[appeal.pk])
        return format_html(
            BUTTONS, there, _("责令重新答复或公开"), there, _("没有责令，如只确认违法")
        )

    @admin.display(description=gettext_lazy("疑点"))
    @inject_app
    def doubts(self, appeal: Appeal, deps: Injected[Dependencies]) -> str:
        if not appeal.pk:
            return "—"
        found = appeals.findings(appeal, deps.calendar)
        told = [(heard(f.message), f.article) for f in found]
        return format_html_join("", "<p>{} {}</p>", told) or "—"


def told_of(request, pk: int) -> Appeal:
    """The case that the button was pressed on, for who may tell of it."""
    appeal = Appeal.objects.visible_to(request.user).filter(pk=pk).first()
    if request.method != "POST" or appeal is None:
        raise Http404
    if not appeals.may_keep(request.user):
        raise PermissionDenied
    return appeal
