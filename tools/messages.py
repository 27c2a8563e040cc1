"""`python -m tools.messages`: every `_()` of ours has its English text, every string of
the admin theme its Chinese one. Adds what is new to locale/, drops what is gone,
compiles, and names what still lacks a text (exit 1)."""

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

from django.utils.translation.template import templatize

from tools.catalogs import Catalogue, Message, compiled, po, read, write

ROOT = Path(__file__).resolve().parent.parent
OURS = ("disclosure", "requests_app", "reporting")
#: function → what its first arguments are
CALLS = {
    "_": ("id",),
    "gettext": ("id",),
    "gettext_lazy": ("id",),
    "gettext_noop": ("id",),
    "ngettext": ("id", "plural"),
    "ngettext_lazy": ("id", "plural"),
    "pgettext": ("context", "id"),
    "pgettext_lazy": ("context", "id"),
    "npgettext": ("context", "id", "plural"),
}
#: files of Django whose errors a form shows
NEWER_THAN_ITS_CHINESE = (
    "contrib/auth/password_validation.py",
    "db/models/fields/related.py",
)
STRING = r"u?(?:'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\")"
IN_TEMPLATE = re.compile(rf"\b(n?p?gettext|_)\(({STRING}(?:, {STRING})*)")


class NotALiteral(ValueError):
    """What is put together at run time cannot be looked up in a catalogue."""


def in_python(source: str, name: str = "?") -> Iterator[Message]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        word = called.id if isinstance(called, ast.Name) else ""
        words = CALLS.get(word, ())
        arguments = node.args[: len(words)]
        if not all(
            isinstance(a, ast.Constant) and isinstance(a.value, str) for a in arguments
        ):
            raise NotALiteral(f"{name}:{node.lineno}: {word}() takes plain text only")
        if words:
            told = [a.value for a in arguments if isinstance(a, ast.Constant)]
            yield Message(**dict(zip(words, map(str, told), strict=True)))


def in_template(source: str) -> Iterator[Message]:
    for call, strings in IN_TEMPLATE.findall(templatize(source)):
        told = [ast.literal_eval(s) for s in re.findall(STRING, strings)]
        yield Message(**dict(zip(CALLS[call], told, strict=False)))


def messages(folder: Path) -> Iterator[Message]:
    for file in sorted(folder.rglob("*.py")):
        yield from in_python(file.read_text("utf-8"), str(file.relative_to(folder)))
    for ending in ("*.html", "*.txt"):
        for file in sorted(folder.rglob(f"templates/**/{ending}")):
            yield from in_template(file.read_text("utf-8"))


def merged(found: Iterable[Message]) -> frozenset[Message]:
    """A message that is counted somewhere is kept with its plural alone."""
    told = set(found)
    plural = {(m.id, m.context) for m in told if m.plural}
    return frozenset(m for m in told if m.plural or (m.id, m.context) not in plural)


def ours() -> frozenset[Message]:
    return merged(m for name in OURS for m in messages(ROOT / name))


def of_the_theme() -> frozenset[Message]:
    """What django-unfold says, which ships no Chinese, and Django where it lacks it, beyond
    what Django says in it."""
    spoken = said_by_django()
    said = [*messages(package("unfold")), *new_in_django()]
    return merged(m for m in said if not all(spoken.get(m, ("",))) and m.id.strip())


def new_in_django() -> Iterator[Message]:
    for name in NEWER_THAN_ITS_CHINESE:
        yield from in_python((package("django") / name).read_text("utf-8"), name)


def said_by_django() -> Catalogue:
    django = package("django")
    found: dict[Message, tuple[str, ...]] = {}
    for place in ("conf", "contrib/admin", "contrib/auth"):
        file = django / place / "locale/zh_Hans/LC_MESSAGES/django.po"
        found |= read(file.read_text("utf-8"))
    return found


def package(name: str) -> Path:
    spec = find_spec(name)
    assert spec and spec.origin
    return Path(spec.origin).parent


WANTED = {"en": ours, "zh_Hans": of_the_theme}


def brought_up_to_date(catalogue: Catalogue, wanted: Iterable[Message]) -> Catalogue:
    """What is wanted, with the texts already there."""
    return {
        m: catalogue.get(m, ("", "") if m.plural else ("",)) for m in sorted(wanted)
    }


def without_text(catalogue: Catalogue) -> list[str]:
    return [
        f"{m.context} {m.id!r}".strip()
        for m, texts in catalogue.items()
        if not all(texts)
    ]


def main() -> int:
    lacking = 0
    for language, wanted in WANTED.items():
        file = po(ROOT, language)
        before = read(file.read_text("utf-8")) if file.exists() else {}
        catalogue = brought_up_to_date(before, wanted())
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(write(language, catalogue), "utf-8")
        file.with_suffix(".mo").write_bytes(compiled(language, catalogue))
        for message in without_text(catalogue):
            lacking += 1
            sys.stdout.write(f"{file.relative_to(ROOT)}: {message}\n")
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main())
