"""政府信息公开申请表 (第二十九条): its lists and fields, wherever they are typed or shown."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from requests_app.models import Participant
from requests_app.services.papers import ENDINGS, MOST_BYTES

TAKEN = [ending for endings in ENDINGS.values() for ending in endings]
EMPTY = ("", "———")
#: a 信访件 is registered as other mail and comes in by its co-signature (会签)
DETAILS: Mapping[str, tuple[str, ...]] = {
    "in_person": ("oral",),
    "fax": (),
    "online": ("web", "email", "app"),
    "post": ("signed_mail", "ordinary_mail"),
}
#: kept in Chinese, as a portal hands them in
ID_KINDS = [
    ("居民身份证", _("居民身份证")), ("统一社会信用代码", _("统一社会信用代码")),
    ("护照", _("护照")), ("港澳居民来往内地通行证", _("港澳居民来往内地通行证")),
    ("台湾居民来往大陆通行证", _("台湾居民来往大陆通行证")),
    ("港澳台居民居住证", _("港澳台居民居住证")),
    ("外国人永久居留身份证", _("外国人永久居留身份证")), ("其他证件", _("其他证件")),
]  # fmt: skip
APPLICANT = (
    "name", "id_kind", "id_number", "phone", "fax", "address", "postcode", "email",
    "workplace", "legal_representative", "contact_name", "licence",
)  # fmt: skip
#: what the form asks of organisations alone, and of persons alone
OF_ORGANISATIONS = frozenset({"legal_representative", "contact_name", "licence"})
OF_PERSONS = frozenset({"workplace"})


def words(label: Any, most: int, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=False, **more)


def id_kind() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("证件名称"), required=False, choices=[EMPTY, *ID_KINDS]
    )


class PaperField(forms.FileField):
    """A file of the kinds that are kept, and not too large."""

    widget = forms.FileInput(attrs={"accept": ",".join(TAKEN)})

    def clean(self, value, initial=None):
        file = super().clean(value, initial)
        if file and file.size > MOST_BYTES:
            most = MOST_BYTES // 1_000_000
            raise forms.ValidationError(
                gettext("文件超过 %(most)s MB") % {"most": most}
            )
        return file


class ApplicantFields(forms.Form):
    """申请人信息; which of it must be there is the Regulations' to say, not the form's: a
    letter without it is registered and supplemented."""

    name = words(
        _("姓名（名称）"), 200,
        help_text=_("来信没有姓名或联系方式的可留空，登记后告知补正（第三十条）。"),
    )  # fmt: skip
    id_kind = id_kind()
    id_number = words(
        _("证件号码"), 60, help_text=_("加密保存；列表中不显示（第二十九条）。")
    )
    phone = words(_("联系电话"), 60)
    fax = words(_("传真"), 60)
    postcode = words(_("邮政编码"), 12)
    email = forms.EmailField(label=_("电子邮箱"), required=False, max_length=200)
    workplace = words(_("工作单位"), 200)
    legal_representative = words(_("法定代表人"), 100)
    contact_name = words(_("联系人姓名"), 100)
    licence = words(
        _("营业执照信息"), 200, help_text=_("执照或登记证书的名称、号码；加密保存。")
    )
    address = words(_("通信地址"), 500)


class ParticipantFields(forms.Form):
    """Who stands beside the applicant; nobody, where role and name are blank."""

    role = forms.ChoiceField(
        label=_("身份"), required=False, choices=[EMPTY, *Participant.Role.choices]
    )
    name = words(_("姓名（名称）"), 200)
    id_kind = id_kind()
    id_number = words(_("证件号码"), 60)
    phone = words(_("联系电话"), 60)

    def clean(self):
        typed = super().clean()
        given = any(typed.get(field) for field in ("id_number", "phone"))
        named = [bool(typed.get(field)) for field in ("role", "name")]
        if not all(named) and (any(named) or given):
            self.add_error("name", _("身份和姓名须一并填写。"))
        return typed
