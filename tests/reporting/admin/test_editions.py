"""The pages on which a report goes up, is signed, and opens into its requests."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from reporting.models import Edition, Report
from reporting.services import filing
from reporting.services.editions import Which
from reporting.services.reports import annual
from requests_app.models import Agency
from requests_app.services.agencies import place
from requests_app.services.history import History, record_history
from tests.reporting.conftest import granted, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(office, letters, statistics):
    _form, content, _name = annual(
        year=2018, code="530000", form_key=None, scope="area", deps=statistics
    )
    return Report.objects.create(
        agency=office, year=2018, form="national_2018", scope="area", content=content,
        counted_at=statistics.clock.now(),
    )  # fmt: skip


@pytest.fixture
def signed(office, draft, statistics):
    head = member(office, "office_head")
    which = Which(office, 2018, "national_2018", "area")
    edition = filing.submit(which, by=head, deps=statistics)
    return filing.sign(edition, by=head, deps=statistics)


def of(agency, *roles):
    user = member(agency, *roles)
    user.is_staff = True
    user.save()
    client = Client()
    client.force_login(user)
    return client


def to(name, *args):
    return reverse(f"admin:reporting_edition_{name}", args=args)


def text(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def test_the_page_names_the_software_that_signed(office, draft):
    client = of(office, "office_head")
    client.post(to("draft", draft.pk))
    edition = Edition.objects.get()
    client.post(to("do", edition.pk, "sign"))
    edition.refresh_from_db()
    assert (edition.state, edition.release) == ("signed", settings.RELEASE)
    page = text(client.get(to("change", edition.pk)))
    assert f"软件版本 <code>{settings.RELEASE}</code>" in page


def test_a_draft_is_handed_up_signed_and_published(office, draft):
    client = of(office, "office_head")
    client.post(to("draft", draft.pk))
    edition = Edition.objects.get()
    for act in ("sign", "publish"):
        client.post(to("do", edition.pk, act))
    edition.refresh_from_db()
    assert (edition.state, edition.files.count()) == ("published", 5)
    file = edition.files.get(ending=".csv")
    answer = client.get(to("file", edition.pk, "csv"))
    assert (answer.content, answer["ETag"]) == (bytes(file.content), f'"{file.sha256}"')


def test_a_refusal_is_told_and_changes_nothing(office, draft):
    client = of(office, "intake_clerk")
    answer = client.post(to("draft", draft.pk))
    assert "由本机关的统计人员或机构负责人办理" in text(answer)
    assert Edition.objects.count() == 0


@pytest.mark.parametrize("page", ["cell", "opened"])
@pytest.mark.parametrize(("line", "count"), [("3.1", 3), ("3.1.2", 1), ("3.1.1", 0)])
def test_behind_a_number_are_its_requests(office, draft, signed, page, line, count):
    which = signed if page == "cell" else draft
    answer = of(office, "statistician").get(to(page, which.pk, line, "count"))
    assert answer.context["total"] == count
    assert text(answer).count("〔2018〕") == count
    back = to("change" if page == "cell" else "draft", which.pk)
    assert f'<a href="{back}">← {which}</a>' in text(answer)
    assert f'<h1 lang="zh">{line} ' in text(answer)


def test_behind_an_entered_number_is_who_entered_it(office, draft):
    answer = of(office, "statistician").get(to("opened", draft.pk, "1.1", "count"))
    assert "尚未填报" in text(answer)


@pytest.mark.parametrize("cell", [("9.9", "count"), ("3.1", "total"), ("3", "count")])
def test_there_is_nothing_behind_what_is_no_cell(office, draft, cell):
    assert of(office).get(to("opened", draft.pk, *cell)).status_code == 404


def test_the_board_links_what_is_there(office, draft, signed):
    shown = text(of(office, "statistician").get(to("board", 2018)))
    assert "已签发" in shown
    assert "昆明市" in shown


def test_a_stranger_sees_no_report(signed, draft):
    elsewhere = Agency(code="990000", name="别省", kind="government")
    place(elsewhere, on=None)
    client = of(elsewhere, "office_head")
    pages = [
        to("change", signed.pk), to("draft", draft.pk), to("cell", signed.pk, "3.1", "count"),
    ]  # fmt: skip
    assert [client.get(page).status_code for page in pages] == [404, 404, 404]


def test_a_report_is_sent_back_with_a_remark_and_answered(county, letters, statistics):
    which = Which(county, 2018, "national_2018", "own")
    edition = filing.submit(which, by=member(county, "office_head"), deps=statistics)
    above = of(county.parent, "statistician")
    above.post(
        to("do", edition.pk, "send_back"),
        {"reason": "", "at": ["3.1|count", ""], "text": ["偏少？", ""]},
    )
    remark = edition.remarks.get()
    below = of(county, "statistician")
    below.post(to("do", edition.pk, "answer"), {"remark": remark.pk, "text": "属实"})
    page = text(below.get(to("change", edition.pk)))
    remark.refresh_from_db()
    assert (remark.answer, "偏少？" in page, "属实" in page) == ("属实", True, True)


@pytest.mark.parametrize(
    ("language", "heading"),
    [("zh-hans", "与上一版的差异"), ("en", "What differs from the edition before")],
)
def test_a_correction_shows_old_new_and_difference(
    signed, office, county, deps, statistics, language, heading
):
    row = History(agency=county, number_year=2018, channel="fax", events=granted())
    record_history([row], by=None, deps=deps)
    head = member(office, "office_head")
    which = Which(office, 2018, "national_2018", "area")
    new = filing.submit(which, by=head, deps=statistics, reason="补录")
    new = filing.sign(new, by=head, deps=statistics)
    client = of(office, "office_head")
    answer = client.get(to("change", new.pk), headers={"accept-language": language})
    assert heading in text(answer)
    received = answer.context["cells_corrected"][0]
    assert (received["was"], received["now"], received["by"]) == ("3", "4", "+1")
    assert len(answer.context["facts_corrected"]) == 1


def test_what_came_after_the_signature_is_called_by_its_number(office, signed, deps):
    row = History(
        agency=office,
        number_year=2018,
        channel="post",
        events=granted(),
        number="迟1号",
    )
    [late] = record_history([row], by=None, deps=deps)
    page = text(of(office, "office_head").get(to("change", signed.pk)))
    link = reverse("admin:requests_app_disclosurerequest_change", args=[late.pk])
    assert f'href="{link}">申请 迟1号</a>：签发后补录' in page
