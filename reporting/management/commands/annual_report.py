"""One agency's report for a year, as JSON and as files."""

from datetime import date
from functools import partial
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from wireup import Injected
from wireup.integration.django import inject_app

from reporting.dependencies import Dependencies, NoSuchForm, Unprintable
from reporting.period import QUARTERS, Period, Span, quarter
from reporting.renderers.json_ import as_text
from reporting.services import editions, pictures, reports


class Command(BaseCommand):
    help = "年度统计表：一个机关（及所辖）一年的统计 (an agency's table for a year)"

    def add_arguments(self, parser) -> None:
        parser.add_argument("year", type=int)
        parser.add_argument("--agency", metavar="CODE")
        parser.add_argument(
            "--quarter", type=int, choices=QUARTERS, help="季报 (a quarter of the year)"
        )
        parser.add_argument("--from", metavar="DAY", type=day)
        parser.add_argument("--to", metavar="DAY", type=day)
        parser.add_argument("--form", metavar="KEY")
        parser.add_argument("--scope", choices=["area", "own"], default="area")
        parser.add_argument(
            "--recount",
            action="store_true",
            help="重新统计，不用本机关已签发的；下级已审核的报告照常汇入 (count again)",
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
            when = asked(options)
            recount = options["recount"] or not isinstance(when, int)
            ask = reports.annual
            if isinstance(when, int):
                ask = partial(editions.as_it_stands, recount=recount)
            form, told, name = ask(
                year=when,
                code=options["agency"],
                form_key=options["form"],
                scope=options["scope"],
                deps=deps,
            )
        except NoSuchForm as error:
            wrong = 2 if options["form"] else 1
            raise CommandError(str(error), returncode=wrong) from error
        except reports.NoSuchAgency as error:
            raise CommandError(str(error)) from error
        banner = options["banner"] or reports.banner_of(told["agency"])
        printed = reports.document(
            form, told, agency=name, banner=banner,
            signed=not recount and editions.is_signed(told),
            pictures=lambda: pictures.of_report(form, told, deps),
        )  # fmt: skip
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


def day(text: str) -> date:
    return date.fromisoformat(text)


def asked(options) -> Span:
    """The year, or the days of it that are named; what contradicts itself is exit 2."""
    of, start, end = options["year"], options["from"], options["to"]
    if options["quarter"]:
        if start or end:
            raise CommandError(
                "--quarter 与 --from/--to 只用其一 (one or the other)", returncode=2
            )
        return quarter(of, options["quarter"])
    if start is None and end is None:
        return of
    try:
        days = Period(start=start or date(of, 1, 1), end=end or date(of, 12, 31))
    except ValueError as error:
        raise CommandError(str(error), returncode=2) from error
    if days.year != of:
        raise CommandError(f"--to 应在 {of} 年内 (not in that year)", returncode=2)
    return days


def content(file: Path, told, printed, deps: Dependencies) -> bytes:
    if file.suffix == ".json":
        return f"{as_text(told, printed.banner)}\n".encode()
    return deps.renderers[file.suffix].render(printed)
