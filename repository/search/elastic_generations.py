"""Generations of an index in Elasticsearch: indices beside each other, and an alias that names the live one.

The alias bears the version of the mapping, so a question never meets an index that was made otherwise. Writing
goes through aliases only, for the server makes an index of whatever else it is told to write into.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from elasticsearch import BadRequestError, Elasticsearch

from repository.errors import StoreError
from repository.search.elastic_client import BULK_SECONDS, refusal_in
from repository.search.elastic_mapping import BUILDING, SERVING, template
from repository.search.generations import no_previous

READY_SECONDS = 30


class State(NamedTuple):
    """What stands in the server: every generation with the aliases that it answers to, ours and another version's."""

    answering: Mapping[str, frozenset[str]]
    alias: str

    @property
    def live(self) -> tuple[str, ...]:
        """The generation behind our alias; more than one where somebody meddled."""
        return tuple(name for name, aliases in self.answering.items() if self.alias in aliases)

    @property
    def previous(self) -> tuple[str, ...]:
        """The generation that was live before."""
        return tuple(name for name, aliases in self.answering.items() if before(self.alias) in aliases)

    @property
    def idle(self) -> tuple[str, ...]:
        """The generations that answer nobody: being built, or left by a rebuild that died."""
        return tuple(name for name, aliases in self.answering.items() if not aliases)

    @property
    def is_outdated(self) -> bool:
        """Tell whether only another version has an index."""
        return not self.live and any(self.answering.values())


class ElasticGenerations:
    """The generations whose names begin with a prefix; those of this software have the `version` in it."""

    def __init__(self, client: Elasticsearch, prefix: str, version: str) -> None:
        self._client = client.options(request_timeout=BULK_SECONDS)
        self._prefix = prefix
        self.alias = f"{prefix}-v{version}"
        self._alias = re.compile(rf"{re.escape(prefix)}-v[0-9.]+(?:-previous)?")
        self._name = re.compile(rf"{re.escape(prefix)}-v[0-9.]+-g([0-9]{{6}})")

    def state(self) -> State:
        """Look at what stands in the server."""
        found: Mapping[str, Any] = self._client.indices.get_alias(
            index=f"{self._prefix}-v*", expand_wildcards="all"
        ).body
        return State(
            {
                name: frozenset(filter(self._alias.fullmatch, held["aliases"]))
                for name, held in sorted(found.items())
                if self._name.fullmatch(name)
            },
            self.alias,
        )

    def create(self) -> None:
        """Make the first generation; where another process just did, that one stands."""
        self._put_template()
        state = self.state()
        if not state.live:
            try:
                self._client.indices.create(index=self._next(state), aliases={self.alias: {}})
            except BadRequestError as error:
                if refusal_in(error).kind != "resource_already_exists_exception":
                    raise

    def fresh(self) -> str:
        """Make a new generation with a higher number than any, for building; gives its name."""
        self._put_template()
        name = self._next(self.state())
        self._client.indices.create(index=name, settings=BUILDING, aliases={building(name): {}})
        return name

    def identity(self, name: str) -> str:
        """Tell a generation from any other that ever bore its name; nothing where none is built or live so named."""
        found = self._client.indices.get(
            index=name, features=["aliases", "settings"], ignore_unavailable=True
        ).body.get(name)
        if found is None or found["aliases"].keys().isdisjoint({building(name), self.alias}):
            return ""
        return str(found["settings"]["index"]["uuid"])

    def sweep(self, keep: str = "") -> None:
        """Delete what dead rebuilds left, but one."""
        for name in self.state().idle:
            if name != keep:
                self.discard(name)

    def count(self, name: str) -> int:
        """Make all that was written into a generation to be found; gives how many documents that is."""
        self._client.indices.refresh(index=name)
        return int(self._client.count(index=name)["count"])

    def swap(self, name: str) -> None:
        """Make a generation the live one, at once; of the others the one before it is kept, until the next swap.

        Whoever reads the one before can finish.
        """
        self._client.indices.refresh(index=name)
        self._client.indices.put_settings(index=name, settings={"index": SERVING})
        self._client.cluster.health(
            index=name, wait_for_no_initializing_shards=True, timeout=f"{READY_SECONDS}s"
        )
        self._client.indices.update_aliases(
            actions=[
                *self._gone(name),
                {"remove": {"index": name, "alias": building(name), "must_exist": True}},
                {"add": {"index": name, "alias": self.alias}},
            ]
        )

    def back(self) -> str:
        """Make the generation before the live one again, and keep the other; gives its name.

        Raises StoreError where there is none.
        """
        state = self.state()
        if not state.previous:
            raise no_previous()
        name = state.previous[-1]
        self._client.indices.update_aliases(
            actions=[
                *self._set_aside(state),
                {"remove": {"index": name, "alias": before(self.alias)}},
                {"add": {"index": name, "alias": self.alias}},
            ]
        )
        return name

    def _set_aside(self, state: State) -> Iterator[dict[str, Any]]:
        for one in state.live:
            yield {"remove": {"index": one, "alias": self.alias}}
            yield {"add": {"index": one, "alias": before(self.alias)}}

    def _gone(self, name: str) -> Iterator[dict[str, Any]]:
        """Set the live generation aside, and delete others, and an index that somebody gave the name of the alias."""
        state = self.state()
        yield from self._set_aside(state)
        for one in sorted(state.answering.keys() - {name, *state.live}):
            yield {"remove_index": {"index": one}}
        if self.alias in self._client.indices.get_alias(index=self.alias, ignore_unavailable=True).body:
            yield {"remove_index": {"index": self.alias}}

    def discard(self, name: str) -> None:
        """Delete a generation that was not finished."""
        self._client.indices.delete(index=name, ignore_unavailable=True)

    def _put_template(self) -> None:
        self._client.indices.put_index_template(name=self._prefix, **template(f"{self.alias}-g*"))

    def _next(self, state: State) -> str:
        numbers = [int(match[1]) for name in state.answering if (match := self._name.fullmatch(name))]
        return self._numbered(max(numbers, default=0) + 1)

    def _numbered(self, number: int) -> str:
        return f"{self.alias}-g{number:06d}"


def before(alias: str) -> str:
    """Name the alias of the generation that was live before the one behind an alias."""
    return f"{alias}-previous"


def building(name: str) -> str:
    """Name the alias through which a generation is built."""
    return f"{name}-building"


def outdated() -> StoreError:
    """Make the error of an index that another version made."""
    return StoreError(
        "index_outdated",
        "검색 색인이 다른 판에서 만들어졌습니다. `km rebuild index`로 다시 만드세요.",
        "the search index was made by another version; run `km rebuild index`",
    )
