"""Every concluded request stands on exactly one line for outcomes, or its outcome is one of
the form's named exceptions: read from the declaration, and raised where it does not hold."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from reporting.placing import leaves
from reporting.tables import Doubt, Form, where
from requests_app.domain.vocabulary import Exit, Outcome


@dataclass(frozen=True)
class Gap:
    """An outcome on no line, or on several."""

    outcome: Outcome
    lines: tuple[str, ...]


def gaps(form: Form) -> Iterator[Gap]:
    conditions = {line.code: line.condition for line in form.lines}
    ends = leaves(form)
    for outcome in Outcome:
        lines = tuple(c for c in ends if outcome in conditions[c]["outcome"])
        if len(lines) != (0 if outcome in form.off_paper else 1):
            yield Gap(outcome, lines)


def complete(form: Form) -> Form:
    """The form with a doubt for each gap of its own, which names the requests."""
    return replace(
        form, doubts=(*form.doubts, *(raised_by(gap, form) for gap in gaps(form)))
    )


def raised_by(gap: Gap, form: Form) -> Doubt:
    line = next(line for line in form.lines if line.source == "requests")
    listed = "、".join(gap.lines) or "（无）"
    return Doubt(
        id=f"on_exactly_one_line:{gap.outcome}",
        line=gap.lines[0] if gap.lines else line.code,
        column=form.columns_of(line.code)[-1].code,
        zh=f"{{n}} 件“{gap.outcome.zh}”应计入一行，而计入：{listed}",
        en=f"concluded as {gap.outcome.en}: to stand on one line, but on {len(gap.lines)}",
        counts=where(exit=Exit.CLOSED, outcome=gap.outcome),
        named=True,
    )
