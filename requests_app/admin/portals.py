"""Portals, what they called, and what is sent to them: for the administrators of the
installation; a key or a secret is shown where it is made, once."""

import json

from django import forms
from django.contrib import admin, messages
from django.core.validators import MinValueValidator
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin
from wireup import Injected
from wireup.integration.django import inject_app

from requests_app.admin.searched import SearchedKeys
from requests_app.admin.sight import ReadOnly
from requests_app.dependencies import Dependencies
from requests_app.models import Callback, OutboxMessage, Portal
from requests_app.models.callbacks import proper_url
from requests_app.models.portals import Operation, by_default
from requests_app.services import callbacks, portals


def code(text: str) -> str:
    """What machines say to each other is in no language."""
    return format_html("<code>{}</code>", text)


class Administered(ReadOnly):
    def has_view_permission(self, request, obj=None) -> bool:
        return request.user.is_active and request.user.is_superuser

    has_module_permission = has_view_permission


class Kept(Administered):
    """Opened and changed here too. What was made is shown on the answer alone: a message
    would lie in a cookie."""

    def has_add_permission(self, request, obj=None) -> bool:
        return self.has_view_permission(request)

    def has_change_permission(self, request, obj=None) -> bool:
        return self.has_view_permission(request)

    def shown_once(self, request, title: str, made, until=None) -> TemplateResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "made": made,
            "until": until,
            "back": reverse(f"admin:requests_app_{self.opts.model_name}_changelist"),
        }
        return TemplateResponse(request, "requests_app/secrets.html", context)


class PortalForm(forms.ModelForm):
    operations = forms.MultipleChoiceField(
        label=gettext_lazy("可用操作"),
        choices=Operation.choices,
        initial=by_default,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Portal
        fields = ("name", "agencies", "operations", "per_minute")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["per_minute"].validators.append(MinValueValidator(1))


@admin.register(Portal)
class PortalAdmin(SearchedKeys, Kept, ModelAdmin):
    form = PortalForm
    list_display = ("name", "per_minute", "created_at", "disabled_at")
    fields = (
        "name", "agencies", "operations", "per_minute", "created_at", "disabled_at",
    )  # fmt: skip
    autocomplete_fields = ("agencies",)
    readonly_fields = ("created_at", "disabled_at")
    actions = ("rotate", "disable", "enable", "try_callback")

    def get_fields(self, request, obj=None):
        return self.fields if obj else PortalForm.Meta.fields

    @inject_app
    def save_model(
        self, request, obj, form, change, deps: Injected[Dependencies]
    ) -> None:
        if change:
            super().save_model(request, obj, form, change)
            return
        told = form.cleaned_data
        made, obj.new_key = portals.create(
            name=told["name"],
            codes=[agency.code for agency in told["agencies"]],
            operations=told["operations"],
            per_minute=told["per_minute"],
            deps=deps,
        )
        obj.pk, obj.created_at = made.pk, made.created_at

    def response_add(self, request, obj, post_url_continue=None):
        return self.shown_once(request, _("新平台密钥"), [(obj, obj.new_key)])

    @admin.action(description=gettext_lazy("更换平台密钥"))
    @inject_app
    def rotate(self, request, queryset, deps: Injected[Dependencies]):
        made = [(portal, portals.rotate(portal, deps=deps)) for portal in queryset]
        until = deps.clock.now() + portals.OVERLAP
        return self.shown_once(request, _("新平台密钥"), made, until)

    @admin.action(description=gettext_lazy("立即停用"))
    def disable(self, request, queryset) -> None:
        self._disable(queryset)
        messages.success(request, _("已停用。"))

    @inject_app
    def _disable(self, queryset, deps: Injected[Dependencies]) -> None:
        for portal in queryset:
            portals.disable(portal, deps=deps)

    @admin.action(description=gettext_lazy("重新启用"))
    def enable(self, request, queryset) -> None:
        for portal in queryset:
            portals.enable(portal)
        messages.success(request, _("已启用。"))

    @admin.action(description=gettext_lazy("试投回调"))
    def try_callback(self, request, queryset) -> None:
        for portal in queryset:
            try:
                self._ping(portal)
            except callbacks.NoCallback:
                messages.warning(request, _("%(name)s 未设置回调。") % {"name": portal})

    @inject_app
    def _ping(self, portal: Portal, deps: Injected[Dependencies]) -> None:
        callbacks.ping(portal, deps=deps)


class CallbackForm(forms.ModelForm):
    class Meta:
        model = Callback
        fields = ("portal", "url")

    def clean_url(self) -> str:
        return proper_url(self.cleaned_data["url"].strip())


@admin.register(Callback)
class CallbackAdmin(Kept, ModelAdmin):
    form = CallbackForm
    list_display = ("portal", "url", "set_at", "stopped_at")
    list_select_related = ("portal",)
    actions = ("rotate", "stop")

    def get_fields(self, request, obj=None):
        return ("portal", "url", "set_at", "stopped_at") if obj else ("portal", "url")

    def get_readonly_fields(self, request, obj=None):
        return ("portal", "set_at", "stopped_at") if obj else ()

    @inject_app
    def save_model(
        self, request, obj, form, change, deps: Injected[Dependencies]
    ) -> None:
        """A new address has a new secret; the same one again goes on if it was stopped."""
        obj.new_secret = ""
        if not change or form.changed_data or obj.stopped_at:
            obj.new_secret = callbacks.set_url(obj.portal, obj.url, deps=deps)
            obj.pk = Callback.objects.get(portal=obj.portal).pk

    def response_add(self, request, obj, post_url_continue=None):
        return self.shown_once(request, _("新签名密钥"), [(obj.portal, obj.new_secret)])

    def response_change(self, request, obj):
        if obj.new_secret:
            return self.response_add(request, obj)
        return super().response_change(request, obj)

    @admin.action(description=gettext_lazy("更换签名密钥"))
    @inject_app
    def rotate(self, request, queryset, deps: Injected[Dependencies]):
        chosen = [callback.portal for callback in queryset]
        made = [(portal, callbacks.rotate(portal, deps=deps)) for portal in chosen]
        until = deps.clock.now() + portals.OVERLAP
        return self.shown_once(request, _("新签名密钥"), made, until)

    @admin.action(description=gettext_lazy("停止回调"))
    @inject_app
    def stop(self, request, queryset, deps: Injected[Dependencies]) -> None:
        for callback in queryset:
            callbacks.stop(callback.portal, deps=deps)
        messages.success(request, _("已停用。"))


@admin.register(OutboxMessage)
class OutboxAdmin(Administered, ModelAdmin):
    list_display = (
        "key_told",
        "topic_told",
        "attempts",
        "next_at",
        "done_at",
        "last_error",
    )
    list_filter = (("done_at", admin.EmptyFieldListFilter),)
    search_fields = ("key", "topic", "receiver")
    ordering = ("-pk",)
    list_per_page = 50
    fields = readonly_fields = (
        "key_told", "topic_told", "receiver", "content", "attempts", "next_at",
        "done_at", "last_error",
    )  # fmt: skip
    actions = ("replay",)

    @admin.display(description=gettext_lazy("识别码"), ordering="key")
    def key_told(self, message: OutboxMessage) -> str:
        return code(message.key)

    @admin.display(description=gettext_lazy("事由"), ordering="topic")
    def topic_told(self, message: OutboxMessage) -> str:
        return code(message.topic)

    @admin.display(description=gettext_lazy("内容"))
    def content(self, message: OutboxMessage) -> str:
        return code(json.dumps(message.payload, ensure_ascii=False))

    @admin.action(description=gettext_lazy("再次投递"))
    def replay(self, request, queryset) -> None:
        told = _("将再次投递 %(n)s 条。") % {"n": self._replay(queryset)}
        messages.success(request, told)

    @inject_app
    def _replay(self, queryset, deps: Injected[Dependencies]) -> int:
        again = queryset.replay(deps.clock.now())
        deps.bell.ring("requests_app.deliver_outbox")
        return again
