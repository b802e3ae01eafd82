"""One harvest in a process of its own, for tests that kill it: `python -m tests.harvest.harvester FOLDER SOURCE`."""

from __future__ import annotations

import sys

from harvest import run
from repository.memory import open_memory
from repository.settings import Settings


def main() -> None:
    """Harvest, and say how it ended."""
    folder, source = sys.argv[1:]
    memory = open_memory(Settings(data=folder))
    done = run.harvest(memory, source)
    memory.close()
    sys.stdout.write(f"{done.state}\n")


if __name__ == "__main__":
    main()
