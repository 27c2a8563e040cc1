"""What the daily task does: rows of the API that are past their time."""

import json

from django.core.management.base import BaseCommand
from wireup import Injected
from wireup.integration.django import inject_app

from requests_app.dependencies import Dependencies
from requests_app.services.purging import purge


class Command(BaseCommand):
    help = "清理接口的过期记录 (purge what the API keeps for a time only)"

    def handle(self, *args, **options) -> None:
        self.stdout.write(json.dumps(self.purged()))

    @inject_app
    def purged(self, deps: Injected[Dependencies]):
        return purge(deps=deps)
