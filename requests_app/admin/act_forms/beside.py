"""协办: other units of the answering agency help, each by an inner day of the office's own."""

from django import forms
from django.utils.translation import gettext_lazy as _

from requests_app.admin.act_forms.base import ActForm, DayInput
from requests_app.domain import events as happened
from requests_app.domain.events import Event
from requests_app.models import Unit


class CoAssignedForm(ActForm):
    kind = happened.CoAssigned
    help = _(
        "请本机关其他单位协办（办理环节，第四十五条）；内部期限由本机关自定，条例未作规定，"
        "答复期限不变。再次请同一单位协办，以最后的期限为准。"
    )
    remark_label = _("协办事项")
    remark_needed = True
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("协办单位"))
    due_on = forms.DateField(label=_("内部期限"), widget=DayInput())

    def draw(self) -> None:
        units = Unit.objects.filter(agency=self.drawn.disclosure_request.agency_id)
        self.fields["unit"].queryset = units.exclude(pk=self.drawn.now.desk.unit)
        self.fields["due_on"].widget.attrs["min"] = self.drawn.today.isoformat()

    def clean_due_on(self):
        inner, due = self.cleaned_data["due_on"], self.drawn.now.due_on
        if due and inner > due:
            raise forms.ValidationError(
                _("内部期限须不晚于答复期限 %(due)s"), params={"due": due}
            )
        return inner

    def event(self) -> Event:
        typed = self.cleaned_data
        return happened.CoAssigned(
            on=typed["on"], unit=typed["unit"].pk, due_on=typed["due_on"]
        )


class CoAnsweredForm(ActForm):
    kind = happened.CoAnswered
    help = _("协办单位的答复由承办单位汇总（办理环节，第四十五条）。")
    remark_label = _("协办意见")
    remark_needed = True
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("协办单位"))

    def draw(self) -> None:
        awaited = [c.unit for c in self.drawn.now.desk.awaited]
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=awaited)
        mine = self.drawn.user.unit_id
        self.fields["unit"].initial = mine if mine in awaited else None

    def event(self) -> Event:
        typed = self.cleaned_data
        return happened.CoAnswered(on=typed["on"], unit=typed["unit"].pk)


FORMS = (CoAssignedForm, CoAnsweredForm)
