"""The office's fsck: fold every log again and name every column that differs."""

from django.core.management.base import BaseCommand
from wireup import Injected
from wireup.integration.django import inject_app

from requests_app.dependencies import Dependencies
from requests_app.services.standings import rebuild


class Command(BaseCommand):
    help = "按日志重算每件申请的各列 (recompute every column from the log)"

    def add_arguments(self, parser) -> None:
        parser.add_argument("--check", action="store_true", help="只比较，不改")

    def handle(self, *args, **options) -> None:
        self.go_through(options)

    @inject_app
    def go_through(self, options, deps: Injected[Dependencies]) -> None:
        differ = 0
        for request, column, was, is_ in rebuild(write=not options["check"], deps=deps):
            differ += 1
            self.stdout.write(f"{request.reference} {column}: {was} → {is_}")
        self.stdout.write(f"不一致 {differ} 处")
        if differ:
            raise SystemExit(1)
