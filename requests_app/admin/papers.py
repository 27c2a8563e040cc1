"""附件 on the file: added by the office, read back with a reason."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wireup import Injected
from wireup.integration.django import inject_app

from requests_app.admin.acts import in_sight
from requests_app.admin.application_form import EMPTY, PaperField
from requests_app.admin.letter_forms import WhyForm
from requests_app.admin.reasons import reasoned
from requests_app.admin.wording import refused
from requests_app.dependencies import Dependencies
from requests_app.domain.regimes import NotAllowed
from requests_app.domain.vocabulary import SecrecyLevel
from requests_app.models import AccessRecord, Attachment, DisclosureRequest
from requests_app.models.attachments import PERSONAL
from requests_app.models.language import choices, spoken
from requests_app.services import access, attachments, letters, offers, secrecy, served
from requests_app.services.papers import Refused

NOT_SECRET = "none"
#: what a browser may do with a file that it was told to save
SAFE = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cache-Control": "no-store",
}


class UploadForm(forms.Form):
    kind = forms.ChoiceField(
        label=gettext_lazy("类别"), choices=[EMPTY, *Attachment.Kind.choices]
    )
    file = PaperField(
        label=gettext_lazy("上传文件"),
        help_text=gettext_lazy(
            "pdf、jpg、png、docx、xlsx、ofd，10 MB 以内；按内容识别，含宏、脚本、加密的不收。"
        ),
    )
    secrecy = forms.ChoiceField(
        label=gettext_lazy("密级"),
        choices=[
            EMPTY,
            (NOT_SECRET, gettext_lazy("不涉密")),
            *choices(SecrecyLevel),
        ],
        help_text=gettext_lazy("标有密级的文件不得上传。"),
    )
    no_mark = forms.BooleanField(
        label=gettext_lazy("文件名中的“秘密”等字样是内容所涉，不是密级标志"),
        required=False,
        widget=forms.HiddenInput,
    )

    def __init__(self, *args, note: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.note = note

    def clean(self):
        """A name that speaks of secrecy: whoever uploads says that no mark is meant."""
        cleaned = super().clean()
        word = secrecy.word_in_title(cleaned["file"].name) if "file" in cleaned else ""
        if word:
            self.fields["no_mark"].widget = forms.CheckboxInput()
        if word and not cleaned.get("no_mark"):
            self.add_error(
                "no_mark",
                _(
                    "文件名含“%(word)s”：是密级标志的，不得上传，请改用“涉密件登记”；"
                    "不是的，请勾选确认，并重新选择文件。"
                )
                % {"word": word},
            )
        cleaned["no_mark"] = word
        return cleaned

    def clean_secrecy(self):
        level = self.cleaned_data["secrecy"]
        if level != NOT_SECRET:
            told = _("标有密级的文件不得上传，请改用")
            link = format_html(
                '{}<a href="{}">{}</a>', told, self.note, _("涉密件登记")
            )
            raise forms.ValidationError(link)
        return level


def may_add(user, found: DisclosureRequest) -> bool:
    return offers.acts_here(user, found) and (
        user.is_superuser or user.has_role(*attachments.ADD)
    )


@inject_app
def add(request, pk: int, site, deps: Injected[Dependencies]):
    found = in_sight(request, pk)
    if not may_add(request.user, found):
        raise PermissionDenied
    name = "admin:requests_app_disclosurerequest_act"
    note = reverse(name, args=[found.pk, "secret_paper_noted"])
    form = UploadForm(request.POST or None, request.FILES or None, note=note)
    if request.method == "POST" and form.is_valid():
        try:
            return added(request, found, form, deps)
        except Refused as error:
            form.add_error("file", spoken(error.zh, error.en))
    context = {
        **site.each_context(request),
        "title": _("加入附件 · %(number)s") % {"number": found},
        "found": found,
        "form": form,
    }
    return TemplateResponse(request, "requests_app/upload.html", context)


def added(request, found: DisclosureRequest, form: UploadForm, deps: Dependencies):
    file = form.cleaned_data["file"]
    made, is_new = attachments.attach(
        found,
        file=file,
        name=file.name,
        size=file.size,
        kind=form.cleaned_data["kind"],
        by=request.user,
        no_mark=form.cleaned_data["no_mark"],
        deps=deps,
    )
    told = _("已加入：%(name)s") if is_new else _("同一内容的文件已在卷中：%(name)s")
    messages.success(request, told % {"name": made.name})
    return redirect("admin:requests_app_disclosurerequest_change", found.pk)


def clear(request, pk: int, paper: int, site):
    return cleared(request, in_sight(request, pk), paper)


@inject_app
def cleared(
    request, found: DisclosureRequest, paper: int, deps: Injected[Dependencies]
):
    """A reply's paper with something found in it, looked through by a person."""
    if not letters.makes(request.user, found):
        raise PermissionDenied
    one = get_object_or_404(found.attachments.standing(), pk=paper)
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"].strip()
        try:
            served.clear(one, text=text, by=request.user, deps=deps)
        except NotAllowed as error:
            messages.error(request, refused(error))
    elif request.method == "POST":
        messages.error(request, _("请写明理由"))
    return redirect("admin:requests_app_disclosurerequest_change", found.pk)


@inject_app
def download(request, pk: int, sha256: str, site, deps: Injected[Dependencies]):
    """Always saved, never opened in the page; by POST, since it asks for a reason."""
    found = in_sight(request, pk)
    one = found.attachments.standing().filter(sha256=sha256).first()
    if one is None:
        raise Http404
    impersonal = one.kind not in PERSONAL
    form = (
        reasoned(request, impersonal=impersonal) if request.method == "POST" else None
    )
    if form is None:
        return redirect("admin:requests_app_disclosurerequest_change", found.pk)
    access.seen(
        found,
        fields=["papers"],
        way=AccessRecord.Way.FILE,
        reason=form.cleaned_data["reason"],
        words=form.cleaned_data["words"] or one.name,
        impersonal=impersonal,
        by=request.user,
        deps=deps,
    )
    return FileResponse(
        default_storage.open(one.stored),
        as_attachment=True,
        filename=one.name,
        content_type="application/octet-stream",
        headers=SAFE,
    )
