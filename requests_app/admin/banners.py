"""What every page of the admin says at its head: demonstration data, in whose stead
the reader acts, a missing calendar."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from requests_app.admin.menu import listed
from requests_app.admin.once import dependencies, margin
from requests_app.dependencies import Dependencies
from requests_app.models.agencies import DEMONSTRATION
from requests_app.services.calendars import alarm


@dataclass(frozen=True, kw_only=True)
class Banner:
    text: str
    mark: str = ""  # stands before the text in Chinese, whatever the page's language
    urgent: bool = False
    url: str = ""  # where it can be mended
    do: str = ""


def banners(request) -> dict[str, Any]:
    """Context processor: it is the database that says so, on the sign-in page too. A page
    of many templates asks many times; the database is asked once."""
    if not hasattr(request, "banners"):
        request.banners = list(told(request))
    return {"banners": request.banners}


def told(request) -> Iterator[Banner]:
    if margin(request).demonstration:
        yield Banner(mark=DEMONSTRATION, text=_("本页所示均非真实申请"))
    if getattr(request, "user", None) and request.user.is_authenticated:
        yield from in_stead(request)
        yield from missing_calendar(request.user, dependencies(request))


def in_stead(request) -> Iterator[Banner]:
    """For whom the reader acts, and until when."""
    for one in margin(request).standing_in:
        told = {"name": one.name, "until": one.until_on}
        yield Banner(
            text=_("您正在代%(name)s办理，至%(until)s。") % told,
            url=f"{listed()}?queue=mine",
            do=_("看待办"),
        )


def missing_calendar(user, deps: Dependencies) -> list[Banner]:
    """From 1 November (LAW §6): due days beyond the year are provisional until then."""
    year = alarm(deps=deps)
    if year is None:
        return []
    text = _("%(year)s年放假安排尚未载入，跨年的期限均为暂定。") % {"year": year}
    if not user.has_perm("requests_app.add_calendarnotice"):
        return [Banner(text=text, urgent=True)]
    url = reverse("admin:requests_app_calendarnotice_add")
    return [Banner(text=text, urgent=True, url=url, do=_("载入通知"))]
