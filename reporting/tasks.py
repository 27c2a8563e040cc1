"""Celery tasks of the statistics: delegate, and may be repeated at will."""

from celery import shared_task
from wireup import Injected
from wireup.integration.django import inject_app

from reporting.dependencies import Dependencies
from reporting.services import jobs, rendering


@shared_task(name="reporting.count_last_year")
def count_last_year() -> None:
    """At 00:05 on 1 January: the books of the year that has just ended."""
    _count_last_year()


@inject_app
def _count_last_year(deps: Injected[Dependencies]) -> None:
    jobs.ask_last_year(deps=deps)


@shared_task(name="reporting.resume_counting")
def resume_counting() -> int:
    return _resume_counting()


@inject_app
def _resume_counting(deps: Injected[Dependencies]) -> int:
    return jobs.resume(deps=deps)


@shared_task(name=rendering.TASK)
def resume_rendering() -> int:
    return _resume_rendering()


@inject_app
def _resume_rendering(deps: Injected[Dependencies]) -> int:
    return rendering.resume(deps=deps)


@shared_task(name="reporting.wake_rendering")
def wake_rendering() -> bool:
    return _wake_rendering()


@inject_app
def _wake_rendering(deps: Injected[Dependencies]) -> bool:
    return rendering.wake(deps=deps)
