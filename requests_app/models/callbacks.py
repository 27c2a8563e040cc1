"""Where a portal wants to be told what happens to the requests it handed in."""

from datetime import datetime
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from requests_app.models.fields import EncryptedTextField
from requests_app.models.portals import Portal


class Callback(models.Model):
    """One per portal. `secret` signs what is sent; it is shown once and kept encrypted."""

    portal = models.OneToOneField(
        Portal, models.CASCADE, related_name="callback", verbose_name=_("平台")
    )
    url = models.CharField(_("回调地址"), max_length=500)
    secret = EncryptedTextField(editable=False)
    set_at = models.DateTimeField(_("设置时间"))
    stopped_at = models.DateTimeField(_("停用时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("平台回调")

    def __str__(self) -> str:
        return f"{self.portal} → {self.url}"

    def secrets(self, now: datetime) -> list[str]:
        """What signs at that instant, the newest first."""
        going_on = self.retired.filter(expires_at__gt=now).order_by("-pk")
        return [self.secret, *(old.secret for old in going_on)]


class RetiredSecret(models.Model):
    """One that a newer has replaced: it signs beside it until the portal has changed over."""

    callback = models.ForeignKey(Callback, models.CASCADE, related_name="retired")
    secret = EncryptedTextField(editable=False)
    expires_at = models.DateTimeField()


def proper_url(url: str) -> str:
    """The URL, or ValidationError. Whether its host may be called is seen at every call,
    since a name may come to stand for another address."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if (
        parts.scheme not in {"https", "http"}
        or not parts.hostname
        or parts.username is not None
        or parts.fragment
        or port == 0
        or len(url) > 500
        or not all("!" <= character <= "~" for character in url)
    ):
        raise ValidationError(
            _("回调地址须为 https 网址，不含用户名、片段与空白，500 字符以内")
        )
    return url
