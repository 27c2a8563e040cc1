"""报告文字: the office writes its report chapter by chapter, looks at it with the numbers
filled in, and is told what to doubt."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wireup import Injected
from wireup.integration.django import inject_app

from reporting.admin.drawn import said
from reporting.admin.pages import Pages, cells_in
from reporting.dependencies import Dependencies
from reporting.grid import plain
from reporting.layout import exact
from reporting.models import ChapterText, Edition, Report
from reporting.services import editions, writing
from reporting.services.editions import Which
from requests_app.domain.regimes import NotAllowed
from requests_app.models.language import heard


class Texts(Pages):
    @inject_app
    def text(self, request, pk: int, deps: Injected[Dependencies]):
        report = self.found(request, Report, pk)
        which = Which(report.agency, report.year, report.form, report.scope)
        form = deps.form(report.form)
        unsaved: dict[str, str] = {}
        if request.method == "POST":
            numeral, text = (
                request.POST.get("numeral", ""),
                request.POST.get("text", ""),
            )
            try:
                if "save" in request.POST:
                    self.save(request, which, numeral, text, deps)
                    return redirect(f"{request.path}#chapter-{numeral}")
                unsaved[numeral] = writing.checked(form, numeral, text)
            except NotAllowed as error:
                messages.error(request, heard(error.message))
                unsaved[numeral] = text
        history = which.filter(ChapterText).select_related("written_by")
        return self.page(
            request,
            "text",
            _("报告文字：%(report)s") % {"report": report},
            report=report,
            chapters=[shown(one) for one in writing.chapters(which, deps, unsaved)],
            unsaved=list(unsaved),
            signed=editions.in_force(which),
            accepted=which.filter(Edition).filter(state=Edition.State.ACCEPTED).first(),
            on_the_way=which.filter(Edition).on_the_way().first(),
            history=history.order_by("-written_at", "-pk"),
            cells=numbers(form, report.content),
        )

    def save(self, request, which: Which, numeral: str, text: str, deps) -> None:
        seen = request.POST.get("seen", "")
        writing.write(
            which, numeral=numeral, text=text,
            seen=int(seen) if seen.isdecimal() else 0, by=request.user, deps=deps,
        )  # fmt: skip
        messages.success(request, _("已保存。"))


def shown(one: writing.Written) -> dict[str, object]:
    return {"written": one, "findings": said(one.findings)}


def numbers(form, content) -> list[tuple[str, str, str]]:
    """(placeholder, what it stands for, its number now) of every cell."""
    column = form.lexicon.column if form.lexicon else ""
    found = []
    for (line, named), name in cells_in(form):
        place = line if named == column else f"{line}:{named}"
        value = content["cells"].get(line, {}).get(named)
        found.append((f"{{{place}}}", name, plain(exact(value))))
    return found
