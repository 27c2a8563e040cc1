"""Every number of a finished text that its table, arithmetic or the text itself denies."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from wireup import Injected
from wireup.integration.django import inject_app

from reporting.dependencies import Dependencies, NoSuchForm
from reporting.imports.texts import read_text
from reporting.services.narratives import check_text
from reporting.services.reports import NoSuchAgency
from requests_app.imports.sheets import Unreadable


class Command(BaseCommand):
    help = "核对年度报告文字中的数字 (check the numbers of a finished text)"

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help=".txt 或 .docx")
        parser.add_argument("year", type=int, metavar="YEAR")
        parser.add_argument("--agency", metavar="CODE")
        parser.add_argument("--table", type=Path, metavar="FILE")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args, **options) -> None:
        self.check_it(options)

    @inject_app
    def check_it(self, options, deps: Injected[Dependencies]) -> None:
        try:
            told = check_text(
                read_text(options["file"]),
                options["year"],
                code=options["agency"],
                table=options["table"],
                deps=deps,
            )
        except (Unreadable, NoSuchForm, NoSuchAgency) as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        for found in told["findings"]:
            where = found["where"]
            self.stdout.write(f"{where['offset']}：{found['message']}")
        self.stdout.write(f"{len(told['findings'])} 处疑点 (findings)")
