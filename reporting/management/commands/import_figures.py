from wireup import Injected
from wireup.integration.django import inject_app

from reporting.dependencies import Dependencies
from reporting.imports.figures import import_figures
from requests_app.management.importing import ImportCommand


class Command(ImportCommand):
    help = "导入 (import) figures"

    def handle(self, *args, **options) -> None:
        self.read_in(options)

    @inject_app
    def read_in(self, options, deps: Injected[Dependencies]) -> None:
        self.run(
            lambda path, tick: import_figures(path, by=None, deps=deps, tick=tick),
            options,
        )
