"""The menu at the side with the annual report in it: from September to March, while it is
prepared and made, right below the work."""

from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from requests_app.admin import menu
from requests_app.admin.once import dependencies

IN_SEASON = frozenset({9, 10, 11, 12, 1, 2, 3})


def navigation(request) -> list[dict[str, Any]]:
    sections = menu.navigation(request)
    if sections:
        place = (
            1
            if dependencies(request).clock.today().month in IN_SEASON
            else len(sections) - 1
        )
        sections.insert(place, {"title": capfirst(_("年度报告")), "items": entries()})
    return sections


def entries() -> list[dict[str, Any]]:
    return [
        {"title": title, "icon": icon, "link": reverse(f"admin:reporting_{name}")}
        for title, icon, name in (
            (_("报告障碍清单"), "report_problem", "edition_obstacles_now"),
            (_("按表式填报"), "edit_note", "figure_choose"),
            (_("报送情况"), "account_tree", "edition_board_now"),
        )
    ]
