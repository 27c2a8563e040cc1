"""What the machine says is said in both languages at once, 中文 / English, wherever the
reader is not known: findings, faults of a file, refusals."""

BETWEEN = " / "


def both(zh: str, en: str) -> str:
    return BETWEEN.join(half.replace(BETWEEN, "/") for half in (zh, en))


def parted(message: str) -> tuple[str, str]:
    """(Chinese, English); a message of one language alone stands for both."""
    zh, _, en = message.partition(BETWEEN)
    return zh, en or zh
