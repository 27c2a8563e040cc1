"""Scripts, launches and embedded files of a PDF are found wherever they stand: as plain
objects, in compressed object streams, listed or not; and a picture's bytes are no script."""

import io
import random
import time
import zlib
from base64 import a85encode

import pytest
from pypdf import PdfReader

from requests_app.services import papers, pdf_objects
from requests_app.services.papers import Refused

ACTIVE, UNREADABLE = "PDF 含有脚本或内嵌文件", "PDF 的压缩对象无法读取或者过大"
ACTION = b"<< /S /JavaScript /JS (app.alert(1)) >>"
PLAIN = b"<< /Type /Catalog /Pages 2 0 R >>"


def told(content):
    """The media type, or why it is refused."""
    try:
        return papers.media_type(io.BytesIO(content), "a.pdf")
    except Refused as error:
        return error.zh.partition("，")[0]


def flate(data):
    return zlib.compress(data), b"/FlateDecode"


def twice(data):
    return a85encode(zlib.compress(data)) + b"~>", b"[/ASCII85Decode /FlateDecode]"


def holder(number, objects, *, packed=flate, kind=b"/ObjStm"):
    """An object stream with these objects, numbered from 20."""
    index, body = [], b""
    for n, one in enumerate(objects, 20):
        index.append(b"%d %d" % (n, len(body)))
        body += one + b" "
    first = b" ".join(index) + b" "
    data, by = packed(first + body)
    return (
        b"%d 0 obj\n<< /Type %s /N %d /First %d /Filter %s /Length %d >>\nstream\n%s\n"
        b"endstream\nendobj\n"
    ) % (number, kind, len(objects), len(first), by, len(data), data)


def compressed(*objects, listed=True, **how):
    """A PDF 1.5 whose list of objects is a stream, as Word and WPS write it."""
    made = b"%PDF-1.5\n1 0 obj\n" + PLAIN + b"\nendobj\n"
    made += b"2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n"
    rows = {1: (1, made.index(b"1 0 obj"), 0), 2: (1, made.index(b"2 0 obj"), 0)}
    rows[5] = (1, len(made), 0)
    made += holder(5, objects, **how)
    if listed:
        rows |= {n: (2, 5, n - 20) for n in range(20, 20 + len(objects))}
    else:
        del rows[5]
    rows[6] = (1, len(made), 0)
    index = b" ".join(b"%d 1" % n for n in sorted(rows))
    table = zlib.compress(
        b"".join(
            bytes([kind]) + where.to_bytes(4, "big") + bytes([nth])
            for _, (kind, where, nth) in sorted(rows.items())
        )
    )
    start = len(made)
    made += (
        b"6 0 obj\n<< /Type /XRef /Size 40 /Root 1 0 R /W [1 4 1] /Index [%s] "
        b"/Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream\nendobj\n"
    ) % (index, len(table), table)
    return made + b"startxref\n%d\n%%%%EOF" % start


def test_the_file_is_one_that_readers_read():
    assert PdfReader(io.BytesIO(compressed(ACTION))).get_object(20)["/S"] == (
        "/JavaScript"
    )


def test_what_is_harmless_is_taken():
    assert told(compressed(b"<< /Title (JavaScript) >>")) == "application/pdf"


@pytest.mark.parametrize(
    "action",
    [
        ACTION,
        b"<< /S /J#61vaScript /JS 21 0 R >>",
        b"<< /S /Rendition /JS (x) >>",
        b"<< /S /Launch /F (cmd.exe) >>",
        b"<< /Type /Filespec /EF << /F 9 0 R >> >>",
        b"<< /Names << /EmbeddedFiles 9 0 R >> >>",
        b"<< /Subtype /RichMedia >>",
    ],
)
def test_in_an_object_stream_it_is_found(action):
    assert told(compressed(b"<< /A 1 >>", action)) == ACTIVE


@pytest.mark.parametrize(
    "how",
    [
        {"packed": twice},
        {
            "packed": lambda data: (
                zlib.compress(data)[:-4] + b"\0\0\0\0",
                b"/FlateDecode",
            )
        },
        {"listed": False},
        {"kind": b"/Obj#53tm"},
        {"kind": b"/Obj#53tm", "listed": False},
        {"kind": b"/Other"},  # the list says that it is one
    ],
)
def test_however_the_stream_is_packed_named_or_listed(how):
    assert told(compressed(ACTION, **how)) == ACTIVE


def test_a_file_that_is_cut_off_is_not_guessed_at():
    assert told(compressed(ACTION).partition(b"startxref")[0]) == UNREADABLE


@pytest.mark.parametrize(
    "content",
    [
        compressed(b"(" + b"A" * 60_000_000 + b")"),
        compressed(b"<< /A 1 >>", packed=lambda data: (data, b"/Other")),
        b"%PDF-1.5\n" + b"1 0 obj << /Type /ObjStm " * 40_000,
        b"%PDF-1.5\n1 0 obj " + b"<< /A " * 100_000 + b"/ObjStm",
    ],
    ids=["a bomb", "a filter unknown", "many openings", "nested"],
)
def test_what_cannot_be_looked_through_is_refused_in_time(content):
    began = time.monotonic()
    assert told(content) == UNREADABLE
    assert time.monotonic() - began < pdf_objects.WAIT


@pytest.mark.parametrize("word", [b"stream\n", b"endstream ", b"/J", b"1 0 obj "])
def test_what_is_repeated_is_read_in_a_time_by_its_length(word):
    began = time.monotonic()
    assert told(b"%PDF-1.4\n" + word * (9_000_000 // len(word))) == "application/pdf"
    assert time.monotonic() - began < 10


def test_a_pictures_bytes_are_no_script():
    """Of ten million bytes by chance every other file has "/JS" in it."""
    chance = random.Random(711).randbytes(100_000)
    picture = b"7 0 obj << /Length 200009 >>\nstream\n%s /JS %s\nendstream endobj"
    content = b"%PDF-1.4\n" + picture % (chance, chance)
    assert told(content) == "application/pdf"
    assert told(content + b"\n8 0 obj << /JS (x) >> endobj") == ACTIVE
