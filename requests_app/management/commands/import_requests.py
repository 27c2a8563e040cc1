from wireup import Injected
from wireup.integration.django import inject_app

from requests_app.dependencies import Dependencies
from requests_app.imports.requests import import_requests
from requests_app.management.importing import ImportCommand


class Command(ImportCommand):
    help = "导入 (import) requests"

    def handle(self, *args, **options) -> None:
        self.read_in(options)

    @inject_app
    def read_in(self, options, deps: Injected[Dependencies]) -> None:
        self.run(
            lambda path, tick: import_requests(path, by=None, deps=deps, tick=tick),
            options,
        )
