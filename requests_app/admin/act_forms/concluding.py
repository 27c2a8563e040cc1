"""Review, reply, archive (第十七条、第三十六条、第四十五条)."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from requests_app.admin.act_forms.base import ActForm
from requests_app.admin.manner import wanted
from requests_app.admin.wording import said
from requests_app.domain import events as happened
from requests_app.domain.events import Event
from requests_app.domain.lifecycle import Stage
from requests_app.domain.vocabulary import (
    ConfidentialityConclusion,
    Outcome,
    SecrecyLevel,
    ServiceMethod,
    term,
)
from requests_app.models import Appeal, Letter, Staff
from requests_app.models.language import choices
from requests_app.services import absences, approval, followups, offers
from requests_app.services.policy import HeadsReason


class SubmittedForReviewForm(ActForm):
    kind = happened.SubmittedForReview
    joins = True
    help = _("送审后由承办人以外的人审核（第四十五条）。")
    remark_label = _("拟办意见")
    remark_needed = True
    outcome = forms.ChoiceField(
        label=_("拟作答复"),
        help_text=_("审核的是此类答复和已拟的文书；审核后改类别、改文稿须重新送审。"),
    )

    def draw(self) -> None:
        need = [outcome for outcome in Outcome if outcome not in offers.WITHOUT_LETTER]
        self.fields["outcome"].choices = [("", "———"), *choices(need)]
        mine = Letter.objects.answering(self.drawn.disclosure_request)
        drafted = mine.exclude(outcome="")
        last = drafted.filter(voided_at=None).order_by("pk").last()
        self.fields["outcome"].initial = last.outcome if last else ""

    def event(self) -> Event:
        outcome = term(Outcome, self.cleaned_data["outcome"])
        letter = approval.proposed(self.drawn.disclosure_request, outcome)
        return happened.SubmittedForReview(
            on=self.cleaned_data["on"],
            outcome=outcome,
            draft=letter.pk if letter else None,
            revision=letter.revision if letter else None,
        )


class ByRoleForm(ActForm):
    """Done by role: whoever stands in for a colleague of that role says in whose stead."""

    def draw(self) -> None:
        user, today = self.drawn.user, self.drawn.today
        roles = offers.ROLES[self.kind]
        away = absences.standing_in_for(user, today).values("absent")
        colleagues = Staff.objects.filter(pk__in=away, groups__name__in=roles)
        if colleagues.exists():
            self.fields["acting_for"] = forms.ModelChoiceField(
                colleagues.distinct(),
                label=_("代谁办理"),
                required=False,
                empty_label=_("本人办理"),
                help_text=_("日志记明实际办理的人和所代的人。"),
            )


class ConfidentialityReviewedForm(ByRoleForm):
    kind = happened.ConfidentialityReviewed
    help = _(
        "公开前的保密审查（第十七条）。涉密件只记依据、定密机关和存放处，不上传原件。"
    )
    remark_label = _("审查依据和责任人")
    remark_needed = True
    what = forms.CharField(label=_("所审信息的名称或文号"), max_length=400)
    conclusion = forms.ChoiceField(
        label=_("审查结论"),
        choices=[("", "———"), *choices(ConfidentialityConclusion)],
    )

    def event(self) -> Event:
        conclusion = term(ConfidentialityConclusion, self.cleaned_data["conclusion"])
        return happened.ConfidentialityReviewed(
            on=self.cleaned_data["on"], conclusion=conclusion
        )

    @property
    def remark(self) -> str:
        """One text in the file's own language: the log holds the conclusion alone."""
        what = self.cleaned_data["what"].strip()
        return f"所审信息：{what}\n审查依据和责任人：{super().remark}"


class SecretPaperNotedForm(ActForm):
    kind = happened.SecretPaperNoted
    help = _(
        "标有密级的文件不得上传。只登记密级、定密依据、定密机关和原件存放处；原件按保密规定保管"
        "（第十四条、第十七条）。"
    )
    remark_label = _("定密依据")
    remark_needed = True
    level = forms.ChoiceField(label=_("密级"), choices=choices(SecrecyLevel))
    decided_by = forms.CharField(label=_("定密机关或定密责任人"), max_length=200)
    lies_at = forms.CharField(label=_("原件存放处"), max_length=200)

    def event(self) -> Event:
        level = term(SecrecyLevel, self.cleaned_data["level"])
        return happened.SecretPaperNoted(on=self.cleaned_data["on"], level=level)

    @property
    def remark(self) -> str:
        """One text in the file's own language: the log holds the level alone."""
        typed = self.cleaned_data
        return (
            f"定密依据：{super().remark}\n"
            f"定密机关或定密责任人：{typed['decided_by'].strip()}\n"
            f"原件存放处：{typed['lies_at'].strip()}"
        )


class SentBackForm(ByRoleForm):
    kind = happened.SentBack
    help = _("退回承办人补充或改正（第四十五条）。")
    remark_label = _("退回理由")
    remark_needed = True


class ReviewedForm(ByRoleForm):
    kind = happened.Reviewed
    joins = True
    help = _(
        "审核人不得是登记人、承办人、检索人、拟稿人、改稿人、送审人或者代其办理的人（第四十五条）。"
    )
    remark_label = _("审核意见")

    @property
    def explained(self) -> list[str]:
        """What is approved."""
        submitted = self.drawn.now.desk.proposed
        if submitted is None or not submitted.outcome:
            return []
        told = [_("送审的答复：%(outcome)s") % {"outcome": said(submitted.outcome)}]
        letter = Letter.objects.filter(pk=submitted.draft)
        told += [_("送审的文书：%(letter)s") % {"letter": one} for one in letter]
        return told


class RepliedForm(ActForm):
    kind = happened.Replied
    joins = True
    help = _(
        "邮寄以交邮之日、其他方式以申请人签收之日为答复日（国办公开办函〔2016〕235号）。"
    )
    outcome = forms.ChoiceField(label=_("答复类别"))
    service = forms.ChoiceField(label=_("送达方式"), required=False)
    mail_number = forms.CharField(label=_("邮件号"), max_length=40, required=False)

    def draw(self) -> None:
        reviewed = self.drawn.now.stage is Stage.REVIEWED
        open_ = Outcome if reviewed else sorted(offers.WITHOUT_LETTER)
        self.fields["outcome"].choices = [("", "———"), *choices(open_)]
        if not reviewed:
            self.fields["outcome"].help_text = _("审核后可作其他类别的答复。")
        approved = self.drawn.now.desk.approved
        if approved and approved.outcome:
            self.fields["outcome"].initial = approved.outcome
        self.fields["service"].choices = [("", "———"), *choices(ServiceMethod)]
        asked = wanted(self.drawn.disclosure_request)
        if asked:
            self.fields["service"].help_text = gettext(
                "申请人要求：%(asked)s。按其要求的形式提供（第四十条）。"
            ) % {"asked": asked}
        if self.drawn.user.is_office_head():
            self.fields["reason"] = forms.CharField(
                label=_("不再等待意见的理由"),
                required=False,
                max_length=4000,
                widget=forms.Textarea(attrs={"rows": 2}),
                help_text=_("征求意见未结束而答复的，由机构负责人填写（第三十二条）。"),
            )

    def event(self) -> Event:
        typed = self.cleaned_data
        service = typed["service"] and term(ServiceMethod, typed["service"])
        return happened.Replied(
            on=typed["on"],
            outcome=term(Outcome, typed["outcome"]),
            service=service,
            mail_number=typed["mail_number"],
        )

    @property
    def reason(self) -> HeadsReason | None:
        text = self.cleaned_data.get("reason", "").strip()
        return HeadsReason(given_by=self.drawn.user, text=text) if text else None


class DecidedAnewForm(ActForm):
    kind = happened.DecidedAnew
    help = _(
        "败诉后依裁判重新答复（法释〔2025〕8号第十一条）：是同一申请的第二次决定，"
        "不另计一件，不改变已统计的答复。"
        "予以公开或部分公开的，裁判后须就此重新送审、审核和保密审查（第十七条、第四十五条）。"
    )
    remark_label = _("重新答复的内容和送达情况")
    remark_needed = True
    appeal = forms.ModelChoiceField(Appeal.objects.none(), label=_("依据的裁判"))
    outcome = forms.ChoiceField(label=_("重新答复类别"), choices=choices(Outcome))

    def draw(self) -> None:
        ordered = followups.open_for(self.drawn.disclosure_request)
        self.fields["appeal"].queryset = ordered
        self.fields["appeal"].initial = ordered.first()

    def event(self) -> Event:
        typed = self.cleaned_data
        return happened.DecidedAnew(
            on=typed["on"],
            outcome=term(Outcome, typed["outcome"]),
            appeal=typed["appeal"].pk,
        )


class ArchivedForm(ActForm):
    kind = happened.Archived
    help = _(
        "一申请一卷：目录、申请表、告知书、审批资料、寄送和签收单据（第四十五条）。"
    )
    remark_label = _("卷号和存放处")


FORMS = (
    SubmittedForReviewForm,
    ConfidentialityReviewedForm,
    SecretPaperNotedForm,
    SentBackForm,
    ReviewedForm,
    RepliedForm,
    DecidedAnewForm,
    ArchivedForm,
)
