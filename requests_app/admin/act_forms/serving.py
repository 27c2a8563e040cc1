"""送达: what became of the reply after it left (国办公开办函〔2016〕235号)."""

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from requests_app.admin.act_forms.base import ActForm
from requests_app.domain import events as happened
from requests_app.domain.service import announcement_on
from requests_app.models.language import spoken


class ServiceForm(ActForm):
    mail_number = forms.CharField(label=_("邮件号"), max_length=40, required=False)


class ReplyPostedForm(ServiceForm):
    kind = happened.ReplyPosted
    help = _(
        "退回后再次交邮；答复日仍为首次有效送出之日（国办公开办函〔2016〕235号：以交邮之日计）。"
    )


class ReplyReturnedForm(ServiceForm):
    kind = happened.ReplyReturned
    help = _(
        "邮件退回；退回不改变已成立的答复日（国办公开办函〔2016〕235号：以交邮之日计）。"
    )
    remark_label = _("退回的原因")


class ReplyRefusedForm(ServiceForm):
    kind = happened.ReplyRefused
    help = _(
        "申请人拒绝签收；由见证人见证或者拍照、录像后留在住所的，视为送达"
        "（参照民事诉讼法第八十九条）。拒收不改变已成立的答复日。"
    )
    remark_label = _("拒收情形和见证")
    remark_needed = True
    left = forms.BooleanField(label=_("已留置送达"), required=False)


class AnnouncementForm(ActForm):
    remark_label = _("公告载体、文号和其他方式无法送达的经过")
    remark_needed = True
    days = forms.IntegerField(label=_("公告期（日）"), min_value=1, max_value=365)

    def draw(self) -> None:
        super().draw()
        self.fields["days"].initial = announcement_on(self.drawn.today).days

    def clean(self):
        typed = super().clean()
        on, days = typed.get("on"), typed.get("days")
        least = announcement_on(on) if on else None
        if least and days and days < least.days:
            quoted = format_html('<span lang="zh">{}</span>', least.article)
            told = gettext("公告期不少于 {least} 日（民事诉讼法{article}）")
            article = spoken(least.article, quoted)
            self.add_error("days", format_html(told, least=least.days, article=article))
        return typed


class ReplyAnnouncedForm(AnnouncementForm):
    kind = happened.ReplyAnnounced
    help = _(
        "下落不明或者其他方式无法送达的，可以公告；自发出公告之日起经过公告期即视为送达"
        "（参照民事诉讼法第九十五条，三十日；2021年底以前公告的为六十日）。"
        "公告不改变已成立的答复日。"
    )


class ReplyDeliveredForm(ServiceForm):
    kind = happened.ReplyDelivered
    help = _(
        "申请人签收之日；救济期限自知道之日起算（行政复议法第二十条、行政诉讼法第四十六条）。"
    )
    remark_label = _("签收人和凭证")


FORMS = (
    ReplyPostedForm,
    ReplyReturnedForm,
    ReplyRefusedForm,
    ReplyAnnouncedForm,
    ReplyDeliveredForm,
)
