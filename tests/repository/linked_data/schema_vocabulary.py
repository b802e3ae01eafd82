"""The context of schema.org as far as we use it, so that a reader of JSON-LD need not fetch it.

Only what changes how a document is read stands here: properties whose values are addresses, not texts.
"""

from __future__ import annotations

import json
from typing import Any

from rdflib import Graph

ADDRESSES = ("url", "sameAs", "license", "usageInfo", "acquireLicensePage", "contentUrl", "thumbnailUrl",
             "mainEntityOfPage", "item", "image")  # fmt: skip
CONTEXT: dict[str, Any] = {
    "@vocab": "https://schema.org/",
    **{name: {"@type": "@id"} for name in ADDRESSES},
}


def read(document: str) -> Graph:
    """Read a document that names schema.org's context as a graph, with ours in its place."""
    given = json.loads(document)
    assert given["@context"] == "https://schema.org"
    return Graph().parse(data=json.dumps({**given, "@context": CONTEXT}), format="json-ld")
