"""The staff admin of the cases; what the log decides is read here and nowhere typed."""

from requests_app.admin.access import AccessRecordAdmin
from requests_app.admin.agencies import AgencyAdmin
from requests_app.admin.appeals import AppealAdmin
from requests_app.admin.calendars import CalendarNoticeAdmin, LocalRestDayAdmin
from requests_app.admin.cases import DisclosureRequestAdmin, UnitAdmin
from requests_app.admin.complaints import ComplaintAdmin
from requests_app.admin.enquiries import EnquiryAdmin
from requests_app.admin.imports import ImportJobAdmin
from requests_app.admin.letter_settings import (
    LetterAdmin,
    LetterNumberingAdmin,
    LetterTemplateAdmin,
    RemedyBodyAdmin,
)
from requests_app.admin.people import StaffAdmin
from requests_app.admin.portals import CallbackAdmin, OutboxAdmin, PortalAdmin
from requests_app.admin.sight import ReadOnly, Visible

__all__ = [
    "AccessRecordAdmin",
    "AgencyAdmin",
    "AppealAdmin",
    "CalendarNoticeAdmin",
    "CallbackAdmin",
    "ComplaintAdmin",
    "DisclosureRequestAdmin",
    "EnquiryAdmin",
    "ImportJobAdmin",
    "LetterAdmin",
    "LetterNumberingAdmin",
    "LetterTemplateAdmin",
    "LocalRestDayAdmin",
    "OutboxAdmin",
    "PortalAdmin",
    "ReadOnly",
    "RemedyBodyAdmin",
    "StaffAdmin",
    "UnitAdmin",
    "Visible",
]
