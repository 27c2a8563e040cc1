"""Check a filled or published table against the rules of its form."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from wireup import Injected
from wireup.integration.django import inject_app

from reporting.dependencies import Dependencies, NoSuchForm
from reporting.services.checks import check_file
from requests_app.imports.sheets import Unreadable


class Command(BaseCommand):
    help = "核对一份统计表的勾稽关系，不导入 (check a table; imports nothing)"

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--form", metavar="KEY")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args, **options) -> None:
        self.check_it(options)

    @inject_app
    def check_it(self, options, deps: Injected[Dependencies]) -> None:
        try:
            told = check_file(options["file"], options["form"], deps)
        except (Unreadable, NoSuchForm) as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        for found in told["findings"]:
            self.stdout.write(f"{found['level']} {found['rule']}: {found['message']}")
        for line in told["not_read"]:
            columns = "、".join(line["columns"])
            self.stdout.write(f"not read {line['line']}: {line['label']}（{columns}）")
        self.stdout.write(
            f"{told['form']}：{len(told['findings'])} 处疑点，{len(told['not_read'])} 行未读到"
        )
