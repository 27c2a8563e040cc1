"""One small form per act: what is typed becomes the event, and the text beside it."""

from collections.abc import Mapping

from requests_app.admin.act_forms import (
    arriving,
    beside,
    concluding,
    correcting,
    handling,
    sending,
    serving,
)
from requests_app.admin.act_forms.base import ActForm, DayInput, Drawn

__all__ = ["FORMS", "ActForm", "DayInput", "Drawn"]

FORMS: Mapping[str, type[ActForm]] = {
    form.kind.kind: form
    for form in (
        *arriving.FORMS,
        *correcting.FORMS,
        *beside.FORMS,
        *handling.FORMS,
        *sending.FORMS,
        *concluding.FORMS,
        *serving.FORMS,
    )
}
