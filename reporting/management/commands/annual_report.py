"""One agency's report for a year, as JSON and as files."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from wireup import Injected
from wireup.integration.django import inject_app

from reporting.dependencies import Dependencies, NoSuchForm, Unprintable
from reporting.renderers.json_ import as_text
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
        files = [target for target in options["output"] if target != "-"]
        try:
            drawn = {file: content(Path(file), told, printed, deps) for file in files}
        except Unprintable as error:
            raise CommandError(str(error)) from error
        for file, contents in drawn.items():
            self.write(Path(file), contents)
        if "-" in options["output"]:
            self.stdout.write(as_text(told, banner))
        for found in told["findings"]:
            self.stderr.write(f"{found['level']} {found['rule']}: {found['message']}")

    def write(self, file: Path, contents: bytes) -> None:
        try:
            file.write_bytes(contents)
        except OSError as error:
            raise CommandError(f"写不了 {file}：{error.strerror}") from error
        self.stderr.write(f"{file}")


def content(file: Path, told, printed, deps: Dependencies) -> bytes:
    if file.suffix == ".json":
        return f"{as_text(told, printed.banner)}\n".encode()
    return deps.renderers[file.suffix].render(printed)
