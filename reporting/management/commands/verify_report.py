"""Is a signed report still what was signed, and what do the books say today?"""

from django.core.management.base import BaseCommand, CommandError
from wireup import Injected
from wireup.integration.django import inject_app

from reporting.dependencies import Dependencies
from reporting.models import Edition
from reporting.services import editions
from reporting.services.adjustments import adjustments, figures_since


class Command(BaseCommand):
    help = "核对已签发的年度报告：重算冻结的事实并比对 (recount what was signed)"

    def add_arguments(self, parser) -> None:
        parser.add_argument("id", type=int, help="年度报告的编号 (the edition's id)")

    def handle(self, *args, **options) -> None:
        self.verify(options["id"])

    @inject_app
    def verify(self, key: int, deps: Injected[Dependencies]) -> None:
        edition = Edition.objects.select_related("agency").filter(pk=key).first()
        if edition is None:
            raise CommandError(f"没有编号为 {key} 的年度报告 (no such report)")
        difference = editions.verify(edition, deps)
        if difference:
            raise CommandError(f"{edition}：{difference} (differs)")
        changed = sum(1 for _ in adjustments(edition))
        entered = len(figures_since(edition, editions.form_of(edition, deps)))
        self.stdout.write(
            f"{edition} 与签发时一致 (as signed)，"
            f"软件版本 {edition.release} (release)；"
            f"签发后账上有变动 {changed} 件、填报数 {entered} 个"
            " (changed in the books since)"
        )
