"""What was posted to the 填报 page: typed into its boxes, or offered from a filled form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.utils.translation import gettext as _

from reporting.services.entry_sheets import EntrySheet
from requests_app.domain.regimes import NotAllowed

SALT = "reporting.filled"


@dataclass(frozen=True, kw_only=True)
class Typed:
    boxes: Mapping[str, str]
    source: str = ""  # the file
    left_out: Sequence[str] = ()  # of it, a sentence each

    @classmethod
    def of(cls, posted: Mapping[str, Any], sheet: EntrySheet) -> "Typed":
        """Of a filled form exactly what was shown; while something in it does not fit,
        only with the tick that names it. NotAllowed."""
        if "offer" not in posted:
            return cls(boxes=posted)
        try:
            told = signing.loads(posted["offer"], salt=SALT)
        except signing.BadSignature as error:
            raise NotAllowed(_("没有取入：请重新上传。")) from error
        if told["of"] != place_of(sheet):
            raise NotAllowed(_("没有取入：请重新上传。"))
        if told["left_out"] and "leave" not in posted:
            raise NotAllowed(
                _(
                    "没有取入：表中有不取的格。请更正后重新上传，或勾选“不取这些格，其余取入”。"
                )
            )
        return cls(boxes=told["boxes"], source=told["file"], left_out=told["left_out"])


def signed(
    sheet: EntrySheet, *, file: str, boxes: Mapping[str, str], left_out: Sequence[str]
) -> str:
    """What the preview showed, as its form hands it back."""
    told = {
        "of": place_of(sheet),
        "file": file,
        "boxes": {**boxes, "seen": str(sheet.seen)},
        "left_out": list(left_out),
    }
    return signing.dumps(told, salt=SALT, compress=True)


def place_of(sheet: EntrySheet) -> list[Any]:
    return [sheet.agency.pk, sheet.period.name, sheet.form.key]
