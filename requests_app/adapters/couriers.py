import logging
from collections.abc import Mapping
from typing import Any

from requests_app.dependencies import Courier

log = logging.getLogger("disclosure.notices")


class LoggingCourier:
    """Writes topic and key to the log until a deployment wires mail or a portal."""

    def deliver(self, topic: str, key: str, payload: Mapping[str, Any]) -> None:
        log.info("notice %s %s", topic, key)


class SortingCourier:
    """Each topic to the courier who knows the way; the rest to one for all."""

    def __init__(self, others: Courier, **by_topic: Courier) -> None:
        self.others, self.by_topic = others, by_topic

    def deliver(self, topic: str, key: str, payload: Mapping[str, Any]) -> None:
        self.by_topic.get(topic, self.others).deliver(topic, key, payload)
