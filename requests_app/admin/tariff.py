"""信息处理费 explained step by step, on the fee notice and on a page that only reckons."""

from collections.abc import Iterator

from django import forms
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from requests_app.domain import fees
from requests_app.domain.fees import Charge
from requests_app.services.tariff import Proposal

MOST = 100_000


def explained(charge: Charge) -> Iterator[str]:
    """A line a step (超额累进: only the part above each step), then the sum."""
    pages = charge.unit == "页"
    for step in charge.steps:
        told = {
            "first": step.first, "last": step.last, "rate": step.rate,
            "amount": step.amount,
        }  # fmt: skip
        if pages:
            yield (
                _("第 %(first)s 至 %(last)s 页，每页 %(rate)s 元：%(amount)s 元") % told
            )
        elif step.first == step.last:
            yield _("第 %(first)s 件：%(amount)s 元") % told
        else:
            yield (
                _("第 %(first)s 至 %(last)s 件，每件 %(rate)s 元：%(amount)s 元") % told
            )
    yield _("共 %(amount)s 元") % {"amount": charge.amount}


def told(proposal: Proposal) -> Iterator[str]:
    """What the fee notice says before anything is typed."""
    if not proposal.in_force:
        yield _(
            "2021年1月1日前收到的申请不收信息处理费；依2008年条例第二十七条只可收取检索、复制、邮寄等成本费用。"
        )
        return
    yield _(
        "按件或按量，只用其一；只告知公开渠道的不按量计。超额累进，只对超出部分按高一档计。"
    )
    if proposal.by_piece is None:
        yield _("没有申请人的证件号码，不能累计本月件数：按件的请自行核对。")
    else:
        yield _("按件：同一申请人本月向本机关申请的第 %(n)s 件。") % {"n": proposal.nth}
        yield from explained(proposal.by_piece)


class Reckoned(forms.Form):
    pages = forms.IntegerField(
        label=gettext_lazy("按量：一件的页数"),
        min_value=1,
        max_value=MOST,
        required=False,
    )
    pieces = forms.IntegerField(
        label=gettext_lazy("按件：同一申请人一个月的件数"), min_value=1, max_value=MOST,
        required=False,
    )  # fmt: skip


def page(request, site):
    form = Reckoned(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    charges = []
    if asked.get("pages"):
        charges.append((_("按量"), list(explained(fees.by_page(asked["pages"])))))
    if asked.get("pieces"):
        charges.append((_("按件"), list(explained(fees.by_piece(1, asked["pieces"])))))
    context = {
        **site.each_context(request),
        "title": _("信息处理费"),
        "form": form,
        "charges": charges,
        "article": fees.ARTICLE,
    }
    return TemplateResponse(request, "requests_app/tariff.html", context)
