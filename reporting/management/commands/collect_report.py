"""A report that an agency signed elsewhere, from a file or from its installation's API."""

import json
import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from wireup import Injected
from wireup.integration.django import inject_app

from reporting.dependencies import Dependencies
from reporting.services.taking_in import take_in
from requests_app.dependencies import Undelivered
from requests_app.domain.regimes import NotAllowed

KEY = "DISCLOSURE_KEY"  # in the environment: an argument is seen by whoever lists processes


class Command(BaseCommand):
    help = (
        "收取下级机关在其系统签发的年度报告 (take in a report that was signed elsewhere); "
        f"a URL is asked with the key in {KEY}"
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("source", metavar="FILE|URL")

    def handle(self, *args, **options) -> None:
        self.collect(options["source"])

    @inject_app
    def collect(self, source: str, deps: Injected[Dependencies]) -> None:
        try:
            told = parsed(fetched(source, deps))
            edition, is_new = take_in(told, source=source, by=None, deps=deps)
        except (OSError, ValueError, Undelivered) as error:
            raise CommandError(f"读不到 {source}：{error}") from error
        except NotAllowed as error:
            raise CommandError(error.message) from error
        done = {
            **{key: told[key] for key in ("agency", "year", "form", "scope")},
            "edition": edition.number,
            "taken_in": is_new,
        }
        self.stdout.write(json.dumps(done, ensure_ascii=False))


def fetched(source: str, deps: Dependencies) -> bytes:
    if not source.startswith(("https://", "http://")):
        return Path(source).read_bytes()
    key = os.environ.get(KEY, "")
    return deps.fetch(source, {"Authorization": f"Bearer {key}"} if key else {})


def parsed(raw: bytes) -> dict[str, Any]:
    told = json.loads(raw.decode("utf-8-sig"))
    if not isinstance(told, dict):
        raise ValueError("不是 JSON 对象 (no JSON object)")
    return told
