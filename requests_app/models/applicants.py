"""Personal data of applicants, in a table that no statistic reads.

Identity number, phone, address and e-mail are kept encrypted; see `fields.py`.
"""

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from requests_app.models.fields import EncryptedTextField


def new_salt() -> str:
    return secrets.token_hex(16)


class Applicant(models.Model):
    name = models.CharField(_("姓名（名称）"), max_length=200, blank=True)
    id_kind = models.CharField(_("证件名称"), max_length=40, blank=True)
    id_number = EncryptedTextField(_("证件号码"), blank=True)
    phone = EncryptedTextField(_("联系电话"), blank=True)
    address = EncryptedTextField(_("通信地址"), blank=True)
    email = EncryptedTextField(_("电子邮箱"), blank=True)
    salt = models.CharField(max_length=32, default=new_salt, editable=False)

    class Meta:
        verbose_name = _("申请人")
        verbose_name_plural = pgettext_lazy("plural", "申请人")

    def __str__(self) -> str:
        return masked(self.name)


def masked(name: str) -> str:
    """张三丰 → 张**; an empty name stays empty."""
    return name[:1] + "*" * (len(name) - 1)
