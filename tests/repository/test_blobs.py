"""The store of bytes: whole or not at all, and never by a caller's path."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from repository.blobs import FolderBlobs, digest_of
from repository.errors import NotFound


@pytest.fixture
def blobs(tmp_path: Path) -> FolderBlobs:
    return FolderBlobs(tmp_path / "files")


def make(path: Path, content: bytes = b"old book") -> Path:
    path.write_bytes(content)
    return path


def write_small(target: Path) -> None:
    target.write_bytes(b"small")


def test_a_file_is_found_under_its_digest(blobs: FolderBlobs, tmp_path: Path) -> None:
    digest = blobs.put(make(tmp_path / "page.jpg"))
    assert digest == hashlib.sha256(b"old book").hexdigest() == digest_of(blobs.local(digest))
    assert blobs.local(digest).relative_to(blobs.root).parts == ("original", digest[:2], digest[2:4], digest)
    assert blobs.put(make(tmp_path / "again.jpg")) == digest


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "A" * 64, "0" * 63, "0" * 64])
def test_nothing_but_a_known_digest_opens_anything(blobs: FolderBlobs, name: str) -> None:
    with pytest.raises(NotFound):
        blobs.local(name)


def test_a_derivative_is_made_once_and_a_failed_one_leaves_nothing(
    blobs: FolderBlobs, tmp_path: Path
) -> None:
    digest = blobs.put(make(tmp_path / "page.jpg"))
    calls: list[Path] = []

    def work(target: Path) -> None:
        calls.append(target)
        target.write_bytes(b"small")

    def fail(target: Path) -> None:
        target.write_bytes(b"half")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        blobs.derive(digest, "thumb.jpg", fail)
    assert blobs.derived(digest, "thumb.jpg") is None
    first = blobs.derive(digest, "thumb.jpg", work)
    assert blobs.derive(digest, "thumb.jpg", work) == first and len(calls) == 1
    assert list((blobs.root / "tmp").iterdir()) == []


def test_deleting_takes_the_derivatives_along(blobs: FolderBlobs, tmp_path: Path) -> None:
    digest = blobs.put(make(tmp_path / "page.jpg"))
    blobs.derive(digest, "thumb.jpg", write_small)
    blobs.delete(digest)
    assert not blobs.has(digest) and blobs.derived(digest, "thumb.jpg") is None
