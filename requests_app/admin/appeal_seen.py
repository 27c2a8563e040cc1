"""Two people at one case: the form carries what it was drawn from, so that the second is
told what the first did, keeps what was typed, and can then save."""

import hashlib
import json
from collections.abc import Iterator

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from requests_app.models import Appeal


def revision(appeal: Appeal) -> str:
    """A digest of the row as it stands."""
    fields = appeal._meta.concrete_fields
    told = [field.value_to_string(appeal) for field in fields]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


class SeenForm(forms.ModelForm):
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["seen"] = revision(self.instance)

    def compare(self) -> None:
        """With the row, which the page's transaction holds from here on."""
        if not self.instance.pk:
            return
        row = Appeal.objects.select_for_update().get(pk=self.instance.pk)
        told, stands = self.cleaned_data.get("seen"), revision(row)
        other = {} if told == stands else dict(self.differing(row))
        if not other:
            return
        for name, value in other.items():
            self.add_error(name, ValidationError(_("现为：%s") % value))
        self.add_error(
            None,
            _(
                "此案已由他人改动，没有保存。您填写的内容仍在；与现状不同的各项已列出现状，"
                "核对后再次保存，即以您填写的为准。"
            ),
        )
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = stands

    def differing(self, row: Appeal) -> Iterator[tuple[str, str]]:
        """Each field that was typed otherwise than it stands, with how it stands."""
        for name in self.fields:
            if name == "number":
                typed, stands = self.instance.disclosure_request, row.disclosure_request
            elif name != "seen":
                typed, stands = self.cleaned_data.get(name), getattr(row, name)
            else:
                continue
            if name in self.errors or typed != stands:
                yield name, worded(row, name, stands)


def worded(row: Appeal, name: str, stands: object) -> str:
    if isinstance(stands, bool):
        return _("是") if stands else _("否")
    if stands in (None, ""):
        return _("未填写")
    if name == "number":
        return row.disclosure_request.number or row.disclosure_request.reference
    return str(getattr(row, f"get_{name}_display", lambda: stands)())
