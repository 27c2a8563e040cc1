"""What the statutory clock says, as JSON; touches no database."""

import json

from django.core.management.base import BaseCommand, CommandError
from wireup import Injected
from wireup.integration.django import inject_app

from requests_app.dependencies import Dependencies
from requests_app.domain import deadlines, notation
from requests_app.domain.intake import Arrival, receipt
from requests_app.domain.regimes import NotAllowed
from requests_app.domain.vocabulary import Channel

ARRIVALS = ("received", "submitted_at", "signed_on", "confirmed_at")
UNCONFIRMED = {
    "rule": "unconfirmed",
    "message": "尚未确认或签收，自到达之日谨慎计算 (not confirmed: counted from arrival)",
    "article": "第三十一条",
}


class Command(BaseCommand):
    help = "答复期限：一件申请何日到期，逐日说明 (when a reply is due, day by day)"
    requires_system_checks = []

    def add_arguments(self, parser) -> None:
        parser.add_argument("--received", metavar="DAY")
        parser.add_argument("--submitted-at", metavar="T")
        parser.add_argument("--signed-on", metavar="DAY")
        parser.add_argument("--confirmed-at", metavar="T")
        parser.add_argument("--channel", choices=[c.value for c in Channel])
        parser.add_argument(
            "--event", action="append", default=[], metavar="KIND:DAY[:EXTRA]"
        )

    def handle(self, *args, **options) -> None:
        if not any(options[arrival] for arrival in ARRIVALS):
            flags = " | ".join("--" + a.replace("_", "-") for a in ARRIVALS)
            raise CommandError(f"须给出一个到达日期：{flags}", returncode=2)
        self.answer(options)

    @inject_app
    def answer(self, options, deps: Injected[Dependencies]) -> None:
        try:
            told = self.read(options, deps)
        except NotAllowed as error:
            self.say({"error": error.message, "article": error.article})
            raise SystemExit(1) from error
        self.say(told)

    def read(self, options, deps: Dependencies) -> dict:
        if options["received"]:
            received_on, cautious = notation.day(options["received"]), False
        else:
            received = receipt(
                Arrival(
                    submitted_on=told(notation.moment, options["submitted_at"]),
                    signed_on=told(notation.day, options["signed_on"]),
                    confirmed_on=told(notation.moment, options["confirmed_at"]),
                ),
                options["channel"] and Channel(options["channel"]),
            )
            received_on, cautious = received.on, received.cautious
        events = [notation.deadline_event(text) for text in options["event"]]
        answer = notation.clock_as_json(
            deadlines.read(received_on, events, deps.calendar)
        )
        if cautious:
            answer["provisional"] = answer["due_on"] is not None
            answer["findings"].append(UNCONFIRMED | {"on": received_on.isoformat()})
        return answer

    def say(self, answer: dict) -> None:
        self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1))


def told(read, text):
    return read(text) if text else None
