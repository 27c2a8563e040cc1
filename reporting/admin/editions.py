"""年度报告: hand up, send back, accept, sign, publish; and what is behind each number."""

from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin
from wireup import Injected
from wireup.integration.django import inject_app

from reporting.admin.behind import cells_in, known, opened_page
from reporting.admin.drawn import drawn, said
from reporting.admin.periods import Periods
from reporting.admin.quoting import TitledForm
from reporting.dependencies import Dependencies
from reporting.layout import document
from reporting.models import Edition, Remark, Report
from reporting.services import collection, editions, filing, opened
from reporting.services.adjustments import adjustments
from reporting.services.editions import Which
from reporting.services.filing import Comment
from requests_app.admin import ReadOnly, Visible
from requests_app.domain.regimes import NotAllowed

REMARKS, SHOWN = 3, 100
WORDS = {
    "accept": gettext_lazy("审核通过"),
    "sign": gettext_lazy("签发"),
    "publish": gettext_lazy("公布"),
}


@admin.register(Edition)
class EditionAdmin(Periods, TitledForm, ReadOnly, Visible, ModelAdmin):
    list_display = ("year", "agency", "scope", "form_told", "number", "state", "as_of")
    list_filter = ("year", "state", "scope")
    search_fields = ("agency__name", "agency__code")
    list_select_related = ("agency",)
    change_list_template = "reporting/editions.html"

    def get_urls(self):
        def page(route: str, view, name: str):
            wrapped = self.admin_site.admin_view(view)
            return path(route, wrapped, name=f"reporting_edition_{name}")

        return [
            page("draft/<int:pk>/", self.draft, "draft"),
            page("draft/<int:pk>/<str:line>/<str:column>/", self.draft_cell, "opened"),
            page("board/<int:year>/", self.board, "board"),
            page("board/", self.board, "board_now"),
            page("<int:pk>/do/<slug:act>/", self.do, "do"),
            page("<int:pk>/cell/<str:line>/<str:column>/", self.cell, "cell"),
            page("<int:pk>/file/<slug:ending>/", self.file, "file"),
            *super().get_urls(),
        ]

    # --- one edition ------------------------------------------------------------------
    def change_view(self, request, object_id, form_url="", extra_context=None):
        return self.edition(request, self.found(request, Edition, object_id))

    @inject_app
    def edition(self, request, edition: Edition, deps: Injected[Dependencies]):
        table = document(
            editions.form_of(edition, deps),
            edition.content,
            agency=editions.name_of(edition),
        )
        changed = list(adjustments(edition)) if edition.digest else []
        return self.page(
            request,
            "edition",
            str(edition),
            edition=edition,
            table=drawn(table, lambda at: self.to("cell", edition.pk, *at)),
            findings=said(edition.content["findings"]),
            steps=edition.steps.select_related("by"),
            remarks=edition.remarks.select_related("made_by"),
            offered=[
                (act, WORDS[act])
                for act in filing.offered(edition, request.user)
                if act in WORDS
            ],
            may_send_back="send_back" in filing.offered(edition, request.user),
            lines=cells_named(deps, edition.form),
            blank_remarks=range(REMARKS),
            explained=editions.explanations(edition),
            adjustments=changed[:SHOWN],
            more=max(len(changed) - SHOWN, 0),
            files=edition.files.defer("content").order_by("ending"),
            others=editions.place(edition).filter(Edition).exclude(pk=edition.pk),
        )

    @inject_app
    def do(self, request, pk: int, act: str, deps: Injected[Dependencies]):
        """Every act comes by POST and goes back to the page, done or refused in words."""
        edition = self.found(request, Edition, pk)
        acts = {
            "accept": filing.accept,
            "sign": filing.sign,
            "publish": filing.publish,
            "send_back": self.send_back,
            "answer": self.answer,
        }
        if request.method != "POST" or act not in acts:
            raise Http404
        asked = {"request": request} if act in ("send_back", "answer") else {}
        try:
            acts[act](edition, by=request.user, deps=deps, **asked)
            messages.success(request, _("已办理。"))
        except NotAllowed as error:
            messages.error(request, error.message)
        return redirect("admin:reporting_edition_change", edition.pk)

    def send_back(self, edition: Edition, *, request, by, deps: Dependencies) -> None:
        told = request.POST
        remarks = [
            Comment(*at.split("|"), text)
            for at, text in zip(told.getlist("at"), told.getlist("text"), strict=False)
            if "|" in at and text.strip()
        ]
        filing.send_back(
            edition, remarks=remarks, reason=told.get("reason", ""), by=by, deps=deps
        )

    def answer(self, edition: Edition, *, request, by, deps: Dependencies) -> None:
        remark = Remark.objects.filter(
            edition=edition, pk=request.POST.get("remark") or 0
        ).first()
        if remark is None:
            raise Http404
        filing.answer(remark, text=request.POST.get("text", ""), by=by, deps=deps)

    def file(self, request, pk: int, ending: str):
        """A published file as it was stored."""
        edition = self.found(request, Edition, pk)
        file = edition.files.filter(ending=f".{ending}").first()
        if file is None:
            raise Http404
        name = f"{edition.agency.code}-{edition.year}-{edition.number}{file.ending}"
        return HttpResponse(
            bytes(file.content),
            content_type="application/octet-stream",
            headers={
                "Content-Disposition": f'attachment; filename="{name}"',
                "ETag": f'"{file.sha256}"',
            },
        )

    # --- a draft on its way up ----------------------------------------------------------
    @inject_app
    def draft(self, request, pk: int, deps: Injected[Dependencies]):
        report = self.found(request, Report, pk)
        which = Which(report.agency, report.year, report.form, report.scope)
        _tally, content = editions.counted(which, deps)
        if request.method == "POST":
            answer = self.hand_up(request, which, content, deps)
            if answer:
                return answer
        table = document(deps.form(report.form), content, agency=report.agency.name)
        return self.page(
            request,
            "draft",
            _("报送：%(report)s") % {"report": report},
            report=report,
            table=drawn(table, lambda at: self.to("opened", report.pk, *at)),
            hard=said(f for f in content["findings"] if f["level"] == "hard"),
            soft=said(editions.unexplained(which, content)),
            explained=editions.explanations(which),
            correction=editions.in_force(which),
            on_the_way=which.filter(Edition).on_the_way().first(),
        )

    def hand_up(self, request, which: Which, content, deps: Dependencies):
        told = request.POST
        try:
            if "explain" in told:
                number = int(told["explain"]) if told["explain"].isdigit() else -1
                soft = dict(enumerate(editions.unexplained(which, content)))
                if number not in soft:
                    raise NotAllowed(_("疑点已有变化，请核对后再说明"))
                filing.explain(
                    which, found=soft[number], text=told.get(f"text{number}", ""),
                    by=request.user, deps=deps,
                )  # fmt: skip
                return HttpResponseRedirect(request.get_full_path())
            edition = filing.submit(
                which, by=request.user, deps=deps, reason=told.get("reason", "")
            )
        except NotAllowed as error:
            messages.error(request, error.message)
            return None
        messages.success(request, _("已报送。"))
        return redirect("admin:reporting_edition_change", edition.pk)

    # --- behind a number ------------------------------------------------------------------
    @inject_app
    def cell(
        self, request, pk: int, line: str, column: str, deps: Injected[Dependencies]
    ):
        edition = self.found(request, Edition, pk)
        form = editions.form_of(edition, deps)
        found = opened.of_edition(edition, form, known(form, line, column))
        return self.behind(request, edition, form, (line, column), found)

    @inject_app
    def draft_cell(
        self, request, pk: int, line: str, column: str, deps: Injected[Dependencies]
    ):
        report = self.found(request, Report, pk)
        form = deps.form(report.form)
        found = opened.of_draft(report, form, known(form, line, column))
        return self.behind(request, report, form, (line, column), found)

    def behind(self, request, whose, form, cell, found: opened.Opened):
        context = opened_page(request, whose, form, cell, found)
        return self.page(request, "opened", context.pop("said"), **context)

    # --- the tree --------------------------------------------------------------------------
    @inject_app
    def board(self, request, deps: Injected[Dependencies], year: int | None = None):
        year = year or deps.clock.today().year - 1
        try:
            rows = collection.board(year, user=request.user, deps=deps)
        except LookupError as error:
            raise Http404 from error
        drafts = {
            (report.agency_id, report.scope): report.pk
            for report in Report.objects.visible_to(request.user).filter(year=year)
        }
        return self.page(
            request,
            "board",
            _("%(year)s 年度报送情况") % {"year": year},
            rows=[(row, drafts.get((row.agency.pk, row.scope))) for row in rows],
            late=sum(row.late for row in rows),
            year=year,
            form=deps.form_of(year).key,
            years=(year - 1, year + 1),
        )

    # --- below ------------------------------------------------------------------------------
    def found(self, request, model, pk) -> Any:
        """Within sight, or 404."""
        row = (
            model.objects.visible_to(request.user)
            .select_related("agency")
            .filter(pk=pk)
            .first()
        )
        if row is None:
            raise Http404
        return row

    def to(self, name: str, *args) -> str:
        return reverse(f"admin:reporting_edition_{name}", args=args)

    def page(self, request, template: str, title: str, **context):
        whole = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            **context,
        }
        return TemplateResponse(request, f"reporting/{template}.html", whole)


def cells_named(deps: Dependencies, key: str) -> list[tuple[str, str]]:
    return [("|".join(cell), name) for cell, name in cells_in(deps.form(key))]
