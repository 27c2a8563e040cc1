"""What a refusal looks like: in the reader's language, its article in the law's."""

import pytest

from tests.requests_app.admin.test_acts import tried

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "quoted"),
    [
        ("zh-hans", "尚未送审，请承办人先送审（第四十五条）"),
        ("en", 'nothing is submitted: submit it first <span lang="zh">（第四十五条）'),
    ],
)
def test_a_refusal_quotes_its_article_in_chinese(signed_in, letter, language, quoted):
    reviewer = signed_in("r", "reviewer")
    reviewer.cookies["django_language"] = language
    page = tried(reviewer, letter, "reviewed", on="2024-09-11")
    assert quoted in page
