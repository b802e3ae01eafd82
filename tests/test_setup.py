from __future__ import annotations

import ast
import configparser
import importlib.metadata
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import iiif_prezi3
import PIL
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.conftest import ROOT

CODE = ("wsgi.py", "repository", "harvest", "curation")
TARGETS = ("run", "test", "lint", "setup", "system")
# Distributions that no module imports, and why they are named all the same.
NOT_IMPORTED = {
    "brotli": "compresses the web fonts: fontTools imports it",
    "datasets": "loads the data set as its readers do, in a program of its own",
    "elasticsearch": "reserved for the search engine beside Tantivy, whose seam is there",
    "granian": "the server, run as a program",
    "lxml-stubs": "types",
    "mlcroissant": "loads the data set as its readers do, in a program of its own",
    "mypy": "run as a program",
    "psycopg": "SQLAlchemy imports it, by the database's address",
    "pyarrow-stubs": "types",
    "pytest-xdist": "a part of pytest",
    "ruff": "run as a program",
}
# Parts of a framework that may be imported without being named.
COMES_WITH_FLASK = {"babel", "jinja2", "markupsafe", "werkzeug"}
# The one requirement that we do not keep: iiif-prezi3 puts a ceiling on Pillow, below Pillow's security fixes.
LIFTED = {("iiif-prezi3", "pillow")}


def requirements(*, test: bool) -> list[Requirement]:
    config = configparser.ConfigParser()
    config.read(ROOT / "setup.cfg", encoding="utf-8")
    text = config["options.extras_require"]["test"] if test else config["options"]["install_requires"]
    return [Requirement(line) for line in text.splitlines() if line and not line.startswith("#")]


def pinned() -> dict[str, Version]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = (line.split("==") for line in lines if not line.startswith("#"))
    return {canonicalize_name(name): Version(version) for name, version in pins}


def test_exact_versions_lie_within_the_ranges() -> None:
    pins = pinned()
    for requirement in requirements(test=False) + requirements(test=True):
        version = pins[canonicalize_name(requirement.name)]
        assert version in requirement.specifier, f"{requirement} does not allow {version}"


def test_exact_versions_name_no_place_on_the_network() -> None:
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines():
        assert line.startswith("# ") or re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][0-9a-z.+]*", line), line


def test_the_environment_is_what_the_list_says() -> None:
    for name, version in pinned().items():
        assert Version(importlib.metadata.version(name)) == version, name


def needs(name: str) -> Iterator[Requirement]:
    """What a distribution itself requires here, its extras left out."""
    for line in importlib.metadata.requires(name) or ():
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            yield requirement


def test_the_list_is_complete_and_lifts_one_ceiling_only() -> None:
    pins = pinned()
    broken = set()
    for name in pins:
        for requirement in needs(name):
            needed = canonicalize_name(requirement.name)
            assert needed in pins, f"{name} needs {needed}, which constraints.txt lacks"
            if pins[needed] not in requirement.specifier:
                broken.add((name, needed))
    assert broken == LIFTED


def test_pillow_is_new_and_iiif_prezi3_works_with_it() -> None:
    assert Version(PIL.__version__) >= Version("13")
    assert importlib.metadata.version("iiif-prezi3") == "3.1.1"
    canvas = iiif_prezi3.Canvas(id="https://example.org/canvas", height=2, width=1)
    manifest = iiif_prezi3.Manifest(id="https://example.org/manifest", label={"ko": ["책"]}, items=[canvas])
    assert '"height":2' in manifest.json().replace(" ", "")


def imported(*places: str) -> set[str]:
    """Return the top-level names that the Python files of these places import."""
    paths = [path for place in places for path in (ROOT / place, *(ROOT / place).rglob("*.py"))]
    names: set[str] = set()
    for path in paths:
        if path.suffix == ".py" and path.is_file():
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import):
                    names.update(alias.name.partition(".")[0] for alias in node.names)
                elif isinstance(node, ast.ImportFrom) and node.module:
                    names.add(node.module.partition(".")[0])
    return names


def used(*places: str) -> set[str]:
    """Return the distributions that these places import, ours left out."""
    owners = importlib.metadata.packages_distributions()
    found = {str(canonicalize_name(owner)) for name in imported(*places) for owner in owners.get(name, ())}
    return found - {"korean-memory"}


def named(*, test: bool) -> set[str]:
    return {str(canonicalize_name(requirement.name)) for requirement in requirements(test=test)}


def test_every_requirement_is_used() -> None:
    assert named(test=False) - used(*CODE) - set(NOT_IMPORTED) == set()
    assert named(test=True) - used(*CODE, "tests", "benchmarks") - set(NOT_IMPORTED) == set()


def test_everything_used_is_named() -> None:
    assert used(*CODE) - named(test=False) - COMES_WITH_FLASK == set()
    everything = named(test=False) | named(test=True)
    assert used(*CODE, "tests", "benchmarks") - everything - COMES_WITH_FLASK == set()


@pytest.mark.parametrize("target", TARGETS)
def test_make_knows_its_targets(target: str) -> None:
    done = subprocess.run(
        ["make", "--dry-run", target], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_make_names_what_is_wanting_when_python_is_old(tmp_path: Path) -> None:
    for name in ("Makefile", "setup.cfg", "pyproject.toml", "constraints.txt"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    old.chmod(0o755)
    done = subprocess.run(
        ["make", "lint", f"PYTHON={old}"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    assert "Python 3.11 or later is wanted" in done.stderr


def test_ci_requires_the_real_parts() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    text = script.read_text(encoding="utf-8")
    assert "KM_REQUIRE_REAL=1" in text
    assert "HF_HUB_OFFLINE=1" in text
    assert "set -euo pipefail" in text
