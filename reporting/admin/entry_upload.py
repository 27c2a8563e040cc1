"""A filled table beside the 填报 page: the empty form to be had, a filled one looked at
before it is taken."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from wireup import Injected
from wireup.integration.django import inject_app

from reporting.admin.entry import Entry, name_of
from reporting.admin.filled import signed
from reporting.admin.when import AT
from reporting.dependencies import Dependencies
from reporting.grid import plain
from reporting.layout import document
from reporting.period import Span, period
from reporting.services import entering
from reporting.services.entry_files import Offer, offered
from reporting.services.entry_sheets import EntrySheet, entry_sheet
from requests_app.imports.faults import Unreadable
from requests_app.models.language import heard

MOST = 10 * 1024 * 1024
XLSX = ".xlsx"


class Uploading:
    """For FigureAdmin, beside Entering, whose `place` and `entry_page` it uses."""

    def get_urls(self):
        at, view = f"enter/{AT}", self.admin_site.admin_view
        return [
            path(f"{at}/empty.xlsx", view(self.empty), name="reporting_figure_empty"),
            path(f"{at}/upload/", view(self.upload), name="reporting_figure_upload"),
            *super().get_urls(),
        ]

    @inject_app
    def empty(
        self, request, agency: int, year: Span, form: str, deps: Injected[Dependencies]
    ):
        place, told = self.place(request, agency, year, form, deps)
        renderer = deps.renderers[XLSX]
        of = period(year)
        blank = {"year": of.year, "from": str(of.start), "to": str(of.end), "cells": {}}
        content = renderer.render(document(told, blank, agency=place.name))
        name = f"{place.name}{of.title}填报表{XLSX}"
        return HttpResponse(
            content,
            content_type=renderer.content_type,
            headers={"Content-Disposition": content_disposition_header(True, name)},
        )

    @inject_app
    def upload(
        self, request, agency: int, year: Span, form: str, deps: Injected[Dependencies]
    ):
        """Shows what would be taken; taking it is a POST to the page itself."""
        place, told = self.place(request, agency, year, form, deps)
        if not entering.may_enter(request.user, place):
            raise PermissionDenied
        there = redirect("admin:reporting_figure_enter", agency, year, form)
        file = request.FILES.get("file")
        if file is None:
            if request.method == "POST":
                messages.error(request, _("请先选择文件。"))
            return there
        sheet = entry_sheet(place, year, told, whole=True, deps=deps)
        try:
            offer = looked_at(file, sheet, deps)
        except Unreadable as error:
            messages.error(request, heard(str(error)))
            return there
        taken, left = list(rows(offer, sheet)), list(misfits(offer, sheet))
        return self.entry_page(
            request, "entry_upload", _("上传预览：%(file)s") % {"file": file.name},
            sheet=sheet, offer=offer, file=file.name, address=there.url,
            taken=taken, misfits=left,
            missing=[called(cell, sheet) for cell in offer.missing],
            signed=signed(
                sheet, file=file.name,
                boxes={row["name"]: row["now"] for row in taken},
                left_out=[sentence(one) for one in left],
            ),
        )  # fmt: skip


def looked_at(file, sheet: EntrySheet, deps: Dependencies) -> Offer:
    if file.size > MOST:
        raise Unreadable("文件过大，不像一份统计表 (too large for a table)")
    with TemporaryDirectory() as folder:
        kept = Path(folder) / f"table{Path(file.name).suffix.lower()[:8]}"
        with kept.open("wb") as out:
            out.writelines(file.chunks())
        return offered(kept, sheet, deps)


def rows(offer: Offer, sheet: EntrySheet) -> Iterator[dict[str, Any]]:
    for cell, (was, now) in offer.taken.items():
        yield {
            "address": offer.addresses[cell],
            "name": name_of(cell),
            "called": called(cell, sheet),
            "was": plain(was) or "—",
            "now": plain(now),
        }


def misfits(offer: Offer, sheet: EntrySheet) -> Iterator[dict[str, str]]:
    for misfit in offer.misfits:
        yield {
            "address": misfit.address,
            "called": called(misfit.cell, sheet),
            "text": misfit.text,
            "remedy": misfit.remedy,
        }


def sentence(misfit: dict[str, str]) -> str:
    return "{address} {called}：{text}".format(**misfit)


def called(cell, sheet: EntrySheet) -> str:
    return f"{cell[0]} {Entry(sheet, may=True).called(cell)}"
