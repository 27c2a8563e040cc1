import logging
from collections import deque
from threading import local

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)
here = local()  # what this thread has rung and not yet sent


class CeleryBell:
    """Rings by sending the task's name; without a broker the task runs at once."""

    def ring(self, task: str) -> None:
        transaction.on_commit(lambda: send(task))


def send(task: str) -> None:
    """A bell rung by a task that runs in this very process is answered after that task,
    by the loop further up: however long the chain, the stack stays flat."""
    waiting = here.__dict__.setdefault("waiting", deque())
    waiting.append(task)
    if len(waiting) > 1:
        return
    try:
        while waiting:
            send_now(waiting[0])
            waiting.popleft()
    finally:
        waiting.clear()


def send_now(task: str) -> None:
    if task not in current_app.tasks:  # the first bell of this process
        current_app.loader.import_default_modules()
    try:
        current_app.tasks[task].delay()
    except OperationalError as error:
        # The row in the database is the truth and the sweep every minute finds it.
        log.warning("the bell for %s did not ring: %s", task, error)
