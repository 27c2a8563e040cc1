"""Cut Debian's Noto Serif CJK SC down to GB2312 and what an annex prints; OFL stays beside
it. Needs the package fonts-noto-cjk."""

from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection

SOURCE = Path("/usr/share/fonts/opentype/noto")
TARGET = Path(__file__).parent.parent / "reporting" / "renderers" / "fonts"
FAMILY = "Noto Serif CJK SC"


def characters() -> str:
    gb2312 = (
        bytes([high, low]).decode("gb2312", errors="ignore")
        for high in range(0xA1, 0xF8)
        for low in range(0xA1, 0xFF)
    )
    ascii_and_latin = map(chr, [*range(0x20, 0x7F), *range(0xA0, 0x100)])
    return "".join(gb2312) + "".join(ascii_and_latin) + "〔〕—–…“”‘’·％‰①②③④⑤⑥⑦⑧⑨⑩"


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
