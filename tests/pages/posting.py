"""The forms of a page as a browser sends them: empty, or with rubbish in every field."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

from django.core.files.uploadedfile import SimpleUploadedFile

#: without a word of any language
TYPED = "9!9"
RUBBISH: Mapping[str, str] = {"date": "2018-13-45", "email": "9@9"}
CHOSEN = {"select", "checkbox", "radio", "file", "hidden"}
PUSHED = {"submit", "button", "image", "reset"}
#: in the frame of every page, and the end of the session
FRAME = ("/i18n/setlang/", "/admin/logout/")
#: Django's second and third way to save the same form
SAVED_TOO = {"_addanother", "_continue"}


@dataclass
class Control:
    name: str
    kind: str  # the type of an input, or the tag
    value: str = ""
    is_seen: bool = True
    action: str = ""  # of a button that sends its form elsewhere

    @property
    def is_typed(self) -> bool:
        return self.is_seen and self.kind not in {*CHOSEN, *PUSHED, "password"}

    @property
    def rubbish(self) -> Any:
        if self.kind == "file":
            return SimpleUploadedFile("9!9.9", TYPED.encode())
        return self.value if self.kind == "hidden" else RUBBISH.get(self.kind, TYPED)


@dataclass
class Form:
    action: str
    alerts: int  # on the page that it stands on
    controls: list[Control] = field(default_factory=list)

    @property
    def key(self) -> str:
        """Of another row it is the same form; the actions of a list are Django's, of any."""
        names = sorted({control.name for control in self.controls})
        where = "" if "select_across" in names else self.action
        return re.sub(r"\d+", "#", f"{where} {names}")

    @property
    def fields(self) -> list[Control]:
        return [control for control in self.controls if control.kind not in PUSHED]

    @property
    def pushed(self) -> list[tuple[str, dict[str, str]]]:
        """(where, what it says) of each button; a form without any is not sent."""
        return [
            (one.action or self.action, {one.name: one.value} if one.name else {})
            for one in self.controls
            if one.kind == "submit" and one.name not in SAVED_TOO
        ]

    @property
    def empty(self) -> dict[str, str]:
        return {one.name: one.value for one in self.fields if one.kind == "hidden"}

    @property
    def filled(self) -> dict[str, Any]:
        return {one.name: one.rubbish for one in self.fields}


def alerts(html: str) -> int:
    return len(re.findall('role="alert"|"errorlist|"errornote', html))


class Forms(HTMLParser):
    """Those of one page that are posted, the frame's left out."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.posted: list[Form] = []
        self.alerts = 0
        self.open: dict[str, Form] = {}  # by id; "" is the one around what is read
        self.text: Control | None = None
        self.inert = 0  # <template>: no part of the form until a script takes it out

    @classmethod
    def on(cls, address: str, html: str) -> list[Form]:
        page = cls(address)
        page.alerts = alerts(html)
        page.feed(html[html.find("<body") :])
        return page.posted

    def handle_starttag(self, tag, attrs) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "template":
            self.inert += 1
        elif tag == "form":
            self.begin(told)
        elif tag in ("input", "select", "textarea", "button"):
            form = self.open.get(told.get("form", ""))
            if form is not None and not self.inert and "disabled" not in told:
                form.controls.append(self.control(tag, told))

    def begin(self, told: Mapping[str, str]) -> None:
        form = Form(
            urljoin(self.address, told.get("action") or self.address), self.alerts
        )
        self.open[""] = self.open[told.get("id", "")] = form
        if told.get("method", "").lower() == "post" and form.action not in FRAME:
            self.posted.append(form)

    def control(self, tag: str, told: Mapping[str, str]) -> Control:
        kind = told.get("type", "submit") if tag == "button" else told.get("type", tag)
        seen = told.get("class") != "hidden"  # for a keeper of passwords
        made = Control(told.get("name", ""), kind, told.get("value", ""), seen)
        made.action = told.get("formaction", "")
        self.text = made if tag == "textarea" else None
        return made

    def handle_data(self, data) -> None:
        if self.text is not None:
            self.text.value += data

    def handle_endtag(self, tag) -> None:
        if tag == "form":
            self.open.pop("", None)
        elif tag == "template":
            self.inert -= 1
        elif tag == "textarea":
            self.text = None
