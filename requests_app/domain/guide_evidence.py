"""The evidence of a step as it stands beside its entry: what was typed, under headings."""

from collections.abc import Mapping

from requests_app.domain.guide import Step

REMARK = "说明"


def written(step: Step, evidence: Mapping[str, str], remark: str) -> str:
    told = [
        f"{field.zh}：{evidence[field.key]}"
        for field in step.evidence
        if evidence.get(field.key)
    ]
    if remark:
        told.append(f"{REMARK}：{remark}" if told else remark)
    return "\n".join(told)


def read_back(step: Step, text: str) -> dict[str, str]:
    """`written` backwards: field → what stands under its heading."""
    found: dict[str, list[str]] = {}
    headings = {f"{field.zh}：": field.key for field in step.evidence}
    key = ""
    for line in text.split("\n"):
        heading = next(
            (h for h in (*headings, f"{REMARK}：") if line.startswith(h)), ""
        )
        key = headings.get(heading, "") if heading else key
        if key:
            found.setdefault(key, []).append(line.removeprefix(heading))
    return {key: "\n".join(lines) for key, lines in found.items()}
