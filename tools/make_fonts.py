"""Cut Debian's Noto Serif CJK SC down to what a Chinese office prints: GB2312 and the 8105
characters of 通用规范汉字表 (2013), by which places and persons are named (鄠邑区, 猇亭区). OFL
stays beside it. Needs the packages fonts-noto-cjk and unicode-data."""

import bz2
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection

SOURCE = Path("/usr/share/fonts/opentype/noto")
UNIHAN = Path("/usr/share/unicode/Unihan_OtherMappings.txt.bz2")
TARGET = Path(__file__).parent.parent / "reporting" / "renderers" / "fonts"
FAMILY = "Noto Serif CJK SC"
OTHERS = "〇〔〕—–…“”‘’·•％‰℃㎡①②③④⑤⑥⑦⑧⑨⑩"


def characters() -> str:
    gb2312 = (
        bytes([high, low]).decode("gb2312", errors="ignore")
        for high in range(0xA1, 0xF8)
        for low in range(0xA1, 0xFF)
    )
    ascii_and_latin = map(chr, [*range(0x20, 0x7F), *range(0xA0, 0x100)])
    return "".join([*gb2312, *standard(), *ascii_and_latin, OTHERS])


def standard() -> list[str]:
    """Unihan marks each character of the table: `U+9120	kTGH	2013:7510`."""
    with bz2.open(UNIHAN, "rt", encoding="utf-8") as lines:
        marked = (line.split("\t") for line in lines if not line.startswith("#"))
        return [chr(int(row[0][2:], 16)) for row in marked if row[1:2] == ["kTGH"]]


def cut(weight: str) -> None:
    collection = TTCollection(SOURCE / f"NotoSerifCJK-{weight}.ttc")
    font = next(f for f in collection if f["name"].getDebugName(1).startswith(FAMILY))
    options = subset.Options(
        desubroutinize=True, name_IDs=["*"], recalc_timestamp=False
    )
    options.layout_features = []
    cutter = subset.Subsetter(options)
    cutter.populate(text=characters())
    cutter.subset(font)
    font.save(TARGET / f"NotoSerifSC-{weight}.otf")


if __name__ == "__main__":
    for weight in ("Regular", "Bold"):
        cut(weight)
