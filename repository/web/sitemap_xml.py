"""Sitemaps as bytes (sitemaps.org 0.9), with Google's images and the same page in other languages; packed by gzip."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from repository.urls import Urls
from repository.web.page_head import Address

_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_HEAD = (
    f'{_XML}<urlset xmlns="{_SPACE}" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
    ' xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
).encode()


@dataclass(frozen=True, slots=True)
class Entry:
    """A page to be listed: its address in a language, when it changed (UTC, or nothing), its first picture."""

    address: Address
    changed: str = ""
    image: str = ""


def index(parts: Iterable[tuple[str, str]]) -> bytes:
    """Write the index: the address of each part, and when it changed (or nothing)."""
    lines = [f"<sitemap><loc>{escape(address)}</loc>{_lastmod(at)}</sitemap>\n" for address, at in parts]
    body = f'{_XML}<sitemapindex xmlns="{_SPACE}">\n{"".join(lines)}</sitemapindex>\n'
    return gzip.compress(body.encode(), 6, mtime=0)


def part(entries: Iterable[Entry], tongues: Sequence[tuple[str, Urls]]) -> bytes:
    """Write a part, packed, entry by entry: each page once in every language, beside the same in all languages."""
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", compresslevel=6, mtime=0) as packer:
        packer.write(_HEAD)
        for entry in entries:
            packer.write(_written(entry, tongues).encode())
        packer.write(b"</urlset>\n")
    return out.getvalue()


def _written(entry: Entry, tongues: Sequence[tuple[str, Urls]]) -> str:
    addresses = [(language, escape(entry.address(urls))) for language, urls in tongues]
    others = "".join(
        f'<xhtml:link rel="alternate" hreflang="{language}" href="{address}"/>'
        for language, address in [*addresses, ("x-default", addresses[0][1])]
    )
    image = f"<image:image><image:loc>{escape(entry.image)}</image:loc></image:image>" if entry.image else ""
    rest = f"{_lastmod(entry.changed)}{others}{image}"
    return "".join(f"<url><loc>{address}</loc>{rest}</url>\n" for _language, address in addresses)


def _lastmod(at: str) -> str:
    return f"<lastmod>{at}</lastmod>" if at else ""
