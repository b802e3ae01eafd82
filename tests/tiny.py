"""The tiny sample: about twenty works, built once for all tests and served by the independent implementation."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def sample(command: str, data: Path, *more: str) -> list[str]:
    """Give the words of one command of the sample institutions."""
    return [sys.executable, "-m", "harvest.sample", command, "--tiny", "--data", str(data), *more]


def build(data: Path) -> None:
    """Draw the tiny sample's files."""
    subprocess.run(sample("build", data), check=True, stdout=subprocess.DEVNULL, cwd=ROOT)


@contextmanager
def served(data: Path) -> Iterator[str]:
    """Serve the tiny sample on a free port while the block runs; gives its address."""
    process = subprocess.Popen(
        sample("serve", data, "--port", "0"), stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert process.stdout is not None
    try:
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait(timeout=20)
        process.stdout.close()


def override(data: Path, changes: dict[str, dict[str, object]]) -> None:
    """Change records while the sample is being served."""
    (data / "overrides.json").write_text(json.dumps(changes, ensure_ascii=False), "utf-8")
