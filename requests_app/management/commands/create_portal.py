"""An intake portal and its key, which is shown this once."""

import json

from django.core.management.base import BaseCommand, CommandError
from wireup import Injected
from wireup.integration.django import inject_app

from requests_app.dependencies import Dependencies
from requests_app.domain.regimes import NotAllowed
from requests_app.models.portals import Operation
from requests_app.services import portals


class Command(BaseCommand):
    help = "开通申请渠道平台，密钥只显示一次 (an intake portal; its key is shown once)"

    def add_arguments(self, parser) -> None:
        parser.add_argument("name", metavar="NAME")
        parser.add_argument(
            "--agency", nargs="+", action="extend", required=True, metavar="CODE"
        )
        parser.add_argument(
            "--operation",
            nargs="+",
            action="extend",
            default=[],
            metavar="KEY",
            help=f"可用操作，默认除 collect 外全部：{'、'.join(Operation.values)}",
        )
        parser.add_argument("--per-minute", type=int, default=600, metavar="N")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args, **options) -> None:
        self.create(options)

    @inject_app
    def create(self, options, deps: Injected[Dependencies]) -> None:
        try:
            portal, key = portals.create(
                name=options["name"],
                codes=options["agency"],
                operations=options["operation"],
                per_minute=options["per_minute"],
                deps=deps,
            )
        except NotAllowed as error:
            raise CommandError(error.message) from error
        codes = list(portal.agencies.values_list("code", flat=True))
        told = {"name": portal.name, "agencies": codes, "key": key}
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        self.stdout.write(f"平台 {portal.name}，可受理机关 {'、'.join(codes)}")
        self.stdout.write(f"密钥（只显示这一次，请妥善保存）：{key}")
