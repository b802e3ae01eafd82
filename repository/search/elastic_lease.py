"""The right to rebuild, one holder at a time: a lock among the processes of a machine, a lease among machines.

The lock dies with its process. The lease is a document that names its holder and when it ends; while the rebuild
lives it is renewed. A holder's own machine need not wait for the end: whoever has the lock there may take it over.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from elastic_transport import ObjectApiResponse, TransportError
from elasticsearch import ApiError, BadRequestError, ConflictError, Elasticsearch, NotFoundError

from repository.errors import StoreError
from repository.search.generations import Generations

SECONDS = 300
RENEWED_AFTER = 60
_ID = "rebuild"


class Lease:
    """The lease in a server, held by a folder: the processes that share it are one holder."""

    def __init__(self, client: Elasticsearch, prefix: str, folder: Path) -> None:
        self._client = client
        self._index = f"{prefix}-lease"
        self._folder = folder
        self._renewed = 0.0
        self._written: dict[str, Any] = {}

    @contextmanager
    def held(self) -> Iterator[None]:
        """Be the only rebuild. Raises StoreError where another one runs."""
        with Generations(self._folder, "").rebuilding():
            owner = self._owner()
            self._take(owner)
            try:
                yield
            finally:
                with suppress(ApiError, TransportError):
                    self._client.delete(index=self._index, id=_ID, **self._written)

    def renew(self) -> None:
        """Go on holding it, where it is time to say so. Raises StoreError where another one took it."""
        if time.monotonic() - self._renewed > RENEWED_AFTER:
            self._take(self._owner())

    def _owner(self) -> str:
        """Give the name of this folder, made up the first time."""
        path = self._folder / "owner"
        if not path.exists():
            path.write_text(secrets.token_hex(16), "ascii")
        return path.read_text("ascii")

    def _take(self, owner: str) -> None:
        self._make_room()
        condition = self._condition(owner)
        document = {"owner": owner, "until": time.time() + SECONDS}
        try:
            written = self._client.index(index=self._index, id=_ID, document=document, **condition)
        except ConflictError as error:
            raise _taken() from error
        self._renewed = time.monotonic()
        self._written = _unchanged(written)

    def _condition(self, owner: str) -> dict[str, Any]:
        """Say what must still hold when the lease is written: that it is free, ended, or ours already."""
        try:
            found = self._client.get(index=self._index, id=_ID)
        except NotFoundError:
            return {"op_type": "create"}
        held = found["_source"]
        if held["owner"] != owner and held["until"] > time.time():
            raise _taken()
        return _unchanged(found)

    def _make_room(self) -> None:
        with suppress(BadRequestError):  # it is there already
            self._client.indices.create(
                index=self._index,
                settings={"number_of_shards": 1, "auto_expand_replicas": "0-1", "hidden": True},
                mappings={"dynamic": False},
            )


def _unchanged(found: ObjectApiResponse[Any]) -> dict[str, Any]:
    """Say that a document must not have been written since it was found or written."""
    return {"if_seq_no": found["_seq_no"], "if_primary_term": found["_primary_term"]}


def _taken() -> StoreError:
    return StoreError(
        "index_rebuild_running",
        "색인을 이미 다시 만들고 있습니다.",
        "another machine rebuilds the index; its lease ends five minutes after it was last heard of",
    )
