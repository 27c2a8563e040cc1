"""What is exported is read again as what it was."""

import io

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from requests_app.imports import exported
from requests_app.models import Appeal
from tests.files import done, workbook
from tests.reporting.conftest import member

pytestmark = pytest.mark.django_db
FILE = (
    "case_number,request_number,agency,procedure,filed_on,decided_on,result,"
    "first_instance_case_number,co_defendant,orders_disclosure,ordered_until\n"
    "甲,7,530000,litigation_direct,2018-03-01,2018-04-01,corrected,,,yes,2018-05-02\n"
    "乙,,530000,litigation_after_reconsideration,2018-03-01,2018-04-01,other,,yes,,\n"
    "丙,,530000,litigation_after_reconsideration,2018-06-01,,pending,乙,no,,\n"
    ",,530000,reconsideration,2018-03-01,2018-04-01,corrected,,,no,\n"
    ",,530000,reconsideration,2018-03-01,2018-04-01,corrected,,,,\n"
)
TOLD = ("case_number", "co_defendant", "orders_disclosure", "ordered_until")


@pytest.fixture
def logged(load):
    load("number,agency,received_on\n7,530000,2018-01-08\n")
    load(FILE, "appeals")
    return list(Appeal.objects.order_by("pk").values(*TOLD))


def test_a_file_that_goes_out_and_comes_in_changes_nothing(load, logged):
    lines = list(exported.lines(Appeal.objects.order_by("pk")))
    assert lines[1] == [
        "甲", "7", "530000", "未经复议直接起诉", "2018-03-01", "2018-04-01", "结果纠正",
        "", "", "是", "2018-05-02",
    ]  # fmt: skip
    assert done(load(workbook(*lines), "appeals")) == (5, 0, 0, 5)
    Appeal.objects.all().delete()
    assert done(load(workbook(*lines), "appeals")) == (5, 5, 0, 0)
    assert list(Appeal.objects.order_by("pk").values(*TOLD)) == logged


def test_the_list_gives_it_as_a_file(office, load, logged):
    user = member(office, "handler")
    user.is_staff = True
    user.save()
    client = Client()
    client.force_login(user)
    answer = client.get(
        reverse("admin:requests_app_appeal_export"), {"result": "other"}
    )
    content = b"".join(answer.streaming_content)
    rows = openpyxl.load_workbook(io.BytesIO(content)).active.values
    assert [row[0] for row in rows] == ["案号", "乙"]
    told = load(content, "appeals")
    assert (done(told), told["rejected"]) == ((1, 0, 0, 1), [])
