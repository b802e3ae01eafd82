"""The commands of librarians and operators, one after another over the tiny sample, as they would be typed."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner, Result

from harvest import demo as harvest_demo
from repository.settings import load, to_toml
from tests import tiny
from tests.serving import ROOT, environment
from wsgi import GARBAGE, create_app, km

BROKEN, UNTITLED = "sample-library", "sample-museum"


class Desk(NamedTuple):
    """Where the commands are typed: the sample, its address, and the data folder."""

    sample: Path
    base: str
    data: Path

    def type(self, *words: str, code: int = 0) -> Result:
        """Type a command, which must end with a code."""
        done = CliRunner().invoke(km, list(words), env={"KM_DATA": str(self.data)})
        assert done.exit_code == code, f"{words}: {done.exit_code}\n{done.output}{done.exception!r}"
        return done

    def read(self, *words: str, code: int = 0) -> Any:
        """Type a command and read the JSON that it answers with."""
        return json.loads(self.type(*words, "--json", code=code).stdout.splitlines()[-1])

    def item(self, source: str, ending: str) -> str:
        """Give the id of the item whose identifier ends so."""
        memory = create_app(load({"KM_DATA": str(self.data)})).extensions["memory"]
        with memory.database.read() as conn:
            rows = conn.exec_driver_sql("SELECT item, source, local_id FROM identity").all()
        memory.close()
        return next(str(row[0]) for row in rows if row[1] == source and row[2].endswith(ending))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("desk")
    tiny.build(folder / "sample")
    with tiny.served(folder / "sample") as base:
        made = Desk(folder / "sample", base, folder / "data")
        made.type("init")
        for file in sorted(harvest_demo.SOURCES.glob("*.toml")):
            made.type("source", "add", str(file), "--base", base)
        made.type("harvest", "run", "--no-media")
        made.type("harvest", "run")
        made.type("rebuild", "index")
        yield made


def test_settings_are_written_with_their_comments(desk: Desk, tmp_path: Path) -> None:
    desk.type("init", "--config", str(tmp_path / "memory.toml"))
    written = (tmp_path / "memory.toml").read_text("utf-8")
    assert written == to_toml(load({"KM_DATA": str(desk.data)}))
    assert load({}, tmp_path / "memory.toml").data == str(desk.data)


def test_sources_are_checked_listed_and_paused(desk: Desk) -> None:
    look = ("source", "check", "--pace", "0")
    checked = desk.read(
        *look, f"{desk.base}/museum/oai", code=1
    )  # its files lie on a host that is not public
    assert "mods" in checked["found"]["prefixes"] and checked["found"]["records"] > 0
    assert {row["state"] for row in desk.read("source", "list")} == {"active"}
    desk.type("source", "pause", "sample-archive")
    assert {row["id"]: row["state"] for row in desk.read("source", "list")}["sample-archive"] == "paused"
    assert "sample-archive" not in {run["source"] for run in desk.read("harvest", "run", "--no-media")}
    reports = {one["source"]: one for one in desk.read("harvest", "report")}
    assert reports["sample-museum"]["state"] == "complete" and "sample-archive" in reports
    assert "온전히 끝남" in desk.type("harvest", "report", str(reports["sample-museum"]["run"])).stdout
    desk.type("source", "pause", "sample-archive", "--resume")
    refused = desk.type(*look, f"{desk.base}/nothing/oai", code=2)
    assert "Traceback" not in refused.output and "이대로는 수집할 수 없습니다" in refused.stdout


def test_an_unchanged_source_added_again_says_so(desk: Desk) -> None:
    file = str(harvest_demo.SOURCES / "library.toml")
    assert desk.read("source", "add", file, "--base", desk.base) == {
        "source": "sample-library",
        "changed": False,
    }


def test_sums_hold_for_every_source(desk: Desk) -> None:
    for row in desk.read("harvest", "status"):
        assert row["known"] == row["live"] + row["deleted"] + row["parked"]
    assert desk.read("status")["behind"]["index"] == 0


def test_what_was_set_aside_can_be_seen_and_tried_again(desk: Desk) -> None:
    aside = {row["source"]: row for row in desk.read("parked", "list")}
    assert (aside[BROKEN]["kind"], aside[UNTITLED]["kind"]) == ("quarantined", "parked")
    for row in aside.values():
        assert "<" in desk.type("parked", "show", row["source"], row["local_id"]).stdout
    desk.type("parked", "show", BROKEN, "nothing", code=1)
    assert desk.read("parked", "retry")
    assert {row["source"] for row in desk.read("parked", "list")} == set(aside)


def test_a_title_lets_a_parked_record_out(desk: Desk) -> None:
    local_id = next(row["local_id"] for row in desk.read("parked", "list") if row["kind"] == "parked")
    item = desk.item(UNTITLED, local_id)
    desk.type("correct", "set", item, "titles", "이름을 찾은 그림", "--reason", "도록에 있음", "--by", "kim")
    assert UNTITLED not in {row["source"] for row in desk.read("parked", "list")}
    desk.type("correct", "set", item, "titles", "--withdraw")
    assert UNTITLED in {row["source"] for row in desk.read("parked", "list")}


def test_a_correction_stays_and_its_conflict_is_listed(desk: Desk) -> None:
    item = desk.item("sample-library", "L001")
    desk.type(
        "correct",
        "set",
        item,
        "titles",
        "고친 제목",
        "--reason",
        "온전한 제목",
        "--source",
        "도록",
        "--by",
        "kim",
    )
    tiny.override(
        desk.sample,
        {_identifier(desk, item): {"title": "기관이 고친 제목", "datestamp": "2026-11-20T00:00:00Z"}},
    )
    desk.type("harvest", "run", "sample-library", "--full", "--no-media")
    assert [row["value"][0]["value"] for row in desk.read("correct", "list", item)] == ["고친 제목"]
    (conflict,) = desk.read("correct", "conflicts")
    assert conflict["item"] == item and "기관이 고친 제목" in json.dumps(conflict, ensure_ascii=False)
    desk.type("correct", "set", item, "nonsense", "x", code=1)
    desk.type("correct", "set", "nothing", "titles", "x", code=1)
    desk.type("correct", "set", item, "titles", code=2)


def _identifier(desk: Desk, item: str) -> str:
    memory = create_app(load({"KM_DATA": str(desk.data)})).extensions["memory"]
    with memory.database.read() as conn:
        found = conn.exec_driver_sql("SELECT local_id FROM identity WHERE item = ?", (item,)).scalar_one()
    memory.close()
    return str(found)


def test_rights_are_explained_in_both_languages(desk: Desk) -> None:
    item = desk.item("sample-library", "L002")
    assert "자유롭게" in desk.type("rights", "explain", item).stdout
    assert "Free to reuse" in desk.type("rights", "explain", item, "--lang", "en").stdout
    assert desk.read("rights", "explain", item)["decision"]["mark"] == "expired"
    desk.type("rights", "explain", "nothing", code=1)


def test_a_takedown_closes_every_door_at_once_and_can_be_lifted(desk: Desk) -> None:
    item = desk.item("sample-library", "L002")
    app = create_app(load({"KM_DATA": str(desk.data)}))
    client, memory = app.test_client(), app.extensions["memory"]
    assert client.get(f"/items/{item}").status_code == 200
    file = client.get(f"/items/{item}.json").get_json()["files"][0]["id"]
    desk.type("takedown", file, "--kind", "privacy", "--reason", "얼굴")
    assert client.get(f"/items/{item}").status_code == 200
    assert client.get(f"/assets/{file}/thumbnail.jpg").status_code == 410
    desk.type("takedown", file, "--reason", "확인함", "--lift")
    desk.type("takedown", item, "--kind", "request", "--reason", "기관의 요청", "--by", "kim")
    assert client.get(f"/items/{item}").status_code == 410
    desk.type("takedown", item, "--reason", "돌려놓음", "--lift")
    assert client.get(f"/items/{item}").status_code == 200
    desk.type("takedown", "nothing", "--reason", "x", code=1)
    memory.close()


def test_a_process_that_serves_looks_for_garbage_among_new_objects_only(desk: Desk) -> None:
    told = "import gc, wsgi; wsgi.serving(); print(gc.get_freeze_count(), *gc.get_threshold())"
    done = subprocess.run(
        [sys.executable, "-c", told],
        cwd=ROOT,
        env=environment(desk.data),
        capture_output=True,
        text=True,
        check=True,
    )
    frozen, *thresholds = map(int, done.stdout.split())
    assert frozen > 50_000
    assert tuple(thresholds) == GARBAGE


def test_the_index_is_compared_and_rebuilt(desk: Desk) -> None:
    desk.type("rebuild", "index")
    assert desk.read("index", "check") == {"missing": [], "stale": [], "surplus": []}
    desk.type("correct", "set", desk.item("sample-library", "L002"), "titles", "새 이름", "--by", "kim")
    assert desk.read("index", "check", code=1)["stale"]
    assert desk.read("index", "status")["behind"]["index"] > 0
    for name in ("items", "derivatives", "manifests", "index"):
        desk.type("rebuild", name)
    assert desk.read("index", "check")["stale"] == []


def test_replay_without_a_change_changes_nothing(desk: Desk) -> None:
    desk.type("harvest", "replay")
    found = desk.read("harvest", "replay", "--dry-run")
    assert (found["changed"], found["fields"], found["ids"]) == (0, {}, []) and found["read"] > 0
