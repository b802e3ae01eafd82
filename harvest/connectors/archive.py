"""Zip archives from strangers: read in place and never unpacked to disk, with limits on count, size and ratio."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import PurePosixPath
from typing import BinaryIO

from harvest.connectors.faults import fault

ENTRIES = 200_000
TOTAL = 20 * 2**30
RATIO = 200
# Below this many bytes a high ratio harms nobody.
SMALL = 2**20
_UTF8 = 0x800
_ENCRYPTED = 0x1


def entries(file: BinaryIO) -> tuple[zipfile.ZipFile, dict[str, zipfile.ZipInfo]]:
    """Open an archive and give its files by their paths; raises a TransferError for one that is a danger."""
    try:
        opened = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise fault("archive_refused", str(error)) from error
    infos = [info for info in opened.infolist() if not info.is_dir()]
    if len(infos) > ENTRIES:
        raise fault("archive_refused", f"{len(infos)} files")
    if sum(info.file_size for info in infos) > TOTAL:
        raise fault("archive_refused", f"more than {TOTAL} bytes")
    found: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        name = name_of(info)
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or "\\" in name or name in found:
            raise fault("archive_refused", f"name {name!r}")
        if info.flag_bits & _ENCRYPTED:
            raise fault("archive_refused", f"{name} is encrypted")
        if info.file_size > SMALL and info.file_size > RATIO * max(info.compress_size, 1):
            raise fault("archive_refused", f"{name} unpacks to {info.file_size} bytes")
        found[str(path)] = info
    return opened, dict(sorted(found.items()))


def name_of(info: zipfile.ZipInfo) -> str:
    """Give an entry's name; one that is not said to be UTF-8 may be so all the same, or CP949."""
    if info.flag_bits & _UTF8:
        return info.filename
    raw = info.filename.encode("cp437", "replace")
    for encoding in ("utf-8", "cp949"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def read(opened: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int) -> bytes:
    """Read one file, whatever size it claims to have; raises a TransferError."""
    try:
        with opened.open(info) as file:
            body = file.read(limit + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise fault("archive_refused", f"{info.filename}: {error}") from error
    if len(body) > limit:
        raise fault("file_too_large", f"{info.filename}: {limit} bytes")
    return body
