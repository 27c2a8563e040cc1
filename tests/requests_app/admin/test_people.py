"""Who keeps the staff and the units: the superuser all, an office head those at home."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from requests_app.models import Staff, Unit

pytestmark = pytest.mark.django_db
STAFF = "admin:requests_app_staff_"
UNIT = "admin:requests_app_unit_"
PASSWORD = "mian-xiang-gong-zhong-9"


@pytest.fixture
def head(signed_in):
    return signed_in("head", "office_head")


@pytest.fixture
def root(signed_in):
    client = signed_in("root")
    Staff.objects.filter(pk=client.user.pk).update(is_superuser=True)
    return client


def new(**also):
    groups = [Group.objects.get(name="handler").pk]
    return {
        "username": "zhang", "password1": PASSWORD, "password2": PASSWORD,
        "usable_password": "true", "last_name": "张", "first_name": "三",
        "groups": groups, **also,
    }  # fmt: skip


def test_whoever_is_entered_can_sign_in(root, office):
    root.post(reverse(STAFF + "add"), new(agency=office.pk))
    made = Staff.objects.get(username="zhang")
    assert (str(made), made.agency, made.is_staff) == ("张三", office, True)
    assert made.get_full_name() == "张三"
    theirs = Client()
    typed = {"username": "zhang", "password": PASSWORD}
    assert theirs.post(reverse("admin:login"), typed).status_code == 302
    assert theirs.get(reverse("admin:index")).status_code == 200


def test_a_head_enters_staff_of_the_own_agency_whatever_was_sent(
    head, office, elsewhere
):
    sent = new(agency=elsewhere.pk, is_superuser="on")
    head.post(reverse(STAFF + "add"), sent)
    made = Staff.objects.get(username="zhang")
    assert (made.agency, made.is_staff, made.is_superuser, made.roles) == (
        office, True, False, {"handler"},
    )  # fmt: skip


def test_a_head_edits_and_deactivates_but_raises_nobody(
    head, person, office, elsewhere
):
    li = person("li", "handler")
    typed = {
        "username": "li", "last_name": "李", "agency": elsewhere.pk,
        "is_superuser": "on", "groups": [Group.objects.get(name="reviewer").pk],
    }  # fmt: skip
    answer = head.post(reverse(STAFF + "change", args=[li.pk]), typed)
    made = Staff.objects.get(pk=li.pk)
    assert (answer.status_code, made.last_name, made.is_active, made.roles) == (
        302, "李", False, {"reviewer"},
    )  # fmt: skip
    assert (made.agency, made.is_superuser, made.is_staff) == (office, False, True)


def test_nobody_of_another_agency_and_no_superuser_is_a_heads(
    head, root, person, elsewhere
):
    far = person("far", "handler", agency=elsewhere)
    for user in (far, root.user):
        for page in ("requests_app_staff_change", "auth_user_password_change"):
            url = reverse(f"admin:{page}", args=[user.pk])
            assert head.get(url).status_code == 404, url
    listed = head.get(reverse(STAFF + "changelist")).context["cl"].queryset
    assert {user.username for user in listed} == {"head"}


def test_a_unit_of_another_agency_is_not_chosen(head, elsewhere):
    far = Unit.objects.create(agency=elsewhere, name="外单位")
    answer = head.post(reverse(STAFF + "add"), new(unit=far.pk))
    assert "unit" in answer.context["adminform"].form.errors


def test_a_head_keeps_the_units_of_the_own_agency(head, office, elsewhere):
    far = Unit.objects.create(agency=elsewhere, name="外单位")
    head.post(reverse(UNIT + "add"), {"name": "法规科", "agency": elsewhere.pk})
    made = Unit.objects.exclude(pk=far.pk).get()
    assert (made.name, made.agency) == ("法规科", office)
    head.post(reverse(UNIT + "change", args=[made.pk]), {"name": "法规处"})
    made.refresh_from_db()
    assert made.name == "法规处"
    assert head.get(reverse(UNIT + "change", args=[far.pk])).status_code == 404


def test_a_lost_device_is_the_superusers_to_reset(head, root):
    offered = [
        "give_up_second_factor" in client.get(reverse(STAFF + "changelist")).content.decode()
        for client in (head, root)
    ]  # fmt: skip
    assert offered == [False, True]


@pytest.mark.parametrize("role", ["handler", "auditor", "supervisor"])
def test_the_others_keep_neither(signed_in, role):
    client = signed_in("one", role)
    for page in (
        STAFF + "changelist",
        STAFF + "add",
        UNIT + "changelist",
        UNIT + "add",
    ):
        assert client.get(reverse(page)).status_code == 403
