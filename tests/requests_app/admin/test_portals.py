"""Portals are opened, changed and called back by the pages of a superuser."""

import re

import pytest
from django.urls import reverse

from requests_app.models import Callback, Portal, Staff
from requests_app.services import portals

pytestmark = pytest.mark.django_db
PORTAL = "admin:requests_app_portal_"
CALLBACK = "admin:requests_app_callback_"


@pytest.fixture
def root(signed_in, at):
    client = signed_in("root")
    client.deps = at("2026-11-24")
    Staff.objects.filter(pk=client.user.pk).update(is_superuser=True)
    return client


def opened(client, office, **also):
    typed = {
        "name": "省政务平台", "agencies": [office.pk], "operations": ["create", "read"],
        "per_minute": 60, **also,
    }  # fmt: skip
    return client.post(reverse(PORTAL + "add"), typed)


def shown(answer) -> str:
    [secret] = re.findall(r"<code>([^<]+)</code>", answer.content.decode())
    return secret


def acted(client, model, action, pk, **options):
    typed = {"action": action, "_selected_action": [pk]}
    return client.post(reverse(model + "changelist"), typed, **options)


def test_a_portal_is_opened_and_its_key_shown_once(root, office):
    answer = opened(root, office)
    portal = Portal.objects.get()
    assert portals.holder_of(shown(answer), deps=root.deps) == portal
    assert (list(portal.agencies.all()), portal.operations, portal.per_minute) == (
        [office], ["create", "read"], 60,
    )  # fmt: skip
    assert "no-store" in answer["Cache-Control"]
    again = opened(root, office)
    assert "name" in again.context["adminform"].form.errors
    page = root.get(reverse(PORTAL + "change", args=[portal.pk])).content.decode()
    assert shown(answer) not in page


def test_what_cannot_be_is_told_at_its_field(root, office):
    answer = opened(root, office, per_minute=0, operations=["fly"], agencies=[])
    errors = answer.context["adminform"].form.errors
    assert set(errors) == {"per_minute", "operations", "agencies"}


def test_what_it_may_is_changed(root, office, elsewhere):
    key = shown(opened(root, office))
    portal = Portal.objects.get()
    typed = {
        "name": "市政务平台", "agencies": [elsewhere.pk], "operations": ["read"],
        "per_minute": 5,
    }  # fmt: skip
    root.post(reverse(PORTAL + "change", args=[portal.pk]), typed)
    portal.refresh_from_db()
    assert (portal.name, list(portal.agencies.all()), portal.operations) == (
        "市政务平台", [elsewhere], ["read"],
    )  # fmt: skip
    assert portals.holder_of(key, deps=root.deps) == portal


def test_it_is_disabled_and_opened_again_and_its_old_key_ends_after_the_overlap(
    root, office, at
):
    key = shown(opened(root, office))
    portal = Portal.objects.get()
    acted(root, PORTAL, "disable", portal.pk)
    new = shown(acted(root, PORTAL, "rotate", portal.pk))
    assert portals.holder_of(new, deps=root.deps) is None
    acted(root, PORTAL, "enable", portal.pk)
    holders = [portals.holder_of(k, deps=root.deps) for k in (key, new)]
    later = [portals.holder_of(k, deps=at("2026-12-02")) for k in (key, new)]
    assert (holders, later) == ([portal, portal], [None, portal])


def test_a_callback_is_set_changed_stopped_and_set_again(root, office):
    opened(root, office)
    portal = Portal.objects.get()
    typed = {"portal": portal.pk, "url": "https://portal.example/hook"}
    first = shown(root.post(reverse(CALLBACK + "add"), typed))
    callback = Callback.objects.get()
    assert (callback.secret, callback.url) == (first, "https://portal.example/hook")
    page = reverse(CALLBACK + "change", args=[callback.pk])
    assert root.post(page, {"url": callback.url}).status_code == 302
    callback.refresh_from_db()
    assert callback.secret == first
    second = shown(root.post(page, {"url": "https://portal.example/new"}))
    acted(root, CALLBACK, "stop", callback.pk)
    callback.refresh_from_db()
    assert (callback.secret, callback.stopped_at is None) == (second, False)
    shown(root.post(page, {"url": callback.url}))
    callback.refresh_from_db()
    assert callback.stopped_at is None


def test_an_address_that_is_none_is_told(root, office):
    opened(root, office)
    typed = {"portal": Portal.objects.get().pk, "url": "ftp://x y"}
    answer = root.post(reverse(CALLBACK + "add"), typed)
    assert "url" in answer.context["adminform"].form.errors


def test_an_office_head_opens_none(signed_in):
    head = signed_in("head", "office_head")
    for page in (PORTAL, CALLBACK):
        assert head.get(reverse(page + "add")).status_code == 403
