"""What a changed calendar moves among the open requests, and the approval of it."""

import sys

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import Progress
from wireup import Injected
from wireup.integration.django import inject_app

from requests_app.dependencies import Dependencies
from requests_app.models import DisclosureRequest
from requests_app.services import recalculation


class Command(BaseCommand):
    help = "期限重算：列出因放假安排变动而移动的期限 (due days that a notice moves)"

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--approve-as", metavar="USERNAME", help="以该负责人名义批准并逐件记入日志"
        )

    def handle(self, *args, **options) -> None:
        self.go_through(options)

    @inject_app
    def go_through(self, options, deps: Injected[Dependencies]) -> None:
        if options["approve_as"]:
            self.approve(self.head(options["approve_as"]), deps)
            return
        moves = 0
        for move in recalculation.preview(deps=deps):
            moves += 1
            self.stdout.write(
                f"{move.disclosure_request.reference} {shown(move.was_due_on)}"
                f"{mark(move.was_provisional)} → {shown(move.due_on)}"
                f"{mark(move.provisional)}"
            )
        self.stdout.write(f"共 {moves} 件，尚未改动 (nothing is changed yet)")

    def head(self, username: str):
        found = get_user_model().objects.filter(username=username).first()
        if found is None or not found.is_office_head():
            raise CommandError(f"{username} 不是机构负责人 (not an office head)")
        return found

    def approve(self, by, deps: Dependencies) -> None:
        total = DisclosureRequest.objects.open().count()
        bar = Progress(console=Console(stderr=True), disable=not sys.stderr.isatty())
        with bar:
            task = bar.add_task("重算", total=total)
            moved = recalculation.approve(
                by=by, deps=deps, tick=lambda n: bar.advance(task, n)
            )
        self.stdout.write(f"已记录 {moved} 件期限变动 (moves recorded)")


def shown(day) -> str:
    return str(day) if day else "—"


def mark(provisional: bool) -> str:
    return "（暂定）" if provisional else ""
