"""Celery tasks: they take ids, delegate, and may be repeated at will."""

from celery import shared_task
from wireup import Injected
from wireup.integration.django import inject_app

from requests_app.dependencies import Dependencies
from requests_app.services import outbox


@shared_task(name="requests_app.deliver_outbox")
def deliver_outbox() -> int:
    return _deliver_outbox()


@inject_app
def _deliver_outbox(deps: Injected[Dependencies]) -> int:
    return outbox.deliver(deps=deps)
