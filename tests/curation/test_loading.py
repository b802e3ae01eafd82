"""A release as a company meets it: loaded offline by `datasets` and `mlcroissant`, every configuration of it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from curation.release.build import build, folder_of
from curation.release.freeze import freeze
from curation.release.loading import three_lines
from curation.release.page_texts import words_of
from curation.release.statistics import STATISTICS, Statistics, decode
from curation.release.terms import Terms
from curation.release.verify import verify
from tests.curation import seed
from tests.serving import ROOT

_LOAD = """
import json, sys
from datasets import load_dataset
{lines}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A built release of pictures, a film and its captions, in several shards."""
    memory = seed.opened(tmp_path_factory.mktemp("loading") / "data")
    seed.collection_of_rights(memory)
    seed.add_film(memory, "film", (*seed.KOGL_0, *seed.TEXT_FREE))
    seed.add_film(memory, "silent-film", seed.KOGL_0)
    freeze(memory, "free", "1.0.0", Terms("견본", "Sample", shard_bytes=8000))
    build(memory, "free", "1.0.0")
    taken = tmp_path_factory.mktemp("taken") / "free-1.0.0"
    shutil.copytree(folder_of(memory, "free", "1.0.0"), taken)
    yield taken
    memory.close()


def sums(folder: Path) -> Statistics:
    return decode((folder / STATISTICS).read_bytes())


def offline(folder: Path, tmp_path: Path, *command: str) -> str:
    """Run a program beside the folder, without a network; gives what it printed."""
    told = {
        **os.environ,
        "HF_HUB_OFFLINE": "1",
        "HF_HOME": str(tmp_path),
        "CROISSANT_CACHE": str(tmp_path / "croissant"),
        "HTTP_PROXY": "http://127.0.0.1:9",
        "HTTPS_PROXY": "http://127.0.0.1:9",
    }
    done = subprocess.run(command, cwd=folder.parent, env=told, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def loaded(folder: Path, tmp_path: Path, lines: str) -> Any:
    return json.loads(offline(folder, tmp_path, sys.executable, "-c", _LOAD.format(lines=lines)))


def test_every_configuration_loads_with_the_rows_that_the_sums_say(folder: Path, tmp_path: Path) -> None:
    lines = """
from datasets import get_dataset_config_names
print(json.dumps({
    f"{folder} {name}": len(load_dataset(folder, name, split="train"))
    for folder in ("free-1.0.0", "free-1.0.0/originals") for name in get_dataset_config_names(folder)
}))
"""
    told = sums(folder)
    assert loaded(folder, tmp_path, lines) == {
        "free-1.0.0 works": 9, "free-1.0.0 text": 1, "free-1.0.0/originals jpg": 14,
        "free-1.0.0/originals mp4": 2, "free-1.0.0/originals vtt": 1,
    }  # fmt: skip
    assert (told.works, told.texts, told.files, told.pages) == (9, 1, 17, 14)
    assert told.works == json.loads((folder / "plan.json").read_text("utf-8"))["counts"]["works"]


def test_rows_have_typed_columns_with_the_evidence_in_them(folder: Path, tmp_path: Path) -> None:
    lines = """
rows = load_dataset("free-1.0.0", "works", split="train")
first = rows.filter(lambda row: row["title"] == "cleared-0")[0]
print(json.dumps({"features": str(rows.features["rights"]), "rights": first["rights"]}))
"""
    found = loaded(folder, tmp_path, lines)
    evidence = found["rights"]["evidence"]
    assert "'died': Value('int64')" in found["features"]
    assert evidence["inputs"]["makers"][0]["died"] == 1450
    assert evidence["rulings"]["train"]["duties"] == found["rights"]["train"]["duties"]
    assert _texts_of_json(found["rights"]) == []


def _texts_of_json(value: Any) -> list[str]:
    """Name the texts that are JSON themselves."""
    if isinstance(value, dict):
        return [text for part in value.values() for text in _texts_of_json(part)]
    if isinstance(value, list):
        return [text for part in value for text in _texts_of_json(part)]
    return [value] if isinstance(value, str) and value[:1] in ("{", "[") else []


@pytest.mark.parametrize("streaming", [False, True])
def test_shards_load_as_webdataset_by_themselves(folder: Path, tmp_path: Path, streaming: bool) -> None:
    lines = f"""
from pathlib import Path
shards = sorted(map(str, Path("free-1.0.0/originals").glob("train-jpg-*.tar")))
rows = list(load_dataset("webdataset", data_files=shards, split="train", streaming={streaming}))
print(json.dumps([[row["__key__"], row["jpg"].size, row["json"]["item"], row["json"]["train"]] for row in rows]))
"""
    found = loaded(folder, tmp_path, lines)
    assert len(found) == 14 and len({key for key, *_ in found}) == 14
    assert all(size == [60, 80] and train in ("yes", "yes_with") for _, size, _, train in found)
    assert all(key.partition("_")[0] == item and "." not in key for key, _, item, _ in found)


def test_json_lines_load_as_rows(folder: Path, tmp_path: Path) -> None:
    lines = """
columns = load_dataset("free-1.0.0", "works", split="train").features
rows = load_dataset("json", data_files="free-1.0.0/rows/*.jsonl", split="train", features=columns)
print(json.dumps(sorted(rows["title"])))
"""
    assert loaded(folder, tmp_path, lines) == sorted(
        row["title"] for path in folder.glob("data/*") for row in pq.read_table(path).to_pylist()
    )


def test_the_three_lines_of_the_card_run_as_they_stand(folder: Path, tmp_path: Path) -> None:
    card = (folder / "README.md").read_text("utf-8")
    [shown] = [part.partition("```")[0].strip() for part in card.split("```python\n")[1:]]
    assert shown == three_lines("free-1.0.0", sums(folder)) and len(shown.splitlines()) == 3
    more = "print(json.dumps([len(works), next(iter(pictures))['jpg'].size]))"
    assert loaded(folder, tmp_path, f"{shown}\n{more}") == [9, [60, 80]]


def test_the_docs_show_the_same_three_lines(folder: Path) -> None:
    docs = (ROOT / "docs" / "data-users.md").read_text("utf-8")
    assert three_lines("sample-1.0.0", sums(folder)) in docs


def test_the_text_of_pages_is_a_configuration_with_its_own_rights(folder: Path) -> None:
    [path] = folder.glob("text/*.parquet")
    [row] = pq.read_table(path).to_pylist()
    assert row["text"] == "설날 아침, 떡국 & 세배\n보름달이 뜬다" and row["characters"] == len(row["text"])
    assert (row["page"], row["lang"], row["kind"]) == (1, "ko", "captions")
    assert row["rights"]["answer"] == "yes" and row["mark"] == "cc0-1.0"
    assert [layer["layer"] for layer in row["evidence"]["layers"]] == ["work", "reproduction", "text"]
    assert verify(folder).texts == 1


def test_captions_that_are_not_cleared_are_in_no_file(folder: Path) -> None:
    rows = {row["title"]: row for path in folder.glob("data/*") for row in pq.read_table(path).to_pylist()}
    assert [file["role"] for file in rows["film"]["files"]] == ["film", "caption"]
    assert [file["of"] for file in rows["film"]["files"]] == [0, 1]
    assert [file["role"] for file in rows["silent-film"]["files"]] == ["film"]
    assert rows["silent-film"]["rights"]["withheld"] == ["notes", "captions"]


def test_a_release_without_texts_has_no_such_configuration(tmp_path: Path) -> None:
    memory = seed.opened(tmp_path / "data")
    seed.add(memory, "picture")
    freeze(memory, "free", "1.0.0", Terms())
    build(memory, "free", "1.0.0")
    folder = folder_of(memory, "free", "1.0.0")
    card = (folder / "README.md").read_text("utf-8")
    assert "config_name: text" not in card and "There is no configuration `text`" in card
    assert not (folder / "text").exists()
    memory.close()


def test_croissant_validates_and_loads_offline(folder: Path, tmp_path: Path) -> None:
    tool = Path(sys.executable).parent / "mlcroissant"
    offline(folder, tmp_path, str(tool), "validate", "--jsonld", "free-1.0.0/croissant.json")
    lines = """
import mlcroissant
document = mlcroissant.Dataset(jsonld="free-1.0.0/croissant.json")
records = {one.name: list(document.records(record_set=one.name)) for one in document.metadata.record_sets}
work = next(one for one in records["works"] if one["works/title"] == b"cleared-0")
print(json.dumps({
    "numbers": {name: len(found) for name, found in records.items()},
    "work": {name: str(value) for name, value in work.items()},
    "picture": records["originals-jpg"][0]["originals-jpg/content"].size,
}))
"""
    found = loaded(folder, tmp_path, lines)
    assert found["numbers"] == {
        "works": 9, "text": 1, "originals-jpg": 14, "originals-mp4": 2, "originals-vtt": 1,
    }  # fmt: skip
    assert found["picture"] == [60, 80]
    assert "yes_with" in found["work"]["works/rights/train/answer"]


def test_croissant_names_every_file_with_its_sha256(folder: Path) -> None:
    document = json.loads((folder / "croissant.json").read_text("utf-8"))
    told = {
        one["contentUrl"]: one["sha256"]
        for one in document["distribution"]
        if one["@type"] == "cr:FileObject"
    }
    lines = (folder / "checksums.sha256").read_text("ascii").splitlines()
    listed = {name: sha256 for sha256, name in (line.split("  ") for line in lines)}
    assert told == {name: sha256 for name, sha256 in listed.items() if name != "croissant.json"}


@pytest.mark.parametrize(
    ("captions", "words"),
    [
        (b"\xef\xbb\xbfWEBVTT\r\n\r\n00:01.000 --> 00:02.000\r\none\r\ntwo", "one two"),
        (b"WEBVTT - head\n\nSTYLE\n::cue {}\n\nx\n00:01.000 --> 00:02.000 line:0\n<c.loud>a&lt;b</c>", "a<b"),
        (b"WEBVTT", ""),
        (b"\xff\xfe not text", ""),
    ],
)
def test_captions_are_read_as_words(captions: bytes, words: str) -> None:
    assert words_of(captions) == words
