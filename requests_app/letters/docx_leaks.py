"""What a DOCX still holds: hidden text, tracked changes, comments, names, loose masks."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator

from docx.oxml import parse_xml
from docx.oxml.ns import qn

from requests_app.dependencies import Leak

READ = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml$")
EMBEDDED = re.compile(r"word/(embeddings|activeX)/[^/]+$")
TRACKED = {
    qn(f"w:{name}")
    for name in (
        "ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge",
        "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "trPrChange",
        "tcPrChange", "numberingChange",
    )
}  # fmt: skip
NAMES = re.compile(
    r"<(?:\w+:)?(creator|lastModifiedBy|Company|Manager)(?:\s[^>]*)?>([^<]+)<"
)
SHAPES = (
    "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}wsp",
    "{urn:schemas-microsoft-com:vml}rect",
    "{urn:schemas-microsoft-com:vml}shape",
)
OFF = {"0", "false", "off"}
TINY = 4  # half points


def leaks(content: bytes) -> Iterator[Leak]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = package.namelist()
        trees = [parse_xml(package.read(n)) for n in names if READ.match(n)]
        hidden = hidden_styles(package, names)
        yield from (leak for tree in trees for leak in in_part(tree, hidden))
        yield from in_properties(package, names)
        yield from commented(package, names)
        yield from embedded(names)


def in_part(tree, hidden: set[str]) -> Iterator[Leak]:
    for run in tree.iter(qn("w:r")):
        text = "".join(t.text or "" for t in run.iter(qn("w:t"), qn("w:delText")))
        if text.strip() and is_hidden(run, hidden):
            yield leak("hidden_text", "含有隐藏文字", "Hidden text", text)
        if text.strip() and is_blacked(run):
            yield leak(
                "removable_mask",
                "文字只是被涂黑，可以还原",
                "Text is only blacked out and can be read again",
                text,
            )
    tracked = next((e for e in tree.iter() if e.tag in TRACKED), None)
    if tracked is not None:
        told = "".join(t.text or "" for t in tracked.iter(qn("w:t"), qn("w:delText")))
        yield leak("tracked_changes", "含有修订记录", "Tracked changes", told)
    if any(next(tree.iter(tag), None) is not None for tag in SHAPES):
        yield leak(
            "removable_mask",
            "含有可移动的图形，可能遮盖文字",
            "A loose shape may cover text",
        )


def is_hidden(run, hidden: set[str]) -> bool:
    colour = first(run, "w:color")
    size = first(run, "w:sz")
    return (
        on(run, "w:vanish")
        or on(run, "w:webHidden")
        or styled(run, "w:rStyle") in hidden
        or styled(run.getparent(), "w:pStyle") in hidden
        or (colour is not None and str(colour.get(qn("w:val"))).upper() == "FFFFFF")
        or (size is not None and float(size.get(qn("w:val")) or 0) <= TINY)
    )


def is_blacked(run) -> bool:
    highlight, shade = first(run, "w:highlight"), first(run, "w:shd")
    return (highlight is not None and highlight.get(qn("w:val")) == "black") or (
        shade is not None and shade.get(qn("w:fill")) == "000000"
    )


def first(element, tag: str):
    return next(element.iter(qn(tag)), None)


def on(element, tag: str) -> bool:
    found = first(element, tag)
    return found is not None and str(found.get(qn("w:val"))).lower() not in OFF


def styled(element, tag: str) -> str:
    found = first(element, tag) if element is not None else None
    return str(found.get(qn("w:val"))) if found is not None else ""


def hidden_styles(package: zipfile.ZipFile, names: Iterable[str]) -> set[str]:
    if "word/styles.xml" not in names:
        return set()
    styles = parse_xml(package.read("word/styles.xml"))
    return {
        str(style.get(qn("w:styleId")))
        for style in styles.iter(qn("w:style"))
        if on(style, "w:vanish")
    }


def in_properties(package: zipfile.ZipFile, names: Iterable[str]) -> Iterator[Leak]:
    for name in ("docProps/core.xml", "docProps/app.xml"):
        if name in names:
            for _, told in NAMES.findall(package.read(name).decode("utf-8", "replace")):
                yield leak(
                    "metadata",
                    "文档属性带有作者或单位",
                    "The properties name an author or company",
                    told,
                )
    if "docProps/custom.xml" in names:
        yield leak(
            "metadata", "文档带有自定义属性", "The document has properties of its own"
        )


def commented(package: zipfile.ZipFile, names: Iterable[str]) -> Iterator[Leak]:
    for name in names:
        if re.match(r"word/comments\w*\.xml$", name):
            tree = parse_xml(package.read(name))
            told = "".join(t.text or "" for t in tree.iter(qn("w:t")))
            if len(tree):
                yield leak("comments", "含有批注", "Comments", told)
                return


def embedded(names: Iterable[str]) -> Iterator[Leak]:
    """A workbook behind a chart, or an object, holds more than its picture shows."""
    inside = [n for n in names if EMBEDDED.match(n)]
    if inside:
        yield leak(
            "attachments",
            "含有嵌入的文件（如图表背后的工作簿）",
            "Embedded files, as a workbook behind a chart",
            inside[0].rpartition("/")[2],
        )


def leak(rule: str, zh: str, en: str, quoted: str = "") -> Leak:
    return Leak(rule=rule, zh=zh, en=en, quoted=quoted.strip()[:40])
