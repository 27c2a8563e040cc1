"""归档包: whole, the same bytes twice, and telling when somebody has touched it."""

import csv
import io
import json
import zipfile
from datetime import date

import pytest
from django.core.management import call_command
from django.urls import reverse

from requests_app.admin.volume import on_paper
from requests_app.domain import events as happened
from requests_app.domain.regimes import NotAllowed
from requests_app.models import AccessRecord
from requests_app.services.package_check import faults
from requests_app.services.packages import MANIFEST, pack
from requests_app.services.recording import record, register
from requests_app.services.withdrawing import withdraw
from tests.requests_app.admin.test_volume import blank, found, printing, put
from tests.requests_app.api.test_attachments import DOCX

__all__ = ["found", "printing"]  # fixtures
pytestmark = pytest.mark.django_db
LIST = reverse("admin:requests_app_disclosurerequest_changelist")
PACKAGE = reverse("admin:requests_app_disclosurerequest_package")


@pytest.fixture
def archived(found, person, printing):
    put(found, "申请书.pdf", blank(2), printing, kind="letter")
    put(found, "说明.docx", DOCX, printing)
    done = happened.Archived(on=date(2024, 9, 12))
    by = person("档案", "handler")
    return record(found, done, by=by, remark="2024-3 卷，二号柜", deps=printing)


def packed(requests, deps) -> bytes:
    with pack(requests, told=lambda one: on_paper(one, deps), deps=deps) as file:
        return file.read()


def told(content: bytes) -> list[str]:
    return list(faults(io.BytesIO(content)))


def changed(content: bytes, path: str, new: bytes | None) -> bytes:
    """The same package with one file another, gone, or added."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as to:
        for part in old.namelist():
            if part != path:
                to.writestr(part, old.read(part))
        if new is not None:
            to.writestr(path, new)
    return made.getvalue()


def resealed(content: bytes, path: str, new: bytes) -> bytes:
    """With its manifest made to fit, as one would who knows how it is made."""
    import hashlib

    content = changed(content, path, new)
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        manifest = json.loads(old.read(MANIFEST))
    for one in manifest["files"]:
        if one["path"] == path:
            one |= {"size": len(new), "sha256": hashlib.sha256(new).hexdigest()}
    return changed(content, MANIFEST, json.dumps(manifest).encode())


def test_a_package_holds_the_file_the_originals_the_log_and_the_list(
    archived, printing
):
    content = packed([archived], printing)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = package.namelist()
        log = json.loads(package.read(f"{archived.reference}/log.json"))
        lines = package.read("移交清单.csv").decode("utf-8-sig")
        assert package.read(f"{archived.reference}/原件/02 说明.docx") == DOCX
    here = archived.reference
    assert names == [
        f"{here}/案卷.pdf", f"{here}/原件/01 申请书.pdf", f"{here}/原件/02 说明.docx",
        f"{here}/log.json", "移交清单.csv", "移交清单.pdf", "manifest.json",
    ]  # fmt: skip
    assert [e["kind"] for e in log["entries"]][-1] == "archived"
    assert log["entries"][-1]["text"] == "2024-3 卷，二号柜"
    [row] = csv.DictReader(io.StringIO(lines))
    assert {n: row[n] for n in ("登记编号", "题名", "答复类别", "原件数")} == {
        "登记编号": "〔2024〕1号", "题名": "征地批复", "答复类别": "申请信息不存在",
        "原件数": "2",
    }  # fmt: skip
    assert told(content) == []


def test_what_was_withdrawn_is_left_out_and_listed(archived, person, printing):
    before = packed([archived], printing)
    paper = archived.attachments.last()
    by = person("保密", "confidentiality_reviewer")
    withdraw(paper, secret=True, reason="目录第3项", by=by, deps=printing)
    content = packed([archived], printing)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        manifest = json.loads(package.read(MANIFEST))
        names = package.namelist()
        log = json.loads(package.read(f"{archived.reference}/log.json"))
    [one] = manifest["requests"]
    assert one["withdrawn"] == [
        {"kind": "其他材料", "name": "说明.docx", "size": len(DOCX), "secret": True,
         "sha256": paper.sha256, "on": "2024-09-12"}
    ]  # fmt: skip
    assert [name for name in names if "说明.docx" in name] == []
    assert paper.sha256 not in {file["sha256"] for file in manifest["files"]}
    assert log["entries"][-1]["text"] == "目录第3项"
    assert told(content) == told(before) == []


def test_the_same_requests_are_the_same_bytes(archived, printing):
    assert packed([archived], printing) == packed([archived], printing)


def test_what_is_not_archived_is_not_packed(found, printing):
    with pytest.raises(NotAllowed, match="尚未归档：〔2024〕1号"):
        packed([found], printing)


def forged(content: bytes, here: str, **entry) -> bytes:
    path = f"{here}/log.json"
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        log = json.loads(old.read(path))
    log["entries"][2] |= entry
    return resealed(content, path, json.dumps(log).encode())


CASES = {
    "another content": (
        lambda c, here: changed(c, f"{here}/原件/02 说明.docx", b"x"),
        ["{here}/原件/02 说明.docx：内容与清单不符 (not as in the manifest)"],
    ),
    "something gone": (
        lambda c, here: changed(c, "移交清单.csv", None),
        ["移交清单.csv：缺失 (missing)"],
    ),
    "something added": (
        lambda c, here: changed(c, "x.txt", b"x"),
        ["x.txt：清单上没有 (not in the manifest)"],
    ),
    "a day of the log moved and all sealed anew": (
        lambda c, here: forged(c, here, on="2024-09-11"),
        ["{here}/log.json：第 3 条的链接不符 (the chain is broken)"],
    ),
    "a text of the log changed and all sealed anew": (
        lambda c, here: forged(c, here, text="检索到一件"),
        ["{here}/log.json：第 3 条的文字不符 (not its text)"],
    ),
    "no package": (
        lambda c, here: b"PK",
        ["不是完整的归档包：File is not a zip file (no whole package)"],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_was_touched_is_told(archived, printing, name):
    touch, expected = CASES[name]
    content = touch(packed([archived], printing), archived.reference)
    assert told(content) == [one.format(here=archived.reference) for one in expected]


def test_a_chain_made_anew_is_not_that_of_the_log_here(archived, printing):
    from requests_app.services.package_check import sealed

    content = packed([archived], printing)
    path = f"{archived.reference}/log.json"
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        log = json.loads(old.read(path))
    log["entries"][-1]["on"] = "2024-09-11"
    log["entries"][-1]["hash"] = sealed(log["entries"][-1])
    content = resealed(content, path, json.dumps(log).encode())
    last = log["entries"][-1]["sequence"]
    assert told(content) == [
        f"{path}：末条哈希与清单不符 (not the last entry of the manifest)",
        f"{path}：第 {last} 条与本系统日志不符 (not as in the log here)",
    ]


def test_the_command_checks_a_package(archived, printing, tmp_path, capsys):
    file = tmp_path / "package.zip"
    file.write_bytes(packed([archived], printing))
    call_command("verify_package", str(file))
    file.write_bytes(changed(file.read_bytes(), "移交清单.csv", None))
    with pytest.raises(SystemExit):
        call_command("verify_package", str(file))
    assert capsys.readouterr().out.splitlines() == [
        "归档包完整 (the package is whole)", "移交清单.csv：缺失 (missing)",
    ]  # fmt: skip


def test_many_are_chosen_in_the_list_and_packed_with_a_reason(
    signed_in, archived, office, printing
):
    other = register(
        agency=office, received_on=date(2024, 9, 12), by=None, deps=printing
    )
    handler = signed_in("h", "handler")
    ticked = {"action": "package", "_selected_action": [archived.pk, other.pk]}
    page = handler.post(LIST, ticked).content.decode()
    assert f'name="chosen" value="{archived.pk}"' in page
    assert f'name="chosen" value="{other.pk}"' not in page
    answer = handler.post(PACKAGE, {"chosen": [archived.pk], "reason": "archive"})
    content = b"".join(answer.streaming_content)
    assert told(content) == []
    assert answer["Content-Disposition"].endswith(f'"{archived.reference}.zip"')
    seen = AccessRecord.objects.get()
    assert (seen.way, seen.disclosure_request) == ("package", archived)


def test_out_of_sight_nothing_is_packed(signed_in, archived, elsewhere):
    stranger = signed_in("s", "handler", agency=elsewhere)
    sent = {"chosen": [archived.pk], "reason": "archive"}
    page = stranger.post(PACKAGE, sent, follow=True).content.decode()
    assert "没有可移交的案卷" in page
    assert signed_in("a", "auditor").post(PACKAGE, sent).status_code == 403
    assert AccessRecord.objects.count() == 0


def test_the_act_of_archiving_says_where_the_package_is(signed_in, archived):
    page = signed_in("h", "handler").get(
        reverse("admin:requests_app_disclosurerequest_change", args=[archived.pk])
    )
    assert "归档包（PDF、原件、日志、移交清单）" in page.content.decode()
