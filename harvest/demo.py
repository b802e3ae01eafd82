"""The demonstration: the invented institutions are built, served as another process, and harvested over HTTP."""

from __future__ import annotations

import logging
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import httpx
import msgspec
from sqlalchemy import Connection, select

from harvest import ledger, media, records, run, sources
from harvest.source import SourceFile, read_source_file
from repository import institutions, machine_words, ports, removal, wording
from repository.asset import PERSON
from repository.cli_support import Bar, progress_bar
from repository.errors import TransferError
from repository.memory import Memory
from repository.picture_words import ALT, DESCRIPTION, Written
from repository.shapes import Shape
from repository.tables import asset, identity

log = logging.getLogger(__name__)
SOURCES = Path(__file__).parent / "sample" / "sources"
HOST = "127.0.0.1"
MACHINE, MACHINE_DAY = "견본 설명기 1 (sample describer 1)", "2026-11-01"
START_SECONDS = 30.0


class Stage(msgspec.Struct, frozen=True):
    """One stage of the demonstration and how long it took."""

    name: str
    seconds: float


class _Said(msgspec.Struct, frozen=True):
    """What the samples say of one file, by its key at the source."""

    key: str
    alt: dict[str, str]
    description: dict[str, str]
    by_hand: bool

    def written(self) -> Iterator[Written]:
        """The texts as a person's."""
        for field, texts in ((ALT, self.alt), (DESCRIPTION, self.description)):
            for lang, value in texts.items():
                yield Written(field, lang, value, PERSON, reason="견본 (sample)", by="km demo")


_SAID = Shape(_Said)


class Report(msgspec.Struct, frozen=True):
    """What the demonstration did; `peak_mb` bounds the memory of this process and its largest child."""

    stages: list[Stage]
    runs: list[ledger.Run]
    files: dict[str, int]
    curation: dict[str, object]
    peak_mb: int

    @property
    def seconds(self) -> float:
        """The time of all stages."""
        return sum(stage.seconds for stage in self.stages)


def _sample(memory: Memory, command: str, *more: str) -> list[str]:
    folder = str(memory.settings.data_path / "sample")
    return [sys.executable, "-m", "harvest.sample", command, "--data", folder, *more]


def _draw(memory: Memory, bar: Bar) -> None:
    """Draw what is missing, in a process of its own, which says after each file how many of how many are done."""
    fonts = str(Path(memory.settings.fonts).resolve())
    command = _sample(memory, "build", "--fonts", fonts)
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or ():
            made, _, count = line.partition("/")
            bar.at(int(made), int(count))
    if process.returncode:
        raise TransferError(
            "sample_not_drawn",
            "견본을 그리지 못했습니다. make setup으로 글꼴을 먼저 받아 두세요.",
            "the samples could not be drawn; `make setup` brings the fonts they need",
        )


@contextmanager
def served(memory: Memory, port: int) -> Iterator[str]:
    """Serve the sample institutions as a process of their own while the block runs; gives their address."""
    ports.check_free(HOST, port)
    base = f"http://{HOST}:{port}"
    process = subprocess.Popen(_sample(memory, "serve", "--port", str(port)), stdout=subprocess.DEVNULL)
    try:
        _wait(base, process)
        yield base
    finally:
        process.terminate()
        process.wait(timeout=15)


def _describe(memory: Memory) -> None:
    """Lay over the library's pictures the words that its Dublin Core cannot send: a person's, else a machine's."""
    command = [sys.executable, "-m", "harvest.sample", "words"]
    told = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout
    with memory.database.read() as conn:
        known = _ids_by_key(conn, "sample-library")
    said = [_SAID.read(line) for line in told.splitlines()]
    shown = [one for one in said if one.key in known]
    machine = [
        {"asset": known[one.key], "alt": one.alt, "description": one.description}
        for one in shown
        if not one.by_hand
    ]
    file = BytesIO(b"\n".join(map(msgspec.json.encode, machine)))
    machine_words.take(memory.database, file, MACHINE, MACHINE_DAY, "km demo")
    with memory.database.write() as tx:
        for one in shown:
            if one.by_hand:
                wording.write(tx, known[one.key], list(one.written()))


def _ids_by_key(conn: Connection, source: str) -> dict[str, str]:
    """Give the files of a source by the source's own names of them."""
    found = select(asset.c.key, asset.c.id).join(identity, identity.c.item == asset.c.item)
    return {row.key: row.id for row in conn.execute(found.where(identity.c.source == source))}


def _wait(base: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx.get(f"{base}/library/oai?verb=Identify", timeout=5).status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise TransferError("sample_not_served", "견본 기관이 시작되지 않았습니다.", "the samples did not start")


def _files(base: str) -> list[SourceFile]:
    return [read_source_file(path, base) for path in sorted(SOURCES.glob("*.toml"))]


def perform(
    memory: Memory, refresh: Callable[[Memory], int], curate: Callable[[Memory], dict[str, object]]
) -> Report:
    """Do it all: build, serve, register, harvest, fetch, refresh, curate, refresh; idempotent."""
    stages: list[Stage] = []

    @contextmanager
    def stage(name: str) -> Iterator[Bar]:
        started = time.monotonic()
        with progress_bar(name) as bar:
            yield bar
        stages.append(Stage(name, round(time.monotonic() - started, 1)))

    with stage("견본 그리기 (drawing samples)") as bar:
        _draw(memory, bar)
    with served(memory, memory.settings.sample_port) as base:
        read = _files(base)
        register(memory, read)
        with stage("수집 (harvest)") as advance:
            runs = [run.harvest(memory, file.source.id, progress=advance) for file in read]
        with stage("파일 (files)") as advance:
            files = media.fetch_wanted(memory, advance)
            _describe(memory)
    with stage("색인 (index)"):
        refresh(memory)
    with stage("컬렉션과 데이터 (collections, data set)"):
        curated = curate(memory)
        refresh(memory)
    return Report(stages, runs, files, curated, _peak_mb())


def register(memory: Memory, files: list[SourceFile]) -> None:
    """Write the sample sources and their institutions."""
    with memory.database.write() as tx:
        for file in files:
            for institution in file.institutions:
                institutions.save(tx, institution)
            sources.save(tx, file.source)


def _peak_mb() -> int:
    """Add up the most that this process held and the most of any of its children, in MB.

    Its own is told by Linux: what `getrusage` says of a process begins with what its parent held.
    """
    status = Path("/proc/self/status")
    told = re.search(r"VmHWM:\s*(\d+)", status.read_text("ascii")) if status.exists() else None
    own = int(told[1]) if told else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return (own + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) // 1024


def text(report: Report, address: str) -> str:
    """Say what was done, how long each stage took, and where to look."""
    lines = [f"{stage.seconds:6.1f} s  {stage.name}" for stage in report.stages]
    lines += [f"{report.seconds:6.1f} s  모두 (all), 최대 메모리 (peak memory) {report.peak_mb} MB", ""]
    for one in report.runs:
        counts = ", ".join(f"{name} {one.counts[name]}" for name in ledger.COUNTS if one.counts[name])
        lines.append(f"{one.source}: {one.state}, {counts or 'nothing new'}")
    lines += ["", f"여기서 보세요 (look here): {address}/"]
    return "\n".join(lines)


def remove(memory: Memory, uncurate: Callable[[Memory], None], refresh: Callable[[Memory], int]) -> int:
    """Take every sample away: collections, release, items, records, files; gives how many files were deleted."""
    uncurate(memory)
    read = _files("http://removed.invalid")
    digests: set[str] = set()
    for file in read:
        with memory.database.write() as tx:
            digests |= removal.remove_items(tx, file.source.id)
            records.remove_source(tx, file.source.id)
            removal.remove_institutions(tx, [institution.id for institution in file.institutions])
            sources.remove(tx, file.source.id)
    refresh(memory)
    for digest in digests:
        memory.blobs.delete(digest)
    return len(digests)
