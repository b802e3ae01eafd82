"""A rebuild in a server that others use too: its lease, its generation deleted or taken for another, its faults."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from repository import rebuild, reconcile
from repository.errors import StoreError
from repository.memory import Memory
from repository.search.elastic_mapping import VERSION
from repository.search.parts import InParts
from tests.repository import catalogue
from tests.repository.test_rebuild import SAME, break_off, caught_up, opened, start, total


@pytest.fixture
def memory(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Memory]:
    """An installation over Elasticsearch with 60 items in its index and 40 more that wait."""
    monkeypatch.setattr(rebuild, "SMALLEST", 40)
    monkeypatch.setattr(rebuild, "SMALL", 10)
    url = request.getfixturevalue("elasticsearch_url")
    made = opened(tmp_path / "here", url, request.getfixturevalue("elasticsearch_index"))
    catalogue.write(made, map(str, range(60)))
    rebuild.rebuild_index(made, processes=1)
    catalogue.write(made, map(str, range(60, 100)))
    yield made
    made.close()


class Server:
    """What its administrator does and sees."""

    def __init__(self, client: httpx.Client, index: str) -> None:
        self._client = client
        self.index = index

    def __call__(self, method: str, path: str, body: Any = None) -> Any:
        answer = self._client.request(method, path, json=body)
        answer.raise_for_status()
        return answer.json()

    def names(self, alias: str = "") -> list[str]:
        """Name our generations, or those that an alias whose name ends so stands for."""
        found = self("GET", f"/{self.index}-v*/_alias?expand_wildcards=all")
        return sorted(
            name
            for name, held in found.items()
            if not alias or any(one.endswith(alias) for one in held["aliases"])
        )


@pytest.fixture
def server(memory: Memory) -> Iterator[Server]:
    """Speak to the server as its administrator does."""
    with httpx.Client(base_url=memory.settings.search, timeout=60) as client:
        yield Server(client, memory.settings.search_index)


def ends_equal(memory: Memory, found: int) -> None:
    """Rebuild, and look whether so many items stood already and nothing is missing."""
    assert rebuild.rebuild_index(memory, processes=1).found == found
    assert total(memory) == 100 and reconcile.compare(caught_up(memory)) == SAME


def test_leftovers_of_others_are_deleted_but_not_what_is_wanted_here(memory: Memory, server: Server) -> None:
    break_off(memory)
    (wanted,) = server.names("-building")
    left = f"{server.index}-v{VERSION}-g000099"
    server("PUT", f"/{left}", {"aliases": {f"{left}-building": {}}})
    with pytest.raises(KeyError), memory.engine.rebuild():
        raise KeyError("broken off")
    assert server.names("-building") == [wanted]
    server("PUT", f"/{left}", {"aliases": {f"{left}-building": {}}})
    ends_equal(memory, found=40)
    assert server.names(f"-v{VERSION}") == [wanted]
    assert len(server.names()) == 2


@pytest.mark.parametrize("again", [False, True])
def test_a_generation_that_is_gone_is_begun_anew(memory: Memory, server: Server, again: bool) -> None:
    break_off(memory)
    (wanted,) = server.names("-building")
    server("DELETE", f"/{wanted}")
    if again:  # another machine, which died in its turn, made one of the same name
        settings = {"index.refresh_interval": -1}
        server("PUT", f"/{wanted}", {"aliases": {f"{wanted}-building": {}}, "settings": settings})
    ends_equal(memory, found=0)


def test_kill_9_before_the_aliases_change_leaves_the_parts(memory: Memory, server: Server) -> None:
    process = start(memory, 1, "repository.search.elastic_generations.ElasticGenerations._gone")
    process.communicate(timeout=120)
    assert process.returncode == -signal.SIGKILL
    assert total(memory) == 60 and len(server.names("-building")) == 1
    ends_equal(memory, found=100)


def test_parts_of_another_version_or_another_rebuild_are_none(memory: Memory) -> None:
    break_off(memory)
    assert isinstance(memory.engine, InParts)
    folder = memory.engine.beside().folder
    stray = (folder / "part-000000").read_bytes()
    folder.rename(folder.with_name("beside-elastic-v0.1"))
    beside = memory.engine.beside()
    beside.begin()
    assert [path.name for path in folder.parent.glob("beside-*")] == [folder.name]
    (folder / "part-000001").write_bytes(stray)  # by a process of the old one that was at its last document
    (folder / "part-000002").write_bytes(b"")
    assert beside.standing() == frozenset()
    ends_equal(memory, found=0)


def test_what_the_server_lost_is_noticed_and_built_anew(memory: Memory, server: Server) -> None:
    break_off(memory)
    (wanted,) = server.names("-building")
    server("POST", f"/{wanted}/_refresh")
    lost = server("GET", f"/{wanted}/_search?size=1")["hits"]["hits"][0]["_id"]
    server("DELETE", f"/{wanted}/_doc/{lost}")
    with pytest.raises(StoreError) as noticed:
        rebuild.rebuild_index(memory, processes=1)
    assert noticed.value.code == "index_unreadable" and "99 of the 100" in noticed.value.en
    assert total(memory) == 60
    ends_equal(memory, found=0)


def test_another_machine_is_refused_meanwhile_and_the_lease_outlives_a_kill(
    memory: Memory, server: Server, tmp_path: Path
) -> None:
    catalogue.write(memory, map(str, range(100, 300)))
    there = opened(tmp_path / "there", memory.settings.search, server.index)
    process = start(memory)
    while process.poll() is None and not server.names("-building"):
        time.sleep(0.05)
    os.kill(process.pid, signal.SIGSTOP)
    for own in (there, memory):
        with pytest.raises(StoreError) as refused:
            rebuild.rebuild_index(own, processes=1)
        assert refused.value.code == "index_rebuild_running"
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    with pytest.raises(StoreError, match="another machine"):
        rebuild.rebuild_index(there, processes=1)
    assert rebuild.rebuild_index(memory, processes=1).items == 300
    assert total(there) == 300 and reconcile.compare(caught_up(memory)) == SAME
    there.close()


def test_the_lease_is_renewed_while_workers_work(
    memory: Memory, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("repository.search.elastic_lease.RENEWED_AFTER", -1)
    seen = []

    def look(_done: int) -> None:
        seen.append(server("GET", f"/{server.index}-lease/_doc/rebuild")["_version"])

    rebuild.rebuild_index(memory, look, processes=2)
    assert len(seen) > 3 and seen == sorted(set(seen))


def test_a_rebuild_whose_lease_another_took_ends(
    memory: Memory, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("repository.search.elastic_lease.RENEWED_AFTER", -1)
    taken = {"owner": "another", "until": time.time() + 300}

    def take(_done: int) -> None:
        server("PUT", f"/{server.index}-lease/_doc/rebuild?refresh=true", taken)

    with pytest.raises(StoreError) as lost:
        rebuild.rebuild_index(memory, take, processes=2)
    assert lost.value.code == "index_rebuild_running"
    assert total(memory) == 60
    server("DELETE", f"/{server.index}-lease/_doc/rebuild")
    assert rebuild.rebuild_index(memory, processes=1).items == 100


@pytest.mark.parametrize("processes", [1, 2])
def test_troubles_of_the_server_end_it_with_their_own_code(
    memory: Memory, server: Server, processes: int
) -> None:
    def block(_done: int) -> None:
        for name in server.names("-building"):
            server("PUT", f"/{name}/_settings", {"index.blocks.write": True})

    with pytest.raises(StoreError) as told:
        rebuild.rebuild_index(memory, block, processes=processes)
    assert told.value.code == "search_readonly" and "index.blocks" in told.value.ko
    (name,) = server.names("-building")
    server("PUT", f"/{name}/_settings", {"index.blocks.write": None})
    ends_equal(memory, found=0)


def test_one_goes_back_only_to_what_was_live(memory: Memory, server: Server) -> None:
    (first,) = server.names(f"-v{VERSION}")
    with pytest.raises(StoreError, match="index_no_previous"):
        rebuild.go_back(memory)
    second = rebuild.rebuild_index(memory, processes=1).generation
    break_off(memory)
    assert rebuild.go_back(memory) == first and total(memory) == 60
    assert server.names("-previous") == [second]
    ends_equal(memory, found=40)
    assert rebuild.go_back(memory) == first
    assert len(server.names()) == 2
