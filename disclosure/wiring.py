"""The composition root: the only module that chooses implementations."""

from functools import partial

import wireup
from django.conf import settings

from reporting import dependencies as reporting_dependencies
from reporting.completeness import complete
from reporting.formats import (
    fujian_legacy,
    national_2018,
    national_2019,
    national_2021,
)
from reporting.placing import placed
from reporting.renderers.csv_ import CsvRenderer
from reporting.renderers.docx import DocxRenderer
from reporting.renderers.fonts import FOLDER as FONTS
from reporting.renderers.html import HtmlRenderer
from reporting.renderers.pdf import PdfRenderer
from reporting.renderers.xlsx import XlsxRenderer
from requests_app import dependencies
from requests_app.adapters import calendars, outbound
from requests_app.adapters.bells import CeleryBell
from requests_app.adapters.clocks import SystemClock
from requests_app.adapters.couriers import LoggingCourier, SortingCourier
from requests_app.adapters.numbers import CountedNumbers
from requests_app.adapters.paper import TypstPaper
from requests_app.adapters.webhooks import WebhookCourier
from requests_app.domain.calendars import Calendar
from requests_app.letters.documents import DocxLetters

FORMATS = tuple(
    complete(form)
    for form in (
        placed(national_2018.FORM, settings.LINES_2018),
        national_2019.FORM,
        national_2021.FORM,
        fujian_legacy.FORM,  # asked for by name: the national forms stand before it
    )
)
MOST_BYTES = 5_000_000  # of a report that is fetched
RENDERERS = (XlsxRenderer, DocxRenderer, PdfRenderer, HtmlRenderer, CsvRenderer)


@wireup.injectable(lifetime="scoped")
def calendar() -> Calendar:
    return calendars.loaded()


@wireup.injectable
def clock() -> SystemClock:
    return SystemClock()


@wireup.injectable(lifetime="scoped")
def requests_dependencies(
    clock: SystemClock, calendar: Calendar
) -> dependencies.Dependencies:
    return dependencies.Dependencies(
        clock=clock,
        calendar=calendar,
        numbers=CountedNumbers(),
        bell=CeleryBell(),
        courier=SortingCourier(
            LoggingCourier(),
            callback=WebhookCourier(clock, settings.CALLBACK_NETWORKS),
        ),
        paper=TypstPaper(FONTS),
        letters=DocxLetters(),
    )


@wireup.injectable(lifetime="scoped")
def reporting_deps(clock: SystemClock) -> reporting_dependencies.Dependencies:
    return reporting_dependencies.Dependencies(
        clock=clock,
        bell=CeleryBell(),
        formats=FORMATS,
        renderers={kind().ending: kind() for kind in RENDERERS},
        fetch=partial(
            outbound.get, networks=settings.CALLBACK_NETWORKS, most_bytes=MOST_BYTES
        ),
        release=settings.RELEASE,
    )
