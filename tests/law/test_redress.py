"""The paragraph of remedies, case by case: outcome × day of reply (LAW 1.10)."""

from datetime import date

import pytest

from requests_app.domain.redress import OLD, UNREAD, redress
from requests_app.domain.vocabulary import Outcome

REVIEW_LAW, SUIT_LAW = (
    "《中华人民共和国行政复议法》",
    "《中华人民共和国行政诉讼法》",
)
EITHER = "如对本答复不服，可以自收到本答复之日起60日内向某市人民政府申请行政复议，也可以自收到本答复之日起6个月内向某法院提起行政诉讼。"
FIRST = "如对%s不服，应当自收到本答复之日起60日内先向某市人民政府申请行政复议；对行政复议决定不服的，可以自收到行政复议决定书之日起15日内向某法院提起行政诉讼。"
REVIEW = "如对本答复不服，可以自收到本答复之日起60日内向某市人民政府申请行政复议；对行政复议决定不服的，可以自收到行政复议决定书之日起15日内向某法院提起行政诉讼。"
FIRST_BASIS = f"（依据：{REVIEW_LAW}第二十条、第二十三条第一款第（四）项、第二款、{SUIT_LAW}第四十五条）"
# fmt: off
CASES = {
    "a refusal of 2018: either way": (
        Outcome.STATE_SECRET, "2018-08-01",
        EITHER + f"（依据：{REVIEW_LAW}第九条、{SUIT_LAW}第四十六条）", ""),
    "before May 2015 a suit had three months, which nobody has read": (
        Outcome.NOT_HELD, "2015-04-30",
        EITHER.replace("6个月", "3个月") + f"（依据：{REVIEW_LAW}第九条、{SUIT_LAW}第三十九条）", OLD),
    "the last day of either way for a refusal": (
        Outcome.DELIBERATIVE, "2023-12-31",
        EITHER + f"（依据：{REVIEW_LAW}第九条、{SUIT_LAW}第四十六条）", ""),
    "from 2024 review comes first for Art. 14 to 16, and the letter says so": (
        Outcome.DELIBERATIVE, "2024-01-01", FIRST % "本答复" + FIRST_BASIS, ""),
    "the refused part of a partial grant too": (
        Outcome.PARTLY_GRANTED, "2024-01-01", FIRST % "本答复中不予公开的决定" + FIRST_BASIS, ""),
    "what cannot be provided may be sued over directly": (
        Outcome.NOT_HELD, "2024-01-01",
        EITHER + f"（依据：{REVIEW_LAW}第二十条、{SUIT_LAW}第四十六条）", ""),
    "a petition until May 2025": (
        Outcome.PETITION, "2025-05-31",
        EITHER + f"（依据：{REVIEW_LAW}第二十条、{SUIT_LAW}第四十六条）", ""),
    "from June 2025 no direct suit over a petition (SPC25 §10)": (
        Outcome.PETITION, "2025-06-01",
        REVIEW + f"（依据：{REVIEW_LAW}第二十条、{SUIT_LAW}第四十五条）", ""),
    "a repeat stays open to suit": (
        Outcome.REPEATED, "2025-06-01",
        EITHER + f"（依据：{REVIEW_LAW}第二十条、{SUIT_LAW}第四十六条）", ""),
    "from July 2026 refusals rest on a text that nobody has read": (
        Outcome.TRADE_SECRET, "2026-07-01", FIRST % "本答复" + FIRST_BASIS, UNREAD),
    "and what is no refusal does not": (
        Outcome.GRANTED, "2026-07-01",
        EITHER + f"（依据：{REVIEW_LAW}第二十条、{SUIT_LAW}第四十六条）", ""),
}
# fmt: on


@pytest.mark.parametrize(
    ("outcome", "on", "text", "unverified"), CASES.values(), ids=CASES
)
def test_the_paragraph(outcome, on, text, unverified):
    told = redress(
        outcome,
        date.fromisoformat(on),
        review_body="某市人民政府",
        court="某法院",
        this="本答复",
    )
    assert (told.text, told.unverified) == (text, unverified)
