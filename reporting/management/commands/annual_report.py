"""One agency's report for a year, as JSON and as files."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from wireup import Injected
from wireup.integration.django import inject_app

from reporting.dependencies import Dependencies, NoSuchForm
from reporting.services import editions, reports


class Command(BaseCommand):
    help = "年度统计表：一个机关（及所辖）一年的统计 (an agency's table for a year)"

    def add_arguments(self, parser) -> None:
        parser.add_argument("year", type=int)
        parser.add_argument("--agency", metavar="CODE")
        parser.add_argument("--form", metavar="KEY")
        parser.add_argument("--scope", choices=["area", "own"], default="area")
        parser.add_argument(
            "--recount",
            action="store_true",
            help="重新统计，不用已签发的 (count again)",
        )
        parser.add_argument("--output", action="append", default=[], metavar="FILE")
        parser.add_argument("--banner", default="", help="印在每一页上，如：演示数据")

    def handle(self, *args, **options) -> None:
        self.make(options)

    @inject_app
    def make(self, options, deps: Injected[Dependencies]) -> None:
        endings = [Path(f).suffix for f in options["output"] if f != "-"]
        unknown = sorted(set(endings) - {*deps.renderers, ".json"})
        if unknown:
            known = " ".join(sorted({*deps.renderers, ".json"}))
            raise CommandError(
                f"不认识的文件格式 {unknown}，可用：{known}", returncode=2
            )
        try:
            ask = reports.annual if options["recount"] else editions.as_it_stands
            form, told, name = ask(
                year=options["year"],
                code=options["agency"],
                form_key=options["form"],
                scope=options["scope"],
                deps=deps,
            )
        except (NoSuchForm, reports.NoSuchAgency) as error:
            raise CommandError(str(error)) from error
        banner = options["banner"] or reports.banner_of(told["agency"])
        printed = reports.document(form, told, agency=name, banner=banner)
        for target in options["output"]:
            self.write(target, told, printed, deps)
        for found in told["findings"]:
            self.stderr.write(f"{found['level']} {found['rule']}: {found['message']}")

    def write(self, target: str, told, printed, deps: Dependencies) -> None:
        if target == "-":
            self.stdout.write(as_text(told))
            return
        file = Path(target)
        if file.suffix == ".json":
            content = (as_text(told) + "\n").encode()
        else:
            content = deps.renderers[file.suffix].render(printed)
        try:
            file.write_bytes(content)
        except OSError as error:
            raise CommandError(f"写不了 {file}：{error.strerror}") from error
        self.stderr.write(f"{file}")


def as_text(told) -> str:
    return json.dumps(told, ensure_ascii=False, indent=1)
