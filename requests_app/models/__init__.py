from requests_app.models.agencies import Agency, Placement
from requests_app.models.appeals import Appeal
from requests_app.models.applicants import Applicant
from requests_app.models.counters import NumberCounter
from requests_app.models.log import LogEntry
from requests_app.models.outbox import OutboxMessage
from requests_app.models.requests import DisclosureRequest, Wording
from requests_app.models.staff import Staff

__all__ = [
    "Agency",
    "Appeal",
    "Applicant",
    "DisclosureRequest",
    "LogEntry",
    "NumberCounter",
    "OutboxMessage",
    "Placement",
    "Staff",
    "Wording",
]
