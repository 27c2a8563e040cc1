"""相同申请: many applicants, one wording; a line for each — name[, number, phone, address]."""

import re
from collections.abc import Iterator

from django.forms import ValidationError
from django.utils.translation import gettext as _

PARTS = ("name", "id_number", "phone", "address")
LENGTHS = {"name": 200, "id_number": 60, "phone": 60, "address": 500}
SEPARATOR = re.compile(r"[,，;；\t]")
RESIDENT = re.compile(r"\d{17}[\dXx]")

Person = dict[str, str]


def people(text: str, id_kind: str = "") -> tuple[Person, ...]:
    """Raises ValidationError naming every line that cannot be read, or stands twice."""
    lines = [(n, told.strip()) for n, told in enumerate(text.splitlines(), 1)]
    read = [(n, person(told, id_kind)) for n, told in lines if told]
    wrong = [*unreadable(read), *repeated(read)]
    if wrong:
        raise ValidationError(wrong)
    return tuple(one for _, one in read)


def person(line: str, id_kind: str) -> Person:
    told = [part.strip() for part in SEPARATOR.split(line, maxsplit=len(PARTS) - 1)]
    one = dict(zip(PARTS, told, strict=False))
    if one.get("id_number"):
        resident = RESIDENT.fullmatch(one["id_number"])
        one["id_kind"] = id_kind or ("居民身份证" if resident else "")
    return one


def unreadable(read: list[tuple[int, Person]]) -> Iterator[str]:
    for n, one in read:
        if not one["name"]:
            yield _("第 %(n)s 行没有姓名") % {"n": n}
        for part in PARTS:
            if len(one.get(part, "")) > LENGTHS[part]:
                yield _("第 %(n)s 行过长：%(name)s") % {
                    "n": n,
                    "name": one["name"][:20],
                }


def repeated(read: list[tuple[int, Person]]) -> Iterator[str]:
    """The same name without a number may be two people; the whole line twice is one."""
    first: dict[tuple[tuple[str, str], ...], int] = {}
    for n, one in read:
        at = first.setdefault(tuple(sorted(one.items())), n)
        if at != n:
            yield _("第 %(n)s 行与第 %(at)s 行相同：%(name)s") % {
                "n": n, "at": at, "name": one["name"],
            }  # fmt: skip
