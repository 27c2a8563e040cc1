"""The official table, once warm. A file's floor is its bytes written again: nothing to
compare, so the two promises stand beside the figures."""

from benchmarks.measuring import in_turns
from reporting.demo import office
from reporting.formats.national_2018 import FORM
from reporting.renderers.pdf import PdfRenderer
from reporting.renderers.xlsx import XlsxRenderer
from reporting.services import reports

PROMISED = ((XlsxRenderer(), 100), (PdfRenderer(), 500))


def run() -> None:
    cells = {code: {"count": value} for code, value in office.CELLS.items()}
    told = {"year": 2018, "cells": cells}
    document = reports.document(FORM, told, agency="云南省人民政府")
    for renderer, most in PROMISED:
        (took,) = in_turns(lambda renderer=renderer: renderer.render(document))
        print(
            f"the official table as {renderer.ending}: ours {took:.1f} ms once warm, "
            f"promised {most} ms",
            flush=True,
        )
