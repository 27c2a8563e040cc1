"""Load a State Council notice from a file of the shape of calendar_data/YEAR.json."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from wireup import Injected
from wireup.integration.django import inject_app

from requests_app.adapters.calendars import read
from requests_app.dependencies import Dependencies
from requests_app.domain.regimes import NotAllowed
from requests_app.services import calendars


class Command(BaseCommand):
    help = "载入放假安排；已载入的保留 (load a notice; the earlier ones stay)"

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *args, **options) -> None:
        self.load(options)

    @inject_app
    def load(self, options, deps: Injected[Dependencies]) -> None:
        try:
            told = json.loads(options["file"].read_text(encoding="utf-8"))
            notices = [read(told["year"], notice) for notice in told["notices"]]
        except OSError as error:
            raise CommandError(f"打不开文件：{error.strerror}") from error
        except (ValueError, KeyError, TypeError) as error:
            raise CommandError(
                f"不是放假安排文件：{error}。格式见 requests_app/calendar_data/2026.json"
            ) from error
        try:
            loaded = calendars.load(
                notices, at=deps.clock.now(), source=options["file"].name
            )
        except NotAllowed as error:
            raise CommandError(error.message) from error
        for notice in loaded:
            self.stdout.write(f"已载入 {notice}")
        if not loaded:
            self.stdout.write("都已载入过 (nothing new)")
        self.stdout.write("运行 recalculate 查看移动的期限 (see what moves)")
