from requests_app.models.absences import Absence
from requests_app.models.access import AccessRecord
from requests_app.models.agencies import Agency, Placement
from requests_app.models.appeals import Appeal
from requests_app.models.applicants import Applicant, Participant
from requests_app.models.attachments import Attachment
from requests_app.models.calendar import CalendarDay, CalendarNotice, LocalRestDay
from requests_app.models.callbacks import Callback
from requests_app.models.complaints import (
    Complaint,
    ComplaintEntry,
    ComplaintText,
)
from requests_app.models.corrections import Correction
from requests_app.models.counters import NumberCounter
from requests_app.models.enquiries import Cosignature, Enquiry
from requests_app.models.imports import HeadingChoice, ImportJob, ImportProgress
from requests_app.models.letters import (
    Letter,
    LetterNumbering,
    LetterTemplate,
    RemedyBody,
    ServedFile,
)
from requests_app.models.log import LogEntry, Reason
from requests_app.models.outbox import OutboxMessage
from requests_app.models.portals import (
    ApiCall,
    FirstAnswer,
    Portal,
    PortalKey,
    Submission,
    SupplementText,
)
from requests_app.models.requests import DisclosureRequest, Wording
from requests_app.models.searches import SavedSearch
from requests_app.models.staff import Staff, Unit
from requests_app.models.throttle import ThrottleCount

__all__ = [
    "Absence",
    "AccessRecord",
    "Agency",
    "ApiCall",
    "Appeal",
    "Applicant",
    "Attachment",
    "CalendarDay",
    "CalendarNotice",
    "Callback",
    "Complaint",
    "ComplaintEntry",
    "ComplaintText",
    "Correction",
    "Cosignature",
    "DisclosureRequest",
    "Enquiry",
    "FirstAnswer",
    "HeadingChoice",
    "ImportJob",
    "ImportProgress",
    "Letter",
    "LetterNumbering",
    "LetterTemplate",
    "LocalRestDay",
    "LogEntry",
    "NumberCounter",
    "OutboxMessage",
    "Participant",
    "Placement",
    "Portal",
    "PortalKey",
    "Reason",
    "RemedyBody",
    "SavedSearch",
    "ServedFile",
    "Staff",
    "Submission",
    "SupplementText",
    "ThrottleCount",
    "Unit",
    "Wording",
]
