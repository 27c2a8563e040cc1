"""Signing in, with the second factor where one is enrolled; and 登录与安全, where one is."""

import segno
from django import forms
from django.contrib import admin, messages
from django.contrib.auth import logout
from django.contrib.auth.signals import user_login_failed
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.forms import AuthenticationForm

from requests_app.services import sign_in
from requests_app.services.sign_in import MUST_ENROL

SECURITY = "admin:security"


class SignInForm(AuthenticationForm):
    error_messages = AuthenticationForm.error_messages | {
        "invalid_login": gettext_lazy("用户名或密码不对，请核对大小写后再试。"),
    }
    code = forms.CharField(
        label=gettext_lazy("动态口令"),
        required=False,
        max_length=16,
        help_text=gettext_lazy("启用了动态口令的填六位数字，或一个恢复码。"),
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "text"}
        ),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["class"] = self.fields[
            "username"
        ].widget.attrs["class"]

    def confirm_login_allowed(self, user) -> None:
        super().confirm_login_allowed(user)
        enrolled = sign_in.is_enrolled(user)
        code = self.data.get("code", "").replace(" ", "")
        if enrolled and not sign_in.is_right(user, code):
            if code:  # a wrong one is a failure like a wrong password
                user_login_failed.send(
                    sender=__name__,
                    credentials={"username": user.get_username()},
                    request=self.request,
                )
            raise ValidationError(_("请填写正确的动态口令或恢复码。"), code="second_factor")  # fmt: skip
        if self.request is not None and not enrolled and sign_in.is_required(user):
            self.request.session[MUST_ENROL] = True


def security(request, site):
    """Enrol, confirm, give up; sign out everywhere."""
    user, context = request.user, {}
    act = request.POST.get("act")
    if act == "confirm":
        codes = sign_in.confirm(user, request.POST.get("code", "").strip())
        if codes is None:
            messages.error(request, _("动态口令不对，请核对手机时间后再填。"))
        else:
            request.session.pop(MUST_ENROL, None)
            context["codes"] = codes
    elif act == "give_up":
        if sign_in.is_right(user, request.POST.get("code", "").strip()):
            sign_in.give_up(user)
            messages.success(request, _("已停用动态口令。"))
        else:
            messages.error(request, _("请填写正确的动态口令或恢复码。"))
        return redirect(SECURITY)
    elif act == "everywhere":
        sign_in.end_all_sessions(user)
        logout(request)
        return redirect("admin:login")
    enrolled = sign_in.is_enrolled(user)
    if not enrolled:
        device = sign_in.begun(user)
        context |= {"qr": drawn(device.config_url), "key": spelled(device)}
    context |= {
        **site.each_context(request),
        "title": _("登录与安全"),
        "enrolled": enrolled,
        "must": request.session.get(MUST_ENROL, False),
    }
    return TemplateResponse(request, "requests_app/security.html", context)


def drawn(url: str) -> str:
    """As SVG within the page: the secret goes to no other host and into no cache."""
    return mark_safe(
        segno.make(url, error="m").svg_inline(border=4, light="#ffffff", omitsize=True)
    )


def spelled(device) -> str:
    """The key for typing, in groups of four."""
    from base64 import b32encode

    key = b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(key[n : n + 4] for n in range(0, len(key), 4))


def locked(request, original_response=None, credentials=None, *args, **kwargs):
    """Five failures by the pair of account and address: nobody elsewhere is shut out."""
    context = admin.site.each_context(request)
    return TemplateResponse(
        request, "requests_app/locked.html", context, status=429
    ).render()
