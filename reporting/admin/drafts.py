"""A draft on its way up: what stands in its way, explained or mended; and who is late."""

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wireup import Injected
from wireup.integration.django import inject_app

from reporting.admin.drawn import drawn, said
from reporting.admin.pages import Pages
from reporting.dependencies import Dependencies
from reporting.layout import document
from reporting.models import Edition, Report
from reporting.services import collection, editions, filing, jobs
from reporting.services.changed_below import changed_below
from reporting.services.editions import Which
from requests_app.domain.regimes import NotAllowed


class Drafts(Pages):
    @inject_app
    def draft(self, request, pk: int, deps: Injected[Dependencies]):
        report = self.found(request, Report, pk)
        which = Which(report.agency, report.year, report.form, report.scope)
        _tally, content = editions.counted(which, deps)
        if request.method == "POST":
            answer = self.hand_up(request, which, content, deps)
            if answer:
                return answer
        form = deps.form(report.form)
        table = document(form, content, agency=report.agency.name)
        return self.page(
            request,
            "draft",
            _("报送：%(report)s") % {"report": report},
            report=report,
            form=form,
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

    @inject_app
    def board(self, request, deps: Injected[Dependencies], year: int | None = None):
        year = year or deps.clock.today().year - 1
        try:
            rows = collection.board(year, user=request.user, deps=deps)
        except LookupError as error:
            raise Http404 from error
        form = deps.form_of(year).key
        visible = Report.objects.visible_to(request.user)
        counted = visible.filter(year=year, form=form).defer("content")
        changed = changed_below(counted)
        drafts = {(draft.agency_id, draft.scope): draft.pk for draft in counted}
        found = [(row, drafts.get((row.agency.pk, row.scope))) for row in rows]
        return self.page(
            request,
            "board",
            _("%(year)s 年度报送情况") % {"year": year},
            rows=[(row, draft, changed.get(draft)) for row, draft in found],
            may_count=jobs.may_ask(request.user),
            late=sum(row.late for row in rows),
            year=year,
            form=form,
            years=(year - 1, year + 1),
        )
