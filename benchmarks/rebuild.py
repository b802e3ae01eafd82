"""How fast is the index of an installation built anew: the whole command, from the database to the swap.

    python -m benchmarks.rebuild --data FOLDER [--search ADDRESS]

FOLDER holds an installation, as `benchmarks.harvest_scale --kept` leaves one. The index is built in as many
processes as there are cores, as `km rebuild index` does.
"""

from __future__ import annotations

import argparse
import os
import resource
import time

from benchmarks.measure import say
from benchmarks.meter import MB
from repository.cli_support import progress_bar
from repository.memory import open_memory
from repository.rebuild import rebuild_index
from repository.settings import Settings


def main() -> None:
    """Rebuild, and say what it took."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", required=True, help="the folder of the installation")
    parser.add_argument("--search", default="tantivy", help="tantivy, or the address of an Elasticsearch")
    given = parser.parse_args()
    memory = open_memory(Settings(data=given.data, search=given.search))
    began = time.perf_counter()
    with progress_bar("documents") as advance:
        rebuilt = rebuild_index(memory, advance, force=True, anew=True)
    seconds = time.perf_counter() - began
    workers = resource.getrusage(resource.RUSAGE_CHILDREN)
    say(f"{rebuilt.items:,} items in {seconds:.0f} s ({rebuilt.items / seconds:,.0f} a second)")
    say(f"{workers.ru_utime + workers.ru_stime:.0f} s of CPU in {os.cpu_count()} processes,")
    say(f"at most {workers.ru_maxrss / 1024:.0f} MiB in one; {memory.engine.count():,} documents")
    index = memory.settings.data_path / "index"
    files = {file.stat().st_ino: file.stat().st_size for file in index.rglob("*") if file.is_file()}
    say(f"{sum(files.values()) / MB:,.0f} MiB on disk")
    memory.close()


if __name__ == "__main__":
    main()
