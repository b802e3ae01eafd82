"""What others do with the same documents and questions: SQLite FTS5, and Elasticsearch with its `standard` analyser.

Both are used as an honest, simple user would: the texts as they are, all words wanted, the first twenty by the
engine's own score, and every facet counted over the whole result, its own filter left out.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from elasticsearch import Elasticsearch, helpers

from repository.search.document import FACETS, FIELDS, SearchDocument
from repository.search.query import Query

SHOWN = 20
MOST_VALUES = 100
_WORDS = re.compile(r"\w+")


class Fts5:
    """A contentless table of texts (tokenizer unicode61), and a table of facets beside it."""

    def __init__(self, file: Path) -> None:
        self._db = sqlite3.connect(file)

    def fill(self, documents: Iterable[SearchDocument]) -> None:
        """Write all documents in one transaction."""
        self._db.executescript(
            f"PRAGMA journal_mode=off; PRAGMA synchronous=off;"
            f"CREATE VIRTUAL TABLE texts USING fts5({', '.join(FIELDS)}, content='');"
            f"CREATE TABLE facet (doc INTEGER PRIMARY KEY, {', '.join(FACETS)});"
        )
        texts = f"INSERT INTO texts(rowid, {', '.join(FIELDS)}) VALUES (?{', ?' * len(FIELDS)})"
        facet = f"INSERT INTO facet VALUES (?{', ?' * len(FACETS)})"
        for number, one in enumerate(documents):
            self._db.execute(texts, (number, *("\n".join(one.texts.get(name, ())) for name in FIELDS)))
            self._db.execute(facet, (number, *("".join(one.facets.get(name, ())[:1]) for name in FACETS)))
        self._db.commit()

    def search(self, asked: Query) -> int:
        """Count what is found, and its facets; read the first twenty."""
        found, values = self._found(asked)
        self._db.execute(f"CREATE TEMP TABLE hit AS {found}", values)
        total = int(self._db.execute("SELECT count(*) FROM hit").fetchone()[0])
        for name in FACETS:
            where = " AND ".join(f"{other} = ?" for other, _ in asked.filters if other != name) or "1"
            chosen = [value[0] for other, value in asked.filters if other != name]
            counted = f"SELECT {name}, count(*) FROM facet JOIN hit USING (doc) WHERE {where} GROUP BY 1"
            self._db.execute(counted, chosen).fetchall()
        self._db.execute("DROP TABLE hit")
        if match := _match(asked.text):
            first = "SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT ?"
            self._db.execute(first, (match, SHOWN)).fetchall()
        return total

    def _found(self, asked: Query) -> tuple[str, list[str]]:
        match = _match(asked.text)
        if match:
            return "SELECT rowid AS doc FROM texts WHERE texts MATCH ?", [match]
        return "SELECT doc FROM facet", []


def _match(text: str) -> str:
    return " ".join(f'"{word}"' for word in _WORDS.findall(text))


def size(client: Elasticsearch, names: str) -> int:
    """Give the bytes of some indices, as far as they have merged."""
    told = client.indices.stats(index=names, metric="store")
    return int(told["_all"]["primaries"]["store"]["size_in_bytes"])


class Plain:
    """An index of Elasticsearch with its own analyser for texts and keywords for facets, one shard."""

    def __init__(self, url: str, name: str = "plain-standard") -> None:
        self._client, self._name = Elasticsearch(url, request_timeout=120), name

    def fill(self, documents: Iterable[SearchDocument]) -> None:
        """Write all documents by bulk, with two threads, and merge as it pleases."""
        texts = {name: {"type": "text", "analyzer": "standard"} for name in FIELDS}
        facets = {name: {"type": "keyword"} for name in FACETS}
        self._client.options(ignore_status=404).indices.delete(index=self._name)
        self._client.indices.create(
            index=self._name,
            mappings={"dynamic": False, "properties": texts | facets},
            settings={"number_of_shards": 1, "number_of_replicas": 0, "refresh_interval": "-1"},
        )
        for done, told in helpers.parallel_bulk(self._client, self._actions(documents), 2, 1000):
            assert done, told
        self._client.indices.refresh(index=self._name)

    def _actions(self, documents: Iterable[SearchDocument]) -> Iterator[dict[str, Any]]:
        for one in documents:
            yield {"_index": self._name, "_id": one.id, **one.texts, **one.facets}

    def search(self, asked: Query) -> int:
        """Ask once: hits, total and facets, each filtered by the others."""
        chosen = {name: {"terms": {name: list(values)}} for name, values in asked.filters}
        words = {"multi_match": {"query": asked.text, "type": "cross_fields", "operator": "and",
                                 "fields": list(FIELDS)}}  # fmt: skip
        counted = {
            name: {
                "filter": {"bool": {"filter": [one for other, one in chosen.items() if other != name]}},
                "aggs": {"values": {"terms": {"field": name, "size": MOST_VALUES}}},
            }
            for name in FACETS
        }
        answer = self._client.search(
            index=self._name,
            query=words if asked.text else {"match_all": {}},
            post_filter={"bool": {"filter": list(chosen.values())}},
            aggs=counted,
            size=SHOWN,
            source=False,
            track_total_hits=True,
            request_cache=False,
        )
        return int(answer["hits"]["total"]["value"])

    def size(self) -> int:
        """Give the bytes of the index."""
        return size(self._client, self._name)
