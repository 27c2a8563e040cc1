"""A new key for a portal; the old one goes on for a while, so that nobody is cut off."""

import json
from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError
from wireup import Injected
from wireup.integration.django import inject_app

from requests_app.dependencies import Dependencies
from requests_app.models.portals import Portal
from requests_app.services import portals

MOST_HOURS = 24 * 366


class Command(BaseCommand):
    help = "更换平台密钥，或停用平台 (rotate a portal's key, or disable it)"

    def add_arguments(self, parser) -> None:
        parser.add_argument("name", metavar="NAME")
        parser.add_argument(
            "--overlap-hours", type=int, default=168, help="旧密钥继续有效的小时数"
        )
        parser.add_argument("--disable", action="store_true", help="立即停用，不换密钥")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args, **options) -> None:
        self.rotate(options)

    @inject_app
    def rotate(self, options, deps: Injected[Dependencies]) -> None:
        portal = Portal.objects.filter(name=options["name"]).first()
        if portal is None:
            raise CommandError(f"没有平台 {options['name']} (no such portal)")
        if options["disable"]:
            portals.disable(portal, deps=deps)
            self.stderr.write(f"平台 {portal.name} 已停用")
            return
        if not 0 <= options["overlap_hours"] <= MOST_HOURS:
            raise CommandError(
                f"重叠时间应在 0 至 {MOST_HOURS} 小时之间 (out of bounds)"
            )
        overlap = timedelta(hours=options["overlap_hours"])
        key = portals.rotate(portal, overlap=overlap, deps=deps)
        if options["json"]:
            told = {"name": portal.name, "key": key}
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        self.stdout.write(f"新密钥（只显示这一次）：{key}")
