"""A real browser before a real server, and people who sign in with their passwords."""

import os
import shutil
from contextlib import ExitStack
from dataclasses import replace

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from wireup.integration.django import get_app_container

from requests_app.dependencies import Dependencies
from requests_app.models import Agency
from requests_app.services.agencies import place
from tests.fakes import FixedClock

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
PICTURES = os.environ.get("PICTURES", "")  # a folder, to look at every page


@pytest.fixture(scope="session")
def chromium(django_db_setup):  # so that it is closed before the database is dropped
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine (apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    # Playwright's loop runs in this thread, which Django takes for an asynchronous one.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def at(deps):
    """`at(day)`: every page is served on that day from then on."""
    with ExitStack() as stack:

        def day(on: str) -> Dependencies:
            then = replace(deps, clock=FixedClock.on(on))
            stack.enter_context(get_app_container().override({Dependencies: then}))
            return then

        yield day


@pytest.fixture
def office(committed):
    agency = Agency(code="530000", name="云南省人民政府", kind="government")
    place(agency, on=None)
    return agency


@pytest.fixture
def signed_in(chromium, live_server, office):
    """`signed_in(name, roles…)`: that person's browser, past the sign-in page."""
    with ExitStack() as stack:

        def person(name, *roles, agency=office, width=1280):
            users = get_user_model().objects
            user = users.filter(username=name).first() or users.create_user(
                name, password="口令-2024", is_staff=True, agency=agency, last_name=name
            )
            made = [Group.objects.get_or_create(name=role)[0] for role in roles]
            user.groups.add(*made)
            context = chromium.new_context(
                locale="zh-CN", viewport={"width": width, "height": 900}
            )
            stack.callback(context.close)
            page = context.new_page()
            page.set_default_timeout(30_000)
            page.goto(f"{live_server.url}/admin/")
            page.fill("[name=username]", name)
            page.fill("[name=password]", "口令-2024")
            page.click("[type=submit]:has-text('登录')")
            page.wait_for_selector("#nav-sidebar", state="attached")
            return page

        yield person


@pytest.fixture
def picture():
    """Keeps what the page looks like, where `PICTURES` names a folder."""

    def keep(page, name: str) -> None:
        if PICTURES:
            page.evaluate("scrollTo(0, 0)")  # the menu stays where the page stands
            page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)

    return keep
