"""A ledger as an office hands it in: as uneven as real ones, with rows without number,
supplements, opinions, extensions, fees and late replies."""

import csv
import random
from datetime import date, timedelta
from pathlib import Path

FIRST, LAST = date(2014, 1, 1), date(2018, 12, 1)
HEADINGS = (
    "登记编号", "受理机关", "申请方式", "收到日期", "申请人类别", "申请人", "申请内容",
    "主题", "补正告知日期", "补正收到日期", "征求意见日期", "意见答复日期", "延期告知日期",
    "延长工作日", "答复日期", "答复类别", "收费金额",
)  # fmt: skip


def write(file: Path, rows: int, agencies: int) -> None:
    """The agencies are those of `ledger.plant`; one in ten has half of the rows."""
    chance = random.Random(2018)
    span = (LAST - FIRST).days
    with file.open("w", encoding="utf-8", newline="") as text:
        out = csv.writer(text)
        out.writerow(HEADINGS)
        for n in range(rows):
            received = FIRST + timedelta(n * span // rows)
            out.writerow(row(n, received, agencies, chance))


def row(n: int, received: date, agencies: int, chance: random.Random) -> list[object]:
    def day(offset: int, given: bool = True) -> str:
        return (received + timedelta(offset)).isoformat() if given else ""

    asked, consulted = chance.random() < 0.1, chance.random() < 0.1
    extended, closed = chance.random() < 0.15, chance.random() < 0.98
    took = chance.randint(10, 20) if chance.random() < 0.95 else chance.randint(21, 60)
    outcomes = ["予以公开", "部分公开", "申请信息不存在", "信访、举报、投诉类申请"]
    return [
        f"〔{received.year}〕{n}号" if n % 20 else "",
        f"B{int(chance.random() ** 3 * agencies)}",
        chance.choice(["当面", "传真", "网络", "网络", "信函", ""]),
        day(0),
        chance.choice(["自然人", "自然人", "商业企业", "法律服务机构", ""]),
        chance.choice(["张三", "李四", "昆明某某有限公司", ""]),
        f"申请公开第{n}号地块的征地补偿安置方案及其批准文件",
        chance.choice(["征地补偿", "城乡规划", ""]),
        day(2, asked),
        day(6, asked),
        day(3, consulted),
        day(9, consulted),
        day(12, extended),
        chance.choice(["5", "10", "15", ""]) if extended else "",
        day(took, closed),
        chance.choice(outcomes) if closed else "",
        "10.50" if closed and n % 12 == 0 else "",
    ]
