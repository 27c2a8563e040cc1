"""Signing in: locked out by the pair, a second factor, sessions that end, nothing lost."""

import re
import time
from datetime import timedelta

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from requests_app.models import DisclosureRequest
from requests_app.services import sign_in
from tests.requests_app.admin.test_acts import act_of, hidden, kinds, text

pytestmark = pytest.mark.django_db
LOGIN, HOME = reverse("admin:login"), reverse("admin:index")
SECURITY = reverse("admin:security")
KEPT = re.compile(r'type="hidden" name="([^"]+)" value="([^"]*)"')


def enter(name, password="x", address="10.0.0.1", client=None, **more):
    client = client or Client(REMOTE_ADDR=address)
    typed = {"username": name, "password": password, **more}
    return client, client.post(LOGIN, typed, REMOTE_ADDR=address)


def code_of(user):
    device = TOTPDevice.objects.get(user=user)
    totp = TOTP(device.bin_key)
    totp.time = time.time()
    return f"{totp.token():06}"


@pytest.fixture
def enrolled(person):
    def made(name, *roles):
        user = person(name, *roles)
        sign_in.begun(user)
        user.recovery = sign_in.confirm(user, code_of(user))
        TOTPDevice.objects.update(last_t=-1)  # the code may be used once more
        return user

    return made


def test_five_failures_lock_the_pair_of_account_and_address(person):
    person("head", "office_head")
    first = text(enter("head", "wrong")[1])
    assert "用户名或密码不对，请核对大小写后再试。" in first
    assert ("English" in first, "英语" in first) == (True, False)
    told = [200] + [enter("head", "wrong")[1].status_code for _ in range(5)]
    assert told == [200, 200, 200, 200, 429, 429]
    locked = enter("head")[1]
    assert (locked.status_code, "三十分钟后再试" in text(locked)) == (429, True)
    assert enter("head", address="10.0.0.2")[1].status_code == 302


def test_the_sign_in_page_by_itself_leads_to_the_overview(person):
    person("head", "office_head")
    assert enter("head")[1].url == HOME


def test_others_sign_in_from_the_address_and_the_lock_ends(person):
    from axes.models import AccessAttempt

    person("head"), person("colleague")
    for _ in range(5):
        enter("head", "wrong")
    assert enter("colleague")[1].status_code == 302
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=31))
    assert enter("head")[1].status_code == 302


def test_a_success_forgets_the_failures_before_it(person):
    person("head")
    for password in ("wrong", "wrong", "wrong", "x", "wrong", "wrong", "wrong"):
        assert enter("head", password)[1].status_code in (200, 302)
    assert enter("head")[1].status_code == 302


def test_the_address_is_behind_as_many_proxies_as_are_trusted(settings, rf):
    request = rf.get("/", HTTP_X_FORWARDED_FOR="1.1.1.1, 2.2.2.2", REMOTE_ADDR="9.9.9.9")  # fmt: skip
    told = []
    for trusted in (0, 1, 2, 3):
        settings.REST_FRAMEWORK = {"NUM_PROXIES": trusted}
        told.append(sign_in.address(request))
    assert told == ["9.9.9.9", "2.2.2.2", "1.1.1.1", "9.9.9.9"]


def test_who_enrols_scans_confirms_and_keeps_the_recovery_codes(signed_in):
    client = signed_in("h", "handler")
    page = text(client.get(SECURITY))
    assert "<svg" in page
    assert "http" not in re.search(r"<svg.*?</svg>", page, re.S)[0].replace(
        "http://www.w3.org/2000/svg", ""
    )
    wrong = client.post(SECURITY, {"act": "confirm", "code": "000000"})
    assert "动态口令不对" in text(wrong)
    TOTPDevice.objects.update(throttling_failure_count=0)
    shown = text(client.post(SECURITY, {"act": "confirm", "code": code_of(client.user)}))  # fmt: skip
    codes = re.findall(r"<code>(\w{8})</code>", shown.replace("</code> <code>", "</code><code>"))  # fmt: skip
    assert len(codes) == sign_in.RECOVERY_CODES
    assert codes[0] not in text(client.get(SECURITY))


def test_once_enrolled_the_password_alone_is_not_enough(enrolled):
    user = enrolled("h", "handler")
    assert "请填写正确的动态口令" in text(enter("h")[1])
    code = code_of(user)
    assert enter("h", code=code)[1].status_code == 302
    TOTPDevice.objects.update(throttling_failure_count=0)
    again = enter("h", code=code)[1]  # a code is good once
    assert again.status_code == 200


def test_a_recovery_code_signs_in_once(enrolled):
    user = enrolled("h", "handler")
    first = enter("h", code=user.recovery[0])[1].status_code
    assert (first, enter("h", code=user.recovery[0])[1].status_code) == (302, 200)


def test_wrong_codes_are_failures_too(enrolled):
    enrolled("h", "handler")
    told = [enter("h", code="000000")[1].status_code for _ in range(5)]
    assert told[-1] == 429


def test_who_must_enrol_sees_nothing_before(person, settings):
    settings.SECOND_FACTOR_ROLES = ["office_head"]
    head, handler = person("head", "office_head"), person("h", "handler")
    client, _ = enter("head")
    assert client.get(HOME)["Location"] == SECURITY
    refused = client.get("/api/v1/agencies/")
    assert (refused.status_code, refused["Content-Type"]) == (
        403, "application/problem+json",
    )  # fmt: skip
    client.get(SECURITY)
    client.post(SECURITY, {"act": "confirm", "code": code_of(head)})
    assert client.get(HOME).status_code == 200
    assert enter(handler.username)[0].get(HOME).status_code == 200


def test_signing_out_everywhere_ends_every_session(person):
    person("h", "handler")
    here, there = enter("h")[0], enter("h", address="10.0.0.2")[0]
    here.post(SECURITY, {"act": "everywhere"})
    assert [c.get(HOME).status_code for c in (here, there)] == [302, 302]


def test_a_lost_device_is_reset_by_a_superuser_alone(enrolled, signed_in):
    user = enrolled("h", "handler")
    root = signed_in("root")
    root.user.is_superuser = True
    root.user.save()
    typed = {"action": "give_up_second_factor", "_selected_action": [user.pk]}
    root.post(reverse("admin:requests_app_staff_changelist"), typed)
    assert not sign_in.is_enrolled(user)


def test_an_idle_session_ends_and_a_busy_one_lives(person, settings):
    person("h", "handler")
    client, _ = enter("h")
    assert client.session.get_expiry_age() <= settings.SESSION_COOKIE_AGE == 1800
    session = client.session
    was = session["seen"] = session.get("seen", 0) - 5
    session.save()
    client.get(HOME)
    assert client.session["seen"] > was


def test_nothing_typed_is_lost_when_the_session_has_ended(signed_in, person, letter):
    handler = signed_in("h", "handler")
    drawn = hidden(text(handler.get(act_of(letter, "searched"))))
    typed = {**drawn, "on": "2024-09-11", "remark": "检索档案系统，无", "confirm": "1"}
    handler.logout()
    asked = text(handler.post(act_of(letter, "searched"), typed))
    assert "您填写的内容都在" in asked
    sent = dict(KEPT.findall(asked))
    assert "confirm" not in sent
    wrong = text(handler.post(reverse("admin:resume"), {**sent, "username": "h", "password": "no"}))  # fmt: skip
    assert "检索档案系统，无" in wrong
    back = text(handler.post(reverse("admin:resume"), {**sent, "username": "h", "password": "x"}))  # fmt: skip
    again = dict(KEPT.findall(back))
    page = text(handler.post(act_of(letter, "searched"), again))
    assert "检索档案系统，无</textarea>" in page
    assert "确认检索记录" in page
    assert kinds(letter) == ["received", "registered"]


def strict(user):
    client = Client(enforce_csrf_checks=True, REMOTE_ADDR="10.0.0.1")
    client.force_login(user)
    return client


def test_a_page_older_than_the_last_sign_in_hands_back_what_was_typed(person, letter):
    client = strict(person("h", "handler"))
    client.get(HOME)
    typed = {"on": "2024-09-11", "remark": "检索", "csrfmiddlewaretoken": "x" * 64}
    origin = {"HTTP_ORIGIN": "http://testserver"}
    answer = client.post(act_of(letter, "searched"), typed, **origin)
    assert (answer.status_code, "您填写的内容都在" in text(answer)) == (403, True)
    again = dict(KEPT.findall(text(answer)))
    page = client.post(act_of(letter, "searched"), again, **origin)
    assert (page.status_code, "检索</textarea>" in text(page)) == (200, True)
    assert kinds(letter) == ["received", "registered"]


@pytest.mark.parametrize("origin", [{}, {"HTTP_ORIGIN": "https://evil.example"}])
def test_what_another_site_sends_is_not_handed_back(person, letter, origin):
    client = strict(person("h", "handler"))
    answer = client.post(act_of(letter, "searched"), {"remark": "检索"}, **origin)
    told = text(answer)
    assert (answer.status_code, "页面已过期" in told, "检索" in told) == (
        403,
        True,
        False,
    )


def test_a_stale_page_of_nobody_asks_for_the_sign_in(letter):
    client = Client(enforce_csrf_checks=True)
    origin = {"HTTP_ORIGIN": "http://testserver"}
    told = text(client.post(act_of(letter, "searched"), {"remark": "检索"}, **origin))
    assert ("请重新登录" in told, 'value="检索"' in told) == (True, True)


@pytest.mark.parametrize("to", ["https://evil.example/", "//evil.example/admin/", "", "/api/v1/"])  # fmt: skip
def test_going_on_leads_nowhere_else(person, to):
    person("h", "handler")
    typed = {"to": to, "username": "h", "password": "x"}
    assert Client().post(reverse("admin:resume"), typed).status_code == 404


@pytest.mark.parametrize(
    ("password", "good"),
    [
        ("Guangkai-2026", True), ("guangkai2026", False), ("Guangkai26", True),
        ("Gk-2026", False), ("1234567890", False),
    ],
)  # fmt: skip
def test_what_a_password_must_be(password, good):
    try:
        validate_password(password)
    except ValidationError:
        assert not good
    else:
        assert good


def test_reading_a_page_counts_nothing(signed_in, letter):
    """The tests' own sign-in and the portals' keys never meet the lock."""
    assert signed_in("h", "handler").get(HOME).status_code == 200
    assert DisclosureRequest.objects.count() == 1


def test_a_script_is_told_that_the_session_has_ended_and_given_no_page(person):
    alike = reverse("admin:requests_app_disclosurerequest_alike")
    told = Client().post(alike, {"subject": "x"}, headers={"X-Fragment": "alike"})
    assert (told.status_code, told.content) == (401, b"")
