import logging
from collections.abc import Mapping
from typing import Any

log = logging.getLogger("disclosure.notices")


class LoggingCourier:
    """Writes topic and key to the log until a deployment wires mail or a portal."""

    def deliver(self, topic: str, key: str, payload: Mapping[str, Any]) -> None:
        log.info("notice %s %s", topic, key)
