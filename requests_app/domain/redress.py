"""救济: the paragraph of a letter that says what its reader can do against it, where, and
until when. The rules are `remedies`; the bodies come from the agency's data."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from requests_app.domain.remedies import (
    REFUSED_14_TO_16,
    REVIEW_FIRST_ARTICLE,
    RULES,
    UNREAD_SINCE,
    Rule,
    review_comes_first,
)
from requests_app.domain.vocabulary import Outcome, Procedure

UNREAD = (
    "2026年7月1日起施行的《行政复议法实施条例》修订文本尚未核对，请核对救济条款后签发 "
    "(the revised rules in force from 2026-07-01 were not read: check the remedies)"
)
OLD = "该时期的起诉期限尚未核对文本 (the period of that time was not read in a text)"


@dataclass(frozen=True, kw_only=True)
class Redress:
    """`unverified` says what nobody has read in a text yet; empty where all was."""

    text: str
    articles: tuple[str, ...]
    unverified: str = ""


def redress(
    outcome: Outcome, replied_on: date, *, review_body: str, court: str, this: str
) -> Redress:
    """`this` is what the letter calls itself: 本答复."""
    rules = {rule.procedure: rule for rule in in_force(outcome, replied_on)}
    review = rules[Procedure.RECONSIDERATION]
    after = rules[Procedure.LITIGATION_AFTER_RECONSIDERATION]
    direct = rules.get(Procedure.LITIGATION_DIRECT)
    first = review_comes_first(outcome, replied_on)
    against = part(outcome, this) if first else this
    must, before = ("应当", "先") if first else ("可以", "")
    text = f"如对{against}不服，{must}自收到{this}之日起{review.period}内{before}向{review_body}申请行政复议"
    if direct is None:
        text += f"；对行政复议决定不服的，可以自收到行政复议决定书之日起{after.period}内向{court}提起行政诉讼"
    else:
        text += f"，也可以自收到{this}之日起{direct.period}内向{court}提起行政诉讼"
    articles = (
        review.article,
        *((REVIEW_FIRST_ARTICLE,) if first else ()),
        (direct or after).article,
    )
    return Redress(
        text=f"{text}。（依据：{cited(articles)}）",
        articles=articles,
        unverified=unverified(outcome, replied_on, [review, direct or after]),
    )


def unverified(outcome: Outcome, replied_on: date, rules: Iterable[Rule]) -> str:
    if replied_on >= UNREAD_SINCE and outcome in REFUSED_14_TO_16:
        return UNREAD
    return "" if all(rule.verified for rule in rules) else OLD


def in_force(outcome: Outcome, replied_on: date) -> list[Rule]:
    return [
        rule
        for rule in RULES
        if rule.since <= replied_on <= rule.until and outcome in rule.outcomes
    ]


def part(outcome: Outcome, this: str) -> str:
    """The refused part of a partial grant is what review comes first for."""
    return f"{this}中不予公开的决定" if outcome is Outcome.PARTLY_GRANTED else this


def cited(articles: Iterable[str]) -> str:
    """行政复议法（2023）第二十条 → 《中华人民共和国行政复议法》第二十条; a law is named once."""
    parted = [re.split(r"（\d+）|(?=第)", article, maxsplit=1) for article in articles]
    return "、".join(
        f"《中华人民共和国{law}》" + "、".join(article for _, article in group)
        for law, group in groupby(parted, key=lambda told: told[0])
    )
