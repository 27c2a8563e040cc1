"""年度报告: hand up, send back, accept, sign, publish; and what is behind each number."""

from django.contrib import admin, messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin
from wireup import Injected
from wireup.integration.django import inject_app

from reporting.admin.behind import Behind
from reporting.admin.comparing import Comparing
from reporting.admin.corrections import corrections
from reporting.admin.drafts import Drafts
from reporting.admin.drawn import drawn, said
from reporting.admin.obstacles import Obstacles
from reporting.admin.pages import cells_named, label
from reporting.admin.periods import Periods
from reporting.admin.quoting import TitledForm
from reporting.admin.texts import Texts
from reporting.dependencies import Dependencies
from reporting.layout import chapters, document
from reporting.models import Edition, Remark, Report
from reporting.services import editions, entitled, filing
from reporting.services.filing import Comment
from requests_app.admin import ReadOnly, Visible
from requests_app.domain.regimes import NotAllowed

REMARKS = 3
WORDS = {
    "accept": gettext_lazy("审核通过"),
    "sign": gettext_lazy("签发"),
    "publish": gettext_lazy("公布"),
}

TONES = {"returned": "overdue", "superseded": "void", "submitted": "waiting"}
MENDING = {
    "returned": gettext_lazy("已退回：改数或答复之后重新报送。"),
    "signed": gettext_lazy("签发的报告不再改动；账上有变动的，报送更正。"),
    "published": gettext_lazy("签发的报告不再改动；账上有变动的，报送更正。"),
}


@admin.register(Edition)
class EditionAdmin(
    Obstacles,
    Periods,
    Drafts,
    Texts,
    Comparing,
    Behind,
    TitledForm,
    ReadOnly,
    Visible,
    ModelAdmin,
):
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
            page("draft/<int:pk>/text/", self.text, "text"),
            page("draft/<int:pk>/<str:line>/<str:column>/", self.draft_cell, "opened"),
            page("compare/", self.compare, "compare"),
            page("compare.<slug:ending>", self.compare_file, "compare_file"),
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
        form = editions.form_of(edition, deps)
        table = document(form, edition.content, agency=editions.name_of(edition))
        return self.page(
            request,
            "edition",
            str(edition),
            edition=edition,
            form=form,
            tone=TONES.get(edition.state, "running"),
            may_mend=filing.may_mend(edition, request.user),
            mending=MENDING.get(edition.state, ""),
            table=drawn(table, lambda at: self.to("cell", edition.pk, *at)),
            prose=chapters(
                deps.form(edition.form),
                edition.content["narrative"],
                signed=bool(edition.digest),
            ),
            draft=editions.place(edition).filter(Report).first(),
            findings=said(edition.content["findings"]),
            steps=edition.steps.select_related("by"),
            remarks=[
                (remark, label(form, remark.line, remark.column))
                for remark in edition.remarks.select_related("made_by")
            ],
            offered=[
                (act, WORDS[act])
                for act in filing.offered(edition, request.user)
                if act in WORDS
            ],
            may_send_back="send_back" in filing.offered(edition, request.user),
            may_take_back=entitled.own(edition.agency, request.user),
            lines=cells_named(deps, edition.form),
            blank_remarks=range(REMARKS),
            explained=editions.explained(edition),
            **corrections(edition, deps),
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
