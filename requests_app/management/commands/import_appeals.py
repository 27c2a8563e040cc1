from wireup import Injected
from wireup.integration.django import inject_app

from requests_app.dependencies import Dependencies
from requests_app.imports.appeals import import_appeals
from requests_app.management.importing import ImportCommand


class Command(ImportCommand):
    help = "导入 (import) appeals"

    def handle(self, *args, **options) -> None:
        self.read_in(options)

    @inject_app
    def read_in(self, options, deps: Injected[Dependencies]) -> None:
        self.run(lambda path, tick: import_appeals(path, deps=deps, tick=tick), options)
