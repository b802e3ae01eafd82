"""Compiled modules: the same answers as the files they are made of, and never older than these."""

from __future__ import annotations

import importlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from repository import compiled
from repository.setup.compiling import what_is_missing
from tests.conftest import ROOT

TOLD = """
import json, sys
from zlib import crc32
from repository.search import analysis, kept, prefixes, ranking, statistics, terms, tokens
from repository.search.document import SearchDocument

TITLES = ("훈민정음 해례본", "訓民正音", "Hunmin chŏngŭm", "大東輿地圖", "조선왕조실록 1592년", "김홍도 風俗圖帖",
    "龍飛御天歌 2")
NOTE = "세종대왕이 1443년에 만든 글자이다. 世宗 때의 일이다.\\nKing Sejong's letters? 28자였다."
ASKED = ("훈민정음", "hunminjeongeum", "ㅎㅁㅈㅇ", "세종대왕이 만든 글자는 몇 자인가?", "용비어천가", "gnsalswjddma",
    "「大東輿地圖」")
made = [
    SearchDocument(
        f"d{n}", n, {"titles": (title, TITLES[n - 1]), "makers": ("세종", "世宗"), "notes": (NOTE[n:],)}, {}
    )
    for n, title in enumerate(TITLES)
]
found = [tokens.analysed(one) for one in made]
counted = statistics.count_tokens(iter(found))
held = [kept.Kept(kept.write(kept.streams(one))) for one in found]
candidates = [ranking.Candidate(one.id, streams) for one, streams in zip(made, held)]
json.dump({
    "compiled": not analysis.__file__.endswith(".py"),
    "tokens": found,
    "analysed": [analysis.analyse(one) for one in (*TITLES, NOTE)],
    "counted": [counted.documents, crc32(counted.counters), counted.frequency("word", "세종")],
    "ranked": [str(ranking.rank(terms.of(one), candidates, counted)) for one in ASKED],
    "beginnings": [prefixes.tokens(one) for one in TITLES],
}, sys.stdout)
"""


def told(root: Path) -> dict[str, object]:
    """Have the modules below a folder answer, in a process of their own."""
    done = subprocess.run([sys.executable, "-c", TOLD], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    answered: dict[str, object] = json.loads(done.stdout)
    return answered


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the core, with what was compiled of it."""
    if not compiled.places("repository.search"):
        missing = what_is_missing()
        if os.environ.get("KM_REQUIRE_REAL") and not missing:
            pytest.fail("nothing is compiled as it stands: run `make setup`")
        pytest.skip(f"nothing is compiled as it stands: {missing or 'run `make setup`'}")
    shutil.copytree(
        ROOT / "repository", tmp_path / "repository", ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copytree(compiled.folder(), tmp_path / "var" / "compiled" / compiled.folder().name)
    return tmp_path


def test_compiled_modules_answer_as_they_are_written(copied: Path) -> None:
    by_machine = told(copied)
    assert by_machine.pop("compiled")
    shutil.rmtree(copied / "var")
    as_written = told(copied)
    assert not as_written.pop("compiled")
    assert by_machine == as_written


def test_a_module_that_was_changed_runs_as_it_is_written(copied: Path) -> None:
    with (copied / compiled.source("repository.search.titles")).open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    assert not told(copied)["compiled"]


@pytest.mark.usefixtures("copied")
def test_all_of_them_run_compiled_here() -> None:
    for name in compiled.MODULES:
        file = importlib.import_module(name).__file__
        assert file is not None
        assert Path(file).is_relative_to(compiled.folder()), name
