"""A throw-away PostgreSQL server for the tests: found, started, and gone with the test run.

The server listens on loopback, keeps everything in a temporary folder, trades safety for speed
(``fsync=off``) and dies with its parent, also when that is killed (``setpriv --pdeathsig``).
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg
from psycopg import sql

PREFIX = "km-postgres-"
START_SECONDS = 30
QUICK_AND_UNSAFE = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
    "shared_buffers": "64MB",
    "timezone": "UTC",
}


@dataclass(frozen=True, slots=True)
class Server:
    """A running PostgreSQL server, by the address (libpq style) of its maintenance database."""

    address: str

    def create(self, name: str) -> str:
        """Create an empty database, and return its URL for SQLAlchemy with psycopg."""
        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(sql.Identifier(name))
            )
            info = connection.info
            password = f":{info.password}" if info.password else ""
            return f"postgresql+psycopg://{info.user}{password}@{info.host}:{info.port}/{name}"

    def drop(self, name: str) -> None:
        """Drop a database, with whoever is still connected to it."""
        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
            )


_numbers = count(1)


@contextmanager
def fresh_database(server: Server) -> Iterator[str]:
    """Give the URL of a new, empty database, dropped at the end."""
    name = f"km_test_{os.getpid()}_{next(_numbers)}"
    try:
        yield server.create(name)
    finally:
        server.drop(name)


def find_binaries() -> Path | None:
    """Return the folder with ``initdb`` and ``postgres``, the newest version first, or None."""
    versions = Path("/usr/lib/postgresql").glob("*/bin")
    folders = sorted(versions, key=lambda folder: float(folder.parent.name), reverse=True)
    found = shutil.which("postgres")
    folders += [Path(found).parent] if found else []
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


@contextmanager
def throw_away_server(binaries: Path) -> Iterator[Server]:
    """Start a new cluster in a temporary folder and stop it at the end."""
    _sweep()
    home = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
    try:
        prefix = _as_unprivileged(home)
        _create_cluster(binaries, home, prefix)
        with _running(binaries, home, prefix) as port:
            yield Server(f"host=127.0.0.1 port={port} user=km dbname=postgres")
    finally:
        shutil.rmtree(home)


def _sweep() -> None:
    """Remove the folders that killed runs left."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        process = folder.name.removeprefix(PREFIX).partition("-")[0]
        if process.isdigit() and not _alive(int(process)):
            shutil.rmtree(folder, ignore_errors=True)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _as_unprivileged(home: Path) -> list[str]:
    """Return the command prefix that drops root (which PostgreSQL refuses) and ties life to ours."""
    setpriv = shutil.which("setpriv")
    prefix = [setpriv, "--pdeathsig=QUIT"] if setpriv else []
    if os.geteuid() != 0:
        return prefix
    nobody = pwd.getpwnam("nobody")
    os.chown(home, nobody.pw_uid, nobody.pw_gid)
    return [*prefix, f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups"]


def _create_cluster(binaries: Path, home: Path, prefix: list[str]) -> None:
    command = [*prefix, str(binaries / "initdb"), f"--pgdata={home / 'data'}", "--username=km"]
    options = ["--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions"]
    done = subprocess.run([*command, *options], cwd=home, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"initdb failed: {done.stderr}")


@contextmanager
def _running(binaries: Path, home: Path, prefix: list[str]) -> Iterator[int]:
    port = _free_port()
    log = home / "log"
    command = [*prefix, str(binaries / "postgres"), "-D", str(home / "data"), "-k", str(home)]
    settings = {**QUICK_AND_UNSAFE, "listen_addresses": "127.0.0.1", "port": str(port)}
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=home, stdout=output, stderr=output)
    try:
        _wait_until_it_answers(process, port, log)
        yield port
    finally:
        process.send_signal(signal.SIGQUIT)
        process.wait(START_SECONDS)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_it_answers(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            psycopg.connect(f"host=127.0.0.1 port={port} user=km dbname=postgres").close()
            return
        except psycopg.OperationalError:
            time.sleep(0.05)
    raise RuntimeError(f"PostgreSQL did not start: {log.read_text(errors='replace')}")
