from dataclasses import dataclass
from decimal import Decimal

Number = int | Decimal


@dataclass(frozen=True)
class Mark:
    """One number with its name, and where it leads. `number` None: not known."""

    name: str
    number: Number | None
    link: str = ""


@dataclass(frozen=True)
class Series:
    name: str
    marks: tuple[Mark, ...]
