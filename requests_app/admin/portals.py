"""Portals, what they called, and what is sent to them: for the administrators of the
installation; a key or a secret is shown where it is made, once."""

import json

from django.contrib import admin, messages
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin
from wireup import Injected
from wireup.integration.django import inject_app

from requests_app.admin.sight import ReadOnly
from requests_app.dependencies import Dependencies
from requests_app.models import Callback, OutboxMessage, Portal
from requests_app.models.language import listed
from requests_app.models.portals import Operation
from requests_app.services import callbacks, portals


def code(text: str) -> str:
    """What machines say to each other is in no language."""
    return format_html("<code>{}</code>", text)


class Administered(ReadOnly):
    def has_view_permission(self, request, obj=None) -> bool:
        return request.user.is_active and request.user.is_superuser

    has_module_permission = has_view_permission


@admin.register(Portal)
class PortalAdmin(Administered, ModelAdmin):
    list_display = ("name", "per_minute", "created_at", "disabled_at")
    fields = readonly_fields = (
        "name", "reach", "allowed", "per_minute", "created_at", "disabled_at",
    )  # fmt: skip
    actions = ("disable", "try_callback")

    @admin.display(description=gettext_lazy("可受理机关"))
    def reach(self, portal: Portal) -> str:
        return listed(portal.agencies.all())

    @admin.display(description=gettext_lazy("可用操作"))
    def allowed(self, portal: Portal) -> str:
        return listed(Operation(key).label for key in portal.operations)

    @admin.action(description=gettext_lazy("立即停用"))
    def disable(self, request, queryset) -> None:
        self._disable(queryset)
        messages.success(request, _("已停用。"))

    @inject_app
    def _disable(self, queryset, deps: Injected[Dependencies]) -> None:
        for portal in queryset:
            portals.disable(portal, deps=deps)

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


@admin.register(Callback)
class CallbackAdmin(Administered, ModelAdmin):
    list_display = ("portal", "url", "set_at", "stopped_at")
    list_select_related = ("portal",)
    actions = ("rotate",)

    @admin.action(description=gettext_lazy("更换签名密钥"))
    def rotate(self, request, queryset):
        """Shown on the answer alone: a message would lie in a cookie."""
        made, until = self._rotate(queryset)
        context = {
            **self.admin_site.each_context(request),
            "title": _("新签名密钥"),
            "made": made,
            "until": until,
        }
        return TemplateResponse(request, "requests_app/secrets.html", context)

    @inject_app
    def _rotate(self, queryset, deps: Injected[Dependencies]):
        chosen = [callback.portal for callback in queryset]
        made = [(portal, callbacks.rotate(portal, deps=deps)) for portal in chosen]
        return made, deps.clock.now() + portals.OVERLAP


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
