"""Receipt, assignment, supplement (第三十条、第三十一条)."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from requests_app.admin.act_forms.base import ActForm, handlers
from requests_app.admin.wording import away
from requests_app.domain import events as happened
from requests_app.domain.events import Event
from requests_app.models import Absence, DisclosureRequest, Staff, Unit
from requests_app.models.language import spoken
from requests_app.services import absences, applicants


class ReceiptConfirmedForm(ActForm):
    kind = happened.ReceiptConfirmed
    help = _("双方确认之日即收到申请之日（第三十一条）。确认前期限自到达之日谨慎计算。")
    remark_label = _("与何人、以何方式确认")


class HandlerField(forms.ModelChoiceField):
    """Each with who stands in, where they are away today."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.absences: Mapping[int, Absence] = {}

    def label_from_instance(self, obj: Staff) -> str:
        absence = self.absences.get(obj.pk)
        if absence is None:
            return str(obj)
        return spoken(f"{obj}（{away(absence)}）", f"{obj} ({away(absence)})")


class AssignedForm(ActForm):
    kind = happened.Assigned
    help = _(
        "在答复机关内部分办、认领、转办（办理环节，第四十五条）；最后一次为准。其他机关不在此列。"
    )
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("承办单位"), required=False
    )
    handler = HandlerField(Staff.objects.none(), label=_("承办人"), required=False)

    def draw(self) -> None:
        agency = self.drawn.disclosure_request.agency_id
        self.fields["unit"].queryset = Unit.objects.filter(agency=agency)
        found = handlers(agency)
        self.absences = absences.substitutes_of(found.values("pk"), self.drawn.today)
        self.fields["handler"].absences = self.absences
        self.fields["handler"].queryset = found
        user = self.drawn.user
        if "handler" in user.roles and user.agency_id == agency:
            self.fields["handler"].initial = user.pk
            self.fields["unit"].initial = user.unit_id

    def clean(self):
        typed = super().clean()
        if not typed.get("unit") and not typed.get("handler"):
            self.add_error("handler", _("请选择承办单位或承办人"))
        return typed

    @property
    def explained(self) -> list[str]:
        """Who is away may be chosen all the same: somebody minds their desk."""
        handler = self.is_bound and self.cleaned_data.get("handler")
        absence = self.absences.get(handler.pk) if handler else None
        if absence is None:
            return []
        told = {"handler": handler, "away": away(absence)}
        return [_("%(handler)s%(away)s：分办后两人的“我承办的”都列出此件。") % told]

    def event(self) -> Event:
        unit, handler = self.cleaned_data["unit"], self.cleaned_data["handler"]
        return happened.Assigned(
            on=self.cleaned_data["on"],
            unit=(unit and unit.pk) or (handler and handler.unit_id),
            handler=handler and handler.pk,
        )


class SupplementAskedForm(ActForm):
    kind = happened.SupplementAsked
    help = _("收到之日起七个工作日内一次性告知；自收到补正之日重新起算（第三十条）。")
    remark_label = _("需补正的事项和合理期限")
    remark_needed = True


class SupplementReceivedForm(ActForm):
    kind = happened.SupplementReceived
    help = _("答复期限自收到补正的申请之日起计算（第三十条）。")
    remark_label = _("补正内容")
    remark_needed = True

    def keep(self, found: DisclosureRequest, event: Event, *, by, deps) -> None:
        applicants.supplement(
            found,
            on=event.on,
            text=self.remark,
            by=by,
            deps=deps,
            seen=self.cleaned_data["seen"],
        )


FORMS = (
    ReceiptConfirmedForm,
    AssignedForm,
    SupplementAskedForm,
    SupplementReceivedForm,
)
