"""The page on which an office writes its report."""

import pytest

from reporting.models import ChapterText
from tests.reporting.admin.test_editions import draft as draft
from tests.reporting.admin.test_editions import of, text, to

pytestmark = pytest.mark.django_db


def test_a_chapter_is_looked_at_then_saved(office, draft):
    client, page = of(office, "statistician"), to("text", draft.pk)
    told = {"numeral": "一", "text": "收到{3.1}件", "seen": "0"}
    assert "收到3件" in text(client.post(page, told | {"look": "1"}))
    assert ChapterText.objects.count() == 0
    assert "收到3件" in text(client.post(page, told | {"save": "1"}, follow=True))
    assert ChapterText.objects.get().text == "收到{3.1}件"


@pytest.mark.parametrize("how", ["look", "save"])
def test_an_unknown_placeholder_is_named_and_the_text_kept_in_its_box(
    office, draft, how
):
    told = {"numeral": "一", "text": "收到{9.9}件", "seen": "0", how: "1"}
    shown = text(of(office, "statistician").post(to("text", draft.pk), told))
    assert "{9.9}：本表没有 9.9:count 这一格" in shown
    assert "(no such cell)" not in shown
    assert ">收到{9.9}件</textarea>" in shown
    assert ChapterText.objects.count() == 0


def test_findings_are_shown_beside_the_chapter(office, draft):
    client = of(office, "statistician")
    told = {
        "numeral": "一",
        "text": "全年收到政府信息公开申请4件。",
        "seen": "0",
        "save": "1",
    }
    shown = text(client.post(to("text", draft.pk), told, follow=True))
    assert "统计表 3.1 为 3" in shown


def test_out_of_sight_is_404(county, draft):
    assert of(county, "statistician").get(to("text", draft.pk)).status_code == 404
