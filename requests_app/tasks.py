"""Celery tasks: they take ids, delegate, and may be repeated at will."""

from celery import shared_task
from wireup import Injected
from wireup.integration.django import inject_app

from requests_app.dependencies import Dependencies
from requests_app.imports import jobs
from requests_app.imports.readers import readers
from requests_app.services import outbox, purging, watch, withdrawing


@shared_task(name="requests_app.deliver_outbox")
def deliver_outbox() -> int:
    return _deliver_outbox()


@inject_app
def _deliver_outbox(deps: Injected[Dependencies]) -> int:
    return outbox.deliver(deps=deps)


@shared_task(name="requests_app.daily_watch")
def daily_watch() -> int:
    """日监测: due in 5, 3, 1 working days, today, overdue; next year's calendar."""
    return _daily_watch()


@inject_app
def _daily_watch(deps: Injected[Dependencies]) -> int:
    return watch.daily(deps=deps)


@shared_task(name="requests_app.purge_api")
def purge_api() -> None:
    """Rows of the API that are past their time."""
    _purge_api()


@inject_app
def _purge_api(deps: Injected[Dependencies]) -> None:
    purging.purge(deps=deps)


@shared_task(name="requests_app.remove_secrets")
def remove_secrets() -> int:
    """State secrets that were withdrawn and still lie in the store."""
    return withdrawing.remove_left()


@shared_task(name=jobs.TASK)
def run_imports() -> int:
    return _run_imports()


@inject_app
def _run_imports(deps: Injected[Dependencies]) -> int:
    return jobs.run_waiting(readers(deps), deps=deps)
