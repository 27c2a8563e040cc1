"""What the office reads of an event: its name, its sentence in the timeline, a refusal."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from requests_app.dependencies import Unprintable
from requests_app.domain import events as happened
from requests_app.domain import guide
from requests_app.domain.events import Event
from requests_app.domain.regimes import NotAllowed
from requests_app.domain.vocabulary import (
    ApplicantKind,
    Channel,
    ChannelDetail,
    Term,
    term,
)
from requests_app.models import Absence, LogEntry
from requests_app.models.language import heard, spoken

DONE_ALREADY = gettext_lazy("此项已经记录，没有重复记录。")
#: what an act is called on its button; the others are called as in the log
BUTTONS: Mapping[type[Event], Any] = {
    happened.ReceiptConfirmed: gettext_lazy("确认收到"),
    happened.ApplicantCompleted: gettext_lazy("补正申请人信息"),
    happened.ParticipantRemoved: gettext_lazy("移除共同申请人、代理人"),
    happened.Corrected: gettext_lazy("更正登记事项"),
    happened.Assigned: gettext_lazy("分办、认领、转办"),
    happened.CoAssigned: gettext_lazy("请其他单位协办"),
    happened.CoAnswered: gettext_lazy("协办答复"),
    happened.SupplementAsked: gettext_lazy("告知补正"),
    happened.SupplementReceived: gettext_lazy("收到补正"),
    happened.Searched: gettext_lazy("检索记录"),
    happened.OpinionSought: gettext_lazy("征求意见"),
    happened.OpinionDelivered: gettext_lazy("意见书送达"),
    happened.OpinionReceived: gettext_lazy("收到意见"),
    happened.FeeNoticed: gettext_lazy("收费告知"),
    happened.FeePaid: gettext_lazy("已缴费"),
    happened.FeeCharged: gettext_lazy("登记收费"),
    happened.Extended: gettext_lazy("延期答复"),
    happened.DelayAgreed: gettext_lazy("延迟答复"),
    happened.StepDecided: gettext_lazy("办理指引"),
    happened.LetterSent: gettext_lazy("文书发出"),
    happened.LetterSentAgain: gettext_lazy("文书再次发出"),
    happened.LetterReturned: gettext_lazy("文书退回"),
    happened.LetterRefused: gettext_lazy("文书拒收"),
    happened.LetterAnnounced: gettext_lazy("文书公告送达"),
    happened.LetterDelivered: gettext_lazy("文书签收"),
    happened.SubmittedForReview: gettext_lazy("送审"),
    happened.ConfidentialityReviewed: gettext_lazy("保密审查"),
    happened.SecretPaperNoted: gettext_lazy("涉密件登记"),
    happened.PaperWithdrawn: gettext_lazy("撤回附件"),
    happened.SentBack: gettext_lazy("退回重办"),
    happened.Reviewed: gettext_lazy("审核通过"),
    happened.Replied: gettext_lazy("答复办结"),
    happened.ReplyPosted: gettext_lazy("再次交邮"),
    happened.ReplyReturned: gettext_lazy("邮件退回"),
    happened.ReplyRefused: gettext_lazy("拒收"),
    happened.ReplyAnnounced: gettext_lazy("公告送达"),
    happened.ReplyDelivered: gettext_lazy("送达签收"),
    happened.DecidedAnew: gettext_lazy("依裁判重新答复"),
    happened.Archived: gettext_lazy("归档"),
}


def happening(kind: type[Event]) -> str:
    return str(BUTTONS.get(kind) or spoken(kind.zh, kind.kind.replace("_", " ")))


def said(term: Term | str) -> str:
    return spoken(term.zh, term.en) if isinstance(term, Term) else term


Sentences = Mapping[type[Event], Callable[[Any], str]]
SENTENCES: Sentences = {
    happened.Received: lambda e: (
        _("收到申请（先按到达之日谨慎计算）") if e.cautious else _("收到申请")
    ),
    happened.ReceiptConfirmed: lambda e: _("双方确认收到申请"),
    happened.Registered: lambda e: _("登记，编号%(number)s") % {"number": e.number},
    happened.ApplicantCompleted: lambda e: _("申请人信息补正"),
    happened.ParticipantRemoved: lambda e: _("移除误登的共同申请人、代理人"),
    happened.Corrected: lambda e: _("更正登记事项%(how)s") % {"how": recounted(e)},
    happened.Assigned: lambda e: _("分办"),
    happened.CoAssigned: lambda e: _("请协办，%(due)s前答复") % {"due": e.due_on},
    happened.CoAnswered: lambda e: _("协办单位答复"),
    happened.SupplementAsked: lambda e: _("告知申请人补正，等待补正"),
    happened.SupplementReceived: lambda e: _("收到补正，期限重新起算"),
    happened.Searched: lambda e: _("检索，作检索记录"),
    happened.OpinionSought: lambda e: _("征求意见%(which)s，停止计算") % of(e),
    happened.OpinionDelivered: lambda e: _("征求意见书%(which)s送达对方") % of(e),
    happened.OpinionReceived: lambda e: _("收到意见%(which)s，恢复计算") % of(e),
    happened.Extended: lambda e: _("告知延期答复 %(days)s 个工作日") % {"days": e.days},
    happened.DelayAgreed: lambda e: _("告知延迟至%(until)s答复") % {"until": e.until},
    happened.FeeNoticed: lambda e: _("告知收费%(fee)s，等待缴费") % {"fee": fee(e)},
    happened.FeePaid: lambda e: _("申请人缴费，期限重新起算"),
    happened.FeeCharged: lambda e: _("收取费用 %(amount)s 元") % {"amount": e.amount},
    happened.StepDecided: lambda e: answered(e),
    happened.SubmittedForReview: lambda e: (
        _("承办人送审，拟作：%(outcome)s") % {"outcome": said(e.outcome)}
        if e.outcome
        else _("承办人送审")
    ),
    happened.ConfidentialityReviewed: lambda e: (
        _("保密审查：%(conclusion)s") % {"conclusion": said(e.conclusion)}
        if e.conclusion
        else _("保密审查")
    ),
    happened.SecretPaperNoted: lambda e: (
        _("登记涉密件（%(level)s），原件不入卷") % {"level": said(e.level)}
    ),
    happened.PaperWithdrawn: lambda e: (
        _("撤回附件（涉密，原文已清除）") if e.secret else _("撤回附件（误传）")
    ),
    happened.SentBack: lambda e: _("退回承办人重办"),
    happened.Reviewed: lambda e: _("审核通过"),
    happened.Replied: lambda e: (
        _("答复办结：%(outcome)s%(how)s")
        % {"outcome": said(e.outcome), "how": how(e.service, e.mail_number)}
    ),
    happened.ReplyPosted: lambda e: _("答复再次交邮%(how)s") % by_mail(e),
    happened.ReplyReturned: lambda e: _("答复退回%(how)s") % by_mail(e),
    happened.ReplyRefused: lambda e: (
        (_("申请人拒收，留置送达%(how)s") if e.left else _("申请人拒收%(how)s"))
        % by_mail(e)
    ),
    happened.ReplyAnnounced: lambda e: (
        _("公告送达，公告期 %(days)s 日，%(until)s视为送达")
        % {"days": e.days, "until": e.served_on}
    ),
    happened.ReplyDelivered: lambda e: _("答复送达申请人%(how)s") % by_mail(e),
    happened.LetterSent: lambda e: _("文书发出%(how)s") % sent_by(e),
    happened.LetterSentAgain: lambda e: _("文书再次发出%(how)s") % sent_by(e),
    happened.LetterReturned: lambda e: _("文书退回%(how)s") % by_mail(e),
    happened.LetterRefused: lambda e: (
        (_("收件人拒收文书，留置送达%(how)s") if e.left else _("收件人拒收文书%(how)s"))
        % by_mail(e)
    ),
    happened.LetterAnnounced: lambda e: (
        _("文书公告送达，公告期 %(days)s 日，%(until)s视为送达")
        % {"days": e.days, "until": e.served_on}
    ),
    happened.LetterDelivered: lambda e: _("文书送达收件人%(how)s") % by_mail(e),
    happened.DecidedAnew: lambda e: (
        _("依裁判重新答复：%(outcome)s") % {"outcome": said(e.outcome)}
    ),
    happened.Archived: lambda e: _("归档"),
    happened.Recalculated: lambda e: _("放假安排变动，期限重算"),
    happened.EntryVoided: lambda e: _("作废第 %(entry)s 条记录") % {"entry": e.entry},
}


def answered(event: happened.StepDecided) -> str:
    """As the guide asked it; a step or choice that it no longer knows, by its key."""
    step = guide.BY_KEY.get(event.step)
    choice = step.choice(event.choice) if step else None
    return _("办理指引 · %(step)s：%(choice)s") % {
        "step": heard(step.said) if step else event.step,
        "choice": heard(choice.said) if choice else event.choice,
    }


def recounted(event: happened.Corrected) -> str:
    """：信函 → 网络；自然人 → 商业企业; nothing where the wording alone was corrected."""
    told = [
        f"{named(terms, was)} → {named(terms, now)}"
        for terms, was, now in (
            (Channel, event.was_channel, event.channel),
            (ChannelDetail, event.was_channel_detail, event.channel_detail),
            (ApplicantKind, event.was_applicant_kind, event.applicant_kind),
        )
        if was != now
    ]
    return spoken("：", ": ") + spoken("；", "; ").join(told) if told else ""


def named(terms: type[Term], key: str) -> str:
    return said(term(terms, key)) if key else "—"


def of(event: happened.OpinionEvent) -> dict[str, str]:
    which = event.consultation
    return {"which": _("（第 %(n)s 函）") % {"n": which} if which else ""}


def fee(event: happened.FeeNoticed) -> str:
    """（100 元，按件：本月第 11 件）; nothing where no amount was recorded."""
    if event.amount is None:
        return ""
    told = [_("%(amount)s 元") % {"amount": event.amount}]
    if event.nth:
        told.append(_("按件：本月第 %(n)s 件") % {"n": event.nth})
    if event.pages:
        told.append(_("按量：%(n)s 页") % {"n": event.pages})
    return f"（{'，'.join(told)}）"


def by_mail(event: happened.ReplyEvent | happened.LetterMail) -> dict[str, str]:
    return {"how": how("", event.mail_number)}


def sent_by(event: happened.LetterDispatched) -> dict[str, str]:
    return {"how": how(event.service, event.mail_number)}


def how(service: Term | str, mail_number: str) -> str:
    told = [t for t in (said(service), mail_number) if t]
    return f"（{'，'.join(told)}）" if told else ""


def sentence(entry: LogEntry) -> str:
    event = entry.event()
    return SENTENCES[type(event)](event)


def refused(error: NotAllowed) -> str:
    """The refusal with its article, which is quoted in Chinese whoever reads."""
    told = heard(error.message)
    if not error.article:
        return told
    quoted = format_html('{} <span lang="zh">（{}）</span>', told, error.article)
    return spoken(f"{told}（{error.article}）", quoted)


def away(absence: Absence) -> str:
    """Until when somebody is away, and who stands in for them."""
    told = {"until": absence.until_on, "substitute": absence.substitute}
    return _("离岗至%(until)s，由%(substitute)s代办") % told


def lacking(error: Unprintable) -> str:
    """Why a paper cannot be printed, and the way round it."""
    return f"{heard(str(error))} {_('文书可下载 DOCX 用本机字体打印，或请管理员补充字体。')}"


def day(on) -> str:
    return date_format(on, "Y-m-d") if on else "—"
