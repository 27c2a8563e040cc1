"""The help of every act cites what it rests on: a document or an article; or says that the
Regulations have none."""

import re
from html import unescape

import pytest
from django.urls import reverse

from requests_app.admin.act_forms import FORMS
from requests_app.admin.voids import VoidForm
from requests_app.models import Enquiry
from tests.pages.test_pages import fit_for, reader  # noqa: F401

pytestmark = pytest.mark.django_db
CITES = re.compile("第[一二三四五六七八九十至]+(条|节)|〔[0-9]{4}〕[0-9]+号")


@pytest.mark.parametrize("kind", FORMS)
def test_an_acts_help_cites_what_it_rests_on(kind):
    assert CITES.search(str(FORMS[kind].help)), FORMS[kind].help


def test_the_help_of_voiding_and_of_the_joint_signature_cites_too(reader):  # noqa: F811
    assert CITES.search(str(VoidForm.help))
    came = Enquiry.objects.earliest("pk")
    page = reader.get(reverse("admin:requests_app_enquiry_change", args=[came.pk]))
    told = unescape(page.content.decode())
    assert "会签制度（条例未作规定）" in told
