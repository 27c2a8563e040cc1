"""Each outcome on exactly one line: of every form, and found where a line is lost."""

from dataclasses import replace

import pytest

from disclosure.wiring import FORMATS
from reporting.completeness import Gap, complete, gaps
from reporting.formats import national_2018, national_2021
from reporting.services.counting import count
from reporting.services.reports import report
from reporting.tables import where
from requests_app.domain.vocabulary import Exit, Outcome

FORMS = {form.key: form for form in FORMATS}


def changed(form, change):
    """Every line as `change` leaves it; None takes it away."""
    sections = tuple(
        replace(
            section,
            tables=tuple(
                replace(table, lines=tuple(filter(None, map(change, table.lines))))
                for table in section.tables
            ),
        )
        for section in form.sections
    )
    return replace(form, sections=sections)


@pytest.mark.parametrize("key", FORMS)
def test_every_outcome_stands_on_one_line_or_is_a_named_exception(key):
    assert list(gaps(FORMS[key])) == []


def ends(form):
    """The lines that hold an outcome which no other end holds."""
    return {
        code
        for outcome in Outcome
        for code in [
            line.code
            for line in form.lines
            if outcome in line.condition.get("outcome", ())
        ][-1:]
    }


@pytest.mark.parametrize("form", FORMATS, ids=FORMS)
def test_any_line_left_out_is_found(form):
    for code in ends(form):
        lost = next(line for line in form.lines if line.code == code)
        found = list(
            gaps(changed(form, lambda li, c=code: None if li.code == c else li))
        )
        assert {gap.outcome for gap in found} == lost.condition["outcome"], code


def test_an_outcome_on_two_lines_is_found():
    def wider(line):
        if line.code != "3.3.1":
            return line
        also = {Outcome.PETITION} | line.condition["outcome"]
        return replace(line, condition=where(exit=Exit.CLOSED, outcome=also))

    form = changed(national_2021.FORM, wider)
    assert list(gaps(form)) == [Gap(Outcome.PETITION, ("3.3.1", "3.3.5.1"))]


def test_an_exception_that_has_a_line_is_no_exception():
    form = replace(national_2021.FORM, off_paper=frozenset({Outcome.OTHER}))
    assert list(gaps(form)) == [Gap(Outcome.OTHER, ("3.3.6.3",))]


@pytest.mark.django_db
def test_the_finding_names_the_requests(office, letters):
    form = complete(
        changed(national_2018.FORM, lambda line: None if line.code == "3.3.2" else line)
    )
    told = report(count(form, 2018), office.pk, "own")["findings"]
    [found] = [f for f in told if f["rule"] == "on_exactly_one_line"]
    names = "、".join(letter.reference for letter in letters[:2])
    assert (found["level"], found["left"]) == ("soft", 2)
    assert found["message"].startswith(
        f"2 件“{Outcome.GRANTED.zh}”应计入一行，而计入：（无）：{names} / "
    )
