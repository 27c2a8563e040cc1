"""Personal data of applicants, in a table that no statistic reads.

Identity number, phone, address and e-mail are kept encrypted; see `fields.py`.
"""

import hmac
import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from requests_app.models.fields import EncryptedTextField, key_of


def new_salt() -> str:
    return secrets.token_hex(16)


class Applicant(models.Model):
    name = models.CharField(_("姓名（名称）"), max_length=200, blank=True)
    id_kind = models.CharField(_("证件名称"), max_length=40, blank=True)
    id_number = EncryptedTextField(_("证件号码"), blank=True)
    phone = EncryptedTextField(_("联系电话"), blank=True)
    address = EncryptedTextField(_("通信地址"), blank=True)
    fax = EncryptedTextField(_("传真"), blank=True)
    email = EncryptedTextField(_("电子邮箱"), blank=True)
    workplace = models.CharField(_("工作单位"), max_length=200, blank=True)
    postcode = models.CharField(_("邮政编码"), max_length=12, blank=True)
    legal_representative = models.CharField(_("法定代表人"), max_length=100, blank=True)
    contact_name = models.CharField(_("联系人姓名"), max_length=100, blank=True)
    licence = EncryptedTextField(_("营业执照信息"), blank=True)
    #: keyed hash of the identity number: found by it, never read from it
    id_index = models.CharField(
        max_length=64, blank=True, editable=False, db_index=True
    )
    salt = models.CharField(max_length=32, default=new_salt, editable=False)

    class Meta:
        verbose_name = _("申请人")
        verbose_name_plural = pgettext_lazy("plural", "申请人")

    def __str__(self) -> str:
        return masked(self.name)

    def save(self, *args, **kwargs) -> None:
        self.id_index = blind_index(self.id_number)
        super().save(*args, **kwargs)


class Participant(models.Model):
    """Who stands beside the applicant: asks jointly, acts for them, or guards them."""

    class Role(models.TextChoices):
        JOINT = "joint", _("共同申请人")
        AGENT = "agent", _("代理人")
        GUARDIAN = "guardian", _("监护人")

    disclosure_request = models.ForeignKey(
        "requests_app.DisclosureRequest", models.PROTECT, related_name="participants"
    )
    role = models.CharField(_("身份"), max_length=10, choices=Role.choices)
    name = models.CharField(_("姓名（名称）"), max_length=200)
    id_kind = models.CharField(_("证件名称"), max_length=40, blank=True)
    id_number = EncryptedTextField(_("证件号码"), blank=True)
    phone = EncryptedTextField(_("联系电话"), blank=True)

    class Meta:
        verbose_name = _("共同申请人、代理人")
        verbose_name_plural = pgettext_lazy("plural", "共同申请人、代理人")

    def __str__(self) -> str:
        return f"{self.get_role_display()} {masked(self.name)}"


def blind_index(id_number: str, secret: str | None = None) -> str:
    """The same for the same number however it is written; empty for none."""
    plain = "".join(id_number.split()).upper()
    if not plain:
        return ""
    key = key_of(secret or settings.FIELD_ENCRYPTION_KEYS[0])
    return hmac.new(key, b"identity\n" + plain.encode(), "sha256").hexdigest()


def blind_indexes(id_number: str) -> list[str]:
    """Under each key still in the settings, for looking up."""
    found = [blind_index(id_number, s) for s in settings.FIELD_ENCRYPTION_KEYS]
    return [index for index in found if index]


def masked(name: str) -> str:
    """张三丰 → 张**; an empty name stays empty."""
    return name[:1] + "*" * (len(name) - 1)
