"""误传撤回: a paper taken out of the file, as a mistake or as a state secret, with its reason."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wireup import Injected
from wireup.integration.django import inject_app

from requests_app.admin.acts import in_sight
from requests_app.admin.register_forms import EMPTY
from requests_app.admin.wording import refused
from requests_app.dependencies import Dependencies
from requests_app.domain.regimes import NotAllowed
from requests_app.services import withdrawing

MISTAKE, SECRET = "mistake", "secret"
FILE = "admin:requests_app_disclosurerequest_change"


class WithdrawForm(forms.Form):
    ground = forms.ChoiceField(
        label=gettext_lazy("撤回原因"),
        help_text=gettext_lazy(
            "涉密的，立即报告本机关保密机构，按其要求处置（保守国家秘密法第三十一条、第四十七条）；"
            "撤回即从存储中清除原文，同一文件在其他卷中的一并清除；备份和介质由保密机构处理。"
        ),
    )
    reason = forms.CharField(
        label=gettext_lazy("理由"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, settled: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        mistake = [] if settled else [(MISTAKE, _("误传"))]
        secret = (SECRET, _("涉密，清除原文"))
        self.fields["ground"].choices = [EMPTY, *mistake, secret]


@inject_app
def page(request, pk: int, paper: int, site, deps: Injected[Dependencies]):
    found = in_sight(request, pk)
    if not withdrawing.may(request.user, found):
        raise PermissionDenied
    one = get_object_or_404(found.attachments.filter(secret=False), pk=paper)
    refusal = settled(one, deps)
    form = WithdrawForm(request.POST or None, settled=bool(refusal))
    if request.method == "POST" and form.is_valid():
        try:
            withdrawing.withdraw(
                one,
                secret=form.cleaned_data["ground"] == SECRET,
                reason=form.cleaned_data["reason"].strip(),
                by=request.user,
                deps=deps,
            )
        except NotAllowed as error:
            form.add_error(None, refused(error))
        else:
            messages.success(request, _("已撤回：%(name)s") % {"name": one.name})
            return redirect(FILE, found.pk)
    context = {
        **site.each_context(request),
        "title": _("误传撤回 · %(number)s") % {"number": found},
        "found": found,
        "paper": one,
        "form": form,
        "refusal": refusal,
    }
    return TemplateResponse(request, "requests_app/withdraw.html", context)


def settled(paper, deps: Dependencies) -> str:
    """Why it may be withdrawn as a secret alone; nothing where it may be as a mistake too."""
    try:
        withdrawing.forbid_settled(paper, deps)
    except NotAllowed as error:
        return refused(error)
    return ""
