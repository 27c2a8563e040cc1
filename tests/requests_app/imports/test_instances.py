"""一审案号: which case may be another's first instance, wherever it stands in the file."""

import pytest

from requests_app.models import Appeal
from tests.files import places

pytestmark = pytest.mark.django_db
HEADER = (
    "case_number,agency,procedure,filed_on,decided_on,result,first_instance_case_number"
)
FIRST = "一1,530000,未经复议直接起诉,2018-01-05,2018-06-01,结果维持,"
SECOND = "二1,530000,未经复议直接起诉,2018-07-05,,尚未审结,一1"
REVIEW = "复1,530000,行政复议,2018-01-05,2018-02-01,结果维持,"

# fmt: off
SOUND = {
    "an appeal after its first instance": [FIRST, SECOND],
    "and before it in the file": [SECOND, FIRST],
    "a first instance that is not logged": [SECOND],
    "a suit and a reconsideration of one number": [FIRST, FIRST.replace("未经复议直接起诉", "行政复议"), SECOND],
}
WRONG = {
    "its own number": [FIRST.replace("结果维持,", "结果维持,一1")],
    "a reconsideration with a first instance": [FIRST, REVIEW.replace("结果维持,", "结果维持,一1")],
    "a reconsideration as first instance": [REVIEW, "二1,530000,复议后起诉,2018-03-05,,尚未审结,复1"],
    "filed after this case": [FIRST, "二1,530000,未经复议直接起诉,2018-01-04,,尚未审结,一1"],
    "a circle": [FIRST.replace("结果维持,", "结果维持,二1"), SECOND.replace("2018-07-05", "2018-01-05")],
}
# fmt: on


@pytest.mark.parametrize("rows", SOUND.values(), ids=SOUND)
def test_what_may_be_a_first_instance(load, rows):
    told = load("\n".join([HEADER, *rows]) + "\n", "appeals")
    assert (told["rejected"], told["created"]) == ([], len(rows))


@pytest.mark.parametrize("rows", WRONG.values(), ids=WRONG)
def test_what_may_not_is_refused_and_nothing_written(load, rows):
    told = load("\n".join([HEADER, *rows]) + "\n", "appeals")
    assert {column for _, column in places(told)} == {"first_instance_case_number"}
    assert Appeal.objects.count() == 0
