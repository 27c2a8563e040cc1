"""Where the reader is not known (a finding, a fault in a file, a refusal), the machine
speaks both languages at once: 中文 (English). A page shows its reader's half."""


def both(zh: str, en: str) -> str:
    return f"{zh} ({en})"


def parted(message: str) -> tuple[str, str]:
    """(Chinese, English); a message of one language alone stands for both. A rule's
    message is printed as 中文 / English."""
    if " / " in message:
        zh, _, en = message.rpartition(" / ")
        return zh, en
    zh, opening, en = message.removesuffix(")").partition(" (")
    return (zh, en) if opening and message.endswith(")") else (message, message)


def joined(message: str, advice: str) -> str:
    """What is wrong, then what to do, in both languages."""
    (zh, en), (zh_too, en_too) = parted(message), parted(advice)
    return both(f"{zh}。{zh_too}", f"{en}; {en_too}")
