"""How a cell of an office's file is read.

A reader turns a raw cell into a value and raises ValueError saying what would be right.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from requests_app.domain.vocabulary import Answer, Term

Reader = Callable[[str], object]
BLANKS = "\ufeff\u200b \t\r\n\u3000\xa0"
DAY = re.compile(
    r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})"
    r"|\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日?|(\d\d)(\d\d))"
    r"(?:[ T]\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?)?",  # a time of day is of no matter
    re.ASCII,
)
WHOLE = re.compile(r"\d{1,9}", re.ASCII)
AMOUNT = re.compile(
    r"(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<places>\d+))?", re.ASCII
)
TRUTHS = {"TRUE": Answer.YES, "FALSE": Answer.NO}
CODE = re.compile(r"[A-Za-z0-9-]{1,32}")


def plain(cell: object) -> str:
    """A cell as the spreadsheet shows it, without blanks at its ends."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell.strip(BLANKS)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):  # to the 15 digits that a spreadsheet shows
        return format(Decimal(f"{cell:.15g}"), "f")
    return str(cell)


def narrow(text: str) -> str:
    """Full-width digits, letters and brackets made plain."""
    return unicodedata.normalize("NFKC", text)


def text(most: int) -> Reader:
    def read(cell: str) -> str:
        if len(cell) > most:
            raise ValueError(f"最多 {most} 个字 (at most {most} characters)")
        if "\0" in cell or not well_formed(cell):
            raise ValueError("含有无法保存的字符，请删去 (broken characters: delete)")
        return cell

    return read


def well_formed(cell: str) -> bool:
    try:
        cell.encode()
    except UnicodeEncodeError:
        return False
    return True


@lru_cache(maxsize=8192)
def day(cell: str) -> date:
    shape = DAY.fullmatch(narrow(cell))
    if shape is None:
        raise ValueError("不是日期，应写作 2018-02-08 或 2018年2月8日 (not a day)")
    year, month, on = (int(part) for part in shape.groups() if part)
    try:
        return date(year, month, on)
    except ValueError as error:
        raise ValueError("没有这一天，请核对 (no such day)") from error


def whole(cell: str) -> int:
    digits = narrow(cell)
    if not WHOLE.fullmatch(digits):
        raise ValueError("应为不小于零的整数 (a whole number, not negative)")
    return int(digits)


def amount(places: int, signed: bool = False) -> Reader:
    """`signed`: below zero too, where whoever reads the row further allows it."""

    def read(cell: str) -> Decimal:
        digits = narrow(cell).replace("−", "-")
        minus = signed and digits.startswith("-")
        shape = AMOUNT.fullmatch(digits[1:] if minus else digits)
        if shape is None:
            raise ValueError("应为不小于零的数字 (a number, not negative)")
        if len(shape["whole"].replace(",", "").lstrip("0")) > 12:
            raise ValueError("数值过大，请核对 (too large)")
        if len((shape["places"] or "").rstrip("0")) > places:
            raise ValueError(f"最多 {places} 位小数 (at most {places} decimals)")
        value = round(Decimal(shape[0].replace(",", "")), places)
        return -value if minus and value else value

    return read


@lru_cache(maxsize=8192)
def code(cell: str) -> str:
    given = narrow(cell)
    if not CODE.fullmatch(given):
        raise ValueError("应为 1–32 位字母、数字或连字符 (letters, digits, hyphens)")
    return given


def member(terms: type[Term]) -> Reader:
    """A key or a Chinese label, the label also without its bracketed part."""
    admitted: dict[str, str] = {}
    for term in terms:
        admitted.setdefault(folded(without_brackets(term.zh)), term.value)
    for term in terms:
        admitted[folded(term.zh)] = admitted[folded(term.value)] = term.value

    known = "、".join(t.zh for t in terms)
    wrong = f"不在名录内，可填：{known} (not in the list)"

    @lru_cache(maxsize=1024)
    def read(cell: str) -> str:
        term = admitted.get(folded(cell))
        if term is None:
            raise ValueError(wrong)
        return term

    return read


def yes_or_no(cell: str) -> str:
    """A spreadsheet's own TRUE and FALSE too."""
    return member(Answer)(TRUTHS.get(narrow(cell).upper(), cell))


def without_brackets(label: str) -> str:
    return re.sub(r"[（(][^（()）]*[)）]", "", label)


def folded(label: str) -> str:
    return re.sub(r"\s", "", narrow(label)).lower()
