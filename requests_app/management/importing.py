"""What the import commands share: arguments, one transaction, progress, the answer."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

from django.core.management.base import BaseCommand
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from requests_app.imports.attempts import attempt
from requests_app.imports.outcome import Outcome
from requests_app.imports.sheets import about

MOST_SHOWN = 1000  # on a terminal; --json carries all


class ImportCommand(BaseCommand):
    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="只检查，不写入")
        parser.add_argument("--json", action="store_true", help="结果以 JSON 输出")

    def run(
        self, read: Callable[[Path, Callable[[], object]], Outcome], options
    ) -> None:
        """All or nothing; exit 1 when anything was rejected."""
        file = options["file"]
        with progress() as bar:
            task = bar.add_task(f"读取 {file.name}", total=about(file))
            told = attempt(
                lambda: read(file, lambda: bar.advance(task)),
                keep=not options["dry_run"],
            )
            bar.update(task, total=told.read)
        self.tell(told, options)
        if told.rejected:
            raise SystemExit(1)

    def tell(self, told: Outcome, options) -> None:
        answer = told.as_json()
        if options["json"]:
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
            return
        for fault in answer["rejected"][:MOST_SHOWN]:
            self.stderr.write(as_line(fault))
        for found in answer["findings"][:MOST_SHOWN]:
            self.stderr.write(
                f"疑点 第 {found['line']} 行 {found['number']}：{found['message']}"
            )
        unsaid = sum(
            max(len(answer[said]) - MOST_SHOWN, 0) for said in ("rejected", "findings")
        )
        if unsaid:
            self.stderr.write(
                f"另有 {unsaid} 条未列，--json 列出全部 (more with --json)"
            )
        verdict = "未写入任何内容，请改正后重新导入" if told.rejected else "完成"
        if options["dry_run"] and not told.rejected:
            verdict = "检查通过，未写入 (dry run)"
        self.stdout.write(
            f"读取 {answer['read']} 行：新增 {answer['created']}，更新 {answer['updated']}，"
            f"未变 {answer['unchanged']}，有误 {len(answer['rejected'])}。{verdict}"
        )


def as_line(fault: dict) -> str:
    place = f"第 {fault['line']} 行" if fault["line"] else "文件"
    column = f" {fault['column']}" if fault["column"] else ""
    value = f"“{fault['value']}”" if fault["value"] else ""
    return f"{place}{column}{value}：{fault['message']}"


def progress() -> Progress:
    """On standard error, and only where somebody looks at it."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=Console(stderr=True),
        disable=not sys.stderr.isatty(),
    )
