"""What belongs in a cell that is filled in by hand: the form's own note; where no source has
one, what its label and unit say, and that nothing else does."""

from reporting.rules import Cell
from reporting.tables import AMOUNT, Form

UNITS = {
    "条": "items",
    "件": "cases or documents",
    "次": "times",
    "篇": "articles",
    "个": "their number",
    "人": "persons",
    "人次": "attendances",
    AMOUNT: "10 000 yuan",
}


def definition(form: Form, cell: Cell) -> str:
    """中文 / English; nothing for a counted cell that has no note."""
    line, column = form.cells[cell]
    notes = [note.partition(" / ") for note in (line.help, column.help) if note]
    if notes:
        return f"{'；'.join(zh for zh, _, _ in notes)} / {'; '.join(en for *_, en in notes)}"
    if form.source(cell) != "entered":
        return ""  # opens into what it counts
    unit = column.unit or line.unit
    many = len(form.columns_of(line.code)) > 1
    called = f"{line.name}·{column.label}" if many else line.name
    zh = f"{called}{f'，以“{unit}”计' if unit else ''}；没有官方解释，按字面填报"
    en = f"as its label reads{f', in {UNITS[unit]}' if unit in UNITS else ''}; no official note is known"
    return f"{zh} / {en}"
