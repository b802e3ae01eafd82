"""One page of every kind that the public can meet, found on a site as it stands; nothing here knows its contents."""

from __future__ import annotations

import re

import httpx

JSON = {"Accept": "application/json"}
PLAIN = ("about", "help", "terms", "privacy", "accessibility", "contact", "site-map")
ERRORS = frozenset({"unknown"})


def kinds(base: str) -> dict[str, str]:
    """Give the path of one page of each kind, by the name of the kind."""
    collection = _after(_json(f"{base}/collections/")[0]["url"], "/collections/")
    release = _after(_json(f"{base}/datasets/")[0]["url"], "/datasets/")
    book, film, closed = (first(base, query) for query in ("q=훈민정음", "type=video", "viewable=no"))
    return {
        "home": "/",
        "search": "/search?q=조선",
        "search-all": "/search",
        "search-empty": "/search?q=없는말없는말",
        "item-book": f"/items/{book}",
        "item-film": f"/items/{film}",
        "item-closed": f"/items/{closed}",
        "collections": "/collections/",
        "collection": f"/collections/{collection}",
        "collection-reading": f"/collections/{collection}?view=reading",
        "institutions": "/institutions/",
        "institution": "/institutions/sample-library",
        "datasets": "/datasets/",
        "dataset": f"/datasets/{release}",
        "reports": "/reports/",
        "report": f"/items/{book}/report",
        "report-error": f"/items/{book}/report?kind=error",
        "report-removal": f"/items/{book}/report?kind=removal",
        "components": "/components/",
        "unknown": "/items/nothing",
        **{name: f"/{name}/" for name in PLAIN},
    }


def first(base: str, query: str) -> str:
    """Give the id of the first item that a search finds."""
    found = re.search(r'href="/items/([a-z0-9]+)', httpx.get(f"{base}/search?{query}", timeout=60).text)
    assert found is not None, query
    return found[1]


def in_language(path: str, language: str) -> str:
    """Give a path with the language in its address."""
    return f"{path}{'&' if '?' in path else '?'}lang={language}"


def _json(address: str) -> list[dict[str, str]]:
    answered: list[dict[str, str]] = httpx.get(address, headers=JSON, timeout=60).json()
    return answered


def _after(address: str, mark: str) -> str:
    return address.partition(mark)[2]
