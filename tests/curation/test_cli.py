"""`km collection` and `km dataset`, run as people run them, over an installation that `KM_DATA` names."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from curation import collections_cli, datasets_cli
from curation.collection_file import write
from curation.collections import Words
from curation.release import plans, releases
from curation.release.build import CHECKSUMS, folder_of
from curation.release.releases import ReleaseState
from repository import sets, settings
from repository.cli_support import Commands
from repository.memory import Memory, open_memory
from tests.curation import seed
from tests.curation.test_collections import collection
from tests.curation.test_release import SHARDED
from tests.curation.test_revocations import released


@click.group(cls=Commands)
@click.pass_context
def km(ctx: click.Context) -> None:
    @cache
    def opened() -> Memory:
        memory = open_memory(settings.load())
        ctx.call_on_close(memory.close)
        return memory

    ctx.obj = opened


km.add_command(collections_cli.collection)
km.add_command(datasets_cli.dataset)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KM_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def seeded(memory: Memory) -> dict[str, str]:
    return seed.collection_of_rights(memory)


def ran(*words: str, code: int = 0) -> Result:
    result = CliRunner().invoke(km, words)
    assert result.exit_code == code, result.output + repr(result.exception)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def answer(*words: str, code: int = 0) -> Any:
    return json.loads(ran(*words, "--json", code=code).stdout)


def file(*identifiers: str, **changed: object) -> str:
    path = Path("hangul.toml")
    path.write_text(write(collection(*identifiers, **changed)), "utf-8")
    return str(path)


def walk(command: click.Command, *path: str) -> Iterator[tuple[str, ...]]:
    if isinstance(command, click.Group):
        for name, part in command.commands.items():
            yield from walk(part, *path, name)
    else:
        yield path


@pytest.mark.parametrize("words", list(walk(km)), ids=" ".join)
def test_every_command_helps_with_an_example_that_it_understands(words: tuple[str, ...]) -> None:
    said = " ".join(ran(*words, "--help").output.split())
    assert f"Example: km {' '.join(words)}" in said


@pytest.mark.parametrize(
    "words",
    [
        ("collection", "import"),
        ("collection", "check", "nowhere.toml"),
        ("collection", "burn", "hangul"),
        ("dataset", "plan", "free"),
        ("dataset", "plan", "free", "1.0.0", "--type", "spaceship"),
        ("dataset", "plan", "free", "1.0.0", "--shard-bytes", "0"),
        ("dataset", "verify", "nowhere"),
    ],
    ids=" ".join,
)
def test_what_is_not_understood_ends_with_two(words: tuple[str, ...]) -> None:
    ran(*words, code=2)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("collection", "publish", "nothing"), "collection_unknown"),
        (("collection", "withdraw", "nothing"), "collection_unknown"),
        (("collection", "export", "nothing"), "collection_unknown"),
        (("dataset", "plan", "Free", "1.0.0"), "dataset_name"),
        (("dataset", "plan", "free", "1.0"), "dataset_version"),
        (("dataset", "plan", "free", "1.0.0", "--country", "Korea"), "plan_terms"),
        (("dataset", "plan", "free", "1.0.0", "--collection", "nothing"), "collection_unknown"),
        (("dataset", "build", "free", "9.9.9"), "plan_unknown"),
        (("dataset", "publish", "free", "9.9.9"), "release_unknown"),
        (("dataset", "withdraw", "free", "9.9.9"), "release_unknown"),
        (("dataset", "diff", "free", "1.0.0", "9.9.9"), "plan_unknown"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else value,
)
def test_what_is_not_there_ends_with_one_and_its_code(
    seeded: dict[str, str], words: tuple[str, ...], code: str
) -> None:
    result = ran(*words, code=1)
    assert f"\n{code}: " in result.stderr and result.stdout == ""


# ---- km collection


def test_a_collection_is_imported_published_and_withdrawn(seeded: dict[str, str], memory: Memory) -> None:
    path = file("cleared-0", "cleared-1")
    assert answer("collection", "import", path, "--by", "kim") == {"collection": "hangul", "changed": True}
    assert answer("collection", "import", path)["changed"] is False
    assert "그대로입니다 (unchanged)" in ran("collection", "import", path).stdout
    assert answer("collection", "publish", "hangul")["changed"] is True
    with memory.database.read() as conn:
        assert [one.item for one in sets.members(conn, "hangul")] == [
            seeded["cleared-0"],
            seeded["cleared-1"],
        ]
    assert "published" in ran("collection", "list").stdout
    assert answer("collection", "withdraw", "hangul")["changed"] is True
    assert "was not open" in ran("collection", "withdraw", "hangul").stdout
    with memory.database.read() as conn:
        assert sets.find(conn, "hangul") is None


def test_the_list_tells_the_newest_version_from_what_the_public_sees(seeded: dict[str, str]) -> None:
    assert answer("collection", "list") == []
    ran("collection", "import", file("cleared-0"))
    ran("collection", "publish", "hangul")
    ran("collection", "import", file("cleared-0", "cleared-1"), "--by", "kim")
    [row] = answer("collection", "list")
    assert (row["slug"], row["state"], row["open"], row["version"]) == ("hangul", "draft", True, 3)
    assert (row["picks"], row["by"], row["title"]) == (2, "kim", {"ko": "한글", "en": "Hangul"})
    assert ran("collection", "list").stdout == "hangul  draft  공개 중 (open)  자료 (works) 2  한글\n"


def test_a_sound_file_passes_the_check_and_nothing_is_kept(seeded: dict[str, str]) -> None:
    path = file("cleared-0")
    assert "nothing is wrong" in ran("collection", "check", path).stdout
    assert answer("collection", "check", path) == {"collection": "hangul", "findings": []}
    assert answer("collection", "list") == []


def test_errors_fail_the_check_with_their_place_and_warnings_do_not(seeded: dict[str, str]) -> None:
    wrong = file("cleared-0", "nowhere", title=Words("한글"))
    lines = ran("collection", "check", wrong, code=1).stdout.splitlines()
    assert lines[0].startswith(
        "error  translation_missing  title: 두 언어 가운데 하나가 비어 있음: en (the text"
    )
    assert lines[1] == "error  pick_unknown  1.2: 없는 자료: source nowhere (no such work)"
    found = answer("collection", "check", wrong, code=1)["findings"]
    assert [(one["code"], one["where"], one["severity"]) for one in found] == [
        ("translation_missing", "title", "error"),
        ("pick_unknown", "1.2", "error"),
    ]
    [warning] = answer("collection", "check", file("cleared-0", "bare"))["findings"]
    assert (warning["code"], warning["severity"]) == ("pick_without_picture", "warning")


@pytest.mark.parametrize("command", ["check", "import"])
def test_a_file_that_cannot_be_read_ends_with_one(memory: Memory, command: str) -> None:
    Path("broken.toml").write_text("slug = ", "utf-8")
    assert "collection_syntax: " in ran("collection", command, "broken.toml", code=1).stderr


def test_a_collection_with_errors_is_kept_but_not_published(seeded: dict[str, str]) -> None:
    ran("collection", "import", file("cleared-0", "nowhere"))
    result = ran("collection", "publish", "hangul", code=1)
    assert "collection_refused: 1.2: no such work" in result.stderr
    assert answer("collection", "list")[0]["open"] is False


def test_what_is_exported_imports_to_the_same(seeded: dict[str, str]) -> None:
    ran("collection", "import", file("cleared-0", "cleared-1"))
    Path("again.toml").write_text(ran("collection", "export", "hangul").stdout, "utf-8")
    assert Path("again.toml").read_bytes() == Path("hangul.toml").read_bytes()
    assert answer("collection", "import", "again.toml")["changed"] is False
    assert answer("collection", "export", "hangul")["sections"][0]["picks"][1]["identifier"] == "cleared-1"


# ---- km dataset


def test_a_plan_says_what_is_chosen_and_why_the_rest_is_not(seeded: dict[str, str]) -> None:
    said = ran("dataset", "plan", "free", "1.0.0", "--title-ko", "데이터", "--title-en", "Data").stdout
    assert "저작물 (works) 7  원본 (files) 14  크기 (bytes) 42.0 kB  뺀 저작물 (left out) 7" in said
    assert "\n  2  train_no  AI 학습에 쓸 수 없음 (AI training is not allowed)\n" in said
    assert "\n  1  taken_down  " in said
    plan = answer("dataset", "plan", "free", "1.0.1", "--shard-bytes", "8000")
    assert (plan["counts"]["works"], plan["counts"]["bits"], len(plan["digest"])) == (7, 3, 64)
    refused = {row["reason"]: row["works"] for row in plan["counts"]["refused"]}
    assert refused["train_ask"] == 1 and sum(row["works"] for row in plan["counts"]["refused"]) == 7
    assert "plan_exists" in ran("dataset", "plan", "free", "1.0.0", code=1).stderr


def test_the_terms_of_a_plan_are_those_of_its_options(seeded: dict[str, str], memory: Memory) -> None:
    seed.add(memory, "map", type="map")
    ran("collection", "import", file("cleared-0", "cleared-1"))
    ran("collection", "publish", "hangul")

    def works(version: str, *options: str) -> int:
        return int(answer("dataset", "plan", "free", version, *options)["counts"]["works"])

    assert works("1.0.0", "--type", "map") == 1
    assert works("1.0.1", "--type", "map", "--type", "book") == 8
    assert works("1.0.2", "--institution", "nobody") == 0
    assert works("1.0.3", "--collection", "hangul") == 2
    assert works("1.0.4", "--institution", "library", "--country", "KR", "--country", "US") > 0
    with memory.database.read() as conn:
        plan = plans.find(conn, "free", "1.0.4")
    assert plan is not None
    assert (plan.terms.institutions, plan.terms.countries) == (("library",), ("KR", "US"))


def test_a_release_is_built_published_and_withdrawn(seeded: dict[str, str], memory: Memory) -> None:
    ran("dataset", "plan", "free", "1.0.0")
    assert "free 1.0.0  frozen" in ran("dataset", "list").stdout
    built = answer("dataset", "build", "free", "1.0.0")
    assert Path(built["folder"]) == folder_of(memory, "free", "1.0.0")
    assert (built["release"]["state"], built["release"]["works"]) == ("built", 7)
    assert built == answer("dataset", "build", "free", "1.0.0")
    seed.take_down(memory, seeded["cleared-1"])
    published = answer("dataset", "publish", "free", "1.0.0")
    assert (published["release"]["state"], published["recalled"]) == ("published", [seeded["cleared-1"]])
    [row] = answer("dataset", "list")
    assert row == published["release"] and row["root"] == built["release"]["root"]
    assert "회수 (recalled) 1" in ran("dataset", "publish", "free", "1.0.0").stdout
    assert answer("dataset", "withdraw", "free", "1.0.0")["changed"] is True
    assert "was not open" in ran("dataset", "withdraw", "free", "1.0.0").stdout
    with memory.database.read() as conn:
        assert sets.find(conn, "dataset-free") is None
        release = releases.find(conn, "free", "1.0.0")
    assert release is not None and release.state is ReleaseState.WITHDRAWN


def test_a_release_that_nobody_ever_saw_is_not_withdrawn(seeded: dict[str, str]) -> None:
    ran("dataset", "plan", "free", "1.0.0")
    ran("dataset", "build", "free", "1.0.0")
    assert answer("dataset", "withdraw", "free", "1.0.0")["changed"] is False
    assert answer("dataset", "list")[0]["state"] == "built"


def test_a_build_whose_checks_fail_ends_with_one(memory: Memory) -> None:
    ran("dataset", "plan", "free", "1.0.0")
    assert "release_failed: " in ran("dataset", "build", "free", "1.0.0", code=1).stderr
    assert "there is no work to publish" in ran("dataset", "list").stdout
    assert "release_failed: " in ran("dataset", "publish", "free", "1.0.0", code=1).stderr


def test_two_versions_are_compared_work_by_work(seeded: dict[str, str], memory: Memory) -> None:
    ran("dataset", "plan", "free", "1.0.0")
    new = seed.add(memory, "new")
    seed.take_down(memory, seeded["cleared-1"])
    seed.reclaim(memory, "cleared-3", seed.KOGL_1_AI)
    ran("dataset", "plan", "free", "1.1.0")
    found = answer("dataset", "diff", "free", "1.0.0", "1.1.0")
    assert found == {
        "added": [new],
        "removed": [seeded["cleared-1"]],
        "changed": [seeded["cleared-3"]],
        "same": 5,
    }
    lines = ran("dataset", "diff", "free", "1.0.0", "1.1.0").stdout.splitlines()
    assert lines[:3] == [f"+ {new}", f"- {seeded['cleared-1']}", f"~ {seeded['cleared-3']}"]


# ---- km dataset verify


@pytest.fixture
def folder(seeded: dict[str, str], memory: Memory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A downloaded release, on a machine whose settings would stop every command that opens an installation."""
    released(memory)
    moved = folder_of(memory, "free", "1.0.0").rename("free-1.0.0")
    monkeypatch.setenv("KM_DATABASE", "nonsense")
    ran("dataset", "list", code=1)
    return moved


def test_a_whole_release_verifies_without_an_installation(folder: Path) -> None:
    said = ran("dataset", "verify", str(folder)).stdout
    assert said.startswith("free-1.0.0: 온전합니다 (whole)  ") and len(said.splitlines()) == 1
    report = answer("dataset", "verify", str(folder))
    assert (report["whole"], report["works"], report["originals"], report["findings"]) == (True, 7, 14, [])
    assert report["root"] in said


def test_a_flipped_byte_is_named_with_its_file(folder: Path) -> None:
    dice = random.Random(SHARDED.shard_bytes)
    for path in [path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != CHECKSUMS]:
        whole = path.read_bytes()
        broken = bytearray(whole)
        broken[dice.randrange(len(whole))] ^= 1
        path.write_bytes(broken)
        name = str(path.relative_to(folder))
        report = answer("dataset", "verify", str(folder), code=1)
        assert report["whole"] is False
        assert any(one["where"].startswith(name) and one["severity"] == "error" for one in report["findings"])
        path.write_bytes(whole)
    ran("dataset", "verify", str(folder))


def test_people_read_which_files_are_not_whole(folder: Path) -> None:
    (folder / "README.md").write_bytes(b"changed")
    (folder / "LICENSES.md").unlink()
    said = ran("dataset", "verify", str(folder), code=1).stdout
    assert "error  file_changed  README.md: " in said and "error  file_absent  LICENSES.md: " in said
    assert "온전하지 않습니다 (not whole)" in said


def test_a_folder_that_is_no_release_is_not_whole() -> None:
    Path("empty").mkdir()
    assert "checksums_unreadable" in ran("dataset", "verify", "empty", code=1).stdout
