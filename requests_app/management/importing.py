"""What the import commands share: arguments, one transaction, progress, the answer."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

from django.core.management.base import BaseCommand
from django.db import transaction
from rich.console import Console
from rich.progress import Progress

from requests_app.imports.outcome import Outcome


class ImportCommand(BaseCommand):
    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="只检查，不写入")
        parser.add_argument("--json", action="store_true", help="结果以 JSON 输出")

    def run(
        self, read: Callable[[Path, Callable[[], object]], Outcome], options
    ) -> None:
        """All or nothing; exit 1 when anything was rejected."""
        bar = Progress(console=Console(stderr=True), disable=not sys.stderr.isatty())
        with bar, transaction.atomic():
            task = bar.add_task(options["file"].name, total=None)
            told = read(options["file"], lambda: bar.advance(task))
            if told.rejected or options["dry_run"]:
                transaction.set_rollback(True)
        self.tell(told, options)
        if told.rejected:
            raise SystemExit(1)

    def tell(self, told: Outcome, options) -> None:
        answer = told.as_json()
        if options["json"]:
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
            return
        for fault in answer["rejected"]:
            place = f"第 {fault['line']} 行" if fault["line"] else "文件"
            column = f" {fault['column']}" if fault["column"] else ""
            value = f"“{fault['value']}”" if fault["value"] else ""
            self.stderr.write(f"{place}{column}{value}：{fault['message']}")
        for found in answer["findings"]:
            self.stderr.write(
                f"疑点 第 {found['line']} 行 {found['number']}：{found['message']}"
            )
        verdict = "未写入任何内容" if told.rejected else "完成"
        if options["dry_run"] and not told.rejected:
            verdict = "检查通过，未写入 (dry run)"
        self.stdout.write(
            f"读取 {answer['read']} 行：新增 {answer['created']}，更新 {answer['updated']}，"
            f"未变 {answer['unchanged']}，有误 {len(answer['rejected'])}。{verdict}"
        )
