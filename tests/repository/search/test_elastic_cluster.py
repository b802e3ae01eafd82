"""A cluster of three real nodes: one is killed while documents are written and pages are read; nothing is lost."""

from __future__ import annotations

import dataclasses
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from flask import Flask

import repository.web
from repository import reconcile
from repository.errors import StoreError
from repository.index_feed import follow
from repository.memory import Memory
from repository.reconcile import Difference
from repository.search.access import Access
from repository.search.factory import open_engine
from tests.real_elasticsearch import Kit, Node, throw_away_cluster
from tests.repository import catalogue
from tests.repository.web.seed import ROOT

NODES, HEAP_MB = 3, 384
PATIENCE = 120.0  # seconds for the cluster to notice and to choose anew
PART = "지금은 검색이 일부만 됩니다."


@pytest.fixture
def cluster(elasticsearch_kit: Kit) -> Iterator[list[Node]]:
    with throw_away_cluster(elasticsearch_kit, NODES, HEAP_MB) as nodes:
        ask(nodes[0].url, "/_cluster/health", wait_for_nodes=str(NODES), timeout="60s")
        yield nodes


@pytest.fixture
def memory(cluster: list[Node], tmp_path: Path) -> Iterator[Memory]:
    """An installation whose index is in the cluster, given by the addresses of all its nodes."""
    made = catalogue.opened(tmp_path)
    access = Access(index="km", timeout_seconds=5)
    engine = open_engine(",".join(node.url for node in cluster), tmp_path / "index", access=access)
    yield dataclasses.replace(made, engine=engine)
    made.close()


class Reading(threading.Thread):
    """Somebody who reads the search page again and again, and counts what came: whole, in part, or a failure."""

    def __init__(self, memory: Memory) -> None:
        super().__init__(daemon=True)
        app = Flask("korean_memory", static_folder=str(ROOT / "static"), static_url_path="/static")
        repository.web.init_app(app, memory)
        self._client = app.test_client()
        self.stopped = threading.Event()
        self.came: Counter[str] = Counter()

    def run(self) -> None:
        while not self.stopped.wait(0.05):
            answer = self._client.get("/search?q=책", headers={"Accept": "text/html"})
            whole = "part" if PART in answer.text else "whole"
            self.came[whole if answer.status_code == 200 else str(answer.status_code)] += 1


def ask(url: str, path: str, **params: str) -> httpx.Response:
    return httpx.get(f"{url}{path}", params=params, timeout=90).raise_for_status()


def kill_the_primary(nodes: list[Node]) -> Node:
    """Kill the node that documents are written to first; gives it."""
    shards = ask(nodes[0].url, "/_cat/shards/km-v*", format="json").json()
    name = next(str(shard["node"]) for shard in shards if shard["prirep"] == "p")
    doomed = nodes[int(name.removeprefix("node"))]
    doomed.kill()
    return doomed


def caught_up(memory: Memory) -> bool:
    """Follow the feed as the worker does; an index that cannot take it now is asked again later."""
    try:
        return follow(memory) == 0
    except StoreError as error:
        assert error.code.startswith("search_"), error
        return False


def until(done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < deadline
        time.sleep(0.2)


def test_a_node_is_killed_while_documents_are_written_and_pages_read(
    cluster: list[Node], memory: Memory
) -> None:
    catalogue.write(memory, map(str, range(60)))
    until(lambda: caught_up(memory))
    ask(cluster[0].url, "/_cluster/health/km-v*", wait_for_status="green", timeout="60s")
    reading = Reading(memory)
    reading.start()
    for batch in range(10):
        if batch == 3:
            dead = kill_the_primary(cluster)
        catalogue.write(memory, (f"{batch}-{number}" for number in range(20)))
        caught_up(memory)
    until(lambda: caught_up(memory))
    before = reading.came["whole"]
    until(lambda: reading.came["whole"] >= before + 5)
    reading.stopped.set()
    reading.join()
    assert set(reading.came) <= {"whole", "part"}, reading.came
    assert memory.engine.count() == 260
    assert reconcile.compare(memory) == Difference([], [], [])
    alive = next(node for node in cluster if node is not dead)
    assert ask(alive.url, "/_cluster/health").json()["number_of_nodes"] == NODES - 1
