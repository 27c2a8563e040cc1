"""What every page of the admin says at its head: that the office is a demonstration."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from requests_app.models import Agency
from requests_app.models.agencies import DEMONSTRATION


@dataclass(frozen=True, kw_only=True)
class Banner:
    text: str
    mark: str = ""  # stands before the text in Chinese, whatever the page's language


def banners(request) -> dict[str, Any]:
    """Context processor: it is the database that says so, on the sign-in page too."""
    return {"banners": list(demonstration())}


def demonstration():
    if Agency.objects.filter(demonstration=True).exists():
        yield Banner(mark=DEMONSTRATION, text=_("本页所示均非真实申请"))
