"""The columns of suggestions and of the map in Elasticsearch."""

from __future__ import annotations

import base64
from typing import Any

from repository.search import entries, tiles
from repository.search.document import SearchDocument
from repository.search.matching import column

PROPERTIES: dict[str, Any] = {
    entries.STARTS: {"type": "text", "analyzer": "whitespace", "norms": False, "index_options": "docs"},
    entries.NAMES: {"type": "binary", "doc_values": True},
    entries.BRIEF: {"type": "long", "index": False},
    **{column("spots", str(level)): {"type": "keyword"} for level in tiles.LEVELS},
}


def values(document: SearchDocument) -> dict[str, Any]:
    """Give a document's names, beginnings and squares as the body of it has them."""
    names = entries.names_of(document)
    return {
        entries.STARTS: " ".join(entries.tokens(names)),
        entries.NAMES: base64.b64encode(entries.write(names)).decode(),
        entries.BRIEF: entries.brief(document),
        **{
            column("spots", str(level)): sorted({tiles.tile(*point, level) for point in document.points})
            for level in tiles.LEVELS
        },
    }
