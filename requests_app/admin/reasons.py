"""查阅事由: why somebody asks for personal data, said before it is shown."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from requests_app.models import AccessRecord
from requests_app.services import access


class ReasonForm(forms.Form):
    reason = forms.ChoiceField(choices=AccessRecord.Reason.choices)
    words = forms.CharField(max_length=400, required=False, strip=True)

    def clean(self):
        typed = super().clean()
        if typed.get("reason") == AccessRecord.Reason.OTHER and not typed.get("words"):
            self.add_error("words", gettext_lazy("事由为“其他”的，请写明。"))
        return typed


def reasoned(request, *, impersonal: bool = False) -> ReasonForm | None:
    """The reason given, or None after saying what is missing. 403 for whom it does not
    concern."""
    may = access.may_read if impersonal else access.may_see_persons
    if not may(request.user):
        raise PermissionDenied
    form = ReasonForm(request.POST)
    if form.is_valid():
        return form
    told = [str(error) for errors in form.errors.values() for error in errors]
    messages.error(request, _("没有显示：%(why)s") % {"why": " ".join(told)})
    return None
