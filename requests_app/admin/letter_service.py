"""送达 on a letter's own page and in the list of a request's letters: how far it has come,
how it came there, and what may be recorded of it next."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from requests_app.admin.states import State
from requests_app.admin.wording import happening, sentence
from requests_app.dependencies import Dependencies
from requests_app.domain.events import KINDS, OfLetter
from requests_app.domain.letter_service import services
from requests_app.domain.service import Service
from requests_app.models import DisclosureRequest, Letter, LogEntry, Staff
from requests_app.models.log import voided_in
from requests_app.models.requests import in_legal_order
from requests_app.services import offers
from requests_app.services.sending import NO_REPLIES, SERVICE


def letter_state(
    letter: Letter, service: Service, *, named: bool, today: date
) -> State:
    """`named`: its act stands in the log."""
    if letter.voided_at:
        return State(key="void", sign="✕", words=_("已作废"))
    if letter.is_draft:
        return State(key="waiting", sign="‖", words=_("草稿"))
    if service.is_served(today):
        words = _("%(on)s 送达") % {"on": service.served_on}
        return State(key="done", sign="✓", words=words)
    if service.served_on:
        words = _("公告中，%(on)s视为送达") % {"on": service.served_on}
        return State(key="waiting", sign="‖", words=words)
    if service.back_on:
        return State(key="soon", sign="◆", words=_("退回待再送达"))
    if service.sendings:
        return State(key="running", sign="○", words=_("已发出，待签收"))
    if named:
        return State(key="done", sign="✓", words=_("已送出"))
    if letter.served_version():
        return State(key="running", sign="○", words=_("可送达"))
    return State(key="soon", sign="◆", words=_("待传盖章件"))


def state_of(
    letter: Letter, entries: Sequence[LogEntry], *, named: bool, deps: Dependencies
) -> State:
    service = services(in_legal_order(entries)).get(letter.pk, Service())
    return letter_state(letter, service, named=named, today=deps.clock.today())


def on_its_page(
    found: DisclosureRequest,
    letter: Letter,
    entries: Sequence[LogEntry],
    *,
    named: bool,
    user: Staff,
    deps: Dependencies,
) -> dict[str, Any]:
    kinds = offers.offered(found, entries, user=user, deps=deps, letters=[letter])
    return {
        "state": state_of(letter, entries, named=named, deps=deps),
        "record": [(entry, sentence(entry)) for entry in record(letter, entries)],
        "service_acts": [
            (kind.kind, happening(kind)) for kind in kinds if issubclass(kind, OfLetter)
        ],
    }


def record(letter: Letter, entries: Sequence[LogEntry]) -> Iterator[LogEntry]:
    """送达记录 in legal order; of a reply all that tells of the reply, which need not name
    its letter."""
    voided = voided_in(entries)
    for entry in sorted(entries, key=lambda e: (e.on, e.sequence)):
        told = entry.kind in SERVICE and entry.sequence not in voided
        if told and (names(entry, letter) or is_of_the_reply(entry, letter, entries)):
            yield entry


def names(entry: LogEntry, letter: Letter) -> bool:
    return entry.details.get("letter") == letter.pk


def is_of_the_reply(
    entry: LogEntry, letter: Letter, entries: Sequence[LogEntry]
) -> bool:
    if letter.kind in NO_REPLIES or issubclass(KINDS[entry.kind], OfLetter):
        return False
    return any(e.kind == "replied" and names(e, letter) for e in entries)
