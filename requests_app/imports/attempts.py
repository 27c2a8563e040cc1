"""One import as a whole: one transaction, kept or not; the command's and the browser's."""

from collections.abc import Callable

from django.db import IntegrityError, OperationalError, ProgrammingError, transaction

from requests_app.imports.database import why
from requests_app.imports.faults import Fault
from requests_app.imports.outcome import Outcome


def attempt(read: Callable[[], Outcome], *, keep: bool) -> Outcome:
    """All or nothing: nothing where a row was rejected, or where it is not to be kept."""
    try:
        with transaction.atomic():
            told = read()
            if told.rejected or not keep:
                transaction.set_rollback(True)
    except (IntegrityError, OperationalError, ProgrammingError) as error:
        return Outcome(rejected=[Fault(0, None, None, why(error))])
    return told
