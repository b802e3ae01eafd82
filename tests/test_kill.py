"""Kill -9, ten times in one chain: what comes out is what comes out of a chain that nobody disturbed."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

import curation.tables
from repository.blobs import digest_of
from repository.database import Database
from repository.tables import asset, current_decision, decision, identity, item, set_member
from tests import tiny

KILLS = 10


def start(base: str, data: Path) -> subprocess.Popen[str]:
    """Start the chain and wait until it has something open to lose."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.chain", base, str(data)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=tiny.ROOT,
        start_new_session=True,
    )
    assert process.stdout is not None and process.stdout.readline() == "open\n"
    return process


def finish(process: subprocess.Popen[str]) -> None:
    """Wait for a chain to end well."""
    assert process.wait(timeout=300) == 0
    if process.stdout is not None:
        process.stdout.close()


def kill(process: subprocess.Popen[str]) -> None:
    """Kill a chain and all that it has started."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    if process.stdout is not None:
        process.stdout.close()


def outcome(data: Path) -> dict[str, Any]:
    """Give everything that must come out the same."""
    database = Database(f"sqlite:///{data / 'memory.sqlite'}")
    plan, release = curation.tables.plan, curation.tables.release
    queries = {
        "identities": select(identity.c.item, identity.c.state).order_by(identity.c.item),
        "items": select(item.c.id, item.c.digest, item.c.revision, item.c.state).order_by(item.c.id),
        "assets": select(asset.c.id, asset.c.state, asset.c.sha256, asset.c.revision).order_by(asset.c.id),
        "decisions": select(current_decision.c.subject, decision.c.digest)
        .join(decision, decision.c.id == current_decision.c.decision)
        .order_by(current_decision.c.subject),
        "sets": select(set_member.c.set, set_member.c.item).order_by(set_member.c.set, set_member.c.position),
        "plans": select(plan.c.name, plan.c.version, plan.c.digest),
        "releases": select(release.c.name, release.c.version, release.c.state, release.c.root),
    }
    with database.read() as conn:
        found: dict[str, Any] = {
            name: [tuple(row) for row in conn.execute(query)] for name, query in queries.items()
        }
    database.close()
    files = sorted(path for path in (data / "releases").rglob("*") if path.is_file())
    found["files"] = {str(path.relative_to(data)): digest_of(path) for path in files}
    return found


def test_killed_ten_times_the_chain_ends_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    seed = int(os.environ.get("KM_TEST_SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
    chance = random.Random(seed)
    with capsys.disabled():
        sys.stdout.write(f" [kill test, seed {seed}] ")
    tiny.build(tmp_path / "sample")
    with tiny.served(tmp_path / "sample") as base:
        process = start(base, tmp_path / "calm")
        begun = time.monotonic()
        finish(process)
        length = time.monotonic() - begun
        for number in range(KILLS):
            process = start(base, tmp_path / "killed")
            time.sleep(chance.uniform(0, length / KILLS))
            assert process.poll() is None, f"the chain ended before kill {number + 1} (seed {seed})"
            kill(process)
        finish(start(base, tmp_path / "killed"))
    calm, killed = outcome(tmp_path / "calm"), outcome(tmp_path / "killed")
    for name in calm:
        assert killed[name] == calm[name], f"{name} differ (seed {seed})"
    assert len(calm["items"]) >= 15 and calm["releases"] and calm["files"]
