"""In an address: a year (2018) or one of its quarters (2018-Q1)."""

from django.urls import register_converter

from reporting.period import Span, period, quarter


class When:
    regex = r"[12][0-9]{3}(?:-Q[1-4])?"

    def to_python(self, value: str) -> Span:
        year, _, n = value.partition("-Q")
        return quarter(int(year), int(n)) if n else int(year)

    def to_url(self, value: Span) -> str:
        return period(value).name


register_converter(When, "when")
#: of the 填报 page and what is beside it
AT = "<int:agency>/<when:year>/<slug:form>"
