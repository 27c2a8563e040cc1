"""机关: founded, renamed or moved, dissolved, each from a day; and the settings of one."""

from collections.abc import Callable

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin
from wireup import Injected
from wireup.integration.django import inject_app

from requests_app.admin.act_forms import DayInput
from requests_app.admin.searched import GoingOnSelect
from requests_app.admin.sight import ReadOnly, Visible
from requests_app.admin.wording import refused
from requests_app.dependencies import Dependencies
from requests_app.domain.regimes import NotAllowed
from requests_app.models import Agency
from requests_app.services import agencies

LIST = "admin:requests_app_agency_changelist"
PAGE = "admin:requests_app_agency_change"
DATED = gettext_lazy(
    "年度统计按当年 12 月 31 日的隶属关系汇总，所以填实际生效之日，可以是过去的日子。"
)


ABOVE = {"parent": GoingOnSelect, "reports_to": GoingOnSelect}


class FoundForm(forms.ModelForm):
    help = DATED
    on = forms.DateField(
        label=gettext_lazy("设立日期"), required=False, widget=DayInput(),
        help_text=gettext_lazy("一直就有的机关留空"),
    )  # fmt: skip

    class Meta:
        model = Agency
        fields = (
            "code",
            "name",
            "kind",
            "level",
            "parent",
            "reports_to",
            "number_pattern",
        )
        widgets = ABOVE


class MoveForm(forms.ModelForm):
    help = DATED
    on = forms.DateField(label=gettext_lazy("自何日起"), widget=DayInput())

    class Meta:
        model = Agency
        fields = ("name", "parent", "reports_to")
        widgets = ABOVE


class SettingsForm(forms.ModelForm):
    help = gettext_lazy("这些不影响历年的隶属关系；编号格式只用于此后登记的申请。")

    class Meta:
        model = Agency
        fields = ("kind", "level", "number_pattern")


class DissolveForm(forms.Form):
    help = gettext_lazy(
        "撤销的机关保留其申请和历年统计；承继机关此后可见、可办其未办结的申请。"
    )
    on = forms.DateField(label=gettext_lazy("撤销日期"), widget=DayInput())
    successor = forms.ModelChoiceField(
        Agency.objects.none(),
        label=gettext_lazy("承继机关"),
        required=False,
        widget=GoingOnSelect,
    )


class RestoreForm(forms.Form):
    help = gettext_lazy(
        "撤销系误填时恢复：机关回到撤销前的位置，承继机关不再经办其申请。"
    )


@admin.register(Agency)
class AgencyAdmin(ReadOnly, Visible, ModelAdmin):
    list_display = ("code", "name", "kind", "level", "parent", "dissolved_on")
    list_filter = ("kind", "level")
    search_fields = ("code", "name")
    list_select_related = ("parent",)

    def has_add_permission(self, request, obj=None) -> bool:
        return request.user.is_superuser

    def get_urls(self):
        view, name = self.admin_site.admin_view, "requests_app_agency"
        acts = {
            "move": self.move,
            "settings": self.settings,
            "dissolve": self.dissolve,
            "restore": self.restore,
        }
        return [
            path(f"<int:pk>/{act}/", view(page), name=f"{name}_{act}")
            for act, page in acts.items()
        ] + super().get_urls()

    # --- pages ---------------------------------------------------------------------------
    def change_view(self, request, object_id, form_url="", extra_context=None):
        if not object_id.isdecimal():
            raise Http404
        found = get_object_or_404(self.get_queryset(request), pk=int(object_id))
        return self.page(
            request, "agency", str(found), found=found,
            placements=found.placements.select_related("parent", "reports_to"),
            below=found.children.going_on(),
            predecessors=found.predecessors.all(),
            may=self.has_add_permission(request),
        )  # fmt: skip

    def add_view(self, request, form_url="", extra_context=None):
        self.forbid(request)
        form = FoundForm(request.POST or None)
        stand(form)

        def act() -> Agency:
            agencies.place(form.instance, on=form.cleaned_data["on"])
            return form.instance

        return self.acted(request, form, act, title=_("新设机关"), of=None)

    @inject_app
    def move(self, request, pk: int, deps: Injected[Dependencies]):
        found = self.mine(request, pk)
        first = {"on": deps.clock.today()}
        form = MoveForm(request.POST or None, instance=found, initial=first)
        stand(form)

        def act() -> Agency:
            agencies.place(form.instance, on=form.cleaned_data["on"])
            return form.instance

        return self.acted(request, form, act, title=_("更名、调整隶属"), of=pk)

    def settings(self, request, pk: int):
        form = SettingsForm(request.POST or None, instance=self.mine(request, pk))
        return self.acted(request, form, form.save, title=_("机关设置"), of=pk)

    @inject_app
    def dissolve(self, request, pk: int, deps: Injected[Dependencies]):
        found = self.mine(request, pk)
        form = DissolveForm(request.POST or None, initial={"on": deps.clock.today()})
        form.fields["successor"].queryset = Agency.objects.going_on().exclude(pk=pk)

        def act() -> Agency:
            agencies.forbid_above_others(found)
            agencies.dissolve(found, **form.cleaned_data)
            return found

        return self.acted(request, form, act, title=_("撤销机关"), of=pk)

    def restore(self, request, pk: int):
        found = self.mine(request, pk)
        form = RestoreForm(request.POST if request.method == "POST" else None)

        def act() -> Agency:
            agencies.restore(found)
            return found

        return self.acted(request, form, act, title=_("恢复机关"), of=pk)

    # --- below -----------------------------------------------------------------------------
    def acted(
        self, request, form, act: Callable[[], Agency], *, title: str, of: int | None
    ):
        """The form; once it is right, the act, written down with who did it."""
        if request.method == "POST" and form.is_valid():
            try:
                done = act()
            except NotAllowed as error:
                form.add_error(None, refused(error))
            else:
                told = [title, *(f"{k}: {v}" for k, v in form.cleaned_data.items())]
                self.log_change(request, done, " · ".join(told))
                messages.success(request, _("已记录。"))
                return redirect(PAGE, done.pk)
        back = reverse(PAGE, args=[of]) if of else reverse(LIST)
        name = _("返回") if of else self.opts.verbose_name_plural
        told = {"form": form, "back": back, "back_name": name}
        return self.page(request, "record", title, **told)

    def mine(self, request, pk: int) -> Agency:
        self.forbid(request)
        return get_object_or_404(self.get_queryset(request), pk=pk)

    def forbid(self, request) -> None:
        if not self.has_add_permission(request):
            raise PermissionDenied

    def page(self, request, template: str, title: str, **told):
        site = self.admin_site.each_context(request)
        context = {**site, "title": title, "opts": self.opts, **told}
        return TemplateResponse(request, f"requests_app/{template}.html", context)


def stand(form: forms.ModelForm) -> None:
    """Above it stands what goes on."""
    for name in ("parent", "reports_to"):
        form.fields[name].queryset = Agency.objects.going_on().exclude(
            pk=form.instance.pk
        )
