"""归档包: archived requests with everything of theirs in one zip, told by SHA-256.

Each request lies in a folder of its reference: the volume, the originals, the log. A list
of transfer (移交清单) and a manifest stand above them. The same requests, the same bytes.
"""

import csv
import hashlib
import io
import json
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any

from requests_app.dependencies import Dependencies
from requests_app.domain.lifecycle import Stage
from requests_app.domain.regimes import NotAllowed
from requests_app.domain.vocabulary import Outcome, term
from requests_app.models import DisclosureRequest, LogEntry, Reason
from requests_app.models.log import digest_of
from requests_app.services.bundle import FIRST_MOMENT
from requests_app.services.formulas import harmless
from requests_app.services.volume import kept, volume, withdrawn

FORMAT = "disclosure-archive-1"
MANIFEST = "manifest.json"
MOST = 50  # requests in one package
VOLUME, LOG, ORIGINALS = "案卷.pdf", "log.json", "原件"
COLUMNS = (
    "序号", "登记编号", "系统编号", "题名", "收到日期", "办结日期", "答复类别", "页数",
    "原件数", "案卷 SHA-256", "日志末条哈希",
)  # fmt: skip
Told = Callable[[DisclosureRequest], Mapping[str, Any]]


@dataclass
class Packing:
    """A zip that is being written; it remembers what it holds."""

    archive: zipfile.ZipFile
    files: list[dict[str, Any]]

    def put(self, path: str, content: bytes) -> str:
        sha256 = hashlib.sha256(content).hexdigest()
        told = zipfile.ZipInfo(path, FIRST_MOMENT)
        told.compress_type = zipfile.ZIP_DEFLATED
        told.create_system = 3  # whatever machine it is made on
        self.archive.writestr(told, content)
        self.files.append({"path": path, "size": len(content), "sha256": sha256})
        return sha256


def pack(
    requests: Sequence[DisclosureRequest], *, told: Told, deps: Dependencies
) -> IO[bytes]:
    """An open file at its beginning. `told` gives what the pages of a volume say. NotAllowed
    for what is not archived and for too many; Unprintable as a volume is."""
    forbid_unarchived(requests)
    file = tempfile.TemporaryFile()  # noqa: SIM115  whoever sends it closes it
    with zipfile.ZipFile(file, "w") as archive:
        packing = Packing(archive, [])
        rows = [
            folder(nth, one, packing, told=told, deps=deps)
            for nth, one in enumerate(requests, 1)
        ]
        transfer_list(rows, requests, packing, deps)
        packing.put(MANIFEST, manifest(rows, requests, packing))
    file.seek(0)
    return file


def forbid_unarchived(requests: Sequence[DisclosureRequest]) -> None:
    if not requests:
        raise NotAllowed("没有可移交的案卷 (nothing to hand over)", "第四十五条")
    if len(requests) > MOST:
        raise NotAllowed(f"一次至多 {MOST} 件 (at most {MOST} at a time)")
    open_ = [str(one) for one in requests if one.stage != Stage.ARCHIVED]
    if open_:
        raise NotAllowed(
            f"尚未归档：{'、'.join(open_)} (not archived yet)", "第四十五条"
        )


Row = list[str]


def folder(
    nth: int,
    one: DisclosureRequest,
    packing: Packing,
    *,
    told: Told,
    deps: Dependencies,
) -> Row:
    """Everything of one request, and its line in the list of transfer."""
    from requests_app.services import binding  # carries the PDF library: 26 MiB

    bound = volume(one, told=told(one), deps=deps)
    sha256 = packing.put(f"{one.reference}/{VOLUME}", bound)
    files = kept(one)
    for number, file in enumerate(files, 1):
        path = f"{one.reference}/{ORIGINALS}/{number:02d} {file.name}"
        packing.put(path, file.content())
    entries = list(log_of(one))
    packing.put(f"{one.reference}/{LOG}", as_json(log(one, entries)))
    return [
        str(nth),
        one.number,
        one.reference,
        one.wording.subject if hasattr(one, "wording") else "",
        str(one.received_on),
        str(one.replied_on),
        term(Outcome, one.outcome).zh,
        str(binding.pages_of(bound)),
        str(len(files)),
        sha256,
        entries[-1].hash,
    ]


def log_of(one: DisclosureRequest) -> Iterator[LogEntry]:
    people = ("recorded_by", "acting_for")
    entries = one.entries.select_related(*people, "reason").order_by("sequence")
    return entries.iterator()


def log(one: DisclosureRequest, entries: Sequence[LogEntry]) -> dict[str, Any]:
    """With the texts that entries point to and their salts, so that digests can be told."""
    texts = dict(pointed_to(one, entries))
    return {
        "reference": one.reference,
        "number": one.number,
        "agency": {"code": one.agency.code, "name": one.agency.name},
        "entries": [
            {
                "sequence": entry.sequence,
                "kind": entry.kind,
                "what": entry.event().zh,
                "on": entry.on.isoformat(),
                "recorded_at": entry.recorded_at.isoformat(),
                "recorded_by": entry.recorded_by_id,
                "recorded_by_name": str(entry.recorded_by or ""),
                "acting_for": entry.acting_for_id,
                "acting_for_name": str(entry.acting_for or ""),
                "details": entry.details,
                "digest": entry.digest,
                "previous_hash": entry.previous_hash,
                "hash": entry.hash,
                **texts.get(entry.digest, {}),
            }
            for entry in entries
        ],
    }


def pointed_to(
    one: DisclosureRequest, entries: Sequence[LogEntry]
) -> Iterator[tuple[str, dict[str, str]]]:
    held = [(s.salt, s.text) for s in one.supplements.all()]
    if hasattr(one, "wording"):
        held.append((one.wording.salt, one.wording.subject))
    for entry in entries:
        try:
            held.append((entry.reason.salt, entry.reason.text))
        except Reason.DoesNotExist:
            continue
    for salt, text in held:
        yield digest_of(salt, text), {"salt": salt, "text": text}


def transfer_list(
    rows: Sequence[Row],
    requests: Sequence[DisclosureRequest],
    packing: Packing,
    deps: Dependencies,
) -> None:
    """移交清单, to be signed on paper and to be read by machine."""
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerows([harmless(cell) for cell in row] for row in (COLUMNS, *rows))
    packing.put("移交清单.csv", lines.getvalue().encode("utf-8-sig"))
    agencies = sorted({one.agency.name for one in requests})
    told = {
        "banner": next(
            (one.agency.banner for one in requests if one.agency.banner), ""
        ),
        "agency": "、".join(agencies),
        "columns": COLUMNS[:9],
        "rows": [row[:9] for row in rows],
        "hashes": [{"number": row[1], "sha256": row[9]} for row in rows],
    }
    packing.put("移交清单.pdf", deps.paper.print("transfer", told))


def manifest(
    rows: Sequence[Row], requests: Sequence[DisclosureRequest], packing: Packing
) -> bytes:
    return as_json(
        {
            "format": FORMAT,
            "files": packing.files,
            "requests": [
                {
                    "reference": row[2],
                    "number": row[1],
                    "last_hash": row[10],
                    "withdrawn": withdrawn(one),
                }
                for row, one in zip(rows, requests, strict=True)
            ],
        }
    )


def as_json(told: object) -> bytes:
    text = json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True)
    return text.encode() + b"\n"
