"""The demonstration as one command fills it: once for a whole run, however many processes share in it."""

from __future__ import annotations

import fcntl
import json
import shutil
from pathlib import Path
from typing import Any, NamedTuple

from repository import ports
from tests.serving import km


class Filled(NamedTuple):
    """A filled data folder, the port of its sample providers, and what the command said as JSON."""

    data: Path
    port: int
    report: dict[str, Any]

    def copy(self, folder: Path) -> Path:
        """Give a copy of the data folder, to be changed."""
        return shutil.copytree(self.data, folder / "data")


def fill_once(folder: Path) -> Filled:
    """Fill a data folder within a folder, or wait for the process that is at it."""
    kept, data = folder / "demo.json", folder / "demo"
    with (folder / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            port = ports.any_free()
            done = km(data, "demo", "--json", sample_port=port)
            assert done.returncode == 0, done.stderr
            kept.write_text(json.dumps([port, json.loads(done.stdout.splitlines()[-1])]))
    port, report = json.loads(kept.read_text())
    return Filled(data, port, report)
