"""核验: whether a package (归档包) is what it was when it was made, by its own hashes, and
by the log of this installation where the request is known here."""

import hashlib
import json
import zipfile
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import IO, Any

from requests_app.models import LogEntry
from requests_app.models.log import digest_of, hash_of
from requests_app.services.packages import FORMAT, LOG, MANIFEST

PIECE = 1 << 20


def faults(file: IO[bytes]) -> Iterator[str]:
    """In Chinese and English; nothing for a whole package."""
    try:
        with zipfile.ZipFile(file) as archive:
            yield from faults_in(archive)
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        OSError,
        KeyError,
        TypeError,
        ValueError,
    ) as error:
        yield f"不是完整的归档包：{error} (no whole package)"


def faults_in(archive: zipfile.ZipFile) -> Iterator[str]:
    told = json.loads(archive.read(MANIFEST))
    if told["format"] != FORMAT:
        yield f"格式不识：{told['format']} (unknown format)"
        return
    listed = {one["path"]: one for one in told["files"]}
    held = [name for name in archive.namelist() if name != MANIFEST]
    for path in sorted(set(held) - set(listed)):
        yield f"{path}：清单上没有 (not in the manifest)"
    for path in sorted(p for p in set(held) if held.count(p) > 1):
        yield f"{path}：重复 (twice in the package)"
    for path, one in listed.items():
        yield from fault_of(archive, path, one)
    for one in told["requests"]:
        yield from faults_of_log(archive, one)


def fault_of(
    archive: zipfile.ZipFile, path: str, one: Mapping[str, Any]
) -> Iterator[str]:
    if path not in archive.namelist():
        yield f"{path}：缺失 (missing)"
        return
    sum_, size = hashlib.sha256(), 0
    with archive.open(path) as file:
        while piece := file.read(PIECE):
            sum_.update(piece)
            size += len(piece)
    if (sum_.hexdigest(), size) != (one["sha256"], one["size"]):
        yield f"{path}：内容与清单不符 (not as in the manifest)"


def faults_of_log(archive: zipfile.ZipFile, one: Mapping[str, Any]) -> Iterator[str]:
    """The chain in the package, each text against its digest, and the chain kept here."""
    path = f"{one['reference']}/{LOG}"
    if path not in archive.namelist():
        return  # told above
    entries = json.loads(archive.read(path))["entries"]
    previous = ""
    for entry in entries:
        if entry["previous_hash"] != previous or entry["hash"] != sealed(entry):
            yield f"{path}：第 {entry['sequence']} 条的链接不符 (the chain is broken)"
        if (
            "text" in entry
            and digest_of(entry["salt"], entry["text"]) != entry["digest"]
        ):
            yield f"{path}：第 {entry['sequence']} 条的文字不符 (not its text)"
        previous = entry["hash"]
    if previous != one["last_hash"]:
        yield f"{path}：末条哈希与清单不符 (not the last entry of the manifest)"
    yield from apart_from_ours(one["reference"], path, entries)


def sealed(entry: Mapping[str, Any]) -> str:
    return hash_of(
        entry["previous_hash"],
        entry["sequence"],
        entry["kind"],
        entry["on"],
        datetime.fromisoformat(entry["recorded_at"]).timestamp(),
        entry["recorded_by"],
        entry["details"],
        entry["digest"],
        *([entry["acting_for"]] if entry.get("acting_for") else []),
    )


def apart_from_ours(
    reference: str, path: str, entries: list[Mapping[str, Any]]
) -> Iterator[str]:
    """Whoever changes a package may seal it anew, and cannot change the log kept here."""
    ours = dict(
        LogEntry.objects.filter(disclosure_request__reference=reference).values_list(
            "sequence", "hash"
        )
    )
    for entry in entries if ours else ():
        if ours.get(entry["sequence"]) != entry["hash"]:
            yield f"{path}：第 {entry['sequence']} 条与本系统日志不符 (not as in the log here)"
