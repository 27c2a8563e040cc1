"""What Django itself refuses, or what fails, is told in the reader's language, with what
to do: nothing was written, and what was typed is a step back."""

import pytest
from django.test import Client, override_settings
from django.urls import include, path, reverse

from requests_app.models import Submission

pytestmark = pytest.mark.django_db
TOO_LONG = "长" * 1_000_000  # three million bytes of text; Django takes two and a half


def failing(request):
    raise RuntimeError("a fault of ours")


urlpatterns = [path("failing/", failing), path("", include("disclosure.urls"))]
handler500 = "requests_app.api.problems.server_error"


def title_of(answer) -> str:
    return answer.content.decode().partition("<h1")[2].partition(">")[2].partition("</h1>")[0]  # fmt: skip


@pytest.mark.parametrize(
    "language, title",
    [("zh-hans", "提交的内容无法处理"), ("en", "What was sent cannot be taken")],
)
def test_a_text_too_long_to_take_is_told_and_nothing_is_written(
    signed_in, language, title
):
    clerk = signed_in("clerk", "intake_clerk")
    screen = reverse("admin:requests_app_disclosurerequest_register", args=["post"])
    answer = clerk.post(screen, {"subject": TOO_LONG}, HTTP_ACCEPT_LANGUAGE=language)
    assert (answer.status_code, title_of(answer)) == (400, title)
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    "language, title", [("zh-hans", "系统出现故障"), ("en", "The system failed")]
)
@override_settings(ROOT_URLCONF=__name__)
def test_a_fault_of_ours_is_told_without_its_trace(language, title):
    client = Client(raise_request_exception=False)
    answer = client.get("/failing/", HTTP_ACCEPT_LANGUAGE=language)
    told = answer.content.decode()
    assert (answer.status_code, title_of(answer)) == (500, title)
    assert "a fault of ours" not in told
