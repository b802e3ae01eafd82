"""The writing end of Elasticsearch: documents in bulk, those that it is too busy for again, the rest named."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec
from elasticsearch import Elasticsearch

from repository.errors import StoreError
from repository.search.elastic_client import (
    BULK_SECONDS,
    PATIENCE,
    Refusal,
    fault,
    patiently,
    pauses,
    refusal_of,
)

MOST_BYTES = 4_000_000  # of one request
MOST_NAMED = 10  # ids in the text of an error
_NOT_FOUND = 404


class Step(NamedTuple):
    """One document to be written, or where it has no body, to be taken out."""

    id: str
    body: bytes | None = None

    def lines(self) -> list[bytes]:
        """Write the step as lines of a bulk request."""
        action = {"delete" if self.body is None else "index": {"_id": self.id}}
        head = msgspec.json.encode(action)
        return [head] if self.body is None else [head, self.body]

    def size(self) -> int:
        """Give about how many bytes it sends."""
        return len(self.id) + len(self.body or b"")


class Outcome(NamedTuple):
    """What became of a step: done, not there, or refused."""

    done: bool
    refusal: Refusal | None = None


def write(client: Elasticsearch, alias: str, steps: Sequence[Step]) -> int:
    """Do all steps on the index behind an alias; gives how many documents were written or were there to take out.

    Where the server is too busy for some, these are tried again for a while. Raises StoreError that names
    what it refused; the others are written.
    """
    patient = client.options(request_timeout=BULK_SECONDS)
    done = 0
    refused: dict[str, Refusal] = {}
    for batch in _batches(steps):
        written, failed = _one_batch(patient, alias, batch)
        done += written
        refused |= failed
    if refused:
        raise _fault(refused)
    return done


def _one_batch(client: Elasticsearch, alias: str, batch: Sequence[Step]) -> tuple[int, dict[str, Refusal]]:
    done, waits = 0, pauses(PATIENCE)
    refused: dict[str, Refusal] = {}
    while batch:
        outcomes = _send(client, alias, batch)
        done += sum(outcome.done for outcome in outcomes)
        failed = {step: one.refusal for step, one in zip(batch, outcomes, strict=True) if one.refusal}
        pause = next(waits, None)
        batch = [step for step, why in failed.items() if why.may_pass and pause is not None]
        refused |= {step.id: why for step, why in failed.items() if step not in batch}
        if batch:
            time.sleep(pause or 0)
    return done, refused


def _send(client: Elasticsearch, alias: str, batch: Sequence[Step]) -> list[Outcome]:
    lines: Any = [line for step in batch for line in step.lines()]  # the client's types leave bytes out
    answer = patiently(
        lambda: client.bulk(
            operations=lines, index=alias, require_alias=True, timeout=f"{BULK_SECONDS // 2}s"
        ),
        PATIENCE,
    )
    return [_outcome(next(iter(item.values()))) for item in answer["items"]]


def _outcome(item: Mapping[str, Any]) -> Outcome:
    if "error" in item:
        return Outcome(False, refusal_of(item["status"], item["error"]))
    return Outcome(item["status"] != _NOT_FOUND)


def _batches(steps: Sequence[Step]) -> Iterator[list[Step]]:
    batch: list[Step] = []
    size = 0
    for step in steps:
        if batch and size + step.size() > MOST_BYTES:
            yield batch
            batch, size = [], 0
        batch.append(step)
        size += step.size()
    if batch:
        yield batch


def _fault(refused: Mapping[str, Refusal]) -> StoreError:
    """Say what was refused; where all for one reason that is not theirs, that reason."""
    kinds = {refusal.kind for refusal in refused.values()}
    first = next(iter(refused.values()))
    if len(kinds) == 1 and (first.kind == "cluster_block_exception" or first.may_pass or first.is_absence):
        return fault(first)
    named = ", ".join([*refused][:MOST_NAMED])
    return StoreError(
        "bulk_refused",
        f"검색 서버가 문서 {len(refused)}건을 받지 않았습니다: {named}",
        f"the search server refused {len(refused)} documents ({', '.join(sorted(kinds))}): {named}",
    )
