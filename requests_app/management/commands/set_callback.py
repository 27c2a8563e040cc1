"""Where a portal is called back, and the secret that signs it, which is shown this once."""

import json

from django.core.management.base import BaseCommand, CommandError
from wireup import Injected
from wireup.integration.django import inject_app

from requests_app.dependencies import Dependencies
from requests_app.domain.regimes import NotAllowed
from requests_app.models.portals import Portal
from requests_app.services import callbacks


class Command(BaseCommand):
    help = "设置平台回调地址，或停用 (where a portal is called back; its secret once)"

    def add_arguments(self, parser) -> None:
        parser.add_argument("name", metavar="NAME")
        parser.add_argument("url", metavar="URL", nargs="?")
        parser.add_argument("--stop", action="store_true", help="停用回调")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args, **options) -> None:
        if bool(options["url"]) == options["stop"]:
            raise CommandError("请给出 URL 或 --stop 之一 (either URL or --stop)")
        self.set(options)

    @inject_app
    def set(self, options, deps: Injected[Dependencies]) -> None:
        portal = Portal.objects.filter(name=options["name"]).first()
        if portal is None:
            raise CommandError(f"没有平台 {options['name']} (no such portal)")
        if options["stop"]:
            callbacks.stop(portal, deps=deps)
            self.stderr.write(f"平台 {portal.name} 的回调已停用")
            return
        try:
            secret = callbacks.set_url(portal, options["url"], deps=deps)
        except NotAllowed as error:
            raise CommandError(error.message) from error
        if options["json"]:
            told = {"name": portal.name, "url": options["url"], "secret": secret}
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        self.stdout.write(f"签名密钥（只显示这一次）：{secret}")
