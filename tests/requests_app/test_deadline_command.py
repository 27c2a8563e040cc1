"""The deadline command: JSON and nothing else, whatever is asked."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db


def ask(*words):
    out = io.StringIO()
    try:
        call_command("deadline", *words, stdout=out)
        code = 0
    except SystemExit as stop:
        code = stop.code
    return code, json.loads(out.getvalue())


# fmt: off
ASKED = {
    "D08 confirmed after it came in":
        (["--submitted-at", "2019-05-13", "--confirmed-at", "2019-05-15", "--channel", "online"],
         ("2019-05-15", "2019", "2019-06-13", False, ["confirmed_late"])),
    "and else the 15 days of the old regime":
        (["--submitted-at", "2019-05-13", "--channel", "online"],
         ("2019-05-13", "2008", "2019-06-03", False, [])),
    "an instant is a day in Shanghai":
        (["--submitted-at", "2019-05-14T16:05Z", "--channel", "online"],
         ("2019-05-15", "2019", "2019-06-13", False, [])),
    "a letter nobody signed for is counted cautiously":
        (["--submitted-at", "2024-09-10", "--channel", "post"],
         ("2024-09-10", "2019", "2024-10-14", True, ["unconfirmed"])),
    "an e-mail too":
        (["--submitted-at", "2024-09-10", "--channel", "online", "--channel-detail", "email"],
         ("2024-09-10", "2019", "2024-10-14", True, ["unconfirmed"])),
    "a signed letter is received on signing":
        (["--submitted-at", "2023-09-28", "--signed-on", "2023-10-01", "--channel", "post"],
         ("2023-10-01", "2019", "2023-11-01", False, [])),
    "as known on a day":
        (["--received", "2019-04-08", "--known-on", "2019-03-21"],
         ("2019-04-08", "2008", "2019-04-29", False, [])),
    "an agreed delay":
        (["--received", "2024-09-10", "--event", "delay_agreed:2024-09-20:2024-12-02"],
         ("2024-09-10", "2019", "2024-12-02", False, [])),
    "a consultation that is named":
        (["--received", "2023-03-01", "--event", "opinion_sought:2023-03-10:省环境厅",
          "--event", "opinion_received:2023-03-24:省环境厅"],
         ("2023-03-01", "2019", "2023-04-13", False, [])),
}
# fmt: on


@pytest.mark.parametrize(("words", "expected"), ASKED.values(), ids=list(ASKED))
def test_what_the_clock_says(words, expected):
    code, told = ask(*words)
    rules = [f["rule"] for f in told["findings"]]
    assert code == 0
    assert (
        told["received_on"], told["regime"], told["due_on"], told["provisional"], rules,
    ) == expected  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [
        ["--received", "2024-02-30"],
        ["--received", "20240210"],
        ["--received", "２０２４-02-10"],
        ["--received", "2008-04-30"],
        ["--received", "9999-12-30"],
        ["--received", ""],
        ["--submitted-at", "2024-02-10T09:00:00"],
        ["--received", "2024-09-10", "--event", "supplement_received:2024-09-20"],
        ["--received", "2024-09-10", "--event", "supplement_asked:2024-09-09"],
        ["--received", "2024-09-10", "--event", "extended:2024-09-20"],
        ["--received", "2024-09-10", "--event", "extended:2024-09-20:0"],
        ["--received", "2024-09-10", "--event", "extended:2024-09-20:-1"],
        ["--received", "2024-09-10", "--event", "fee_paid:2024-09-20:x"],
        ["--received", "2024-09-10", "--event", "delay_agreed:2024-09-20"],
        ["--received", "2024-09-10", "--event", "swallowed:2024-09-20"],
        ["--received", "2024-09-10", "--event", "supplement_asked"],
    ],
)
def test_what_cannot_be_is_an_error_in_json_and_exit_1(words):
    code, told = ask(*words)
    assert (code, sorted(told), bool(told["error"])) == (1, ["article", "error"], True)


def test_without_an_arrival_the_arguments_are_wrong():
    with pytest.raises(CommandError) as error:
        call_command("deadline")
    assert error.value.returncode == 2


def test_a_day_of_receipt_stands_alone():
    with pytest.raises(CommandError) as error:
        call_command(
            "deadline", "--received", "2018-03-05", "--confirmed-at", "2018-04-06"
        )
    assert error.value.returncode == 2
