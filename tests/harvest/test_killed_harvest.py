"""Kill -9 while fifty pages are harvested: nothing is missing or written twice, and little is asked twice."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from threading import Timer
from typing import Any

import pytest
from sqlalchemy import func, select

from harvest import sources
from harvest.source import Source
from harvest.tables import payload, record, record_version, window
from repository import institutions
from repository.institution import Institution
from repository.memory import Memory, open_memory
from repository.settings import Settings
from repository.tables import change, identity, item
from tests.harvest.faults.holder import Holder, Row
from tests.harvest.loopback import Answer, Request, serve

ROOT = Path(__file__).resolve().parents[2]
PAGES, PAGE_SIZE = 50, 4
RANDOM_KILLS = 20


def holder() -> Holder:
    """Make a provider of fifty pages."""
    rows = {f"oai:x:{n:03}": Row(f"훈민정음 {n}") for n in range(PAGES * PAGE_SIZE)}
    return Holder(rows, page_size=PAGE_SIZE)


def installation(folder: Path, url: str) -> Memory:
    """Make an installation with one source."""
    memory = open_memory(Settings(data=str(folder)))
    memory.database.migrate()
    with memory.database.write() as tx:
        institutions.save(tx, Institution("lib", "새벽도서관", "Dawn Library"))
        sources.save(tx, Source("s", "수집처", "Source", f"{url}/oai", "lib"))
    return memory


def start(folder: Path) -> subprocess.Popen[str]:
    """Start a harvest in a process of its own."""
    command = [sys.executable, "-m", "tests.harvest.harvester", str(folder), "s"]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def killed(process: subprocess.Popen[str]) -> bool:
    """Wait for a harvest; tells whether it was killed rather than ended."""
    out, _ = process.communicate(timeout=120)
    assert process.returncode == -9 or (process.returncode, out) == (0, "complete\n"), out
    return process.returncode == -9


def outcome(memory: Memory) -> dict[str, Any]:
    """Give what must come out the same, and how often each thing was written."""
    queries = {
        "items": select(item.c.id, item.c.digest, item.c.revision).order_by(item.c.id),
        "identities": select(identity.c.local_id, identity.c.state).order_by(identity.c.local_id),
        "versions": select(record_version.c.n, func.count()).group_by(record_version.c.n),
        "records": select(func.count()).select_from(record),
        "payloads": select(func.count()).select_from(payload),
        "changes": select(func.count()).select_from(change),
        "counts": select(func.sum(window.c.received), func.sum(window.c.new), func.sum(window.c.unchanged)),
    }
    with memory.database.read() as conn:
        return {name: [tuple(row) for row in conn.execute(query)] for name, query in queries.items()}


def harvested(
    folder: Path, killer: Callable[[subprocess.Popen[str], Counter[str]], None]
) -> tuple[Any, int, int]:
    """Harvest until it ends, however often it is killed; gives the outcome, the kills and the pages asked for."""
    held, asked = holder(), Counter[str]()
    current: list[subprocess.Popen[str]] = []

    def reply(request: Request) -> Answer:
        if request.arguments["verb"] == "ListRecords":
            asked[request.arguments.get("resumptionToken", "")] += 1
            killer(current[-1], asked)
        return held.answer(request)

    kills = 0
    with serve(reply) as server:
        memory = installation(folder, server.url)
        while True:
            current.append(start(folder))
            if not killed(current[-1]):
                break
            kills += 1
            assert kills <= RANDOM_KILLS * 3
        found = outcome(memory)
        memory.close()
    return found, kills, asked.total()


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What comes out where nobody kills anything."""
    found, kills, asked = harvested(tmp_path_factory.mktemp("calm") / "data", lambda *_: None)
    assert (kills, asked) == (0, PAGES)
    assert found["counts"] == [(PAGES * PAGE_SIZE, PAGES * PAGE_SIZE, 0)]
    return found


def test_killed_at_every_tenth_page(tmp_path: Path, undisturbed: Any) -> None:
    left = {10, 20, 30, 40, 50}

    def killer(process: subprocess.Popen[str], asked: Counter[str]) -> None:
        if len(asked) in left:
            left.discard(len(asked))
            process.kill()

    found, kills, asked = harvested(tmp_path / "data", killer)
    assert kills == 5
    assert found == undisturbed
    assert asked == PAGES + kills


def test_killed_at_twenty_random_moments(
    tmp_path: Path, undisturbed: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    seed = int(os.environ.get("KM_TEST_SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
    with capsys.disabled():
        sys.stdout.write(f" [killed harvest, seed {seed}] ")
    dice = random.Random(seed)
    # Within a page: so many seconds after its request came, while it is read, kept or marked.
    pages = sorted(dice.sample(range(1, PAGES + 1), RANDOM_KILLS))

    def killer(process: subprocess.Popen[str], asked: Counter[str]) -> None:
        if pages and len(asked) >= pages[0]:
            pages.pop(0)
            Timer(dice.uniform(0, 0.03), process.kill).start()

    found, kills, asked = harvested(tmp_path / "data", killer)
    assert kills >= RANDOM_KILLS // 2
    assert found == undisturbed
    assert asked <= PAGES + kills
