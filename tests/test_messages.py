"""The two languages: nothing said in the code lacks its text, and what Django reads is
what people edited."""

import gettext
import re
import struct
from io import BytesIO

import pytest

from tools.catalogs import Message, compiled, po, read, write
from tools.messages import (
    ROOT,
    WANTED,
    NotALiteral,
    brought_up_to_date,
    in_python,
    in_template,
    ours,
    without_text,
)

LANGUAGES = sorted(WANTED)
CHINESE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
SLOT = re.compile(r"%\(\w+\)s|%[sd]|{\w*}")


def catalogue(language):
    return read(po(ROOT, language).read_text("utf-8"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_string_in_the_code_is_in_the_catalogue_and_no_other(language):
    assert set(catalogue(language)) == WANTED[language](), "run `make messages`"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_string_lacks_its_text(language):
    assert without_text(catalogue(language)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_file_is_made_of_the_text_file(language):
    file = po(ROOT, language)
    assert file.with_suffix(".mo").read_bytes() == compiled(
        language, catalogue(language)
    ), "run `make messages`"
    assert file.read_text("utf-8") == write(language, catalogue(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_has_the_slots_of_its_message(language):
    wrong = [
        message.id
        for message, texts in catalogue(language).items()
        for text in texts
        if sorted(SLOT.findall(text)) != sorted(SLOT.findall(message.id))
    ]
    assert wrong == []


def test_our_messages_are_chinese_and_their_texts_are_english():
    assert [m.id for m in ours() if not CHINESE.search(m.id)] == []
    quoted = {"休", "班"}  # what is typed into the notice's list of days
    told = [text for texts in catalogue("en").values() for text in texts]
    assert [t for t in told if set(CHINESE.findall(t)) - quoted] == []


SAID = {
    Message("机关"): ("agency",),
    Message("机关", context="plural"): ("agencies",),
    Message("%(n)s 件", plural="%(n)s 件"): ("%(n)s request", "%(n)s requests"),
    Message('引号"与\n换行'): ("a quote \" and\na line's end",),
    Message("尚无译文"): ("",),
}


def test_a_catalogue_is_read_back_as_written():
    assert read(write("en", SAID)) == SAID


def test_the_standard_library_reads_what_we_compile():
    found = gettext.GNUTranslations(BytesIO(compiled("en", SAID)))
    assert [
        found.gettext("机关"),
        found.pgettext("plural", "机关"),
        found.ngettext("%(n)s 件", "%(n)s 件", 1),
        found.ngettext("%(n)s 件", "%(n)s 件", 2),
        found.gettext('引号"与\n换行'),
        found.gettext("尚无译文"),
    ] == [
        "agency",
        "agencies",
        "%(n)s request",
        "%(n)s requests",
        "a quote \" and\na line's end",
        "尚无译文",
    ]
    assert struct.unpack("<I", compiled("en", SAID)[:4]) == (0x950412DE,)


def test_a_doubtful_text_is_not_taken():
    assert read('#, fuzzy\nmsgid "a"\nmsgstr "b"\n\nmsgid "c"\nmsgstr "d"\n') == {
        Message("c"): ("d",)
    }


PYTHON = """
label = _("机关")
many = ngettext("一件", "多件", n)
role = pgettext_lazy("plural", "机关")
joined = _("前" "后")
other.method("不是")
"""
TEMPLATE = """
{% load i18n %}{% translate "保存" %}
{% blocktranslate trimmed with n=total %}
  共 {{ n }} 件
{% endblocktranslate %}
{% blocktranslate count n=total %}一件{% plural %}{{ n }} 件{% endblocktranslate %}
{% include "x.html" with title=_("标题") %}{{ name|default:_("无") }}
"""


def test_what_the_code_says_is_found():
    assert set(in_python(PYTHON)) == {
        Message("机关"),
        Message("一件", plural="多件"),
        Message("机关", context="plural"),
        Message("前后"),
    }
    assert set(in_template(TEMPLATE)) == {
        Message("保存"),
        Message("共 %(n)s 件"),
        Message("一件", plural="%(n)s 件"),
        Message("标题"),
        Message("无"),
    }


def test_a_message_put_together_at_run_time_is_refused():
    with pytest.raises(NotALiteral):
        list(in_python('_(f"{n} 件")'))


def test_texts_stay_when_the_messages_change():
    wanted = [Message("机关"), Message("新增", plural="新增")]
    assert brought_up_to_date(SAID, wanted) == {
        Message("机关"): ("agency",),
        Message("新增", plural="新增"): ("", ""),
    }
