"""The pages of an institution's manifest as files of the item: copied, or left with its own image service."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection
from pathlib import Path

import msgspec

from harvest import media_client
from harvest.iiif_manifest import ImageService, Manifest, Page
from repository.asset import service_type
from repository.asset_layout import ListedPage
from repository.item import Claim, MediaRef
from repository.problems import Problem
from repository.shapes import Shape

_INFO_LIMITS = media_client.Limits(bytes=1 << 20, seconds=60.0, attempts=2)
_HOST = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]+)?/", re.ASCII)  # that a page's policy can name
_INFOS = 500  # descriptions of pictures asked for, of one manifest


class _Info(msgspec.Struct, frozen=True):
    """What is needed of an info.json (Image API 2.1 and 3.0, section 5)."""

    width: int
    height: int


_INFO = Shape(_Info)


def listed(
    manifest: Manifest, *, refer: bool, folder: Path, hosts: Collection[str] = ()
) -> tuple[tuple[ListedPage, ...], tuple[Problem, ...]]:
    """Give the pages as files, and what went wrong with asking their services.

    `refer` leaves a picture where it is if its service gives any size (level 1 and above) and tells how large the
    picture is; all else is copied. A service of fixed sizes (level 0) cannot show what rights and screens ask for.
    What the manifest says of rights is a claim on each page.
    """
    made: list[ListedPage] = []
    problems: list[Problem] = []
    asked = 0
    role = "page" if len(manifest.pages) > 1 else "view"
    claims = (Claim("", manifest.rights, "reproduction", "manifest/rights"),) if manifest.rights else ()
    for page in manifest.pages:
        service = page.service if refer and page.kind == "view" else None
        if service and service.level and not (page.width and page.height) and asked < _INFOS:
            asked += 1
            page = _measured(page, service, folder, hosts, problems)
        made.append(_listed(page, service, role, claims))
    return tuple(made), tuple(problems)


def _listed(page: Page, service: ImageService | None, role: str, claims: tuple[Claim, ...]) -> ListedPage:
    kind = role if page.kind == "view" else page.kind
    names = (page.url, page.service.id) if page.service else (page.url,)
    if service and service.level and page.width and page.height and _HOST.match(service.id):
        ref = MediaRef(page.id, service.id, kind, page.label, page.alt, claims=claims)
        return ListedPage(ref, service_type(service.version, service.level), page.width, page.height, names)
    ref = MediaRef(page.id, _best(page), kind, page.label, page.alt, claims=claims)
    return ListedPage(ref, names=names)


def _best(page: Page) -> str:
    """Give the address of the whole picture; what a manifest paints is often smaller."""
    if page.service is None or not page.service.level:
        return page.url
    size = "max" if page.service.version == 3 else "full"
    return f"{page.service.id}/full/{size}/0/default.jpg"


def _measured(
    page: Page, service: ImageService, folder: Path, hosts: Collection[str], problems: list[Problem]
) -> Page:
    """Ask a service how large its picture is."""
    name = hashlib.sha256(service.id.encode()).hexdigest()
    target = folder / f"{name}.info"
    found = media_client.fetch(f"{service.id}/info.json", target, hosts=hosts, limits=_INFO_LIMITS)
    if isinstance(found, Problem):
        problems.append(found)
        return page
    try:
        info = _INFO.read(target.read_bytes())
    except msgspec.DecodeError:
        return page
    finally:
        target.unlink(missing_ok=True)
    return msgspec.structs.replace(page, width=max(info.width, 0), height=max(info.height, 0))
