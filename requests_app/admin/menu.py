"""The menu at the side: the work first, each queue with its count."""

from typing import Any

from django.contrib import admin
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from requests_app.admin.once import day, margin
from requests_app.services import offers, queues

TITLES = {
    "mine": gettext_lazy("我承办的"),
    "unit": gettext_lazy("本单位的"),
    "beside": gettext_lazy("待协办"),
    "waiting": gettext_lazy("等待中"),
    "due_soon": gettext_lazy("即将到期"),
    "overdue": gettext_lazy("已逾期"),
    "to_review": gettext_lazy("待审核"),
    "to_decide_anew": gettext_lazy("待重新答复"),
    "to_serve": gettext_lazy("待送达"),
    "to_serve_again": gettext_lazy("退回待再送达"),
    "to_archive": gettext_lazy("待归档"),
}
ICONS = {
    "mine": "person", "unit": "group", "beside": "handshake", "waiting": "hourglass_empty",
    "due_soon": "schedule", "overdue": "warning", "to_review": "rate_review",
    "to_decide_anew": "gavel", "to_serve": "local_post_office",
    "to_serve_again": "assignment_return", "to_archive": "inventory_2",
}  # fmt: skip
VARIANTS = {
    "overdue": "danger",
    "due_soon": "warning",
    "to_decide_anew": "warning",
    "to_serve_again": "warning",
}


def navigation(request) -> list[dict[str, Any]]:
    """For Unfold's sidebar; nothing for somebody who is not signed in."""
    if not request.user.is_authenticated:
        return []
    return [
        {"title": _("待办"), "items": work(request)},
        {"title": _("登记与查找"), "items": desk(request)},
        {"title": _("其他"), "collapsible": True, "items": others(request)},
    ]


def work(request) -> list[dict[str, Any]]:
    number = queues.counts(day(request))
    chosen = request.GET.get("queue")
    return [
        {
            "title": capfirst(title),
            "icon": ICONS[key],
            "link": f"{listed()}?queue={key}",
            "active": lambda _request, key=key: key == chosen,
            "badge": str(number[key]) if number[key] else "",
            "badge_variant": VARIANTS.get(key, "info"),
        }
        for key, title in TITLES.items()
    ] + [respondent(request)]


def respondent(request) -> dict[str, Any]:
    """应诉: cases in which an answer or a performance is owed."""
    owed = margin(request).owed
    listed = reverse("admin:requests_app_appeal_changelist")
    return {
        "title": _("应诉待办"),
        "icon": "balance",
        "link": f"{listed}?owed=1",
        "active": lambda r: r.path == listed and "owed" in r.GET,
        "badge": str(owed) if owed else "",
        "badge_variant": "warning",
    }


def desk(request) -> list[dict[str, Any]]:
    register = reverse("admin:requests_app_disclosurerequest_register", args=["post"])
    enter = reverse("admin:requests_app_enquiry_enter")
    may = request.user.is_superuser or request.user.has_role(*offers.REGISTER)
    entries = [
        {"title": _("登记申请"), "icon": "note_add", "link": register},
        {"title": _("登记其他来件"), "icon": "mail", "link": enter},
        {
            "title": _("全部申请"), "icon": "search", "link": listed(),
            "active": lambda r: r.path == listed() and "queue" not in r.GET,
        },
        {
            "title": _("信息处理费试算"), "icon": "calculate",
            "link": reverse("admin:requests_app_disclosurerequest_tariff"),
        },
    ]  # fmt: skip
    return entries if may else entries[2:]


def others(request) -> list[dict[str, Any]]:
    """Every other list that the user may open, as the site itself tells."""
    return [
        {"title": model["name"], "link": model["admin_url"]}
        for app in admin.site.get_app_list(request)
        for model in app["models"]
        if model["admin_url"] and model["object_name"] != "DisclosureRequest"
    ]


def listed() -> str:
    return reverse("admin:requests_app_disclosurerequest_changelist")
