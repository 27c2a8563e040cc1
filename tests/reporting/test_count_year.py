import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from reporting.models import CountingJob, Figure, Rendering, Report

pytestmark = pytest.mark.django_db


def count(*words):
    out = io.StringIO()
    call_command("count_year", *words, stdout=out)
    return out.getvalue()


@pytest.fixture
def doubted(county):
    """More normative documents published than issued, and that by hand: S18-R10."""
    for line, value in (("1.1.s1", 2), ("1.1.s2", 1)):
        Figure.objects.create(
            agency=county, year=2018, form="national_2018", line=line, column="count",
            value=value, entered_at=timezone.now(),
        )  # fmt: skip


def test_the_year_is_counted_and_told(county, doubted):
    assert json.loads(count("2018", "--json")) == {
        "year": 2018,
        "form": "national_2018",
        "agencies": 2,
        "reports": 4,
        "findings": {"hard": 0, "soft": 3},
        "files": {"asked": 0, "done": 0, "failed": 0},
    }
    assert not Rendering.objects.exists()


def test_in_words_for_people(county, doubted):
    assert count("2018") == (
        "2018 年（national_2018）：2 个机关，4 张统计表；疑点 硬性 0，软性 3；"
        "文件 已生成 0，失败 0\n"
    )


def test_the_six_files_of_each_agency_are_drawn(county):
    files = json.loads(count("2018", "--render", "--json"))["files"]
    assert files == {"asked": 0, "done": 12, "failed": 0}
    drawn = Rendering.objects.get(report__agency=county, ending=".pdf")
    assert bytes(drawn.content[:5]) == b"%PDF-"


def test_counted_again_it_is_one_job_and_the_same_files(county):
    count("2018", "--render")
    before = list(Rendering.objects.values_list("sha256", "rendered_at"))
    count("2018", "--render")
    assert list(Rendering.objects.values_list("sha256", "rendered_at")) == before
    assert CountingJob.objects.get().attempts == 2
    assert Report.objects.count() == 4


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("1999",), "1999 年没有对应的表式"),
        (("2018", "--form", "national_1900"), "没有表式 national_1900"),
    ],
)
def test_what_cannot_be_counted_is_refused_and_leaves_no_job(county, words, told):
    with pytest.raises(CommandError, match=told):
        count(*words)
    assert not CountingJob.objects.exists()
