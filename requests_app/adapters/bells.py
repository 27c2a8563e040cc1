import logging

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)


class CeleryBell:
    """Rings by sending the task's name; without a broker the task runs at once."""

    def ring(self, task: str) -> None:
        transaction.on_commit(lambda: send(task))


def send(task: str) -> None:
    current_app.loader.import_default_modules()
    try:
        current_app.tasks[task].delay()
    except OperationalError as error:
        # The row in the database is the truth and the sweep every minute finds it.
        log.warning("the bell for %s did not ring: %s", task, error)
