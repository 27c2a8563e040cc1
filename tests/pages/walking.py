"""Every address of the admin, found in its URL configuration and not in a list of ours."""

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib import admin
from django.urls import reverse

from reporting.models import Report
from requests_app.admin.act_forms import FORMS
from requests_app.admin.application_form import DETAILS
from requests_app.domain.guide import BY_KEY
from requests_app.models import Absence, Attachment, DisclosureRequest
from tests.pages.specimens import KEY

Arguments = list[list[Any]]


def draft() -> int:
    return Report.objects.earliest("pk").pk


def still_open() -> int:
    return DisclosureRequest.objects.filter(replied_on=None).earliest("pk").pk


def kept():
    return Attachment.objects.filter(secret=False)


#: pages that ask for more than the object they are of: URL name → arguments of each
# fmt: off
ALSO: dict[str, Callable[[Any], Arguments]] = {
    "requests_app_disclosurerequest_act": lambda found: [[found.pk, kind] for kind in FORMS],
    "requests_app_disclosurerequest_guide_step": lambda found: [[still_open(), key] for key in BY_KEY],
    "requests_app_disclosurerequest_withdraw": lambda found: [
        [paper.disclosure_request_id, paper.pk] for paper in kept()
    ],
    "requests_app_disclosurerequest_void": lambda found: [[still_open(), 2]],
    "requests_app_disclosurerequest_register": lambda found: [[channel] for channel in DETAILS],
    "requests_app_disclosurerequest_registered": lambda found: [[KEY]],
    "requests_app_absence_change": lambda found: [[one.pk] for one in Absence.objects.all()],
    "requests_app_complaint_void": lambda found: [[found.pk, 1]],
    "requests_app_disclosurerequest_letter": lambda found: [
        [found.pk, letter.pk] for letter in found.letters.all()
    ],
    "reporting_edition_draft": lambda edition: [[draft()]],
    "reporting_edition_text": lambda edition: [[draft()]],
    "reporting_edition_opened": lambda edition: [[draft(), "3.1", "count"]],
    "reporting_edition_cell": lambda edition: [[edition.pk, line, "count"] for line in ("3.1", "6")],
    "reporting_edition_period_cell": lambda edition: [],  # asks for a query: test_period
    "reporting_edition_obstacles": lambda edition: [[edition.agency_id, edition.year]],
    "reporting_figure_enter": lambda figure: [[figure.agency_id, figure.year, figure.form]],
    "reporting_figure_behind": lambda figure: [[figure.agency_id, figure.year, figure.form, "3.1", "count"]],
    "reporting_edition_board": lambda edition: [[edition.year]],
}
#: not pages: data for a script, a file, something done by POST, the end of the session
NOT_PAGES = {
    "jsi18n", "autocomplete", "view_on_site", "logout", "search", None,
    "requests_app_disclosurerequest_unmask", "requests_app_disclosurerequest_attachment",
    "requests_app_disclosurerequest_receipt_again", "requests_app_disclosurerequest_form",
    "requests_app_disclosurerequest_paper",
    "requests_app_disclosurerequest_volume", "requests_app_disclosurerequest_package",
    "requests_app_appeal_bundle", "requests_app_disclosurerequest_deadline_paper",
    "requests_app_appeal_mark", "requests_app_appeal_order", "requests_app_appeal_export",
    "requests_app_disclosurerequest_letter_docx", "requests_app_disclosurerequest_letter_paper",
    "requests_app_disclosurerequest_letter_file", "requests_app_disclosurerequest_clear", "requests_app_lettertemplate_in_use",
    "requests_app_lettertemplate_sample", "requests_app_lettertemplate_version",
    "reporting_edition_do", "reporting_edition_file", "reporting_report_draw",
    "reporting_report_file", "reporting_figure_empty", "reporting_figure_upload",
    "reporting_edition_period_file", "reporting_countingjob_count",
    "reporting_edition_compare_file",
    "reporting_countingjob_progress",
    "requests_app_importjob_do",
    "requests_app_importjob_faults", "requests_app_importjob_progress",
    "requests_app_disclosurerequest_search", "requests_app_disclosurerequest_export",
    "requests_app_disclosurerequest_search_save",
    "requests_app_disclosurerequest_search_delete",
    "resume",
}
# fmt: on


def addresses() -> Iterator[str]:
    yield reverse("admin:password_change")
    yield reverse("admin:index")
    yield from (
        reverse("admin:app_list", args=[label])
        for label in sorted({m._meta.app_label for m in admin.site._registry})
    )
    for model, shown in admin.site._registry.items():
        specimen = model._default_manager.order_by("pk").first()
        assert specimen, f"give {model.__name__} a specimen (tests/pages/specimens.py)"
        for pattern in shown.get_urls():
            if pattern.name not in NOT_PAGES:
                for told in arguments(pattern, specimen):
                    yield reverse(f"admin:{pattern.name}", args=told)


def arguments(pattern, specimen) -> Arguments:
    asked = pattern.pattern.regex.groupindex
    if pattern.name in ALSO:
        return ALSO[pattern.name](specimen)
    assert len(asked) < 2, f"say what {pattern.name} asks for (tests/pages/walking.py)"
    return [[specimen.pk] * len(asked)]


def others() -> set[str]:
    """Names at the site itself that are neither walked nor known not to be pages."""
    walked = {"index", "login", "password_change", "password_change_done", "app_list"}
    return (
        {p.name for p in admin.site.get_urls() if hasattr(p, "name")}
        - walked
        - NOT_PAGES
    )
