"""Sheets: CSV in the encodings of Korean offices, XLSX as people format it, and limits on both."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from harvest.connector import Connector
from harvest.connectors import csv_rows, open_connector, sheet, xlsx_rows
from harvest.oai_xml import Page
from harvest.run import harvest
from repository.errors import TransferError
from repository.memory import Memory
from tests.harvest.connectors.conftest import Register
from tests.harvest.connectors.given import mapped, opening, source_of, stored, written
from tests.harvest.loopback import Answer, serve

MAPPING = {"title": "제목", "date": "연도", "type": "종류", "creators": {"path": "지은이", "split": ";"}}
CSV = (
    '번호,제목,지은이,연도,종류\n1,"훈민정음\n해례본",세종;정인지,1446,고서\n'
    '2,"대동여지도, 22첩",김정호,1861,고지도\n'
)


def opened(data: Path, endpoint: str = "a.csv", **options: object) -> Connector:
    said = {"identifier": "번호", **options}
    return open_connector(source_of("sheet", endpoint, sheet=said, mapping=MAPPING), opening(data))


def page_of(drop: Path, body: bytes, **options: object) -> Page:
    (drop / "a.csv").write_bytes(body)
    (page,) = opened(drop.parent, "a.csv", **options).pages("json")
    return page


def read(drop: Path, body: bytes, **options: object) -> list[dict[str, str]]:
    return [json.loads(record.payload) for record in page_of(drop, body, **options).records]


def refused(drop: Path, body: bytes, **options: object) -> str:
    with pytest.raises(TransferError) as error:
        page_of(drop, body, **options)
    return error.value.code


def book(*rows: tuple[object, ...], title: str = "목록") -> bytes:
    made = openpyxl.Workbook()
    page = made.active
    page.title = title
    for row in rows:
        page.append(row)
    body = io.BytesIO()
    made.save(body)
    return body.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16", "utf-16-le", "utf-16-be"])
def test_csv_in_every_encoding_gives_the_same_records(drop: Path, encoding: str) -> None:
    found = read(drop, CSV.encode(encoding))
    assert [row["제목"] for row in found] == ["훈민정음\n해례본", "대동여지도, 22첩"]
    assert found[0] == {
        "번호": "1", "제목": "훈민정음\n해례본", "지은이": "세종;정인지", "연도": "1446", "종류": "고서",
    }  # fmt: skip


def test_euc_kr_is_read_as_its_superset(drop: Path) -> None:
    assert read(drop, "번호,제목\n1,똠방각하\n".encode("cp949")) == [{"번호": "1", "제목": "똠방각하"}]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_told_by_the_file(delimiter: str) -> None:
    other = ";" if delimiter == "," else ","
    text = "\r\n".join(delimiter.join((str(row), f"가{other}나", "끝")) for row in range(4))
    assert list(csv_rows.rows(text.encode()))[1] == ("1", f"가{other}나", "끝")


def test_a_said_delimiter_is_believed(drop: Path) -> None:
    assert read(drop, "번호:제목\n1:가,나\n".encode(), delimiter=":") == [{"번호": "1", "제목": "가,나"}]


def test_records_are_named_by_their_column_and_never_by_their_row(drop: Path) -> None:
    page = page_of(drop, (CSV + ",이름 없음,,,\n").encode())
    assert [record.identifier for record in page.records] == ["1", "2"]
    assert [held.reason for held in page.quarantined] == ["identifier_missing"]


def test_rows_that_do_not_fit_the_header_are_set_aside(drop: Path) -> None:
    body = "번호,제목\n1,가\n2,나,다\n3\n\n4,라,\n5," + "가" * (sheet.CELL_LIMIT + 1) + "\n"
    page = page_of(drop, body.encode())
    assert [record.identifier for record in page.records] == ["1", "3", "4"]
    assert [held.reason for held in page.quarantined] == ["record_not_wellformed", "text_too_long"]


def test_quotes_that_do_not_match_end_the_list_loudly(drop: Path) -> None:
    assert refused(drop, b'a,b\n1,"c\n2,d\n', identifier="a") == "sheet_unreadable"


def test_what_is_too_large_is_refused(drop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wide = ",".join(["번호"] * (sheet.COLUMNS + 1))
    assert refused(drop, wide.encode()) == "sheet_too_large"
    monkeypatch.setattr(sheet, "ROWS", 2)
    assert refused(drop, CSV.encode()) == "sheet_too_large"
    monkeypatch.setattr(sheet, "FILE_LIMIT", 10)
    assert refused(drop, CSV.encode()) == "file_too_large"
    assert refused(drop, b"") == "sheet_unreadable"


def test_bytes_in_no_encoding_are_refused(drop: Path) -> None:
    assert refused(drop, b"a,b\n1,\xff\xff\xff\n", identifier="a") == "file_unreadable"


def test_columns_without_a_name_or_with_the_same_are_told_apart(drop: Path) -> None:
    body = "목록\n번호,제목,제목,\n1,가,나,다\n"
    assert read(drop, body.encode(), skip=1) == [{"번호": "1", "제목": "가", "제목 (2)": "나", "#4": "다"}]


def test_a_workbook_is_read_as_text(drop: Path) -> None:
    body = book(
        ("번호", "제목", "연도", "등록일", "크기", "공개"),
        (1, " 책 ", 1446.0, date(2026, 1, 2), 3.5, True),
        (None, None, None, None, None, None),
        (2, "지도", None, datetime.fromisoformat("2026-01-03T04:05:06"), "=1+1", False),
    )
    assert read(drop, body) == [
        {"번호": "1", "제목": "책", "연도": "1446", "등록일": "2026-01-02", "크기": "3.5", "공개": "true"},
        {"번호": "2", "제목": "지도", "등록일": "2026-01-03T04:05:06", "공개": "false"},
    ]


def test_headings_in_two_rows_and_merged_cells(drop: Path) -> None:
    made = openpyxl.Workbook()
    page = made.active
    for row in [
        ("번호", "크기", None, "분류"),
        (None, "가로", "세로", None),
        (1, 10, 20, "고서"),
        (2, 30, 40, None),
    ]:
        page.append(row)
    page.merge_cells("B1:C1")
    page.merge_cells("D3:D4")
    body = io.BytesIO()
    made.save(body)
    assert read(drop, body.getvalue(), header=2, fill=["분류"]) == [
        {"번호": "1", "크기 / 가로": "10", "크기 / 세로": "20", "분류": "고서"},
        {"번호": "2", "크기 / 가로": "30", "크기 / 세로": "40", "분류": "고서"},
    ]


def test_filled_columns_repeat_the_cell_above(drop: Path) -> None:
    body = "번호,분류\n1,고서\n2,\n3,지도\n4,\n".encode()
    assert [row["분류"] for row in read(drop, body, fill=["분류"])] == ["고서", "고서", "지도", "지도"]
    assert [row.get("분류") for row in read(drop, body)] == ["고서", None, "지도", None]


def test_a_worksheet_is_chosen_by_its_name(drop: Path) -> None:
    body = book(("번호",), (1,), title="자료")
    assert read(drop, body, sheet="자료") == [{"번호": "1"}]
    assert refused(drop, body, sheet="없는 것") == "sheet_unreadable"


def rewritten(body: bytes, part: str, change: bytes) -> bytes:
    """Put something before a part of a workbook."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change if name == part else old.read(name))
    return made.getvalue()


def test_dangerous_and_broken_workbooks_are_refused(drop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    body = book(("번호",), (1,))
    part = "xl/worksheets/sheet1.xml"
    entity = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><worksheet>&b;</worksheet>'
    assert refused(drop, rewritten(body, part, entity)) == "archive_refused"
    assert refused(drop, rewritten(body, part, b" " * 50_000_000)) == "archive_refused"
    assert refused(drop, rewritten(body, part, b"<worksheet><sheetData><row>")) == "sheet_unreadable"
    assert refused(drop, b"PK\x03\x04 broken") == "archive_refused"
    empty = io.BytesIO()
    with zipfile.ZipFile(empty, "w") as made:
        made.writestr("a.txt", "b")
    assert refused(drop, empty.getvalue()) == "sheet_unreadable"
    monkeypatch.setattr(xlsx_rows, "UNPACKED", 100)
    assert refused(drop, body) == "sheet_too_large"


def test_a_sheet_is_fetched_once_for_all_its_lists(drop: Path) -> None:
    with (
        serve(lambda _: Answer(CSV.encode("cp949"))) as running,
        opened(drop.parent, f"{running.url}/a.csv") as connector,
    ):
        assert [len(page.records) for page in connector.pages("json")] == [2]
        assert [record.payload for page in connector.identifiers("json") for record in page.records] == [
            b"",
            b"",
        ]
        assert len(running.seen) == 1


def test_a_page_for_people_is_no_sheet(drop: Path) -> None:
    with (
        serve(lambda _: Answer(b"<html><p>a,b</p></html>")) as running,
        opened(drop.parent, f"{running.url}/a.csv") as connector,
        pytest.raises(TransferError, match="answer_unexpected"),
    ):
        list(connector.pages("json"))


def test_a_sheet_is_harvested_and_only_what_changed_is_written(
    memory: Memory, drop: Path, register: Register
) -> None:
    source = source_of("sheet", "a.csv", sheet={"identifier": "번호"}, mapping=MAPPING, most_gone=0.6)
    register(source)
    (drop / "a.csv").write_bytes((CSV + "3,<b>제목</b>,,,\n4,끝,,,\n").encode("cp949"))
    assert harvest(memory, "s", full=True).counts["new"] == 4
    before = written(memory)
    assert harvest(memory, "s", full=True).counts["unchanged"] == 4
    assert written(memory) == before
    (drop / "a.csv").write_bytes((CSV.replace("1861", "1864") + "4,끝,,,\n").encode("utf-8-sig"))
    harvest(memory, "s", full=True)
    found = {name: row.item for name, row in stored(memory, "s").items()}
    assert sorted(found) == ["1", "2", "4"]
    assert (found["1"].title, found["1"].description.type) == ("훈민정음 해례본", "book")
    assert [date.text for date in found["2"].description.dates] == ["1864"]


def test_the_real_exhibitions_of_the_walters_become_items(
    memory: Memory, register: Register, shared_data: Path
) -> None:
    body = (shared_data / "museum" / "walters_exhibitions.csv").read_bytes()
    with serve(lambda _: Answer(body)) as running:
        register(mapped("walters", running.url))
        summary = harvest(memory, "walters", full=True)
    found = stored(memory, "walters")
    assert summary.counts["received"] == 294 and len(found) >= 0.98 * summary.counts["received"]
    assert all(row.item.title and row.item.description.identifiers for row in found.values())
