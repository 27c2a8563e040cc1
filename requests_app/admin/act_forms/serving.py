"""送达: what became of the reply after it left (国办公开办函〔2016〕235号)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from requests_app.admin.act_forms.base import ActForm
from requests_app.domain import events as happened


class ServiceForm(ActForm):
    mail_number = forms.CharField(label=_("邮件号"), max_length=40, required=False)


class ReplyPostedForm(ServiceForm):
    kind = happened.ReplyPosted
    help = _("退回后再次交邮；答复日仍为首次有效送出之日。")


class ReplyReturnedForm(ServiceForm):
    kind = happened.ReplyReturned
    help = _("邮件退回或拒收；退回不改变已成立的答复日。")
    remark_label = _("退回或拒收的原因")


class ReplyDeliveredForm(ServiceForm):
    kind = happened.ReplyDelivered
    help = _("申请人签收之日；救济期限自知道之日起算。")
    remark_label = _("签收人和凭证")


FORMS = (ReplyPostedForm, ReplyReturnedForm, ReplyDeliveredForm)
