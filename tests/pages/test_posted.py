"""Every form of the admin sent empty, and with rubbish in every field, in both languages: it
says what is wrong in its reader's language, and what was typed is still there."""

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.db import transaction

from tests.pages.posting import Form, Forms, alerts
from tests.pages.reading import Page
from tests.pages.test_pages import LANGUAGES, fit_for, reader  # noqa: F401
from tests.pages.walking import addresses

pytestmark = pytest.mark.django_db
#: a one-time code; and why somebody looks, which a rubbish reason alone could lose
NOT_GIVEN_BACK = {"code", "words"}
#: a button that shows what any words would look like
LOOK = "look"
Sent = dict[str, Any]


@pytest.fixture
def bare(settings) -> None:
    """The menu at the side is walked with the pages, and counts what is to be done."""
    side = {**settings.UNFOLD["SIDEBAR"], "navigation": [{"items": []}]}
    settings.UNFOLD = {**settings.UNFOLD, "SIDEBAR": side}


@pytest.fixture
def forms(reader, bare) -> list[Form]:  # noqa: F811
    """Of all pages, each once."""
    found: dict[str, Form] = {}
    for address in filter(has_forms, addresses()):
        answer = reader.get(address, follow=True)
        here = answer.redirect_chain[-1][0] if answer.redirect_chain else address
        if b"<html" in answer.content:
            for form in Forms.on(here, answer.content.decode()):
                found.setdefault(form.key, form)
    return list(found.values())


def has_forms(address: str) -> bool:
    return not address.endswith("/history/")


def answered(client, where: str, told: Sent, language: str):
    """As if nothing had been sent before, and nothing were after."""
    client.cookies["django_language"] = language
    session = client.cookies["sessionid"].value
    with transaction.atomic():
        answer = client.post(where, told)
        transaction.set_rollback(True)
    client.cookies["sessionid"] = session
    client.cookies.pop("messages", None)
    return answer


def faults(form: Form, told: Sent, answer, language: str) -> Iterator[tuple[str, Any]]:
    typed = [one for one in form.fields if one.is_typed]
    if answer.status_code == 302:
        said = [str(message) for message in get_messages(answer.wsgi_request)]
        yield "other language", fit_for(language, Page(language=language, words=said))
        empty = not any(one.name in told for one in typed)
        yield "taken in silence", empty and typed and not said
    elif answer.status_code != 200:
        yield "status", answer.status_code
    elif b"<html" in answer.content:  # and no file
        html = answer.content.decode()
        yield "other language", fit_for(language, Page.of(html))
        yield "no error", LOOK not in told and alerts(html) <= form.alerts
        yield "lost", sorted(kept(typed, told) - given_back(form, html))


def kept(typed, told: Sent) -> set[tuple[str, str]]:
    return {
        (one.name, one.rubbish)
        for one in typed
        if one.name in told and one.name not in NOT_GIVEN_BACK
    }


def given_back(form: Form, html: str) -> set[tuple[str, str]]:
    again = Forms.on(form.action, html)
    return {(c.name, c.value.strip()) for one in again for c in one.fields}


def test_a_bad_form_is_answered_in_its_readers_language_and_loses_nothing(
    reader,  # noqa: F811
    forms,
):
    """One walk for both languages, since the walk is what takes time."""
    assert len(forms) > 100
    wrong = {}
    for form in forms:
        fills = [form.empty] if form.filled == form.empty else [form.empty, form.filled]
        for fill, (where, button), language in product(fills, form.pushed, LANGUAGES):
            answer = answered(reader, where, fill | button, language)
            found = dict(faults(form, fill | button, answer, language))
            how = "empty" if fill == form.empty else "rubbish"
            wrong[where, *button.values(), how, language] = {
                what: fault for what, fault in found.items() if fault
            }
    assert {named: found for named, found in wrong.items() if found} == {}


# --- the reading of forms itself ---

SHOWN = """<html><body><form action="/admin/logout/" method="post"></form>
<form method="get"><input name="q"></form>
<form id="one" method="post" action="save/"><input type="hidden" name="seen" value="3">
<input type="date" name="on"><input name="was" disabled><textarea name="why">
because</textarea><input type="password" name="p"><select name="kind"></select>
<template><input name="more"></template><button name="do" value="save"></button>
<button type="button" name="other"></button><input type="submit" name="_continue"></form>
<button form="one" formaction="/b/"></button></body></html>"""


def test_what_is_read_of_a_form_and_sent_in_it():
    [form] = Forms.on("/a/7/", SHOWN)
    assert (form.action, form.key) == (
        "/a/7/save/", "/a/#/save/ ['', '_continue', 'do', 'kind', 'on', 'other', 'p', 'seen', 'why']",
    )  # fmt: skip
    assert form.pushed == [("/a/7/save/", {"do": "save"}), ("/b/", {})]
    assert form.empty == {"seen": "3"}
    assert form.filled == {
        "seen": "3", "on": "2018-13-45", "why": "9!9", "p": "9!9", "kind": "9!9",
    }  # fmt: skip
    assert [one.name for one in form.fields if one.is_typed] == ["on", "why"]
    assert form.fields[2].value.strip() == "because"
