"""One of everything that the admin shows, so that every page has something to say."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from reporting.dependencies import Dependencies as Statistics
from reporting.formats import national_2018
from reporting.services import filing, jobs, opening
from reporting.services.editions import Which
from requests_app.domain.events import (
    ConfidentialityReviewed,
    Extended,
    LetterReturned,
    LetterSent,
    OpinionReceived,
    OpinionSought,
    Replied,
    Reviewed,
    SubmittedForReview,
    SupplementAsked,
    SupplementReceived,
)
from requests_app.domain.intake import Arrival
from requests_app.domain.letters import LetterKind
from requests_app.domain.vocabulary import (
    ComplaintAbout,
    ComplaintResult,
    Outcome,
    ServiceMethod,
)
from requests_app.models import (
    Agency,
    Appeal,
    Applicant,
    Callback,
    DisclosureRequest,
    ImportJob,
    ImportProgress,
    LetterNumbering,
    LocalRestDay,
    RemedyBody,
    SavedSearch,
    Unit,
)
from requests_app.models.access import FIELDS
from requests_app.services import (
    absences,
    access,
    attachments,
    complaints,
    enquiries,
    intake,
    letter_templates,
    letters,
    portals,
    served,
    withdrawing,
)
from requests_app.services.agencies import place
from requests_app.services.recording import record, register
from tests.fakes import FixedClock, QuietBell

NAME, SOURCE, REST_DAY = "示例市人民政府", "纸质登记簿", "三月三"
UNIT = "示例处"
COMPLAINT = "未公开财政预算"
QUIET = "示例市保密局"
LETTER, SENDER = "来信一封", "某"
PORTAL, ADDRESS = "示例平台", "https://portal.invalid/"
USER = "ceshi"
AWAY, OTHER = "甲某", "乙某"
KEY = "key"
WORD, COURT, SCAN = "示例府", "示例市中级人民法院", "盖章件示例.png"
#: a form speaks as it is printed
PRINTED = tuple(line.label for line in national_2018.FORM.lines)
#: what the office typed, in its own words whatever language its reader has chosen
DATA = (
    NAME,
    UNIT,
    COMPLAINT,
    LETTER,
    SENDER,
    QUIET,
    PORTAL,
    ADDRESS,
    SOURCE,
    REST_DAY,
    COURT,
    WORD,
    SCAN,
    AWAY,
    OTHER,
    USER,
    USER.capitalize(),
    "休",
    "班",
    *PRINTED,
)


def everything(deps):
    """Returns the superuser who looks at it."""
    deps = replace(deps, clock=FixedClock.on("2018-12-20"))
    agency = Agency(code="10-01", name=NAME, kind="government", level="prefecture")
    place(agency, on=None)
    quiet = Agency(code="10-02", name=QUIET, kind="department")
    place(quiet, on=None)
    unit = Unit.objects.create(agency=agency, name=UNIT)
    head = get_user_model().objects.create_superuser(USER, agency=agency, unit=unit)
    head.groups.add(Group.objects.get_or_create(name="office_head")[0])
    concluded(agency, head, deps)
    register(agency=agency, received_on=date(2018, 12, 10), by=head, deps=deps)
    LocalRestDay.objects.create(
        agency=agency, on=date(2018, 4, 18), name=REST_DAY, warns=True
    )
    Appeal.objects.create(
        agency=agency,
        procedure="reconsideration",
        filed_on=date(2018, 6, 1),
        result="pending",
    )
    a_complaint(agency, head, deps)
    count_the_year(agency, quiet, head)
    looked_at(head, deps)
    other_mail(agency, head, deps)
    a_portal(agency, deps)
    the_letters(agency, head, deps)
    the_papers(head, deps)
    an_import(agency, head, deps)
    SavedSearch.objects.create(owner=head, name=NAME, query="stage=x", shared=True)
    away(agency, head, deps)
    handed_in(agency, head, deps)
    return head


def handed_in(agency, head, deps) -> None:
    """At the desk: what was registered with it is shown under its key."""
    came = intake.HandedIn(
        agency=agency, channel="post", channel_detail="signed_mail",
        arrival=Arrival(signed_on=date(2018, 12, 20)), subject=LETTER,
        applicant_kind="natural_person", applicant={"name": SENDER},
    )  # fmt: skip
    intake.hand_in(lambda: came, caller=head, key=KEY, digest="", deps=deps)


def away(agency, head, deps) -> None:
    """In whose stead the reader acts, so that every page has the banner; and the reader's
    own, in which nobody minds the first one's desk."""
    absent, other = (
        get_user_model().objects.create_user(name, agency=agency)
        for name in (AWAY, OTHER)
    )
    absent.groups.add(Group.objects.get_or_create(name="handler")[0])
    days = {"from_on": date(2018, 12, 20), "until_on": date(2999, 12, 31)}
    for away, substitute in ((absent, head), (head, other)):
        absences.announce(
            absent=away, substitute=substitute, by=head, deps=deps, **days
        )  # fmt: skip


def an_import(agency, head, deps) -> None:
    """Refused: it has everything to show, and no file on the disk."""
    fault = {"line": 2, "column": "agency", "value": NAME, "message": "错 (wrong)"}
    finding = {"line": 3, "number": NAME, "message": "疑 (doubtful)"}
    job = ImportJob.objects.create(
        agency=agency, kind="requests", name=SOURCE, sha256="0" * 64, size=9,
        state="refused", asked_by=head, asked_at=deps.clock.now(),
        told={
            "read": 1, "created": 0, "updated": 0, "unchanged": 0, "rejected": 1,
            "faults": [fault], "doubtful": 1, "findings": [finding],
            "rows": [{"agency": NAME}],
        },
    )  # fmt: skip
    ImportProgress.objects.create(job=job, total=1)


def concluded(agency, head, deps) -> None:
    """Every event that moves a due day, and a reply that comes too late."""
    request = register(
        agency=agency,
        received_on=date(2018, 2, 8),
        channel="online",
        applicant_kind="natural_person",
        by=head,
        deps=replace(deps, clock=FixedClock.on("2018-02-08")),
    )
    for event in (
        SupplementAsked(on=date(2018, 2, 12)),
        SupplementReceived(on=date(2018, 2, 22)),
        OpinionSought(on=date(2018, 2, 28), consultation="1"),
        OpinionReceived(on=date(2018, 3, 7), consultation="1"),
        Extended(on=date(2018, 3, 12), days=5, consented_by=head.pk),
        SubmittedForReview(on=date(2018, 5, 30)),
        Reviewed(on=date(2018, 5, 30)),
        ConfidentialityReviewed(on=date(2018, 5, 30)),
        Replied(
            on=date(2018, 5, 30), outcome=Outcome.GRANTED, service=ServiceMethod.DIRECT
        ),
    ):
        by = None if isinstance(event, Reviewed) else head
        record(request, event, by=by, deps=deps)


def looked_at(head, deps) -> None:
    access.seen(
        DisclosureRequest.objects.first(),
        fields=list(FIELDS),
        way="page",
        reason="handling",
        by=head,
        deps=deps,
    )


def a_complaint(agency, head, deps) -> None:
    made = complaints.register(
        agency=agency, received_on=date(2018, 5, 4), about=ComplaintAbout.PROACTIVE,
        text=COMPLAINT, by=head, deps=deps,
    )  # fmt: skip
    complaints.conclude(
        made, on=date(2018, 5, 20), result=ComplaintResult.FOUND, text=COMPLAINT,
        by=head, deps=deps,
    )  # fmt: skip


def other_mail(agency, head, deps) -> None:
    """The first still open, the second taken over as a request."""
    for _ in range(2):
        came = enquiries.CameIn(
            agency=agency, kind="petition", channel="post", text=LETTER, ground=SOURCE,
            received_on=date(2018, 12, 10), applicant=Applicant(name=SENDER),
            came_as_request=True,
        )  # fmt: skip
        made = enquiries.enter(came, by=head, deps=deps)
    enquiries.take_over(
        made, subject=LETTER, applicant_kind="natural_person", signed_by=SENDER,
        signed_on=date(2018, 12, 11), by=head, deps=deps,
    )  # fmt: skip


def the_letters(agency, head, deps) -> None:
    """A draft, one that is issued, its stamped copy with something found in it, and one
    whose copy was cleared, sent and come back."""
    LetterNumbering.objects.create(agency=agency, word=WORD)
    RemedyBody.objects.create(
        agency=agency, from_on=date(2008, 5, 1), review_body=NAME, court=COURT
    )
    letter_templates.append(agency, LetterKind.GRANTED, by=head, deps=deps)
    first = DisclosureRequest.objects.earliest("pk")
    notice = LetterKind.SUPPLEMENT_NOTICE
    drafted = [
        letters.draft(first, kind=notice, outcome=None, by=head, deps=deps)
        for _ in range(3)
    ]
    for one in drafted[1:]:
        told = letters.revise(
            one, by=head, seen=1, dated_on=date(2018, 12, 20), addressee=NAME, facts=NAME,
            decision=NAME,
        )  # fmt: skip
        letters.issue(told, seen=2, by=head, deps=deps)
        file = BytesIO(b"\x89PNG\r\n\x1a\n....tEXt")
        copy = served.take_in(one, file=file, name=SCAN, size=20, by=head, deps=deps)
    served.clear(copy, text=NAME, by=head, deps=deps)
    on = deps.clock.today()
    for kind in (LetterSent, LetterReturned):
        back = kind(on=on, letter=told.pk)
        record(first, back, by=head, deps=deps, remark=NAME)


def the_papers(head, deps) -> None:
    """One that stands and two that were put in by mistake."""
    found = DisclosureRequest.objects.latest("pk")
    for n, secret in enumerate((None, False, True)):
        file = BytesIO(b"\x89PNG\r\n\x1a\n%d" % n)
        paper, _ = attachments.attach(
            found, file=file, name=SCAN, size=9, kind="approval", by=head, deps=deps
        )
        if secret is not None:
            withdrawing.withdraw(paper, secret=secret, reason=NAME, by=head, deps=deps)


def a_portal(agency, deps) -> None:
    portal, _key = portals.create(name=PORTAL, codes=[agency.code], deps=deps)
    Callback.objects.create(portal=portal, url=ADDRESS, set_at=deps.clock.now())


def count_the_year(agency, quiet, head) -> None:
    statistics = Statistics(
        clock=FixedClock.on("2018-12-20"),
        bell=QuietBell(),
        formats=(national_2018.FORM,),
        renderers={},
        release="1",
    )
    opening.enter(
        agency=agency,
        year=2018,
        form_key="national_2018",
        values={(line, "count"): Decimal(2) for line in ("3.1", "3.1.1")},
        reason=SOURCE,
        by=head,
        deps=statistics,
    )
    jobs.run(jobs.ask(year=2018, deps=statistics), deps=statistics)
    later = replace(statistics, clock=FixedClock.on("2019-01-20"))
    which = Which(quiet, 2018, "national_2018", "area")
    edition = filing.submit(which, by=head, deps=later)
    filing.sign(edition, by=head, deps=later)
