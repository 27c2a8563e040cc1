"""The life of a report (DESIGN §5): submitted ⇄ returned → accepted → signed → published.

Each act is one transaction with its step; NotAllowed says why one cannot be done now.
"""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from reporting.dependencies import Dependencies, Unprintable
from reporting.models import Edition, EditionFile, EditionStep, Explanation, Remark
from reporting.services import freezing
from reporting.services.editions import (
    Which,
    blocking,
    counted,
    differing,
    in_force,
    mark,
    place,
)
from reporting.services.entitled import (
    forbid_but_superior,
    forbid_strangers,
    forbid_two_eyes,
    hands,
    head,
    over,
    own,
    submitted,
    superior_of,
    superior_on,
)
from reporting.services.keeping import forbid_unfounded, keep, whole
from reporting.services.publishing import files
from reporting.services.snapshot import one_snapshot
from requests_app.domain.regimes import NotAllowed
from requests_app.models.agencies import Agency

State, Act = Edition.State, EditionStep.Act


class Comment(NamedTuple):
    line: str
    column: str
    text: str


@transaction.atomic
def explain(
    which: Which, *, found: Mapping[str, Any], text: str, by, deps: Dependencies
) -> Explanation:
    """Why a soft finding stands; by name, kept with the report."""
    forbid_strangers(which.agency, by)
    rule, line, column, left, right = mark(found)
    return Explanation.objects.create(
        **which._asdict(), rule=rule, line=line, column=column, left=left, right=right,
        text=needed(text, _("请写明原因")), given_by=by, given_at=deps.clock.now(),
    )  # fmt: skip


@one_snapshot()
def submit(which: Which, *, by, deps: Dependencies, reason: str = "") -> Edition:
    """Hand up what the books say now; again after a return. With an edition in force it
    is a correction and needs a reason."""
    forbid_strangers(which.agency, by)
    Agency.objects.select_for_update().get(pk=which.agency.pk)
    if which.year >= deps.clock.today().year:
        raise NotAllowed(_("%(year)s 年尚未结束") % {"year": which.year})
    before = in_force(which)
    if before:
        reason = needed(reason, _("已有签发的报告，更正须写明原因"))
    edition = which.filter(Edition).on_the_way().first()
    if edition and edition.state != State.RETURNED:
        raise NotAllowed(_("已经报送，正在办理：%(edition)s") % {"edition": edition})
    tally, content = counted(which, deps)
    obstacles = list(blocking(which, content))
    if obstacles:
        raise NotAllowed("\n".join(obstacles))
    edition = edition or Edition(
        **which._asdict(), number=before.number + 1 if before else 1
    )
    close_remarks(edition, content, deps)
    edition.state = State.SUBMITTED
    edition.superior = superior_on(which.agency, which.year)
    keep(edition, tally, content, deps)
    return moved(edition, State.SUBMITTED, Act.SUBMITTED, by, deps, reason)


@transaction.atomic
def send_back(
    edition: Edition, *, remarks: Iterable[Comment], reason: str, by, deps: Dependencies
) -> Edition:
    """退回: by the superior, each reason on a cell, or taken back by the agency itself."""
    edition = locked(edition, State.SUBMITTED, State.ACCEPTED)
    remarks = list(remarks)
    if own(edition.agency, by):
        forbid_strangers(edition.agency, by)
    else:
        forbid_but_superior(edition, by)
    for line, column, text in remarks:
        cells = edition.content["cells"]
        if column not in cells.get(line, {}):
            raise NotAllowed(_("没有这一格：%(line)s") % {"line": line})
        Remark.objects.create(
            edition=edition, line=line, column=column, value=cells[line][column],
            text=needed(text, _("请写明意见")), made_by=by, made_at=deps.clock.now(),
        )  # fmt: skip
    if not remarks and not own(edition.agency, by):
        raise NotAllowed(_("请选择是哪一格，并写明意见"))
    if not remarks:
        reason = needed(reason, _("请写明撤回的原因"))
    return moved(edition, State.RETURNED, Act.RETURNED, by, deps, reason)


@transaction.atomic
def answer(remark: Remark, *, text: str, by, deps: Dependencies) -> Remark:
    """答复退回意见: the number stays, and why."""
    forbid_strangers(remark.edition.agency, by)
    remark.answer = needed(text, _("请写明答复"))
    remark.closed_at = deps.clock.now()
    remark.save()
    return remark


@transaction.atomic
def accept(edition: Edition, *, by, deps: Dependencies) -> Edition:
    edition = locked(edition, State.SUBMITTED)
    forbid_but_superior(edition, by)
    forbid_two_eyes(edition, by)
    return moved(edition, State.ACCEPTED, Act.ACCEPTED, by, deps)


@one_snapshot()
def sign(edition: Edition, *, by, deps: Dependencies) -> Edition:
    """签发: what was frozen when it was handed up is signed, provided that the books still
    say what was accepted. The edition signed before is superseded."""
    root = superior_of(edition) is None
    edition = locked(edition, State.ACCEPTED, *([State.SUBMITTED] if root else []))
    which = place(edition)
    if edition.is_taken_in:
        raise NotAllowed(_("该报告已由报送机关在其系统中签发"))
    if not (own(edition.agency, by) and head(by)):
        raise NotAllowed(_("由本机关负责人签发"))
    if not deps.release:
        raise NotAllowed(_("不知道软件版本，不能签发"))
    _tally, content = counted(which, deps)
    changed = differing(edition.content, content)
    if changed:
        raise NotAllowed(
            _("报送之后数字有变化（%(cells)s），请撤回后重新报送")
            % {"cells": "、".join(line for line, _column, _was, _is in changed[:5])}
        )
    if obstacles := list(blocking(which, content)):
        raise NotAllowed("\n".join(obstacles))
    edition.content, edition.release = whole(which, content, deps), deps.release
    forbid_unfounded(edition, deps)
    before = in_force(which)
    if before:
        moved(before, State.SUPERSEDED, Act.SUPERSEDED, by, deps)
    edition.digest = freezing.digest(edition)
    return moved(edition, State.SIGNED, Act.SIGNED, by, deps)


@transaction.atomic
def publish(edition: Edition, *, by, deps: Dependencies) -> Edition:
    """公布: every file rendered once, stored with its hash, and from then on served."""
    edition = locked(edition, State.SIGNED)
    forbid_strangers(edition.agency, by)
    try:
        drawn = list(files(edition, deps))
    except Unprintable as error:
        raise NotAllowed(str(error)) from error
    for ending, content in drawn:
        EditionFile.objects.create(
            edition=edition, ending=ending, content=content,
            sha256=hashlib.sha256(content).hexdigest(), stored_at=deps.clock.now(),
        )  # fmt: skip
    stored = freezing.digest_of_files(edition)
    return moved(edition, State.PUBLISHED, Act.PUBLISHED, by, deps, digest=stored)


def close_remarks(
    edition: Edition, content: Mapping[str, Any], deps: Dependencies
) -> None:
    """A new number answers a remark; NotAllowed while one has neither."""
    if edition.pk is None:
        return
    open_ = []
    for remark in edition.remarks.filter(closed_at=None):
        if content["cells"][remark.line][remark.column] == remark.value:
            open_.append(f"{remark.line}：{remark.text}")
        else:
            remark.closed_at = deps.clock.now()
            remark.save()
    if open_:
        raise NotAllowed(
            _("下列退回意见尚未改数，也未答复：") + "\n" + "\n".join(open_)
        )


def locked(edition: Edition, *states: str) -> Edition:
    """The row held for the act, in one of these states."""
    found = (
        Edition.objects.select_for_update(of=("self",))
        .select_related("agency")
        .get(pk=edition.pk)
    )
    if found.state not in states:
        raise NotAllowed(
            _("当前状态为“%(state)s”，不能办理此事")
            % {"state": found.get_state_display()}
        )
    return found


def moved(
    edition: Edition, state: str, act: str, by, deps: Dependencies, reason: str = "",
    digest: str = "",
) -> Edition:  # fmt: skip
    edition.state = state
    edition.save()
    EditionStep.objects.create(
        edition=edition, act=act, at=deps.clock.now(), by=by, reason=reason,
        digest=digest,
    )  # fmt: skip
    return edition


def needed(text: str, otherwise: str) -> str:
    if not text.strip():
        raise NotAllowed(otherwise)
    return text.strip()


def offered(edition: Edition, by) -> list[str]:
    """The acts that the edition's state and the person's part in it allow now."""
    agency, state = edition.agency, edition.state
    root = superior_of(edition) is None
    own_, over_ = hands(by) and own(agency, by), hands(by) and over(edition, by)
    waits = state == State.SUBMITTED
    signs = state == State.ACCEPTED or (waits and root)
    return [
        act
        for act, allowed in (
            ("accept", over_ and waits and not submitted(edition, by)),
            (
                "sign",
                own(agency, by) and head(by) and signs and not edition.is_taken_in,
            ),
            ("publish", own_ and state == State.SIGNED),
            (
                "send_back",
                (own_ or over_) and state in (State.SUBMITTED, State.ACCEPTED),
            ),
        )
        if allowed
    ]


def may_mend(edition: Edition, by) -> bool:
    """Whether this person hands up what mends it: a returned one again, a signed one by a
    correction while none is on its way."""
    if not (hands(by) and own(edition.agency, by)):
        return False
    if edition.state == State.RETURNED:
        return True
    under_way = place(edition).filter(Edition).on_the_way().exists()
    return edition.state in (State.SIGNED, State.PUBLISHED) and not under_way
