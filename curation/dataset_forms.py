"""A release in the forms that programs read: JSON, Croissant and schema.org with absolute addresses, aria2's list.

The frozen files name each other by relative paths; the site's own address is laid over them here, at the door.
What is withheld now is in none of these forms but JSON, which says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from curation.release import statistics
from curation.release.croissant import CROISSANT
from curation.release.loading import folder_name
from curation.release.plans import Plan
from curation.release.releases import Release
from curation.release.shards import NO_SHARD, shard_of
from curation.release.statistics import STATISTICS, Statistics
from curation.release.writers import FileEntry
from repository.urls import Urls

Plain = dict[str, Any]
_SHARED = (
    "name", "alternateName", "description", "version", "dateCreated", "datePublished", "inLanguage",
    "isAccessibleForFree", "identifier", "keywords", "creator", "size", "variableMeasured",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Opened:
    """A published release with its plan and folder, and the works of it that are recalled now."""

    release: Release
    plan: Plan
    recalled: frozenset[str]
    folder: Path

    @property
    def shards(self) -> frozenset[int]:
        """The shards that are withheld."""
        return frozenset(shard_of(item, self.plan.counts.bits) for item in self.recalled)

    def withholds(self, file: FileEntry) -> bool:
        """Tell whether a file may not be given out now."""
        return file.shard != NO_SHARD and file.shard in self.shards

    def given(self) -> list[FileEntry]:
        """Give the files that may be downloaded now."""
        shards = self.shards
        return [one for one in self.release.files if one.shard == NO_SHARD or one.shard not in shards]

    def address(self, site: Urls, file: str = "") -> str:
        """Give the address of the release, or of one of its files."""
        home = Urls(site.base).dataset(self.release.name, self.release.version)
        return f"{home}files/{file}" if file else home

    def statistics(self) -> Statistics | None:
        """Give the sums, or None where this release was built before there were any."""
        return _statistics(self.folder / STATISTICS, self.release.root)

    def croissant(self) -> Plain | None:
        """Give the Croissant document as frozen, or None where this release has none."""
        return _document(self.folder / CROISSANT, self.release.root)


@lru_cache(maxsize=64)
def _statistics(path: Path, root: str) -> Statistics | None:
    """Read the sums once for each release as it was built: `root` tells builds apart."""
    try:
        return statistics.decode(path.read_bytes())
    except (OSError, msgspec.DecodeError):
        return None


@lru_cache(maxsize=64)
def _document(path: Path, root: str) -> Plain | None:
    try:
        document: Plain = msgspec.json.decode(path.read_bytes())
    except (OSError, msgspec.DecodeError):
        return None
    return document


def aria2(opened: Opened, site: Urls) -> str:
    """Write the list that `aria2c --input-file` reads: each file's address, its place, and its SHA-256.

    An address stands at the start of a line, its options on the lines below, indented (aria2c(1), Input File).
    """
    folder = folder_name(opened.release.name, opened.release.version)
    return "".join(
        f"{opened.address(site, file.name)}\n  out={folder}/{file.name}\n  checksum=sha-256={file.sha256}\n"
        for file in opened.given()
    )


def croissant(opened: Opened, site: Urls) -> Plain | None:
    """Give the Croissant document with absolute addresses, without what is withheld now."""
    document = opened.croissant()
    if document is None:
        return None
    known = {file.name for file in opened.release.files}
    gone = known - {file.name for file in opened.given()}
    files = [
        _placed(part, opened, site, gone) for part in document["distribution"] if part["@id"] not in gone
    ]
    kept = [part for part in files if not ("containedIn" in part and not part["containedIn"])]
    return {
        **document,
        "url": opened.address(site),
        "license": [_absolute(one, opened, site) for one in document["license"]],
        **{name: _absolute(document[name], opened, site) for name in ("usageInfo", "creditText")},
        "distribution": kept,
        "recordSet": [
            one for one in document["recordSet"] if f"files-{one['@id']}" in {p["@id"] for p in kept}
        ],
    }


def _placed(part: Plain, opened: Opened, site: Urls, gone: set[str]) -> Plain:
    """Lay the address over a file, and leave what is withheld out of a set of files."""
    if "contentUrl" in part:
        return {**part, "contentUrl": opened.address(site, part["contentUrl"])}
    if "containedIn" in part:
        return {**part, "containedIn": [one for one in part["containedIn"] if one["@id"] not in gone]}
    return part


def _absolute(name: str, opened: Opened, site: Urls) -> str:
    return name if ":" in name else opened.address(site, name)


def schema_org(opened: Opened, site: Urls) -> Plain | None:
    """Describe the release for search engines (schema.org Dataset): the facts of its Croissant, no others."""
    document = croissant(opened, site)
    if document is None:
        return None
    return {
        "@type": "Dataset",
        "@id": opened.address(site),
        **{name: _bare(document[name]) for name in _SHARED},
        "url": document["url"],
        "license": document["license"],
        "usageInfo": document["usageInfo"],
        "distribution": [
            {
                "@type": "DataDownload",
                "name": part["name"],
                "contentUrl": part["contentUrl"],
                "contentSize": part["contentSize"],
                "encodingFormat": part["encodingFormat"],
                "sha256": part["sha256"],
            }
            for part in document["distribution"]
            if part["@type"] == "cr:FileObject"
        ],
    }


def _bare(value: Any) -> Any:
    """Take the prefix of schema.org from types, which stand alone here."""
    if isinstance(value, dict):
        return {
            name: _bare(part).removeprefix("sc:") if name == "@type" else _bare(part)
            for name, part in value.items()
        }
    return [_bare(part) for part in value] if isinstance(value, list) else value


# ---- JSON


def summary(release: Release, plan: Plan, site: Urls) -> Plain:
    """Give a release in a list."""
    return {
        "url": site.dataset(release.name, release.version),
        "name": release.name,
        "version": release.version,
        "title": {"ko": plan.terms.title_ko, "en": plan.terms.title_en},
        "root": release.root,
        "frozen": plan.at,
        "published": release.at,
        "counts": plan.counts,
        "bytes": release.bytes,
    }


def whole(opened: Opened, site: Urls) -> Plain:
    """Give a release with all its files."""
    release = opened.release
    files: Sequence[Plain] = [
        {
            "name": file.name,
            "bytes": file.bytes,
            "sha256": file.sha256,
            **({"withheld": True} if opened.withholds(file) else {"url": opened.address(site, file.name)}),
        }
        for file in release.files
    ]
    return {
        **summary(release, opened.plan, site),
        "plan": opened.plan.digest,
        "terms": opened.plan.terms,
        "statistics": opened.statistics(),
        "files": files,
        "recalled": sorted(opened.recalled),
        "aria2": f"{opened.address(site)}aria2.txt",
        "croissant": f"{opened.address(site)}croissant.json",
        "revocations": site.revocations(),
    }
