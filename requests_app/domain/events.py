"""What can happen to a disclosure request. `on` is the legal day, not the day of typing."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from requests_app.domain.happening import KINDS as KINDS
from requests_app.domain.happening import Event as Event
from requests_app.domain.happening import LetterEvent as LetterEvent
from requests_app.domain.happening import event as event
from requests_app.domain.sending import LetterAnnounced as LetterAnnounced
from requests_app.domain.sending import LetterDelivered as LetterDelivered
from requests_app.domain.sending import LetterDispatched as LetterDispatched
from requests_app.domain.sending import LetterMail as LetterMail
from requests_app.domain.sending import LetterRefused as LetterRefused
from requests_app.domain.sending import LetterReturned as LetterReturned
from requests_app.domain.sending import LetterSent as LetterSent
from requests_app.domain.sending import LetterSentAgain as LetterSentAgain
from requests_app.domain.sending import OfLetter as OfLetter
from requests_app.domain.sending import ReplyAnnounced as ReplyAnnounced
from requests_app.domain.sending import ReplyDelivered as ReplyDelivered
from requests_app.domain.sending import ReplyEvent as ReplyEvent
from requests_app.domain.sending import ReplyPosted as ReplyPosted
from requests_app.domain.sending import ReplyRefused as ReplyRefused
from requests_app.domain.sending import ReplyReturned as ReplyReturned
from requests_app.domain.sending import ServiceEvent as ServiceEvent
from requests_app.domain.vocabulary import (
    ConfidentialityConclusion,
    Outcome,
    SecrecyLevel,
    ServiceMethod,
)


@dataclass(frozen=True, kw_only=True)
class Received(Event, kind="received", zh="收到申请"):
    """`cautious`: counted from arrival, not confirmed or signed for yet (DESIGN §10)."""

    arrived_on: date | None = None  # where it differs from the day of receipt
    cautious: bool = False


@dataclass(frozen=True, kw_only=True)
class ReceiptConfirmed(Event, kind="receipt_confirmed", zh="双方确认收到"): ...


@dataclass(frozen=True, kw_only=True)
class Registered(Event, kind="registered", zh="登记"):
    number: str


@dataclass(frozen=True, kw_only=True)
class ApplicantCompleted(Event, kind="applicant_completed", zh="补正申请人信息"):
    """What is known of the applicant since stands beside the entry; no due day moves."""


@dataclass(frozen=True, kw_only=True)
class ParticipantRemoved(
    Event, kind="participant_removed", zh="移除共同申请人、代理人"
):
    """Who was entered beside the applicant by mistake, by id; the row stays, why stands in
    the text beside the entry. No due day moves."""

    participant: int


@dataclass(frozen=True, kw_only=True)
class Corrected(Event, kind="corrected", zh="更正登记事项"):
    """What was mistyped at registration: the counted facts as they are, all of them, and as
    they were; a wording corrected stands beside the entry. The last one stands."""

    channel: str = ""
    channel_detail: str = ""
    applicant_kind: str = ""
    was_channel: str = ""
    was_channel_detail: str = ""
    was_applicant_kind: str = ""


@dataclass(frozen=True, kw_only=True)
class SupplementAsked(LetterEvent, kind="supplement_asked", zh="告知补正"): ...


@dataclass(frozen=True, kw_only=True)
class SupplementReceived(Event, kind="supplement_received", zh="收到补正"): ...


@dataclass(frozen=True, kw_only=True)
class OpinionEvent(Event, kind="", zh=""):
    consultation: str = ""  # the letter, not the body: one body may be asked twice


@dataclass(frozen=True, kw_only=True)
class OpinionSought(
    OpinionEvent, LetterEvent, kind="opinion_sought", zh="征求意见"
): ...


@dataclass(frozen=True, kw_only=True)
class OpinionDelivered(OpinionEvent, kind="opinion_delivered", zh="征求意见书送达"): ...


@dataclass(frozen=True, kw_only=True)
class OpinionReceived(OpinionEvent, kind="opinion_received", zh="收到意见"): ...


@dataclass(frozen=True, kw_only=True)
class Extended(LetterEvent, kind="extended", zh="告知延期答复"):
    """第三十三条第二款: `consented_by` is the staff id of the head who agreed to it."""

    days: int  # working days
    consented_by: int | None = None


@dataclass(frozen=True, kw_only=True)
class DelayAgreed(LetterEvent, kind="delay_agreed", zh="告知延迟答复"):
    """第三十五条: the reasons are reasonable but a reply in time is not possible; the
    agency fixes another day and tells the applicant."""

    until: date


@dataclass(frozen=True, kw_only=True)
class FeeNoticed(LetterEvent, kind="fee_noticed", zh="告知收费"):
    """国办函〔2020〕109号: the amount that a person decided on, in yuan, and what it was
    counted by: the `nth` piece of the applicant's month, or so many `pages`."""

    amount: Decimal | None = None
    nth: int | None = None
    pages: int | None = None


@dataclass(frozen=True, kw_only=True)
class FeePaid(Event, kind="fee_paid", zh="缴费"): ...


@dataclass(frozen=True, kw_only=True)
class FeeCharged(Event, kind="fee_charged", zh="收取费用"):
    amount: Decimal  # yuan


@dataclass(frozen=True, kw_only=True)
class Assigned(Event, kind="assigned", zh="分办"):
    """To a unit (承办单位) or a person, by staff and unit ids, inside the answering agency;
    claiming, transferring and handing back are assigning too. The last one stands."""

    unit: int | None = None
    handler: int | None = None


@dataclass(frozen=True, kw_only=True)
class CoAssigned(Event, kind="co_assigned", zh="协办"):
    """Another unit of the answering agency helps, by an inner day of the office's own
    (`due_on`); asked again, it has another day."""

    unit: int
    due_on: date


@dataclass(frozen=True, kw_only=True)
class CoAnswered(Event, kind="co_answered", zh="协办答复"):
    """What the unit found stands in the text beside the entry."""

    unit: int


@dataclass(frozen=True, kw_only=True)
class SecretPaperNoted(Event, kind="secret_paper_noted", zh="涉密件登记"):
    """A paper that is not kept here: its level; the ground, who decided it and where the
    paper lies stand in the text beside the entry."""

    level: SecrecyLevel


@dataclass(frozen=True, kw_only=True)
class PaperWithdrawn(Event, kind="paper_withdrawn", zh="撤回附件"):
    """附件误传: taken out of the file, by its id; why stands in the text beside the entry.
    `secret`: what it held is a state secret and was removed (保守国家秘密法第三十一条)."""

    attachment: int
    secret: bool = False


@dataclass(frozen=True, kw_only=True)
class Searched(Event, kind="searched", zh="检索"):
    """检索记录: what was searched and found stands in the text beside the entry."""


@dataclass(frozen=True, kw_only=True)
class StepDecided(Event, kind="step_decided", zh="办理指引"):
    """A question of `guide` answered, by the keys of the step and of the choice; the
    evidence stands in the text beside the entry. The last answer to a step counts."""

    step: str = ""
    choice: str = ""


@dataclass(frozen=True, kw_only=True)
class SubmittedForReview(Event, kind="submitted_for_review", zh="送审"):
    """The outcome proposed, and the letter as it was submitted, by id and revision: what
    the review approves. Older entries name neither."""

    outcome: Outcome | str = ""
    draft: int | None = None
    revision: int | None = None


@dataclass(frozen=True, kw_only=True)
class ConfidentialityReviewed(Event, kind="confidentiality_reviewed", zh="保密审查"):
    """第十七条: what was reviewed and the grounds stand in the text beside the entry; of
    older entries the conclusion too."""

    conclusion: ConfidentialityConclusion | str = ""


@dataclass(frozen=True, kw_only=True)
class SentBack(Event, kind="sent_back", zh="退回重办"): ...


@dataclass(frozen=True, kw_only=True)
class Reviewed(Event, kind="reviewed", zh="审核"): ...


@dataclass(frozen=True, kw_only=True)
class Replied(LetterEvent, kind="replied", zh="答复办结"):
    """`on` is the reply day of LAW 1.5. The entry names the calendar and the rules that
    it was judged by: a concluded request is folded again with those."""

    outcome: Outcome
    service: ServiceMethod | str = ""
    mail_number: str = ""
    calendar: str = ""
    rules: int | None = None


@dataclass(frozen=True, kw_only=True)
class DecidedAnew(Event, kind="decided_anew", zh="重新答复"):
    """After a lost case (法释〔2025〕8号第十一条): a second decision of the same request, by
    the id of the case. The reply that was counted stays as it was."""

    outcome: Outcome
    appeal: int


@dataclass(frozen=True, kw_only=True)
class Archived(Event, kind="archived", zh="归档"): ...


@dataclass(frozen=True, kw_only=True)
class Recalculated(Event, kind="recalculated", zh="期限重算"):
    """A changed calendar or rule moved the due day; says what it was and what it is, and
    moves nothing itself."""

    calendar: str
    was_due_on: date | None = None
    due_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class EntryVoided(Event, kind="entry_voided", zh="作废记录"):
    """Takes back the entry with that sequence; voiding the receipt voids the request."""

    entry: int


del KINDS[""]  # of shapes, OpinionEvent and ServiceEvent among them: nothing happens
DEADLINE_KINDS = (
    SupplementAsked,
    SupplementReceived,
    OpinionSought,
    OpinionDelivered,
    OpinionReceived,
    Extended,
    DelayAgreed,
    FeeNoticed,
    FeePaid,
)
