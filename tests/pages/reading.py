"""A page as its reader meets it: the words, the controls with their names, the addresses."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta",
    "source", "track", "wbr",
}  # fmt: skip
SILENT = {"script", "style", "svg", "code"}  # code: keys, the same in every language
SPOKEN = ("title", "placeholder", "aria-label", "alt")
ICON = "material-symbols-outlined"  # its text is the name of a picture
ADDRESSES = ("href", "src", "action", "srcset", "data", "poster", "formaction")
NAMED_BY_THEMSELVES = {"hidden", "submit", "button", "reset", "image"}


@dataclass
class Page(HTMLParser):
    """What is said in another language than the page's is quoted, and not listened to."""

    language: str = ""
    words: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    labelled: set[str] = field(default_factory=set)
    controls: list[dict[str, str]] = field(default_factory=list)
    buttons: list[tuple[dict[str, str], str]] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool, dict[str, str]]] = []  # tag, heard, attributes
        self.naming: list[str] = []  # the text inside the button or link that is open

    @classmethod
    def of(cls, html: str) -> "Page":
        page = cls()
        page.feed(html)
        return page

    @property
    def heard(self) -> bool:
        return all(heard for _, heard, _ in self.open)

    def handle_starttag(self, tag, attrs) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = told.get("lang", "")
        heard = not (
            tag in SILENT
            or ICON in told.get("class", "")
            or self.is_foreign(told.get("lang", ""))
        )
        if heard and self.heard:
            self.words += [told[name] for name in SPOKEN if told.get(name)]
            if tag == "input" and told.get("type") in ("submit", "button"):
                self.words.append(told.get("value", ""))
        self.addresses += [told[name] for name in ADDRESSES if told.get(name)]
        if told.get("id"):
            self.ids.append(told["id"])
        if tag == "label" and told.get("for"):
            self.labelled.add(told["for"])
        if tag in ("input", "select", "textarea"):
            inside = any(t == "label" for t, _, _ in self.open)
            self.controls.append(told | {"tag": tag, "inside": "y" if inside else ""})
        if tag in ("button", "a"):
            self.naming = []
        if tag not in VOID:
            self.open.append((tag, heard, told))

    def handle_endtag(self, tag) -> None:
        if tag in VOID or tag not in [t for t, _, _ in self.open]:
            return
        while self.open:
            closed, _, told = self.open.pop()
            if closed in ("button", "a"):
                self.buttons.append((told, " ".join(self.naming)))
            if closed == tag:
                break

    def handle_data(self, data) -> None:
        text = data.strip()
        if not text:
            return
        if not any(ICON in told.get("class", "") for _, _, told in self.open):
            self.naming.append(text)
        if self.heard:
            self.words.append(text)
        if self.open and self.open[-1][0] in ("h1", "h2", "h3"):
            self.headings.append(self.open[-1][0])

    def is_foreign(self, lang: str) -> bool:
        return bool(lang) and lang[:2] != self.language[:2]

    def unnamed(self) -> list[str]:
        """Controls, buttons and links that a screen reader could not call by a name."""
        controls = [
            control.get("name") or control.get("id") or str(control)
            for control in self.controls
            if control.get("type") not in NAMED_BY_THEMSELVES
            and not control["inside"]
            and control.get("class") != "hidden"
            and not names(control)
            and control.get("id") not in self.labelled
        ]
        return controls + [
            str(told)
            for told, text in self.buttons
            if not text
            and not names(told)
            and (told.get("href") or "type" in told)
            and told.get("tabindex") != "-1"
        ]

    def repeated_ids(self) -> list[str]:
        return sorted({i for i in self.ids if self.ids.count(i) > 1})

    def from_elsewhere(self) -> list[str]:
        return [a for a in self.addresses if re.match(r"\s*(https?:)?//", a)]


def names(told: dict[str, str]) -> bool:
    return bool(
        told.get("aria-label")
        or told.get("aria-labelledby")
        or told.get("title")
        or told.get("x-bind:aria-label")
    )
