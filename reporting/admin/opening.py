"""The two forms of the 上线前数据 page: which table, and its numbers."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminDecimalFieldWidget,
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextInputWidget,
)

from reporting.grid import plain
from reporting.models import Figure, FigureChange
from reporting.services import opening
from reporting.tables import Form
from requests_app.admin.searched import AgencySelect

SHOWN = 100  # changes on the page; the list of all is a page of its own


class WhichForm(forms.Form):
    agency = forms.ModelChoiceField(
        None, label=_("机关"), widget=AgencySelect({"class": "office-search-box"})
    )
    year = forms.IntegerField(
        label=_("年度"),
        widget=UnfoldAdminIntegerFieldWidget,
        help_text=_("启用本系统的那一年"),
    )
    form = forms.ChoiceField(
        label=_("表式"), widget=UnfoldAdminSelectWidget(attrs={"lang": "zh"})
    )

    def __init__(self, *args, agencies, formats: tuple[Form, ...], today: date) -> None:
        super().__init__(*args, initial={"year": today.year})
        self.formats = {form.key: form for form in formats}
        self.today = today
        self.fields["agency"].queryset = agencies
        self.fields["form"].choices = [
            (f.key, f"{f.title} {f.years.start}–{f.years.stop - 1}") for f in formats
        ]

    def clean(self):
        told = super().clean()
        form = self.formats.get(told.get("form", ""))
        year = told.get("year")
        if form and year is not None and not self.takes(form, year):
            self.add_error("year", _("该表式不用于这一年度，请改选表式或年度"))
        elif year is not None and year > self.today.year:
            self.add_error("year", _("这一年度尚未开始"))
        return told

    def takes(self, form: Form, year: int) -> bool:
        return form.takes(year)

    def chosen(self) -> dict[str, Any]:
        told = self.cleaned_data
        return {
            "agency": told["agency"],
            "year": told["year"],
            "form": self.formats[told["form"]],
        }


class NumbersForm(forms.Form):
    """A box for each cell that the log counts, as it was when the page was drawn."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("数据来源"),
        max_length=200,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("如：2018年1月至6月纸质登记簿。随每项改动一并保存，不能删除。"),
    )

    def __init__(self, *args, agency, year: int, form: Form) -> None:
        self.agency, self.year, self.form = agency, year, form
        self.cells = opening.cells_of(form)
        before = opening.recorded(agency, year, form)
        super().__init__(
            *args,
            initial={"seen": opening.last_change(agency, year, form)}
            | {name_of(cell): plain(value) for cell, value in before.items()},
        )
        for cell, line in self.cells.items():
            self.fields[name_of(cell)] = forms.DecimalField(
                label=line.label,
                required=False,
                widget=UnfoldAdminDecimalFieldWidget(
                    attrs={"min": 0, "step": "0.000001" if form.is_amount(cell) else 1}
                ),
            )

    def lines(self) -> Iterator[dict[str, Any]]:
        """The boxes in printed order, with indentation and unit."""
        for cell, line in self.cells.items():
            columns = {c.code: c.label for c in self.form.columns_of(line.code)}
            yield {
                "box": self[name_of(cell)],
                "label": line.name,
                "column": columns[cell[1]] if len(columns) > 1 else "",
                "unit": line.unit,
                "indent": line.depth * 1.25,
            }

    def told(self) -> dict[str, Any]:
        """The words of `opening.enter`."""
        return {
            "agency": self.agency,
            "year": self.year,
            "form_key": self.form.key,
            "values": {cell: self.cleaned_data[name_of(cell)] for cell in self.cells},
            "reason": self.cleaned_data["reason"],
            "seen": self.cleaned_data["seen"],
        }

    def refuse(self, faults: Mapping[opening.Cell, str]) -> None:
        for cell, fault in faults.items():
            self.add_error(name_of(cell), fault)

    def changes(self) -> Iterator[dict[str, Any]]:
        found = FigureChange.objects.filter(
            agency=self.agency, year=self.year, form=self.form.key,
            origin=Figure.Origin.OPENING,
        )  # fmt: skip
        for change in found.select_related("changed_by")[:SHOWN]:
            yield {
                "at": change.changed_at,
                "by": change.changed_by,
                "line": self.cells[change.line, change.column].label,
                "was": plain(change.was) or "—",
                "now": plain(change.now) or "—",
                "reason": change.reason,
            }


def name_of(cell: opening.Cell) -> str:
    return "|".join(cell)
