"""A release from its frozen plan: chosen and refused, built twice alike, read back, verified."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import tarfile
from pathlib import Path
from typing import Any

import msgspec
import pyarrow.parquet as pq
import pytest
from sqlalchemy import update

from curation.release import plans
from curation.release.build import CHECKSUMS, build, folder_of, write
from curation.release.checks import faults
from curation.release.evidence import RowUse
from curation.release.freeze import freeze, survey
from curation.release.plans import Plan
from curation.release.publish import publish
from curation.release.row import Row, decode
from curation.release.shards import ids_of, shard_of
from curation.release.statistics import century_of
from curation.release.terms import Terms
from curation.release.verify import verify
from curation.tables import plan_row
from repository import assets
from repository.asset import Words
from repository.errors import BadRequest, NotFound, StoreError
from repository.item import Date
from repository.memory import Memory
from tests.curation import seed

SHARDED = Terms("견본", "Sample", shard_bytes=8000)


def frozen(memory: Memory, terms: Terms = SHARDED, version: str = "1.0.0") -> Plan:
    seed.collection_of_rights(memory)
    return freeze(memory, "free", version, terms)


def test_a_plan_names_every_refusal_with_its_reason(either: Memory) -> None:
    ids = seed.collection_of_rights(either)
    plan = freeze(either, "free", "1.0.0", SHARDED)
    with either.database.read() as conn:
        refused = {row.item: row.reason for row in plans.rows(conn, plan.id, chosen=False)}
        chosen = [row.item for row in plans.rows(conn, plan.id, chosen=True)]
    assert refused == {
        ids["ask"]: "train_ask",
        ids["no"]: "train_no",
        ids["silent"]: "train_no",
        ids["undecided"]: "no_decision",
        ids["bare"]: "no_files",
        ids["unfetched"]: "file_missing",
        ids["down"]: "taken_down",
    }
    assert chosen == sorted(ids[name] for name in ids if name.startswith("cleared") or name == "text")
    assert (plan.counts.works, plan.counts.files, plan.counts.bytes) == (7, 14, 14 * 3000)
    assert plan.counts.refused_works == 7
    assert plan.at == "2026-11-24T12:00:00Z"


def test_freezing_the_same_state_twice_gives_the_same_digest(memory: Memory) -> None:
    first = frozen(memory)
    second = freeze(memory, "free", "1.0.1", SHARDED)
    assert first.digest == second.digest == survey(memory, SHARDED)[0]
    seed.add(memory, "one-more")
    assert survey(memory, SHARDED)[0] != first.digest


def test_a_frozen_version_stays(memory: Memory) -> None:
    frozen(memory)
    with pytest.raises(BadRequest, match="plan_exists"):
        freeze(memory, "free", "1.0.0", SHARDED)


@pytest.mark.parametrize(
    ("name", "version"), [("../up", "1.0.0"), ("free", "../1"), ("Free", "1.0.0"), ("free", "1.0")]
)
def test_names_that_could_leave_the_folder_are_refused(memory: Memory, name: str, version: str) -> None:
    with pytest.raises(BadRequest):
        freeze(memory, name, version, SHARDED)
    with pytest.raises(BadRequest):
        build(memory, name, version)


def test_samples_of_invented_institutions_go_under_the_name_sample_only(memory: Memory) -> None:
    seed.add(memory, "drawn", institution="made-up")
    with pytest.raises(BadRequest, match="sample_name"):
        freeze(memory, "free", "1.0.0", SHARDED)
    plan = freeze(memory, "sample", "1.0.0", SHARDED)
    build(memory, "sample", "1.0.0")
    [row] = rows_of(folder_of(memory, "sample", "1.0.0"))
    assert plan.counts.samples == 1
    assert row["sample"] and "실물 사진이 아님" in row["notice"] and "실물 사진이 아님" in row["caption"]


def rows_of(folder: Path) -> list[dict[str, Any]]:
    return [row for path in sorted(folder.glob("data/*.parquet")) for row in pq.read_table(path).to_pylist()]


def test_filters_choose_what_is_looked_at(memory: Memory) -> None:
    seed.collection_of_rights(memory)
    seed.add(memory, "map", type="map")
    assert survey(memory, Terms(types=("map",)))[1].works == 1
    assert survey(memory, Terms(institutions=("nobody",)))[1].works == 0
    with pytest.raises(NotFound):
        survey(memory, Terms(collection="nothing"))
    with pytest.raises(BadRequest):
        survey(memory, Terms(types=("spaceship",)))


def test_parquet_and_shards_hold_the_same_works(memory: Memory) -> None:
    plan = frozen(memory)
    release = build(memory, "free", "1.0.0")
    folder = folder_of(memory, "free", "1.0.0")
    assert plan.counts.bits == 3
    rows = rows_of(folder)
    assert len(rows) == 7
    for row in rows:
        shard = f"{shard_of(str(row['id']), 3):05}-of-00008"
        lines = (folder / f"rows/train-{shard}.jsonl").read_text("utf-8").splitlines()
        [body] = [line for line in lines if json.loads(line)["id"] == row["id"]]
        assert {**json.loads(body), "row_sha256": hashlib.sha256(body.encode()).hexdigest()} == row
        with tarfile.open(folder / f"originals/train-jpg-{shard}.tar") as tar:
            for file in row["files"]:
                content = tar.extractfile(file["name"])
                assert content is not None and hashlib.sha256(content.read()).hexdigest() == file["sha256"]
                beside = tar.extractfile(file["name"].replace(".jpg", ".json"))
                assert beside is not None
                sample = json.load(beside)
                told = (sample["item"], sample["page"], sample["row_sha256"])
                assert told == (row["id"], file["page"], row["row_sha256"])
    assert {entry.name for entry in release.files} == {
        str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()
    }
    assert (folder / "EXCLUDED.jsonl").read_text().count("\n") == 7


def test_texts_that_are_not_cleared_are_not_shipped(memory: Memory) -> None:
    frozen(memory)
    build(memory, "free", "1.0.0")
    rows = {row["title"]: row for row in rows_of(folder_of(memory, "free", "1.0.0"))}
    assert rows["cleared-1"]["notes"] == [] and rows["cleared-1"]["files"][0]["alt"] == []
    assert rows["cleared-1"]["rights"]["withheld"] == ["notes", "alt"]
    assert rows["cleared-1"]["rights"]["text"]["answer"] not in ("yes", "yes_with")
    assert rows["text"]["notes"] and rows["text"]["files"][0]["alt"]
    assert rows["text"]["rights"]["withheld"] == [] and rows["text"]["rights"]["text"]["answer"] == "yes"


def test_rows_carry_the_evidence(memory: Memory) -> None:
    frozen(memory)
    build(memory, "free", "1.0.0")
    rows = {row["title"]: row["rights"] for row in rows_of(folder_of(memory, "free", "1.0.0"))}
    rights = rows["cleared-0"]
    assert rights["mark"] == "kogl-1-ai" and rights["train"]["answer"] == "yes_with"
    assert "no_resale_of_dataset" in rights["train"]["duties"]
    assert rights["basis_ko"] and rights["basis_en"] and rights["decided_at"] == "2026-11-24T12:00:00Z"
    assert "KR" in rights["cleared_in"]
    evidence = rights["evidence"]
    assert evidence["inputs"]["claims"] == [
        {"layer": "work", "value": "공공누리 제1유형 + AI유형", "uri": "", "mark": "kogl-1-ai"}
    ]
    assert evidence["inputs"]["makers"][0]["died"] == 1450
    assert evidence["rulings"]["train"]["answer"] == "yes_with" and evidence["table_version"] == "2026-11"


def test_evidence_recomputes_to_the_answers_or_is_found_out(memory: Memory) -> None:
    frozen(memory)
    build(memory, "free", "1.0.0")
    rows = {row.title: row for row in rows_as_frozen(folder_of(memory, "free", "1.0.0"))}
    assert [found for row in rows.values() for found in faults(row)] == []
    row = rows["cleared-0"]
    change = msgspec.structs.replace
    rights, file = row.rights, row.files[0]
    evidence = rights.evidence
    forbidden = change(evidence.inputs, claims=(change(evidence.inputs.claims[0], mark="kogl-2"),))
    words = (Words("먹으로 찍은 글자가 늘어선 쪽", "ko"),)
    wrong = {
        "decision_differs": change(row, rights=change(rights, evidence=change(evidence, inputs=forbidden))),
        "answer_differs": change(row, rights=change(rights, train=RowUse("yes", "L00", ()))),
        "not_cleared": change(row, id="0" * 14),
        "text_not_cleared": change(row, files=(change(file, alt=words), *row.files[1:])),
        "row_without_files": change(row, files=()),
    }
    for code, changed in wrong.items():
        assert code in {found.code for found in faults(changed)}, code
    taken = change(evidence.inputs, takedowns=("rights",))
    codes = {
        one.code
        for one in faults(change(row, rights=change(rights, evidence=change(evidence, inputs=taken))))
    }
    assert {"decision_differs", "not_cleared"} <= codes
    assert {one.code for one in faults(row, ("KR", "XX"))} == set()


def rows_as_frozen(folder: Path) -> list[Row]:
    return [decode(line) for path in sorted(folder.glob("rows/*")) for line in path.read_bytes().splitlines()]


def test_a_plan_of_another_form_is_not_built(memory: Memory) -> None:
    plan = frozen(memory)
    with memory.database.write() as tx:
        tx.conn.execute(update(plan_row).where(plan_row.c.plan == plan.id).values(body=b'{"id":"old"}'))
    with pytest.raises(StoreError, match="plan_outdated"):
        build(memory, "free", "1.0.0")
    assert not folder_of(memory, "free", "1.0.0").exists()


CENTURIES: dict[tuple[int | None, ...], str] = {
    (1446,): "15", (1500,): "15", (1861, 1501): "16", (1,): "1", (0,): "-1", (-99,): "-1", (-100,): "-2",
    (): "", (None,): "",
}  # fmt: skip


def test_a_work_counts_in_the_century_of_its_earliest_year(memory: Memory) -> None:
    seed.add(memory, "one")
    freeze(memory, "free", "1.0.0", SHARDED)
    build(memory, "free", "1.0.0")
    [row] = rows_as_frozen(folder_of(memory, "free", "1.0.0"))
    depicted = Date("37", earliest=37, latest=37, role="depicted")
    for years, century in CENTURIES.items():
        dates = tuple(Date(str(year), earliest=year, latest=year) for year in years)
        assert century_of(msgspec.structs.replace(row, dates=(*dates, depicted))) == century, years


def test_built_twice_is_the_same_bytes(memory: Memory, tmp_path: Path) -> None:
    plan = frozen(memory)
    release = build(memory, "free", "1.0.0")
    again = tmp_path / "again"
    again.mkdir()
    assert write(memory, plan, again, lambda _: None) == []
    assert hashlib.sha256((again / CHECKSUMS).read_bytes()).hexdigest() == release.root
    assert verify(again).is_whole
    assert build(memory, "free", "1.0.0") == release


def test_a_whole_release_verifies(memory: Memory) -> None:
    frozen(memory)
    release = build(memory, "free", "1.0.0")
    report = verify(folder_of(memory, "free", "1.0.0"))
    assert report.findings == []
    assert (report.root, report.works, report.originals, report.decisions) == (release.root, 7, 14, 7)
    assert report.files == len(release.files) - 1


def test_a_flipped_byte_is_found_and_named(memory: Memory) -> None:
    frozen(memory)
    build(memory, "free", "1.0.0")
    folder = folder_of(memory, "free", "1.0.0")
    dice = random.Random(7)
    for path in [path for path in sorted(folder.rglob("*")) if path.is_file()]:
        name = str(path.relative_to(folder))
        whole = path.read_bytes()
        for place in dice.sample(range(len(whole)), 4):
            broken = bytearray(whole)
            broken[place] ^= 1 << dice.randrange(8)
            path.write_bytes(broken)
            report = verify(folder)
            named = [found.where for found in report.findings if found.is_error]
            assert any(name == CHECKSUMS or where.startswith(name) for where in named), (name, place)
        path.write_bytes(whole)
    assert verify(folder).is_whole


def test_missing_and_extra_files_are_named(memory: Memory) -> None:
    frozen(memory)
    build(memory, "free", "1.0.0")
    folder = folder_of(memory, "free", "1.0.0")
    (folder / "LICENSES.md").rename(folder / "LICENCES.md")
    found = {(one.code, one.where) for one in verify(folder).findings}
    assert found == {("file_extra", "LICENCES.md"), ("file_absent", "LICENSES.md")}
    assert "checksums_unreadable" in {one.code for one in verify(folder / "nowhere").findings}


def test_a_table_that_is_not_even_listed_is_missed(memory: Memory) -> None:
    frozen(memory)
    build(memory, "free", "1.0.0")
    folder = folder_of(memory, "free", "1.0.0")
    gone = sorted(folder.glob("data/*.parquet"))[0]
    gone.unlink()
    lines = (folder / CHECKSUMS).read_text("ascii").splitlines(keepends=True)
    (folder / CHECKSUMS).write_text(
        "".join(line for line in lines if f"data/{gone.name}" not in line), "ascii"
    )
    assert ("sum_differs", "data/") in {(one.code, one.where) for one in verify(folder).findings}


@pytest.mark.parametrize("missing", ["id", "files", "row_sha256"])
def test_a_table_of_another_shape_is_named(memory: Memory, missing: str) -> None:
    frozen(memory)
    build(memory, "free", "1.0.0")
    folder = folder_of(memory, "free", "1.0.0")
    path = sorted(folder.glob("data/*.parquet"))[0]
    pq.write_table(pq.read_table(path).drop_columns([missing]), path)
    found = {(one.code, one.where) for one in verify(folder).findings}
    assert {("file_unreadable", f"data/{path.name}"), ("file_changed", f"data/{path.name}")} <= found


def test_a_damaged_original_stops_the_build(memory: Memory) -> None:
    item = seed.add(memory, "victim")
    freeze(memory, "free", "1.0.0", SHARDED)
    with memory.database.read() as conn:
        original = memory.blobs.local(assets.of_item(conn, item)[0].sha256)
    original.write_bytes(b"x" * 3000)
    with pytest.raises(StoreError, match="original_damaged"):
        build(memory, "free", "1.0.0")
    assert not folder_of(memory, "free", "1.0.0").exists()
    assert not (folder_of(memory) / ".staged").exists()


@pytest.mark.parametrize("bits", [0, 1, 3, 5, 7, 10])
def test_shards_are_ranges_of_ids(memory: Memory, bits: int) -> None:
    ids = sorted(seed.identifiers(200))
    for shard in range(1 << bits):
        first, end = ids_of(shard, bits)
        assert [one for one in ids if first <= one < end] == [
            one for one in ids if shard_of(one, bits) == shard
        ]


def test_a_release_is_held_against_every_country_of_its_plan(memory: Memory) -> None:
    uncleared = seed.add(memory, "late", seed.EXPIRED, died=1960, year=1940)
    freeze(memory, "free", "1.0.0", SHARDED)
    folder = folder_of(memory, "free", "1.0.0")
    build(memory, "free", "1.0.0")
    told = json.loads((folder / "plan.json").read_text("utf-8"))
    told["terms"]["countries"] = ["KR", "US"]
    (folder / "plan.json").write_text(json.dumps(told), "utf-8")
    found = verify(folder).findings
    named = [one.where for one in found if one.code == "not_cleared"]
    assert len(named) == 1 and uncleared in named[0]
    assert {"plan_differs", "file_changed"} <= {one.code for one in found}


def test_a_release_whose_files_are_gone_is_not_opened(memory: Memory) -> None:
    frozen(memory)
    build(memory, "free", "1.0.0")
    shutil.rmtree(folder_of(memory, "free", "1.0.0"))
    with pytest.raises(StoreError, match="release_missing"):
        publish(memory, "free", "1.0.0")
    build(memory, "free", "1.0.0")
    assert publish(memory, "free", "1.0.0").state == "published"
