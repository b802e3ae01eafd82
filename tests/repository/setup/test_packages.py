from __future__ import annotations

import base64
import hashlib
import io
import json
import shutil
import tarfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from repository.errors import ConfigurationError, KoreanMemoryError
from repository.setup.cli import PACKAGES
from repository.setup.packages import Package, check, fetch, read_packages, unpack

FILES = {
    "package/package.json": b'{"name": "viewer", "version": "1.0.0"}',
    "package/build/viewer.js": b"let viewer;",
    "package/build/viewer.js.map": b"{}",
    "package/images/a.png": b"a",
    "package/images/deep/b.png": b"b",
}
TAKE = (("build/viewer.js", "vendor/viewer.js"), ("images/", "vendor/images/"))


def tarball(path: Path, files: dict[str, bytes], links: tuple[str, ...] = ()) -> Path:
    with tarfile.open(path, "w:gz") as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
        for name in links:
            link = tarfile.TarInfo(name)
            link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
            archive.addfile(link)
    return path


def package_of(path: Path) -> Package:
    integrity = "sha512-" + base64.b64encode(hashlib.sha512(path.read_bytes()).digest()).decode()
    return Package("viewer", "1.0.0", "MIT", integrity, TAKE)


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return tarball(tmp_path / "viewer-1.0.0.tgz", FILES)


def code_of(refused: pytest.ExceptionInfo[KoreanMemoryError]) -> str:
    assert refused.value.ko != refused.value.en
    return refused.value.code


def test_a_flipped_byte_is_refused(good: Path) -> None:
    package = package_of(good)
    check(package, good)
    content = bytearray(good.read_bytes())
    content[len(content) // 2] ^= 1
    good.write_bytes(content)
    with pytest.raises(KoreanMemoryError) as refused:
        check(package, good)
    assert code_of(refused) == "setup.integrity"


def test_only_the_wanted_files_are_written(good: Path, tmp_path: Path) -> None:
    target = tmp_path / "var"
    written = unpack(package_of(good), good, target)
    assert {str(path.relative_to(target)) for path in written} == {
        "vendor/viewer.js",
        "vendor/images/a.png",
        "vendor/images/deep/b.png",
    }
    assert {path for path in target.rglob("*") if path.is_file()} == set(written)
    assert (target / "vendor/images/deep/b.png").read_bytes() == b"b"


def test_links_are_passed_over(tmp_path: Path) -> None:
    path = tarball(tmp_path / "t.tgz", FILES, links=("package/images/link",))
    unpack(package_of(path), path, tmp_path / "var")
    assert not (tmp_path / "var/vendor/images/link").exists()


@pytest.mark.parametrize("name", ["package/images/../../../evil", "package/images//../../../../evil"])
def test_a_path_that_climbs_out_is_refused(tmp_path: Path, name: str) -> None:
    path = tarball(tmp_path / "t.tgz", {**FILES, name: b"!"})
    with pytest.raises(KoreanMemoryError) as refused:
        unpack(package_of(path), path, tmp_path / "deep/er/var")
    assert code_of(refused) == "setup.content"
    assert not list(tmp_path.rglob("evil"))


def test_what_is_no_longer_in_the_package_is_named(good: Path, tmp_path: Path) -> None:
    package = replace(package_of(good), take=(*TAKE, ("build/gone.css", "vendor/gone.css")))
    with pytest.raises(KoreanMemoryError, match=r"build/gone\.css") as refused:
        unpack(package, good, tmp_path / "var")
    assert code_of(refused) == "setup.content"


def test_our_own_list_can_be_read() -> None:
    packages = read_packages(PACKAGES)
    assert {package.name for package in packages} >= {"openseadragon", "pretendard-gov"}
    for package in packages:
        assert package.integrity.startswith("sha512-")
        assert len(base64.b64decode(package.integrity.removeprefix("sha512-"))) == 64
        assert all(wanted.endswith("/") == place.endswith("/") for wanted, place in package.take)
        assert any("LICENSE" in wanted for wanted, _ in package.take), f"{package.name}: no licence is kept"


@contextmanager
def registry(served: Path) -> Iterator[str]:
    """Serve one package as an npm registry does, over loopback."""

    class Registry(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path.endswith(".tgz"):
                body = served.read_bytes()
            else:
                address = f"http://{self.headers['Host']}/viewer-1.0.0.tgz"
                version = {"name": "viewer", "version": "1.0.0", "dist": {"tarball": address}}
                body = json.dumps(
                    {"name": "viewer", "dist-tags": {"latest": "1.0.0"}, "versions": {"1.0.0": version}}
                ).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Keep the tests' output free of requests."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Registry) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.skipif(shutil.which("npm") is None, reason="NOT TESTED HERE: npm is absent")
def test_npm_fetches_and_the_digest_is_checked(
    good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = package_of(good)
    monkeypatch.setenv("npm_config_cache", str(tmp_path / "cache"))
    with registry(good) as address:
        monkeypatch.setenv("npm_config_registry", address)
        fetched = fetch(package, tmp_path / "one")
        assert fetched.read_bytes() == good.read_bytes()
        with pytest.raises(KoreanMemoryError) as refused:
            fetch(replace(package, integrity="sha512-AAAA"), tmp_path / "two")
        assert code_of(refused) == "setup.integrity"
        with pytest.raises(KoreanMemoryError, match=r"viewer@9\.9\.9") as absent:
            fetch(replace(package, version="9.9.9"), tmp_path / "three")
        assert code_of(absent) == "setup.fetch"


def test_without_npm_the_answer_is_clear(good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ConfigurationError) as refused:
        fetch(package_of(good), tmp_path)
    assert code_of(refused) == "setup.npm"
