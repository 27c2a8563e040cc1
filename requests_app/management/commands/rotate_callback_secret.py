"""A new secret for a portal's callback; the old one signs beside it for a while, so that
nothing is refused meanwhile."""

import json
from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError
from wireup import Injected
from wireup.integration.django import inject_app

from requests_app.dependencies import Dependencies
from requests_app.models.portals import Portal
from requests_app.services import callbacks


class Command(BaseCommand):
    help = "更换回调签名密钥 (rotate the secret that signs a portal's callbacks)"

    def add_arguments(self, parser) -> None:
        parser.add_argument("name", metavar="NAME")
        parser.add_argument(
            "--overlap-hours", type=int, default=168, help="旧密钥继续签名的小时数"
        )
        parser.add_argument("--json", action="store_true")

    def handle(self, *args, **options) -> None:
        self.rotate(options)

    @inject_app
    def rotate(self, options, deps: Injected[Dependencies]) -> None:
        portal = Portal.objects.filter(name=options["name"]).first()
        if portal is None:
            raise CommandError(f"没有平台 {options['name']} (no such portal)")
        overlap = timedelta(hours=max(0, options["overlap_hours"]))
        try:
            secret = callbacks.rotate(portal, overlap=overlap, deps=deps)
        except callbacks.NoCallback as error:
            raise CommandError(
                f"平台 {portal.name} 未设置回调，请先 set_callback (set its URL first)"
            ) from error
        if options["json"]:
            told = {"name": portal.name, "secret": secret}
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        self.stdout.write(f"新签名密钥（只显示这一次）：{secret}")
