"""Follow the chain of every request's and complaint's log and name the first entry that
breaks it."""

from django.core.management.base import BaseCommand

from requests_app.models import LogEntry
from requests_app.services.standings import broken_links


class Command(BaseCommand):
    help = "核对日志链 (verify the chained log)"

    def handle(self, *args, **options) -> None:
        broken = next(broken_links(), None)
        if broken is not None:
            self.stdout.write(f"{whose(broken)} 第 {broken.sequence} 条")
            raise SystemExit(1)
        self.stdout.write("日志链完整 (whole)")


def whose(entry) -> str:
    if isinstance(entry, LogEntry):
        return entry.disclosure_request.reference
    return f"举报投诉 {entry.complaint_id} (complaint)"
