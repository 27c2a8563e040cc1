"""Count a year for every agency, here and now, with a bar on the terminal."""

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, TimeElapsedColumn
from wireup import Injected
from wireup.integration.django import inject_app

from reporting.dependencies import Dependencies, NoSuchForm
from reporting.models import CountingJob, Rendering, Report
from reporting.services import jobs, rendering

PAUSE = 0.5  # seconds between two looks at files that other workers draw


class Command(BaseCommand):
    help = "统计一年：全部机关，一次统计 (count a year for every agency)"

    def add_arguments(self, parser) -> None:
        parser.add_argument("year", type=int)
        parser.add_argument("--form", metavar="KEY", help="表式，缺省为当年所用")
        parser.add_argument("--render", action="store_true", help="并生成各机关的文件")
        parser.add_argument("--json", action="store_true", help="结果以 JSON 输出")

    def handle(self, *args, **options) -> None:
        self.count(options)

    @inject_app
    def count(self, options, deps: Injected[Dependencies]) -> None:
        try:
            job = jobs.want(
                year=options["year"],
                form_key=options["form"],
                since=deps.clock.now(),
                render=options["render"],
                deps=deps,
            )
        except NoSuchForm as error:
            wrong = 2 if options["form"] else 1
            raise CommandError(str(error), returncode=wrong) from error
        with bars() as bar:
            self.run(job, bar, deps)
            if options["render"]:
                self.draw(job, bar, deps)
        self.tell(told(job), as_json=options["json"])

    def run(self, job: CountingJob, bar: Progress, deps: Dependencies) -> None:
        task = bar.add_task(f"统计 {job.year}", total=None)
        jobs.run(
            job, deps=deps, told=lambda n, of: bar.update(task, completed=n, total=of)
        )
        if not jobs.is_done(job):
            raise CommandError(
                f"另一进程（{job.worker}）正在统计 {job.year} 年，请等它完成"
                " (another process is counting this year)"
            )

    def draw(self, job: CountingJob, bar: Progress, deps: Dependencies) -> None:
        """Beside the workers, if there are any, until nothing is asked any more."""
        task = bar.add_task("生成文件", total=None)
        files = Rendering.objects.of(job)
        while left := files.asked().count():
            total = files.count()
            bar.update(task, completed=total - left, total=total)
            while rendering.draw_next(job=job, deps=deps):
                bar.advance(task)
            time.sleep(PAUSE if files.asked().exists() else 0)

    def tell(self, answer, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
            return
        files, findings = answer["files"], answer["findings"]
        self.stdout.write(
            f"{answer['year']} 年（{answer['form']}）：{answer['agencies']} 个机关，"
            f"{answer['reports']} 张统计表；疑点 硬性 {findings['hard']}，"
            f"软性 {findings['soft']}；文件 已生成 {files['done']}，失败 {files['failed']}"
        )


def told(job: CountingJob) -> dict:
    reports = Report.objects.filter(year=job.year, form=job.form)
    levels = [
        found["level"]
        for content in reports.values_list("content", flat=True).iterator()
        for found in content["findings"]
    ]
    return {
        "year": job.year,
        "form": job.form,
        "agencies": reports.order_by().values("agency").distinct().count(),
        "reports": reports.count(),
        "findings": {level: levels.count(level) for level in ("hard", "soft")},
        "files": Rendering.objects.of(job).by_state(),
    }


@contextmanager
def bars() -> Iterator[Progress]:
    """On a terminal; elsewhere nothing is drawn."""
    columns = (
        *Progress.get_default_columns()[:2],
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    hidden = not sys.stderr.isatty()
    with Progress(*columns, console=Console(stderr=True), disable=hidden) as progress:
        yield progress
