"""复议前置: direct suits over refusals against which review comes first since 2024
(LAW 1.10, 行政复议法（2023）第二十三条), and which the court did not turn away. No form
asks for them; each counts them under its line of direct suits."""

from reporting.tables import Doubt, where
from requests_app.domain.remedies import REVIEW_FIRST_SINCE
from requests_app.domain.vocabulary import AppealResult, Procedure

NOT_TURNED_AWAY = [r for r in AppealResult if r is not AppealResult.OTHER]


def review_skipped(line: str, column: str) -> Doubt:
    return Doubt(
        id="review_skipped",
        line=line,
        column=column,
        source="appeals",
        named=True,
        since=REVIEW_FIRST_SINCE.year,
        counts=where(
            procedure=Procedure.LITIGATION_DIRECT,
            result=NOT_TURNED_AWAY,
            review="skipped",
        ),
        zh="{n} 件未经复议直接起诉的案件，所诉答复依法应先申请行政复议，请核对",
        en="suits brought directly over a reply against which review comes first",
    )
