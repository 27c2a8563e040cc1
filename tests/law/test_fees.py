"""国办函〔2020〕109号: the two ways to charge, at each step's edges."""

from datetime import date

import pytest

from requests_app.domain import fees
from requests_app.domain.regimes import NotAllowed

# fmt: off
PAGES = {
    1: 0, 30: 0, 31: 10, 100: 700, 101: 720, 200: 2700, 201: 2740, 250: 4700,
}
PIECES = {  # the how many-th piece of the month: yuan for that piece
    1: 0, 10: 0, 11: 100, 30: 100, 31: 200, 40: 200, 41: 300, 50: 300, 51: 400, 101: 900,
}
# fmt: on


@pytest.mark.parametrize(("pages", "yuan"), PAGES.items())
def test_by_page(pages, yuan):
    assert fees.by_page(pages).amount == yuan


@pytest.mark.parametrize(("piece", "yuan"), PIECES.items())
def test_by_piece(piece, yuan):
    assert fees.by_piece(piece).amount == yuan


@pytest.mark.parametrize("last", [10, 30, 40, 55, 123])
def test_pieces_at_once_are_the_pieces_one_by_one(last):
    one_by_one = sum(fees.by_piece(n).amount for n in range(1, last + 1))
    assert fees.by_piece(1, last).amount == one_by_one


def test_a_charge_explains_itself():
    assert str(fees.by_page(110)) == (
        "第1至30页每页0元，计0元；第31至100页每页10元，计700元；"
        "第101至110页每页20元，计200元，共900元"
    )
    assert str(fees.by_piece(29, 32)) == (
        "第29至30件每件100元，计200元；第31至32件每件200元，计400元，共600元"
    )


@pytest.mark.parametrize("counts", [(0,), (-1,), (5, 4)])
def test_there_is_no_piece_before_the_first(counts):
    with pytest.raises(NotAllowed):
        fees.by_piece(*counts)


def test_before_2021_nothing_is_charged():
    with pytest.raises(NotAllowed, match="2021-01-01"):
        fees.in_force(date(2020, 12, 31))
    assert fees.in_force(date(2021, 1, 1)) is None
