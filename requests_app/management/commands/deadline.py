"""What the statutory clock says, as JSON; touches nothing."""

import json

from django.core.management.base import BaseCommand, CommandError
from wireup import Injected
from wireup.integration.django import inject_app

from requests_app.dependencies import Dependencies
from requests_app.domain.notation import Question, answer, day
from requests_app.domain.regimes import NotAllowed
from requests_app.domain.vocabulary import Channel, ChannelDetail

ARRIVALS = ("received", "submitted_at", "signed_on", "confirmed_at")


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
            "--channel-detail", choices=[c.value for c in ChannelDetail]
        )
        parser.add_argument(
            "--event", action="append", default=[], metavar="KIND:DAY[:EXTRA]"
        )
        parser.add_argument(
            "--known-on", metavar="DAY", help="按当日已公布的放假安排 (as known then)"
        )

    def handle(self, *args, **options) -> None:
        if all(options[arrival] is None for arrival in ARRIVALS):
            flags = " | ".join("--" + a.replace("_", "-") for a in ARRIVALS)
            raise CommandError(f"须给出一个到达日期：{flags}", returncode=2)
        if options["received"] and any(options[a] for a in ARRIVALS[1:]):
            raise CommandError(
                "--received 已是收到之日，不能与其他到达日期并用 (it stands alone)",
                returncode=2,
            )
        self.say(options)

    @inject_app
    def say(self, options, deps: Injected[Dependencies]) -> None:
        try:
            told = self.ask(options, deps)
        except NotAllowed as error:
            self.tell({"error": error.message, "article": error.article})
            raise SystemExit(1) from error
        self.tell(told)

    def ask(self, options, deps: Dependencies) -> dict:
        calendar = deps.calendar
        if options["known_on"]:
            calendar = calendar.known_on(day(options["known_on"]))
        return answer(
            Question(
                **{arrival: options[arrival] or "" for arrival in ARRIVALS},
                channel=options["channel"] or "",
                channel_detail=options["channel_detail"] or "",
                events=tuple(options["event"]),
            ),
            calendar,
        )

    def tell(self, told: dict) -> None:
        self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))
