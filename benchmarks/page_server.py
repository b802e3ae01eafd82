"""How long the server takes for a page, with many items: percentiles as wrk measures them, by kind of page.

    python -m benchmarks.page_server --records 100000
    python -m benchmarks.page_server --base http://127.0.0.1:8080 /collections/birth-of-hangul

An invented collection is harvested, indexed, brought up to date and served as `km serve --no-worker` serves it; or
paths of a site that stands are asked for. wrk (Debian's package) asks from one connection, then from eight, through
addresses of one kind at a time; every answer must be a page.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import select

from benchmarks.installation import installation, name_of
from benchmarks.measure import say
from benchmarks.provider import running
from benchmarks.storm import WORDS
from harvest.run import harvest
from repository.memory import Memory
from repository.rebuild import rebuild_index
from repository.tables import item
from tests.serving import site
from wsgi import refresh_all

ITEMS = 400  # whose pages are asked for in turn
SECONDS = 10
CONNECTIONS = (1, 8)
SCRIPT = """
local paths, turn = {}, 0
for path in io.lines("%s") do paths[#paths + 1] = path end
request = function() turn = turn %% #paths + 1; return wrk.format("GET", paths[turn]) end
done = function(summary, latency, requests)
  local wrong = summary.errors.status + summary.errors.read + summary.errors.timeout
  io.write(string.format("measured %%d %%.2f %%.2f %%d\\n", summary.requests, latency:percentile(50) / 1000,
    latency:percentile(95) / 1000, wrong))
end
"""
SAID = re.compile(r"measured (\d+) ([\d.]+) ([\d.]+) (\d+)")


def addresses(memory: Memory) -> dict[str, list[str]]:
    """Give the addresses of each kind of page."""
    with memory.database.read() as conn:
        ids = list(conn.execute(select(item.c.id).where(item.c.state == "live").limit(ITEMS)).scalars())
    return {
        "home": ["/"],
        "item": [f"/items/{one}" for one in ids],
        "institution": ["/institutions/lib"],
        "search, words": [f"/search?q={quote(word)}" for word in WORDS],
        "search, one filter": ["/search?type=map", "/search?type=book", "/search?reuse=yes"],
        "about": ["/about/"],
    }


def measure(base: str, paths: Sequence[str], connections: int, folder: Path) -> tuple[int, float, float]:
    """Ask with wrk; gives requests, p50 and p95 in milliseconds."""
    (folder / "paths").write_text("\n".join(paths))
    (folder / "wrk.lua").write_text(SCRIPT % (folder / "paths"))
    load = ["-t1", f"-c{connections}", f"-d{SECONDS}s", "--timeout", "30s"]
    command = ["wrk", *load, "-s", str(folder / "wrk.lua"), base]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found = SAID.search(done.stdout)
    assert found is not None and found[4] == "0", done.stdout
    return int(found[1]), float(found[2]), float(found[3])


def table(base: str, kinds: dict[str, list[str]], folder: Path) -> None:
    """Measure kind after kind, and write the table."""
    say("| page | connections | answers | p50, ms | p95, ms |\n|---|---:|---:|---:|---:|")
    for kind, paths in kinds.items():
        measure(base, paths, 1, folder)  # to warm
        for connections in CONNECTIONS:
            count, p50, p95 = measure(base, paths, connections, folder)
            say(f"| {kind} | {connections} | {count:,} | {p50:.1f} | {p95:.1f} |")


def invented(records: int, folder: Path) -> None:
    """Fill an installation, serve it, and measure."""
    with running(records) as provider:
        with installation(provider, kept=str(folder)) as memory:
            for number in range(1, len(provider.sizes) + 1):
                harvest(memory, name_of(number))
            rebuild_index(memory)
            while refresh_all(memory):
                pass
            found = addresses(memory)
        say(f"{records:,} items\n")
        # Without its worker, which would be fetching invented files all the time.
        with site(folder, "--no-worker") as base:
            table(base, found, folder)


def main() -> None:
    """Measure an invented collection, or what was named."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--base", default="", help="a site that stands")
    parser.add_argument("paths", nargs="*", help="of its pages")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        if given.base:
            table(given.base, {path: [path] for path in given.paths}, Path(made))
        else:
            invented(given.records, Path(made))


if __name__ == "__main__":
    main()
