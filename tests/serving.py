"""The commands as a person runs them, in processes of their own; and an application served in a thread."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from flask import Flask
from werkzeug.serving import make_server

from repository import ports

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 60.0


def environment(data: Path, **settings: str | int) -> dict[str, str]:
    """Give the environment of an installation in a folder."""
    own = {f"KM_{name.upper()}": str(value) for name, value in settings.items()}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KM_")}
    return {**kept, "KM_DATA": str(data), "KM_LOG_LEVEL": "WARNING", **own}


def km(data: Path, *words: str, **settings: str | int) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    command = [sys.executable, str(ROOT / "wsgi.py"), *words]
    return subprocess.run(
        command, env=environment(data, **settings), cwd=ROOT, capture_output=True, text=True, check=False
    )


@contextmanager
def site(data: Path, *words: str) -> Iterator[str]:
    """Serve an installation, its worker beside it, while the block runs; gives the site's address."""
    port = ports.any_free()
    command = [sys.executable, str(ROOT / "wsgi.py"), "serve", *words]
    process = subprocess.Popen(command, env=environment(data, port=port), cwd=ROOT)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(f"{address}/readyz", process)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=60)


@contextmanager
def application(app: Flask) -> Iterator[str]:
    """Serve an application in a thread of this process while the block runs; gives its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, f"the server ended by itself ({process.returncode})"
        try:
            if httpx.get(address, timeout=5).status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise AssertionError(f"{address} did not answer in {START_SECONDS} s")
