"""Whose number it is: the whole report's, or somebody's share that has no cell in it."""

import re

RECEIVING = r"(?:收到|受理|接到|接收|办理|办结|答复)"
ELSEWHERE = re.compile(
    r"省直|市直|县直|区直|州直|州、市|州市|市州|县、区|县区|区县|市、县|县市|乡镇|镇街|街道|本级"
    r"|(?<!全)各(?:州|市|县|区|乡|镇)"
)
OFFICE = re.compile(
    r"(?P<name>[\u4e00-\u9fff]*(?:厅|局|委|办|处|院|室|中心|县|区|市|镇|乡|州))"
    rf"(?:共|累计|总共)?(?:新)?{RECEIVING}"
)
ITSELF = re.compile(r"(?:全|本|我)[^，]$|代表")


def another_office(clause: str, office: str) -> bool:
    """市公安局收到…: another office's number, unless the report is that office's."""
    found = OFFICE.search(clause)
    if ELSEWHERE.search(clause):
        return True
    if not found or ITSELF.search(found["name"]):
        return False
    return found["name"][-2:] not in office


def title(document: str) -> str:
    """The lines above the first sentence, which name the office."""
    lines = (line.strip() for line in document.splitlines())
    named: list[str] = []
    for line in filter(None, lines):
        if "。" in line or len(named) == TITLE_LINES:
            break
        named.append(line)
    return " ".join(named)


TITLE_LINES = 3
