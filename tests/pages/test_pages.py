"""Every page of the admin in both languages: nothing said in the other one, nothing
nameless, nothing fetched from another host."""

import re

import pytest
from django.urls import reverse

from tests.pages.reading import Page
from tests.pages.specimens import DATA, everything
from tests.pages.walking import addresses, others

pytestmark = pytest.mark.django_db
LANGUAGES = ("zh-hans", "en")
LATIN, CHINESE = re.compile("[A-Za-z]{2,}"), re.compile("[\u3000-\u303f\u4e00-\u9fff]+")
#: Latin words that a Chinese page may use
KNOWN = {
    "PDF", "JSON", "SHA", "XLSX", "CSV", "English",
    "DOCX", "JPG", "PNG", "OFD", "Word",
    "pdf", "jpg", "jpeg", "png", "docx", "xlsx", "ofd", "MB",  # what may be uploaded
    "https",
    "esc", "Control", "Mac", "Command",  # keys of the keyboard
    "year", "serial", "word", "sort",  # slots of an agency's pattern of numbers
}  # fmt: skip
#: numbers of documents and requests are quoted in both languages: 国办发明电〔2017〕12号
DOCUMENT = re.compile(
    r"({word}{sort}|[\u4e00-\u9fff]*)〔(\d{4}|{year})〕(\d+|{serial})号"
)


def fit_for(language: str, page: Page) -> list[str]:
    """The words of the other language, what the office typed being left out."""
    told = "\n".join(page.words)
    for word in sorted(DATA, key=len, reverse=True):
        told = told.replace(word, "")
    told = DOCUMENT.sub("", told)
    if language == "en":
        return CHINESE.findall(told)
    return [word for word in LATIN.findall(told) if word not in KNOWN]


@pytest.fixture
def reader(client, deps, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(everything(deps))
    return client


def pages(client, language):
    """(address, page) of each that answers with HTML, in that language."""
    client.cookies["django_language"] = language
    for address in addresses():
        answer = client.get(address, follow=True)
        if b"<html" in answer.content:  # a page, and no part that one loads
            yield address, Page.of(answer.content.decode())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_speaks_its_readers_language_and_can_be_used_by_ear(
    reader, language
):
    """One walk for all that is asked of a page, since the walk is what takes time."""
    wrong, seen = {}, 0
    for address, page in pages(reader, language):
        seen += 1
        faults = {
            "other language": fit_for(language, page),
            "html lang": [page.language] if page.language != language else [],
            "from another host": page.from_elsewhere(),
            "the same id twice": page.repeated_ids(),
            "nameless": page.unnamed(),
        }
        wrong[address] = {what: found for what, found in faults.items() if found}
    assert seen > 60
    assert {a: faults for a, faults in wrong.items() if faults} == {}


def test_no_page_of_the_site_is_left_out():
    assert others() == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_way_in_and_out_speaks_both_languages_too(client, db, language):
    client.cookies["django_language"] = language
    for address in (reverse("admin:login"), "/nowhere/", reverse("admin:logout")):
        answer = client.get(address)
        page = Page.of(answer.content.decode())
        assert (address, fit_for(language, page), page.from_elsewhere()) == (
            address, [], [],
        )  # fmt: skip


def test_the_language_is_chosen_on_the_page_and_kept(reader):
    page = reader.post(
        reverse("set_language"), {"language": "en", "next": "/admin/"}, follow=True
    )
    assert '<html lang="en"' in page.content.decode()
    assert '<html lang="en"' in reader.get("/admin/").content.decode()


# --- the reading itself ---

SPOKEN = """<html lang="zh-hans"><body><h1>申请 Request</h1>
<p lang="en">quoted</p><code>key</code><script>var word</script>
<span class="material-symbols-outlined">home</span><input title="Hint">
<a href="https://cdn.example/x.js">链接</a><img src="//host/y.png" alt="图"></body></html>"""


def test_what_is_heard_of_a_page():
    page = Page.of(SPOKEN)
    assert page.words == ["申请 Request", "Hint", "链接", "图"]
    assert fit_for("zh-hans", page) == ["Request", "Hint"]
    assert page.from_elsewhere() == ["https://cdn.example/x.js", "//host/y.png"]


CONTROLS = """<html lang="en"><label for="a">A</label><input id="a" name="a">
<input id="b" name="b"><label>C <input name="c"></label><input type="hidden" name="d">
<button type="submit"></button><button type="button" aria-label="Close">x</button>
<p id="b"></p></html>"""


def test_what_has_no_name_is_found():
    page = Page.of(CONTROLS)
    assert page.unnamed() == ["b", "{'type': 'submit'}"]
    assert page.repeated_ids() == ["b"]
