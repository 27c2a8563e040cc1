"""A look at the directory of a zip before anything in it is unpacked."""

import zipfile
from pathlib import Path

from requests_app.imports.faults import Unreadable

MAX_INFLATED = 512 * 1024 * 1024
MAX_RATIO = 200
MAX_PARTS = 10_000


def refuse_bomb(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as error:
        raise Unreadable(
            "XLSX 文件已损坏，请重新导出 (not a whole zip: export it again)"
        ) from error
    inflated = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable(
            "文件已加密，请去掉密码后另存 (encrypted: save without password)"
        )
    if inflated > MAX_INFLATED or inflated > MAX_RATIO * max(packed, 1):
        raise Unreadable(
            "解压后过大或压缩比异常，拒绝打开，请另存为 .csv "
            "(looks like a decompression bomb: save as .csv)"
        )
    if len(parts) > MAX_PARTS:
        raise Unreadable(
            "压缩包内文件过多，请另存为 .csv (too many parts: save as .csv)"
        )
