"""Follow the chain of every request's log and name the first entry that breaks it."""

from django.core.management.base import BaseCommand

from requests_app.services.standings import broken_links


class Command(BaseCommand):
    help = "核对日志链 (verify the chained log)"

    def handle(self, *args, **options) -> None:
        broken = next(broken_links(), None)
        if broken is not None:
            self.stdout.write(
                f"{broken.disclosure_request.reference} 第 {broken.sequence} 条"
            )
            raise SystemExit(1)
        self.stdout.write("日志链完整 (whole)")
