"""The mapping of an index in Elasticsearch, and documents written in it. Engines only match tokens."""

from __future__ import annotations

import base64
from typing import Any

import msgspec

from repository.search import analysis, elastic_entries, kept
from repository.search import document as documents
from repository.search.answering import YEAR_KEYS
from repository.search.document import FACETS, FIELDS, SearchDocument
from repository.search.matching import column
from repository.search.tokens import Tokens, analysed

VERSION = f"2.{documents.VERSION}.{analysis.VERSION}"  # an index made by another version is built anew
BUILDING = {"refresh_interval": "-1", "auto_expand_replicas": "false", "number_of_replicas": 0}
SERVING = {"refresh_interval": "30s", "auto_expand_replicas": "0-1"}
_LONGEST_VALUE = 8000  # characters of a facet's value; the server's limit is in bytes, about 32,000


def template(pattern: str) -> dict[str, Any]:
    """Make the template of our indices. What they hold is only what is searched, and what the ranker needs.

    What it needs of some hundred documents for each question, `id` and `kept`, lies in columns (doc values): to
    read it from among stored fields, which are packed in blocks, took a fifth of the whole answer.
    """
    return {
        "index_patterns": [pattern],
        "template": {
            "settings": {"number_of_shards": 1, **SERVING},
            "mappings": {"dynamic": "strict", "_source": {"enabled": False}, "properties": _properties()},
        },
    }


def _properties() -> dict[str, Any]:
    found: dict[str, Any] = {
        "digest": {"type": "keyword", "index": False, "doc_values": False, "store": True},
        "id": {"type": "keyword", "index": False},
        "kept": {"type": "binary", "doc_values": True},
    }
    for name, field in FIELDS.items():
        found |= {column(name, form): _tokens(form) for form in field.forms}
    for facet in FACETS:
        found[facet] = {"type": "keyword", "ignore_above": _LONGEST_VALUE, "eager_global_ordinals": True}
    for key in ("seq", *YEAR_KEYS.values()):
        found[key] = {"type": "long", "index": False}
    return found | {year: {"type": "integer"} for year in ("earliest", "latest")} | elastic_entries.PROPERTIES


def _tokens(form: str) -> dict[str, Any]:
    options = "positions" if form == "exact" else "docs"
    return {"type": "text", "analyzer": "whitespace", "norms": False, "index_options": options}


def to_source(document: SearchDocument, tokens: Tokens | None = None) -> bytes:
    """Write a document as the body that the server indexes; it is analysed, unless its tokens are given."""
    streams = kept.streams(analysed(document) if tokens is None else tokens)
    body: dict[str, Any] = {
        "id": document.id,
        "digest": document.digest,
        "kept": base64.b64encode(kept.write(streams)).decode(),
        "seq": document.seq,
        "year_up": documents.year_key(document, descending=False),
        "year_down": documents.year_key(document, descending=True),
    }
    for name, forms in streams.items():
        body |= {column(name, form): kept.searched(stream) for form, stream in forms.items()}
    body |= elastic_entries.values(document)
    body |= {facet: values for facet, values in document.facets.items() if values}
    years = {"earliest": document.earliest, "latest": document.latest}
    return msgspec.json.encode(body | {name: year for name, year in years.items() if year is not None})
