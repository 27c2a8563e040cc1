"""The time limits of the Regulations by the day each came into force, with the article."""

from dataclasses import dataclass
from datetime import date


class NotAllowed(Exception):
    """The law forbids it, or it cannot have happened; `article` says where."""

    def __init__(self, message: str, article: str = "") -> None:
        super().__init__(message)
        self.message, self.article = message, article


@dataclass(frozen=True, kw_only=True)
class Article:
    """A rule's place in both regimes' texts is data: printed, never computed."""

    reply: str
    supplement: str
    opinion: str
    extension: str
    fee: str


@dataclass(frozen=True, kw_only=True)
class Regime:
    key: str
    decree: str
    in_force_from: date
    reply_days: int  # working days after the day of receipt
    most_extension_days: int
    supplement_notice_days: int | None  # None: no limit to ask for a supplement
    opinion_days: int
    article: Article


# fmt: off
REGIMES = (
    Regime(
        key="2008", decree="国务院令第492号", in_force_from=date(2008, 5, 1),
        reply_days=15, most_extension_days=15,
        supplement_notice_days=None, opinion_days=15,
        article=Article(
            reply="第二十四条", supplement="第二十一条第（四）项", opinion="第二十三条、第二十四条第三款",
            extension="第二十四条第二款", fee="第二十七条",
        ),
    ),
    Regime(
        key="2019", decree="国务院令第711号", in_force_from=date(2019, 5, 15),
        reply_days=20, most_extension_days=20,
        supplement_notice_days=7, opinion_days=15,
        article=Article(
            reply="第三十三条", supplement="第三十条", opinion="第三十二条、第三十三条第三款",
            extension="第三十三条第二款", fee="第四十二条",
        ),
    ),
)
# fmt: on

FIRST_DAY = REGIMES[0].in_force_from


def regime_on(received_on: date) -> Regime:
    """The regime of the day of receipt (DESIGN §10); NotAllowed before 2008-05-01."""
    if received_on < FIRST_DAY:
        raise NotAllowed(
            f"{received_on} 早于《政府信息公开条例》施行之日 {FIRST_DAY} "
            f"(before the Regulations came into force)",
            "国务院令第492号第三十八条",
        )
    return next(r for r in reversed(REGIMES) if r.in_force_from <= received_on)
