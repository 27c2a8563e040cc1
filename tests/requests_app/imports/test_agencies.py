"""What a file of agencies means: INTERFACES §2, sentence by sentence."""

from datetime import date

import pytest

from requests_app.models import Agency, Placement
from requests_app.services.agencies import dissolve
from tests.files import done, places

pytestmark = pytest.mark.django_db
HEADER = "机关代码,机关名称,上级机关代码,机关类别,层级,报送机关代码"
TREE = """
530102,五华区,530100,政府,县级,
530100,昆明市,530000,政府,地级,
530000-SW,云南省税务局,530000,部门,,100000-SW
530100-SW,昆明市税务局,530100,部门,,530000-SW
100000-SW,国家税务总局,,部门,,
"""


def load_tree(load, text=TREE):
    return load(f"{HEADER}{text}", "agencies")


def tree():
    return {
        a.code: (a.path, a.reports_to and a.reports_to.code)
        for a in Agency.objects.select_related("reports_to")
    }


def test_parents_and_lines_of_report_may_stand_anywhere(load):
    assert done(load_tree(load)) == (5, 5, 0, 0)
    assert tree() == {
        "530000": ("/530000/", None),
        "530100": ("/530000/530100/", None),
        "530102": ("/530000/530100/530102/", None),
        "100000-SW": ("/100000-SW/", None),
        "530000-SW": ("/530000/530000-SW/", "100000-SW"),
        "530100-SW": ("/530000/530100/530100-SW/", "530000-SW"),
    }
    assert Placement.objects.filter(from_on=None, until_on=None).count() == 6


def test_the_same_file_again_changes_nothing(load):
    load_tree(load)
    before = list(Placement.objects.order_by("pk").values())
    assert done(load_tree(load)) == (5, 0, 0, 5)
    assert list(Placement.objects.order_by("pk").values()) == before


def test_the_english_keys_and_only_the_columns_that_must_be(load):
    assert done(load("code,name,kind\nA-1,某局,department\n", "agencies")) == (
        1, 1, 0, 0,
    )  # fmt: skip


def test_a_changed_name_or_parent_holds_from_today_and_the_past_stays(load):
    load_tree(load)
    told = load_tree(
        load, "\n530102,新五华区,530000,政府,县级,\n530100,昆明市,530000,政府,地级,\n"
    )
    assert done(told) == (2, 0, 1, 1)
    past, now = Placement.objects.filter(agency__code="530102").order_by("pk")
    assert (past.name, past.parent.code, past.from_on) == ("五华区", "530100", None)
    assert (now.name, now.parent.code, now.until_on) == ("新五华区", "530000", None)
    assert (now.from_on - past.until_on).days == 1


def test_a_subtree_moves_with_its_head(load):
    load_tree(load)
    load_tree(load, "\n530100,昆明市,100000-SW,政府,地级,\n")
    assert tree()["530102"][0] == "/100000-SW/530100/530102/"


def test_two_agencies_may_change_places(load):
    load_tree(load)
    told = load_tree(
        load, "\n530100,昆明市,530102,政府,地级,\n530102,五华区,530000,政府,县级,\n"
    )
    assert done(told) == (2, 0, 2, 0)
    assert tree()["530100"][0] == "/530000/530102/530100/"


def test_reports_to_is_empty_where_it_equals_the_parent(load):
    text = "\n530100,昆明市,530000,政府,地级,530000\n"
    assert done(load_tree(load, text)) == (1, 1, 0, 0)
    assert tree()["530100"] == ("/530000/530100/", None)
    assert done(load_tree(load, text)) == (1, 0, 0, 1)


def test_whom_a_parent_reports_to_may_be_below_it_where_no_circle_arises(load):
    told = load_tree(load, "\nA,甲,B,部门,,530000\nB,乙,,部门,,A\n")
    assert (done(told), tree()["A"]) == ((2, 2, 0, 0), ("/B/A/", "530000"))


# fmt: off
WRONG = {
    "an unknown parent": ("A,甲,999,部门,,", [(2, "parent")]),
    "an unknown line of report": ("A,甲,,部门,,999", [(2, "reports_to")]),
    "twice in a file": ("A,甲,,部门,,\nA,甲,,部门,,", [(3, "code")]),
    "no name": ("A,,,部门,,", [(2, "name")]),
    "no kind": ("A,甲,,,,", [(2, "kind")]),
    "an unknown kind": ("A,甲,,公司,,", [(2, "kind")]),
    "a code of other letters": ("甲,甲,,部门,,", [(2, "code")]),
    "a code of 33 letters": (f"{'A' * 33},甲,,部门,,", [(2, "code")]),
    "its own parent": ("A,甲,A,部门,,", [(2, "parent"), (2, "parent")]),
    "a circle": ("A,甲,B,部门,,\nB,乙,A,部门,,", [(2, "parent"), (3, "parent")]),
    "a circle along the report": ("A,甲,,部门,,B\nB,乙,,部门,,A", [(2, "reports_to"), (3, "reports_to")]),
    "below one's own subordinate": ("530000,省,530100,政府,,", [(2, "parent")]),
}
# fmt: on


@pytest.mark.parametrize(("rows", "faults"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_is_refused_and_nothing_written(load, rows, faults):
    load_tree(load)
    before = tree()
    told = load_tree(load, f"\n{rows}\n")
    assert (sorted(set(places(told))), tree()) == (sorted(set(faults)), before)


def test_a_dissolved_agency_is_known_and_changed_no_more(load):
    load_tree(load)
    gone = Agency.objects.get(code="530102")
    dissolve(gone, on=date(2019, 7, 1))
    assert done(load_tree(load)) == (5, 0, 0, 5)
    renamed = "\n530102,五华新区,530100,政府,县级,\n"
    assert places(load_tree(load, renamed)) == [(2, "code")]
