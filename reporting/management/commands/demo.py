"""The embedded first try: an example office, its 2018 report, and the admin."""

import os
import secrets
import socket
import tempfile
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from wireup import Injected
from wireup.integration.django import inject_app

from reporting.demo import letters, office
from reporting.dependencies import Dependencies
from reporting.models import Figure, Report
from reporting.services import rendering
from requests_app.dependencies import Dependencies as Office
from requests_app.models.agencies import Agency
from requests_app.models.staff import Staff

ENDINGS = ("xlsx", "docx", "pdf", "html", "csv", "json")
FOLDER = Path("var") / "demo"


class Command(BaseCommand):
    help = "演示：示例机关、2018 年统计表与管理后台 (the embedded first try)"

    def add_arguments(self, parser) -> None:
        parser.add_argument("--no-serve", action="store_true", help="不启动网页")

    def handle(self, *args, **options) -> None:
        port = chosen_port()
        if not options["no_serve"]:
            expect_free(port)
        self.step("准备数据库")
        call_command("migrate", verbosity=0)
        self.load()
        self.report()
        user, _ = get_user_model().objects.get_or_create(
            username="demo", defaults={"is_staff": True, "is_superuser": True}
        )
        self.write_letters(user)
        self.sign_in(user, port)
        if not options["no_serve"]:
            call_command("runserver", f"127.0.0.1:{port}", use_reloader=False)

    @inject_app
    def load(self, deps: Injected[Office]) -> None:
        if Figure.objects.filter(agency__code=office.ROOT).exists():
            self.step("示例机关已在库中，不再导入")
            return
        with tempfile.TemporaryDirectory() as folder:
            for name, file in office.write(Path(folder), deps.calendar).items():
                self.step(f"导入 {name}")
                call_command(f"import_{name}", str(file), stdout=self.stdout)
        Agency.objects.filter(code__in=office.codes()).mark_demonstration()

    @inject_app
    def report(self, deps: Injected[Dependencies]) -> None:
        self.step("统计 2018 年：全部机关")
        call_command("count_year", "2018", stdout=self.stdout)
        FOLDER.mkdir(parents=True, exist_ok=True)
        files = [FOLDER / f"530000-2018.{ending}" for ending in ENDINGS]
        outputs = [word for file in files for word in ("--output", str(file))]
        call_command(
            "annual_report", "2018", "--agency", office.ROOT,
            *outputs, stderr=self.stdout,
        )  # fmt: skip
        self.step("生成可在管理后台下载的文件")
        rendering.ask(Report.objects.filter(agency__code=office.ROOT), deps=deps)
        while rendering.draw_next(deps=deps):
            pass

    @inject_app
    def write_letters(self, by: Staff, deps: Injected[Office]) -> None:
        agency = Agency.objects.get(code=office.ROOT)
        if letters.is_loaded(agency):
            return
        self.step("拟制几份示例文书")
        letters.load(agency, by, deps)

    def sign_in(self, user: Staff, port: int) -> None:
        password = secrets.token_urlsafe(9)
        user.set_password(password)
        user.save()
        self.step(f"登录 http://127.0.0.1:{port}/admin/  用户 demo  密码 {password}")

    def step(self, text: str) -> None:
        self.stdout.write(self.style.MIGRATE_HEADING(f"▸ {text}"))
        self.stdout.flush()


def chosen_port() -> int:
    told = os.environ.get("PORT") or "8000"
    if not told.isdecimal() or not 0 < int(told) < 2**16:
        raise CommandError(
            f"PORT={told} 不是端口号，请给出 1 到 65535 之间的数 (not a port number)"
        )
    return int(told)


def expect_free(port: int) -> None:
    """Asked before the work, so that nobody waits for a page that cannot be served."""
    with socket.socket() as asked:
        if asked.connect_ex(("127.0.0.1", port)) == 0:
            raise CommandError(
                f"端口 {port} 已被占用，请换一个：PORT={port + 1} make demo "
                f"(port {port} is in use; choose another)"
            )
