"""Taking one file: fetched, looked at, kept, prepared for viewing; of a manifest, its pages are read.

Runs in a thread and writes to no database: what came of it is an outcome, settled by the caller.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from harvest import iiif_manifest, media_client, media_pages
from harvest.media_client import Fetched, NotModified
from harvest.media_partial import part_size
from harvest.source import Source
from repository import derivatives
from repository.asset import Asset, AssetState, Role
from repository.asset_layout import ListedPage
from repository.iiif import sniff
from repository.memory import Memory
from repository.problems import Problem

_MANIFEST_TYPE = "application/ld+json"
_HAD = (AssetState.FETCHED, AssetState.GONE)
_STATES = {"media_gone": AssetState.GONE, "media_unreachable": AssetState.WANTED}


class Outcome(msgspec.Struct, frozen=True):
    """How taking one file ended: its new state and what was measured, or the problem's code.

    `same` says that the bytes are those we have; `nearer` that more of the file is here than before. `pages` are
    those of a manifest and `found` what was wrong with it.
    """

    asset: Asset
    source: str
    state: AssetState
    problem: str = ""
    measured: dict[str, Any] = {}
    same: bool = False
    nearer: bool = False
    pages: tuple[ListedPage, ...] | None = None
    found: tuple[Problem, ...] = ()


class Job(msgspec.Struct, frozen=True):
    """One file to be taken: where it arrives, and the validators of the bytes that we have of it.

    `refer` leaves pictures of a manifest with the institution's own image service instead of copying them.
    """

    asset: Asset
    source: Source
    target: Path
    validators: str = ""
    refer: bool = False


def validators(etag: str, last_modified: str) -> str:
    """Write what a server calls a version of a file as one text: its entity tag and its time, a line each."""
    return f"{etag}\n{last_modified}" if last_modified else etag


def take(memory: Memory, job: Job) -> Outcome:
    """Take one file, unless it is still the one that we have."""
    before = part_size(job.target)
    etag, _, last_modified = job.validators.partition("\n")
    fetched = media_client.refetch(
        job.asset.url,
        job.target,
        etag=etag,
        last_modified=last_modified,
        hosts=frozenset(job.source.media_hosts),
        limits=media_client.Limits(bytes=_most(memory, job.asset)),
    )
    try:
        if isinstance(fetched, NotModified):
            return Outcome(job.asset, job.source.id, AssetState.FETCHED, same=True)
        if isinstance(fetched, Problem):
            return msgspec.structs.replace(_refused(job, fetched), nearer=part_size(job.target) > before)
        if job.asset.state in _HAD and job.asset.sha256 == fetched.sha256:
            return Outcome(job.asset, job.source.id, AssetState.FETCHED, measured=_named(fetched), same=True)
        return (
            _pages(memory, job, fetched) if job.asset.role is Role.MANIFEST else _file(memory, job, fetched)
        )
    finally:
        job.target.unlink(missing_ok=True)


def _most(memory: Memory, asset: Asset) -> int:
    return iiif_manifest.BYTES if asset.role is Role.MANIFEST else memory.settings.media_max_mb << 20


def _refused(job: Job, found: Problem) -> Outcome:
    return Outcome(job.asset, job.source.id, _STATES.get(found.code, AssetState.REFUSED), found.code)


def _named(fetched: Fetched) -> dict[str, Any]:
    return {"etag": validators(fetched.etag, fetched.last_modified)}


def _file(memory: Memory, job: Job, fetched: Fetched) -> Outcome:
    """Look at a file and keep it with all that is derived from it."""
    limits = sniff.Limits(pixels=memory.settings.media_max_megapixels * 1_000_000)
    found = sniff.examine(job.target, limits)
    if isinstance(found, Problem):
        return _refused(job, found)
    sha256 = memory.blobs.put(job.target)
    derivatives.make(memory.blobs, sha256, found.media_type)
    measured = {
        "media_type": found.media_type,
        "width": found.width,
        "height": found.height,
        "seconds": found.seconds,
        "bytes": fetched.bytes,
        "sha256": sha256,
        **_named(fetched),
    }
    return Outcome(job.asset, job.source.id, AssetState.FETCHED, measured=measured)


def _pages(memory: Memory, job: Job, fetched: Fetched) -> Outcome:
    """Read a manifest and keep its bytes."""
    read = iiif_manifest.read(job.target.read_bytes())
    if isinstance(read, Problem):
        return _refused(job, read)
    sha256 = memory.blobs.put(job.target)
    measured = {
        "media_type": _MANIFEST_TYPE,
        "bytes": fetched.bytes,
        "sha256": sha256,
        **_named(fetched),
    }
    pages, found = media_pages.listed(
        read, refer=job.refer, folder=job.target.parent, hosts=job.source.media_hosts
    )
    return Outcome(
        job.asset,
        job.source.id,
        AssetState.FETCHED,
        measured=measured,
        pages=pages,
        found=(*read.problems, *found),
    )
