"""The fixtures for real parts are themselves tested: a test that is silently skipped proves nothing."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from tests.conftest import ROOT
from tests.real_postgres import Server, find_binaries, fresh_database

USES_CHROMIUM = "def test_it(chromium): pass\n"
HOLDS_A_SERVER = """
import time
from tests.real_postgres import find_binaries, throw_away_server
with throw_away_server(find_binaries()) as server:
    print(server.address, flush=True)
    time.sleep(60)
"""


def run_without_chromium(tmp_path: Path, required: str) -> subprocess.CompletedProcess[str]:
    probe = tmp_path / "test_probe.py"
    probe.write_text(USES_CHROMIUM, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "tests.conftest", "-p", "no:cacheprovider"]
    options = ["--rootdir", str(tmp_path), "-c", str(ROOT / "setup.cfg"), str(probe)]
    environment = {**os.environ, "PATH": "/nowhere", "KM_REQUIRE_REAL": required, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [*command, *options], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def test_an_absent_part_is_skipped_loudly(tmp_path: Path) -> None:
    done = run_without_chromium(tmp_path, required="")
    assert done.returncode == 0, done.stdout
    assert "!!! NOT TESTED HERE: Chromium is absent" in done.stdout
    assert "1 skipped" in done.stdout


def test_an_absent_part_fails_where_it_is_required(tmp_path: Path) -> None:
    done = run_without_chromium(tmp_path, required="1")
    assert done.returncode == 1, done.stdout
    assert "Chromium is absent" in done.stdout


def test_databases_are_fresh_and_dropped(postgres_server: Server) -> None:
    with fresh_database(postgres_server) as url:
        with psycopg.connect(url.replace("+psycopg", "")) as connection:
            assert connection.execute(
                "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
            ).fetchone() == (0,)
            assert connection.execute("SHOW server_encoding").fetchone() == ("UTF8",)
        name = url.rpartition("/")[2]
    with psycopg.connect(postgres_server.address) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
    assert found is None


def test_the_server_dies_with_a_killed_run(postgres_server: Server) -> None:
    if find_binaries() is None:
        pytest.skip("NOT TESTED HERE: PostgreSQL is not on this machine")
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDS_A_SERVER], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    with process.stdout:
        fields = dict(field.split("=") for field in process.stdout.readline().split())
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert gone("127.0.0.1", int(fields["port"]), seconds=10)


def gone(host: str, port: int, seconds: float) -> bool:
    """Tell whether nobody answers at an address any more, waiting for that a while."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex((host, port)) != 0:
                return True
        time.sleep(0.05)
    return False
