"""补打回执: with the code that was given out while it is kept, with a new one after."""

import re

import pytest
from django.urls import reverse

from requests_app.models import AccessRecord, DisclosureRequest, FirstAnswer, Submission
from requests_app.services import intake
from tests.requests_app.admin.test_acts import file_of, text
from tests.requests_app.admin.test_register import sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(signed_in, at):
    at("2024-09-11")
    return signed_in("clerk", "intake_clerk")


def again(client, found):
    name = "admin:requests_app_disclosurerequest_receipt_again"
    return client.post(reverse(name, args=[found.pk]))


def codes(client, where) -> list[str]:
    return re.findall(
        r"<strong>([0-9A-Z]{12})</strong>", client.get(where).content.decode()
    )


def test_the_code_given_out_is_printed_again_while_it_is_kept(clerk):
    (code,) = codes(clerk, sent(clerk)["Location"])
    found = DisclosureRequest.objects.get()
    answer = again(clerk, found)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert intake.code_again(found) == (code, False)


def test_each_of_the_same_words_is_printed_with_its_own_code(clerk):
    given = codes(clerk, sent(clerk, same="李四")["Location"])
    made = DisclosureRequest.objects.order_by("pk")
    assert [intake.code_again(one) for one in made] == [(code, False) for code in given]


def test_where_none_is_kept_a_new_code_is_given_and_the_old_one_ends(clerk):
    (code,) = codes(clerk, sent(clerk)["Location"])
    FirstAnswer.objects.all().delete()
    found = DisclosureRequest.objects.get()
    fresh, is_new = intake.code_again(found)
    kept = Submission.objects.get().query_code
    assert (is_new, intake.opens(fresh, kept), intake.opens(code, kept)) == (
        True, True, False,
    )  # fmt: skip


def test_what_had_no_receipt_yet_has_one(clerk, letter):
    assert "补打回执" in text(clerk.get(file_of(letter)))
    assert again(clerk, letter).status_code == 200
    assert Submission.objects.get().disclosure_request == letter


def test_it_names_the_applicant_and_that_is_written_down(clerk):
    sent(clerk)
    again(clerk, DisclosureRequest.objects.get())
    told = AccessRecord.objects.get()
    assert (told.fields, told.way, told.words) == (["name"], "paper", "补打登记回执")


def test_only_a_clerk_of_the_agency_prints_it(signed_in, letter, elsewhere):
    assert again(signed_in("h", "handler"), letter).status_code == 403
    stranger = signed_in("s", "intake_clerk", agency=elsewhere)
    assert again(stranger, letter).status_code == 404
    assert Submission.objects.count() == 0
