"""What a reader should doubt in a finished text."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from reporting.narrative.lexicon import Number

RULES = {
    "cell": "disagrees with the table",
    "share": "the share is another",
    "shares": "the shares do not add up to 100%",
    "sum": "the parts do not add up to the whole",
    "growth": "the growth rate is another",
    "change": "the change is another",
    "points": "the change in percentage points is another",
    "largest": "names as the main ones what the table does not",
    "nothing": "says there was none where the table counts some",
    "itself": "the text says it twice with different numbers",
}


@dataclass(frozen=True, kw_only=True)
class Finding:
    """`start`, `end`: the span in the document. `left` as printed, `right` as computed;
    None where nothing can be computed (growth from zero)."""

    rule: str
    start: int
    end: int
    left: Number
    right: Number | None
    message: str

    def as_json(self, document: str) -> dict[str, Any]:
        return {
            "rule": self.rule,
            "level": "soft",
            "where": {"offset": self.start, "text": document[self.start : self.end]},
            "left": as_number(self.left),
            "right": None if self.right is None else as_number(self.right),
            "message": f"{self.message} / {RULES[self.rule]}",
        }


def as_number(value: Number) -> int | float:
    return int(value) if value == int(value) else float(value)


def shown(value: Number) -> str:
    """As a person writes it: no exponent, no needless zeros."""
    text = f"{Decimal(value):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
