"""Packages of the npm registry: fetched as tarballs, checked by digest, and only the wanted files kept.

`npm pack` rather than `npm install`: it brings the one file asked for, no dependencies and no scripts,
and follows the machine's own settings of registry, proxy and certificates.
"""

from __future__ import annotations

import base64
import hashlib
import shutil
import subprocess
import tarfile
import tomllib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from repository.errors import ConfigurationError, TransferError

PACK_SECONDS = 900
LARGEST_FILE = 64 << 20


@dataclass(frozen=True, slots=True)
class Package:
    """One package at one version, with the digest of its tarball and what we take from it.

    `integrity` is written as npm writes it (Subresource Integrity: ``sha512-`` and base64); `take` pairs a
    path in the package with one below the target folder; where both end in a slash, they are whole folders.
    """

    name: str
    version: str
    licence: str
    integrity: str
    take: tuple[tuple[str, str], ...]


def read_packages(path: Path) -> tuple[Package, ...]:
    """Read the list of packages from its TOML file."""
    with path.open("rb") as file:
        rows = tomllib.load(file)["package"]
    return tuple(Package(**{**row, "take": tuple(row["take"].items())}) for row in rows)


def fetch(package: Package, folder: Path) -> Path:
    """Fetch the tarball into a folder and return its path; the digest is already checked."""
    npm = shutil.which("npm")
    if npm is None:
        raise ConfigurationError(
            "setup.npm", "npm이 없습니다: Node.js가 필요합니다.", "There is no npm: Node.js is wanted."
        )
    # A folder of its own: npm chooses the name of the file.
    target = folder.resolve() / hashlib.sha256(package.integrity.encode()).hexdigest()[:16]
    target.mkdir(parents=True)
    wanted = f"{package.name}@{package.version}"
    said = _run([npm, "pack", "--loglevel=error", "--ignore-scripts", wanted], target)
    tarballs = list(target.glob("*.tgz"))
    if len(tarballs) != 1:
        raise TransferError(
            "setup.fetch",
            f"npm이 {wanted}을(를) 받지 못했습니다: {said}",
            f"npm could not fetch {wanted}: {said}",
        )
    check(package, tarballs[0])
    return tarballs[0]


def _run(command: list[str], folder: Path) -> str:
    """Run a command in a folder, to its end or its limit of time, and return what it said of errors."""
    try:
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, timeout=PACK_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return f"not done after {PACK_SECONDS} s"
    return done.stderr.strip()


def check(package: Package, tarball: Path) -> None:
    """Refuse a tarball whose SHA-512 is not the one we know."""
    with tarball.open("rb") as file:
        digest = hashlib.file_digest(file, "sha512").digest()
    found = "sha512-" + base64.b64encode(digest).decode()
    if found != package.integrity:
        raise TransferError(
            "setup.integrity",
            f"{package.name} {package.version}: 내려받은 파일의 해시가 다릅니다({found}).",
            f"{package.name} {package.version}: the file that arrived has another hash ({found}).",
        )


def unpack(package: Package, tarball: Path, target: Path) -> tuple[Path, ...]:
    """Write the wanted files below the target folder, and return their paths.

    Where a file lands is said by our list, never by the tarball; links and devices are passed over.
    Raises `TransferError` where the package no longer holds something wanted, or a file is too large.
    """
    written = []
    found = set()
    with tarfile.open(tarball, "r:gz") as archive:
        for member in archive:
            match = _destination(package, member)
            if match is None:
                continue
            wanted, path = match
            _write(archive, member, target / path)
            found.add(wanted)
            written.append(target / path)
    missing = sorted({wanted for wanted, _ in package.take} - found)
    if missing:
        raise _unusable(package, f"{', '.join(missing)}?")
    return tuple(written)


def _destination(package: Package, member: tarfile.TarInfo) -> tuple[str, PurePosixPath] | None:
    """Return which of our wishes a member fulfils, and where it goes; None for the rest."""
    # npm's tarballs hold everything in one folder, usually called "package".
    inside = member.name.partition("/")[2]
    for wanted, place in package.take:
        fits = inside.startswith(wanted) if wanted.endswith("/") else inside == wanted
        if member.isfile() and fits:
            path = PurePosixPath(place + inside.removeprefix(wanted))
            if ".." in path.parts or path.is_absolute() or member.size > LARGEST_FILE:
                raise _unusable(package, member.name)
            return wanted, path
    return None


def _write(archive: tarfile.TarFile, member: tarfile.TarInfo, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    source = archive.extractfile(member)
    if source is not None:
        with source, path.open("wb") as file:
            shutil.copyfileobj(source, file)


def _unusable(package: Package, what: str) -> TransferError:
    return TransferError(
        "setup.content",
        f"{package.name} {package.version}: 꾸러미의 내용을 쓸 수 없습니다({what}).",
        f"{package.name} {package.version}: the package's content cannot be used ({what}).",
    )
