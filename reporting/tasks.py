"""Celery tasks of the statistics: delegate, and may be repeated at will."""

from functools import partial

from celery import shared_task
from wireup import Injected
from wireup.integration.django import inject_app

from reporting.dependencies import Dependencies
from reporting.imports.figures import import_figures
from reporting.services import jobs, rendering
from requests_app import dependencies as cases
from requests_app.imports import jobs as imports


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


@shared_task(name="reporting.run_imports")
def run_imports() -> int:
    return _run_imports()


@inject_app
def _run_imports(
    deps: Injected[Dependencies], office: Injected[cases.Dependencies]
) -> int:
    read = partial(import_figures, deps=deps)
    return imports.run_waiting({"figures": read}, deps=office)
