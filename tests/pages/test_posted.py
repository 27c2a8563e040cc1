"""Every act's form as it comes back: with what was wrong of it, and with what it would do.

An act's page is met three times: drawn (test_pages), refused, and shown before it is
confirmed. What is said only then speaks its reader's language too."""

import re
from datetime import date
from html import unescape

import pytest
from django import forms
from django.urls import reverse

from requests_app.admin.act_forms import FORMS
from requests_app.admin.act_forms.correcting import BESIDE
from requests_app.admin.application_form import DETAILS
from requests_app.admin.voids import VoidForm
from requests_app.models import DisclosureRequest
from tests.pages.reading import Page
from tests.pages.specimens import NAME
from tests.pages.test_pages import LANGUAGES, fit_for, reader  # noqa: F401

pytestmark = pytest.mark.django_db
DAY = date(2018, 12, 20)
NUMBERS = (forms.IntegerField, forms.DecimalField)
#: left blank, so that what is left is an act of its own
LEFT = {"blanked", "letter", "acting_for", *(f"beside_{name}" for name in BESIDE)}
#: a document, an article or a chapter; or that the Regulations have none
CITES = re.compile("第[一二三四五六七八九十]+(条|节)|〔[0-9]{4}〕[0-9]+号")


def filled(form) -> dict[str, object]:
    """What a person who fills every field in would send."""
    return {
        name: value
        for name, field in form.fields.items()
        if name not in LEFT and (value := typed(field)) not in (None, "")
    }


def typed(field) -> object:
    if isinstance(field, forms.ModelChoiceField):
        return getattr(field.queryset.first(), "pk", None)
    if isinstance(field, forms.ChoiceField):
        return next((str(key) for key, _ in field.choices if key), None)
    if isinstance(field, forms.DateField):
        return DAY.isoformat()
    if isinstance(field, forms.EmailField):
        return "a@b.cn"
    return "1" if isinstance(field, NUMBERS) else NAME


def acts():
    """(address of its form, kind of act) on a request that is open and on one concluded."""
    for found in (DisclosureRequest.objects.earliest("pk"), still_open()):
        for kind in FORMS:
            name = "admin:requests_app_disclosurerequest_act"
            yield reverse(name, args=[found.pk, kind]), kind


def still_open():
    return DisclosureRequest.objects.filter(replied_on=None).earliest("pk")


def faults(language, answer) -> list[str]:
    page = Page.of(answer.content.decode())
    return [*fit_for(language, page), *page.repeated_ids(), *page.unnamed()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_act_that_comes_back_speaks_its_readers_language(reader, language):  # noqa: F811
    reader.cookies["django_language"] = language
    wrong, shown = {}, set()
    for address, kind in acts():
        drawn = reader.get(address).context["form"]
        seen = {"seen": drawn.initial["seen"]}
        refused = reader.post(address, {**seen, "on": "?", "days": "?", "pages": "?"})
        shown_first = reader.post(address, {**filled(drawn), **seen})
        wrong[address, "refused"] = faults(language, refused)
        wrong[address, "shown"] = faults(language, shown_first)
        assert refused.context["form"].errors
        if shown_first.context["effect"]:
            shown.add(kind)
    assert {where: said for where, said in wrong.items() if said} == {}
    assert len(shown) > 18


def beside_the_acts():
    found = still_open()
    name = "admin:requests_app_disclosurerequest_{}".format
    for channel in DETAILS:
        yield reverse(name("register"), args=[channel]), {
            "beside-TOTAL_FORMS": "1", "beside-INITIAL_FORMS": "0",
            "beside-0-name": NAME, "email": "?", "subject": "",
        }  # fmt: skip
    yield reverse("admin:requests_app_enquiry_add"), {"kind": "?"}
    yield reverse(name("void"), args=[found.pk, 1]), {"remark": ""}
    yield reverse(name("attachment_add"), args=[found.pk]), {"kind": "?"}
    for paper in found.attachments.standing():
        yield reverse(name("withdraw"), args=[found.pk, paper.pk]), {"ground": "?"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_beside_the_acts_comes_back_in_its_readers_language(reader, language):  # noqa: F811
    reader.cookies["django_language"] = language
    told = {}
    for address, sent in beside_the_acts():
        answer = reader.post(address, sent)
        assert answer.context["form"].errors, address
        told[address] = faults(language, answer)
    assert {where: said for where, said in told.items() if said} == {}


@pytest.mark.parametrize("kind", FORMS)
def test_an_acts_help_cites_what_it_rests_on(kind):
    assert CITES.search(str(FORMS[kind].help)), FORMS[kind].help


def test_the_help_of_voiding_and_of_the_joint_signature_cites_too(reader):  # noqa: F811
    assert CITES.search(str(VoidForm.help))
    page = reader.get(reverse("admin:requests_app_enquiry_change", args=[1]))
    told = unescape(page.content.decode())
    assert "会签制度（条例未作规定）" in told
