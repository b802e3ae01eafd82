"""A machine's words from JSON Lines, and the commands around words for pictures."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from repository import assets, changes, cli_words, counters, machine_words
from repository.cli_support import Commands
from repository.database import Database
from repository.errors import BadRequest
from repository.item import MediaRef, Text
from repository.machine_words import Imported
from repository.memory import Memory, open_memory
from repository.settings import Settings
from tests.repository.test_picture_words import PICTURE, SENT, file, put, said

SECOND = MediaRef("p2", "https://x.example/p2.jpg", label=Text("뒤", "ko"))


def line(asset: str, **more: object) -> str:
    return json.dumps({"asset": asset, **more}, ensure_ascii=False) + "\n"


def take(database: Database, *lines: str, made: str = "2026-11-20") -> Imported:
    text = "".join(lines).encode()
    return machine_words.take(database, io.BytesIO(text), "seer 2.1", made, "김사서")


def test_lines_are_taken_once_and_stand_where_nobody_else_wrote(database: Database) -> None:
    item = put(database, PICTURE, SECOND)
    ids = [file(database, item, place).id for place in (0, 1)]
    lines = [
        line(ids[0], alt={"ko": "기계가 본 사람들", "en": "People seen by a machine"}),
        line(
            ids[1], alt={"en": "A hill"}, description={"en": "A hill.\n\n\n Two  trees."}, made="2026-11-19"
        ),
    ]
    assert take(database, *lines) == Imported(2, 0, 0, [])
    assert said(database, item) == [(SENT.value, "institution"), ("People seen by a machine", "machine")]
    second = file(database, item, 1)
    assert (second.alt[0].model, second.alt[0].made, second.alt_origin) == (
        "seer 2.1",
        "2026-11-19",
        "machine",
    )
    assert second.description[0].value == "A hill.\n\nTwo trees."
    with database.read() as conn:
        head = changes.head(conn)
    assert take(database, *lines) == Imported(0, 2, 0, [])
    with database.read() as conn:
        assert changes.head(conn) == head


def test_each_bad_line_is_refused_by_its_number_and_leaves_nothing(database: Database) -> None:
    item = put(database, PICTURE, SECOND)
    asset = file(database, item, 1).id
    found = take(
        database,
        "\n",
        "{no json\n",
        line(asset, alt={"ko": "산"}, more=1),
        line("nobody", alt={"ko": "큰 산"}),
        line(asset, alt={"ko": "큰 산과 강", "en": "뒤"}),
        line(asset, alt={"no language!": "큰 산"}),
        line(asset, alt={"en" + "-abcdefgh" * 9: "큰 산"}),
        line(asset, alt={"ko": "x" * 501}),
        line(asset, alt={"ko": "산\0강"}),
        line(asset, alt={"ko": " "}),
        line(asset, alt={"ko": "큰 산"}, made="yesterday"),
        line(asset, alt={"ko": 3}),
        line(asset, alt={"ko": "큰 산과 강"}),
    )
    assert (found.written, found.refused) == (1, 11)
    assert [(one.line, one.code) for one in found.refusals] == [
        (2, "words_line"), (3, "words_line"), (4, "asset_unknown"), (5, "words_title_only"), (6, "words_language"),
        (7, "words_language"), (8, "words_too_long"), (9, "words_unprintable"), (10, "words_unprintable"),
        (11, "words_day"), (12, "words_line"),
    ]  # fmt: skip
    assert [text.value for text in file(database, item, 1).alt] == ["큰 산과 강"]


@pytest.mark.parametrize("name", ["", " ", "x" * 129, "a\0b"])
def test_a_machine_needs_a_name(database: Database, name: str) -> None:
    with pytest.raises(BadRequest, match="words_machine"):
        machine_words.take(database, io.BytesIO(b""), name, "", "")


def test_a_line_without_end_ends_the_import() -> None:
    raw = io.BytesIO(b"{" + b" " * machine_words.LINE_BYTES * 3)
    with pytest.raises(BadRequest, match="words_line"):
        list(machine_words._lines(raw))


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    opened = open_memory(Settings(data=str(tmp_path / "data"), public_url="https://memory.example"))
    opened.database.migrate()
    yield opened
    opened.close()


def run(memory: Memory, *words: str, code: int = 0) -> Result:
    group = Commands(commands={"words": cli_words.words})
    done = CliRunner().invoke(group, ["words", *words], obj=lambda: memory)
    assert done.exit_code == code, done.output
    return done


def test_a_person_writes_withdraws_and_sees_what_is_lacking(memory: Memory, tmp_path: Path) -> None:
    database = memory.database
    item = put(database, PICTURE, SECOND)
    asset = file(database, item, 1).id
    (gap,) = json.loads(run(memory, "gaps", "--json").output)
    assert gap == {"asset": asset, "label": "뒤", "page": f"https://memory.example/items/{item}",
                   "address": f"https://memory.example/iiif/image/{asset}/full/max/0/default.jpg"}  # fmt: skip
    assert asset in run(memory, "gaps", "--institution", "lib").output
    assert run(memory, "gaps", "--institution", "other").output.strip() == ""
    assert run(memory, "gaps", "--after", asset).output.strip() == ""
    run(
        memory,
        "set",
        asset,
        "--alt-ko",
        "강가에 선 나무",
        "--long-en",
        "A tree by a river.",
        "--by",
        "김사서",
    )
    assert json.loads(run(memory, "gaps", "--json").output) == []
    shown = file(database, item, 1)
    assert (shown.alt_origin, shown.description[0].origin) == ("person", "person")
    with database.read() as conn:
        assert counters.of_scope(conn, "lib")[assets.WORDS] == {"institution": 1, "person": 1}
    kept = json.loads(run(memory, "list", asset, "--json").output)
    assert [(one["field"], one["lang"], one["by"]) for one in kept] == [
        ("alt", "ko", "김사서"), ("description", "en", "김사서"),
    ]  # fmt: skip
    run(memory, "set", asset, "--withdraw", "alt-ko")
    assert file(database, item, 1).alt_origin == "none"
    refused = run(memory, "set", asset, "--alt-ko", "달밤의 춤, 뒤", code=1)
    assert "words_title_only" in refused.output
    assert "asset_unknown" in run(memory, "set", "nobody", "--alt-ko", "큰 산", code=1).output
    assert "asset_unknown" in run(memory, "list", "nobody", code=1).output
    assert run(memory, "set", asset, code=2).exit_code == 2
    lines = tmp_path / "seen.jsonl"
    lines.write_text(line(asset, alt={"ko": "나무 한 그루"}) + line("nobody", alt={"ko": "큰 산"}), "utf-8")
    told = run(memory, "import", str(lines), "--machine", "seer", "--made", "2026-11-20", code=1)
    assert "written 1, same 0, refused 1" in told.output and "2: asset_unknown" in told.output
    assert run(memory, "conflicts").output.strip() == ""
