"""Check a package (归档包): exit 0 for a whole one, 1 with what is wrong."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from requests_app.services.package_check import faults


class Command(BaseCommand):
    help = "核验归档包 (check an archive package)"

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path, help="归档包 (the zip)")

    def handle(self, *args, file: Path, **options) -> None:
        try:
            with file.open("rb") as opened:
                found = list(faults(opened))
        except OSError as error:
            raise CommandError(f"{file} 无法读取 (cannot be read): {error}") from error
        for fault in found:
            self.stdout.write(fault)
        if found:
            raise SystemExit(1)
        self.stdout.write("归档包完整 (the package is whole)")
