"""A throw-away Elasticsearch for the tests: fetched once, started, and gone with the test run.

    python -m tests.real_elasticsearch            a server of this kind until Ctrl-C; it prints its address

The server is the core distribution, as Maven's repositories have it; it needs Java 17. It listens on loopback,
keeps everything in a temporary folder and dies with its parent, also when that is killed.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import httpx

from repository import ports

ROOT = Path(__file__).resolve().parent.parent
VERSION = "8.19.21"
ARTIFACT = f"org.elasticsearch.distribution.integ-test-zip:elasticsearch:{VERSION}:zip"
CACHE = ROOT / "var" / "cache" / "elasticsearch"
PREFIX = "km-elasticsearch-"
START_SECONDS = 240
STOP_SECONDS = 60
HEAP_MB = 512
QUICK = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")  # starts soon and stays small, for tests
ALONE = {"discovery.type": "single-node", "xpack.security.enabled": "false"}
QUIET = {"network.host": "127.0.0.1", "cluster.routing.allocation.disk.threshold_enabled": "false"}


@dataclass(frozen=True, slots=True)
class Node:
    """A running server: its address, its folder (with `config`) and the process that was started."""

    url: str
    folder: Path
    process: subprocess.Popen[bytes]

    def kill(self) -> None:
        """End the server at once, as a power cut does."""
        os.kill(_server_of(self.folder), signal.SIGKILL)
        self.process.wait(STOP_SECONDS)


@dataclass(frozen=True, slots=True)
class Kit:
    """What servers are started from: an unpacked distribution and a Java."""

    home: Path
    java: Path

    def tool(self, name: str, folder: Path, *words: str) -> None:
        """Run one of the distribution's own tools over the configuration of a server to be."""
        command = [*_unprivileged(folder), str(self.home / "bin" / name), *words]
        done = subprocess.run(
            command, cwd=folder, env=self.environment(folder), capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            raise RuntimeError(f"{name} failed: {done.stdout}{done.stderr}")

    def environment(self, folder: Path, heap_mb: int = HEAP_MB) -> dict[str, str]:
        """Give the environment of a server, with nothing of ours but where to look for programs."""
        return {
            "PATH": os.environ.get("PATH", os.defpath),
            "LC_ALL": "C.UTF-8",
            "ES_JAVA_HOME": str(self.java),
            "ES_PATH_CONF": str(folder / "config"),
            "ES_TMPDIR": str(folder / "tmp"),
            "ES_JAVA_OPTS": f"-Xms{heap_mb}m -Xmx{heap_mb}m",
        }


def missing() -> str:
    """Say what a server of our own lacks here, or nothing."""
    wanted = ["java"] if _fetched().exists() else ["java", "mvn"]
    lacking = [name for name in wanted if shutil.which(name) is None]
    return f"Elasticsearch is absent: no {' and no '.join(lacking)} on PATH" if lacking else ""


def distribution() -> Path:
    """Give the distribution's archive, fetched by Maven the first time; processes wait for one another."""
    CACHE.mkdir(parents=True, exist_ok=True)
    archive = _fetched()
    with (CACHE / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not archive.exists():
            with tempfile.TemporaryDirectory(dir=CACHE) as folder:
                command = ["mvn", "--batch-mode", "--quiet", "dependency:copy", f"-Dartifact={ARTIFACT}"]
                subprocess.run([*command, f"-DoutputDirectory={folder}"], cwd=folder, check=True)
                (Path(folder) / archive.name).replace(archive)
    return archive


def _fetched() -> Path:
    return CACHE / f"elasticsearch-{VERSION}.zip"


@contextmanager
def kit() -> Iterator[Kit]:
    """Unpack the distribution into a temporary folder, which everybody may read, and delete it at the end."""
    _sweep()
    folder = _folder()
    try:
        with zipfile.ZipFile(distribution()) as archive:
            for info in archive.infolist():
                path = Path(archive.extract(info, folder))
                path.chmod(0o755 if info.is_dir() else info.external_attr >> 16 or 0o644)
        java = Path(str(shutil.which("java"))).resolve().parent.parent
        yield Kit(folder / f"elasticsearch-{VERSION}", java)
    finally:
        shutil.rmtree(folder)


@contextmanager
def running(node: Node) -> Iterator[Node]:
    """Wait until a server answers, and end it at the end."""
    try:
        _wait_until_it_answers(node)
        yield node
    finally:
        node.process.terminate()
        node.process.wait(STOP_SECONDS)
        shutil.rmtree(node.folder, ignore_errors=True)


def prepare(kit: Kit, settings: Mapping[str, str], jvm: Sequence[str] = QUICK) -> tuple[Path, str]:
    """Make the folder of a server to be and write its configuration; gives the folder and where it will answer."""
    folder, port = _folder(), ports.any_free()
    for name in ("config", "data", "logs", "tmp"):
        (folder / name).mkdir()
    for path in (kit.home / "config").iterdir():
        if path.is_file():
            shutil.copy(path, folder / "config")
    own = {
        **QUIET,
        "path.data": str(folder / "data"),
        "path.logs": str(folder / "logs"),
        "http.port": str(port),
        **settings,
    }
    own.setdefault("transport.port", str(ports.any_free()))
    lines = [f"{name}: {value}\n" for name, value in own.items()]
    (folder / "config" / "elasticsearch.yml").write_text("".join(lines), "utf-8")
    options = "\n".join((*jvm, "-Djava.io.tmpdir=${ES_TMPDIR}", ""))
    (folder / "config" / "jvm.options").write_text(options, "utf-8")
    _give_away(folder)
    secure = settings.get("xpack.security.http.ssl.enabled") == "true"
    return folder, f"http{'s' * secure}://127.0.0.1:{port}"


def start(kit: Kit, folder: Path, url: str, heap_mb: int = HEAP_MB) -> Node:
    """Start a server; it does not answer yet."""
    _give_away(folder)
    command = [*_unprivileged(folder), str(kit.home / "bin" / "elasticsearch"), "-p", str(folder / "pid")]
    with (folder / "output").open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=kit.environment(folder, heap_mb),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
    return Node(url, folder, process)


@contextmanager
def throw_away_server(kit: Kit, settings: Mapping[str, str] = ALONE) -> Iterator[Node]:
    """Start one server in a temporary folder and end it at the end."""
    with running(start(kit, *prepare(kit, settings))) as node:
        yield node


@contextmanager
def throw_away_cluster(kit: Kit, size: int, heap_mb: int) -> Iterator[list[Node]]:
    """Start several servers that form one cluster, and end them at the end."""
    names = [f"node{number}" for number in range(size)]
    transports = [ports.any_free() for _ in names]
    shared = {
        "xpack.security.enabled": "false",
        "cluster.name": f"km{os.getpid()}",
        "cluster.initial_master_nodes": ",".join(names),
        "discovery.seed_hosts": ",".join(f"127.0.0.1:{port}" for port in transports),
    }
    with ExitStack() as stack:
        nodes = []
        for name, port in zip(names, transports, strict=True):
            own = {**shared, "node.name": name, "transport.port": str(port)}
            nodes.append(start(kit, *prepare(kit, own), heap_mb))
        yield [stack.enter_context(running(node)) for node in nodes]


_numbers = count(1)


def fresh_name() -> str:
    """Give a prefix for the names of indices that no other test uses."""
    return f"km-test-{os.getpid()}-{time.time_ns() % 10**9}-{next(_numbers)}"


def delete_indices(url: str, prefix: str) -> None:
    """Delete what a test left in a server that outlives it."""
    with httpx.Client(base_url=url, timeout=60) as client:
        known = client.get("/_cat/indices", params={"format": "json", "expand_wildcards": "all"}).json()
        for row in known:
            if str(row["index"]).startswith(prefix):
                client.put(f"/{row['index']}/_settings", json={"index.blocks.read_only": None})
                client.delete(f"/{row['index']}")
        client.delete(f"/_index_template/{prefix}")


def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
    folder.chmod(0o755)
    return folder


def _sweep() -> None:
    """End the servers and remove the folders that killed runs left."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        owner = folder.name.removeprefix(PREFIX).partition("-")[0]
        if owner.isdigit() and not Path(f"/proc/{owner}").exists():
            server = _server_of(folder)
            if server:
                os.kill(server, signal.SIGKILL)
            shutil.rmtree(folder, ignore_errors=True)


def _server_of(folder: Path) -> int:
    """Give the process of the server that runs in a folder, 0 where none does."""
    try:
        process = int((folder / "pid").read_text("ascii"))
        started = Path(f"/proc/{process}/cmdline").read_bytes()
    except (OSError, ValueError):
        return 0
    return process if str(folder).encode() in started else 0


def _unprivileged(folder: Path) -> list[str]:
    """Return the command prefix that drops root (which Elasticsearch refuses) and ties life to ours."""
    setpriv = shutil.which("setpriv")
    prefix = [setpriv, "--pdeathsig=TERM"] if setpriv else []
    if os.geteuid() != 0:
        return prefix
    nobody = pwd.getpwnam("nobody")
    return [*prefix, f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups"]


def _give_away(folder: Path) -> None:
    """Let the unprivileged own a folder."""
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        for path in (folder, *folder.rglob("*")):
            os.chown(path, nobody.pw_uid, nobody.pw_gid)


def _wait_until_it_answers(node: Node) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and node.process.poll() is None:
        try:
            answer = httpx.get(f"{node.url}/_cluster/health", timeout=5, verify=False)
            if answer.status_code in (httpx.codes.OK, httpx.codes.UNAUTHORIZED):
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    said = (node.folder / "output").read_text("utf-8", errors="replace")
    raise RuntimeError(f"Elasticsearch did not start: {said[-4000:]}")


def _started(kit: Kit, heap: int | None) -> Node:
    return start(kit, *prepare(kit, ALONE, () if heap else QUICK), heap or HEAP_MB)


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument(
        "--heap", type=int, help="MiB; a server to be measured, with a Java that takes its time"
    )
    heap = parser.parse_args().heap
    if lacking := missing():
        sys.exit(lacking)
    with kit() as found, running(_started(found, heap)) as node:
        sys.stdout.write(f"{node.url}\n")
        sys.stdout.flush()
        node.process.wait()


if __name__ == "__main__":
    main()
