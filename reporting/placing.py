"""An office's own line for an outcome whose line the form leaves uncertain.

The conditions themselves are changed, so that counting, drill-down, checks and signing all
follow. Whoever adds up a tree needs one definition: the choice is the installation's.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from reporting.tables import Condition, Form, Line, Table


def placed(form: Form, chosen: Mapping[str, str]) -> Form:
    """The form with each outcome on the line chosen for it, and on the totals above that
    line; without a choice on the line that the form gives it. ValueError says what may
    not be chosen."""
    form = form.prescribed or form
    if not chosen:
        return form
    for outcome, code in chosen.items():
        check(form, outcome, code)
    chains = {outcome: set(chain(form, code)) for outcome, code in chosen.items()}
    sections = tuple(
        replace(
            section,
            tables=tuple(with_chains(table, chains) for table in section.tables),
        )
        for section in form.sections
    )
    return replace(form, sections=sections, chosen=dict(chosen), prescribed=form)


def check(form: Form, outcome: str, code: str) -> None:
    if outcome not in form.uncertain:
        may = "、".join(sorted(form.uncertain)) or "（无）"
        raise ValueError(
            f"{form.key}：{outcome} 的行不能另行指定，可以指定的有：{may} "
            "(only these outcomes may be placed by an office)"
        )
    if code not in leaves(form):
        raise ValueError(
            f"{form.key}：{outcome} 不能计入 {code}，可选：{'、'.join(leaves(form))} "
            "(not a line of its own for replies)"
        )


def leaves(form: Form) -> list[str]:
    """The lines for outcomes that are no totals of others."""
    by_outcome = [line.code for line in form.lines if "outcome" in line.condition]
    totals = {above for code in by_outcome for above in chain(form, code)[1:]}
    return [code for code in by_outcome if code not in totals]


def chain(form: Form, code: str) -> list[str]:
    """The line and, upwards, the totals of outcomes that it is part of."""
    return [line.code for line in upwards(form, code) if "outcome" in line.condition]


def upwards(form: Form, code: str) -> Iterator[Line]:
    lines = list(form.lines)
    at = next(n for n, line in enumerate(lines) if line.code == code)
    depth = lines[at].depth + 1
    for line in reversed(lines[: at + 1]):
        if line.depth < depth:
            depth = line.depth
            yield line


def with_chains(table: Table, chains: Mapping[str, set[str]]) -> Table:
    lines = tuple(
        replace(line, condition=moved(line, chains))
        if "outcome" in line.condition
        else line
        for line in table.lines
    )
    return replace(table, lines=lines)


def moved(line: Line, chains: Mapping[str, set[str]]) -> Condition:
    here = {outcome for outcome, codes in chains.items() if line.code in codes}
    kept = line.condition["outcome"] - chains.keys()
    return {**line.condition, "outcome": frozenset(kept | here)}
