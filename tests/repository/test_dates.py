from __future__ import annotations

import json
import re
import zipfile
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from repository.dates import parse
from repository.dates.edtf import bounds, is_valid
from repository.dates.eras import eras

# text: EDTF, earliest, latest, calendar, confidence
READ: dict[str, tuple[str, int | None, int | None, str, str]] = {
    "1861년": ("1861", 1861, 1861, "gregorian", "exact"),
    "1861": ("1861", 1861, 1861, "gregorian", "exact"),
    "서기 993년": ("0993", 993, 993, "gregorian", "exact"),
    "1919.3.1": ("1919-03-01", 1919, 1919, "gregorian", "exact"),
    "1919. 3. 1.": ("1919-03-01", 1919, 1919, "gregorian", "exact"),
    "1919년 3월 1일": ("1919-03-01", 1919, 1919, "gregorian", "exact"),
    "1919년 3월": ("1919-03", 1919, 1919, "gregorian", "exact"),
    "19190301": ("1919-03-01", 1919, 1919, "gregorian", "exact"),
    "1919-03-01T09:00:00Z": ("1919-03-01T09:00:00Z", 1919, 1919, "gregorian", "exact"),
    "1919년 봄": ("1919-21", 1919, 1919, "gregorian", "exact"),
    "1816-19": ("1816/1819", 1816, 1819, "gregorian", "exact"),
    "1816–19": ("1816/1819", 1816, 1819, "gregorian", "exact"),
    "1966-7": ("1966/1967", 1966, 1967, "gregorian", "exact"),
    "1901–02": ("1901/1902", 1901, 1902, "gregorian", "exact"),
    "1816년~1819년": ("1816/1819", 1816, 1819, "gregorian", "exact"),
    "1446/1450": ("1446/1450", 1446, 1450, "gregorian", "exact"),
    "156X": ("156X", 1560, 1569, "gregorian", "exact"),
    "c.1795": ("1795~", 1795, 1795, "gregorian", "approximate"),
    "?c.1795": ("1795%", 1795, 1795, "gregorian", "approximate"),
    "c. 1816-19": ("1816~/1819~", 1816, 1819, "gregorian", "approximate"),
    "1861년경": ("1861~", 1861, 1861, "gregorian", "approximate"),
    "1861?": ("1861?", 1861, 1861, "gregorian", "inferred"),
    "[1861]": ("1861?", 1861, 1861, "gregorian", "inferred"),
    "1795년 추정": ("1795?", 1795, 1795, "gregorian", "inferred"),
    "1920년대": ("192X", 1920, 1929, "gregorian", "exact"),
    "1950s?": ("1950?/1959?", 1950, 1959, "gregorian", "inferred"),
    "18세기": ("1701/1800", 1701, 1800, "gregorian", "exact"),
    "17-18세기": ("1601/1800", 1601, 1800, "gregorian", "exact"),
    "18세기 후반": ("1751~/1800~", 1751, 1800, "gregorian", "approximate"),
    "17세기 말~18세기 초": ("1668~/1733~", 1668, 1733, "gregorian", "approximate"),
    "19세기 3/4분기": ("1851~/1875~", 1851, 1875, "gregorian", "approximate"),
    "second half of the 19th century": ("1851~/1900~", 1851, 1900, "gregorian", "approximate"),
    "late 18th century": ("1768~/1800~", 1768, 1800, "gregorian", "approximate"),
    "19th-20th century": ("1801/2000", 1801, 2000, "gregorian", "exact"),
    "before 1866": ("../1866", None, 1866, "gregorian", "exact"),
    "1866년 이전": ("../1866", None, 1866, "gregorian", "exact"),
    "1866 이후": ("1866/..", 1866, None, "gregorian", "exact"),
    "no earlier than 1950": ("1950/..", 1950, None, "gregorian", "exact"),
    "기원전 57년": ("-0056", -56, -56, "gregorian", "exact"),
    "57 BCE": ("-0056", -56, -56, "gregorian", "exact"),
    "c. 800 BCE - 100 CE": ("-0799~/0100~", -799, 100, "gregorian", "approximate"),
    "9/30/1955": ("1955-09-30", 1955, 1955, "gregorian", "exact"),
    "1/2/1955": ("1955", 1955, 1955, "gregorian", "inferred"),
    "March 9, 1950": ("1950-03-09", 1950, 1950, "gregorian", "exact"),
    "August-September 1950": ("1950-08/1950-09", 1950, 1950, "gregorian", "exact"),
    "1919, printed 1920": ("{1919,1920}", 1919, 1920, "gregorian", "exact"),
    "1965 or 1966": ("[1965,1966]", 1965, 1966, "gregorian", "inferred"),
    "Edo period (1615-1868), 19th century": ("1801/1900", 1801, 1900, "gregorian", "exact"),
    "고려시대": ("0918/1392", 918, 1392, "period", "approximate"),
    "조선 후기": ("1592~/1910~", 1592, 1910, "period", "approximate"),
    "조선시대 19세기": ("1801/1900", 1801, 1900, "gregorian", "exact"),
    "세종 28년(1446)": ("1446", 1446, 1446, "korean-reign", "exact"),
    "세종 28년(丙寅, 1446)": ("1446", 1446, 1446, "korean-reign", "exact"),
    "1446년(세종 28)": ("1446", 1446, 1446, "korean-reign", "exact"),
    "世宗 28": ("1446", 1446, 1446, "korean-reign", "exact"),
    "세종 즉위년": ("1418", 1418, 1418, "korean-reign", "exact"),
    "철종 12년": ("1861", 1861, 1861, "korean-reign", "exact"),
    "조선 1861년(철종 12)": ("1861", 1861, 1861, "korean-reign", "exact"),
    "우왕 원년(1375)": ("1375", 1375, 1375, "korean-reign", "exact"),
    "태조 5년(1396)": ("1396", 1396, 1396, "korean-reign", "exact"),
    "성종 12년(993)": ("0993", 993, 993, "korean-reign", "exact"),
    "조선 성종 10년": ("1479", 1479, 1479, "korean-reign", "exact"),
    "문무왕 13년( 673)": ("0673", 673, 673, "korean-reign", "exact"),
    "선조 36년 7월": ("1603", 1603, 1603, "korean-reign", "inferred"),
    "세종 25년 12월": ("1443/1444", 1443, 1444, "korean-reign", "inferred"),
    "정조 연간": ("1776/1800", 1776, 1800, "korean-reign", "approximate"),
    "세종 병인년": ("1446", 1446, 1446, "sexagenary", "inferred"),
    "건양 원년": ("1896", 1896, 1896, "korean-era", "exact"),
    "광무 3년": ("1899", 1899, 1899, "korean-era", "exact"),
    "융희 2년": ("1908", 1908, 1908, "korean-era", "exact"),
    "개국 503년": ("1894", 1894, 1894, "korean-era", "exact"),
    "대한민국 원년": ("1919", 1919, 1919, "korean-era", "exact"),
    "단기 4252년": ("1919", 1919, 1919, "dangi", "exact"),
    "明治 37年": ("1904", 1904, 1904, "japanese-era", "exact"),
    "大正 8": ("1919", 1919, 1919, "japanese-era", "exact"),
    "昭和 12年 3月": ("1937-03", 1937, 1937, "japanese-era", "exact"),
    "康熙 55年": ("1716", 1716, 1716, "chinese-era", "exact"),
    "乾隆二十八年": ("1763", 1763, 1763, "chinese-era", "exact"),
    "1724년(享保 9）": ("1724", 1724, 1724, "japanese-era", "exact"),
    "Qianlong period (1736-1795)": ("1736/1795", 1736, 1795, "chinese-era", "approximate"),
}

AMBIGUOUS = {
    "성종 10년": "1479 · 0991",
    "고종 연간": "1863/1907 · 1213/1259",
    "영락 10년": "0400 · 1412",
    "至元 3年": "1266 · 1337",
    "1800s": "180X · 1800/1899",
}


@pytest.mark.parametrize(("text", "expected"), READ.items())
def test_a_date_is_read_as_far_as_it_is_sure(
    text: str, expected: tuple[str, int | None, int | None, str, str]
) -> None:
    date, problems = parse(text, "issued")
    assert (date.edtf, date.earliest, date.latest, date.calendar, date.confidence) == expected
    assert (date.text, date.role, problems) == (text, "issued", ())


@pytest.mark.parametrize(
    "text", ["미상", "연대 미상", "제작년도 미상", "시대 미상", "n.d.", "date not known", "?", ""]
)
def test_a_date_said_to_be_unknown_is_no_fault(text: str) -> None:
    date, problems = parse(text)
    assert (date.text, date.edtf, date.earliest, date.latest, date.confidence) == (
        text,
        "",
        None,
        None,
        "unknown",
    )
    assert problems == ()


@pytest.mark.parametrize(("text", "candidates"), AMBIGUOUS.items())
def test_a_date_with_several_readings_is_not_chosen_for(text: str, candidates: str) -> None:
    date, problems = parse(text)
    assert (date.text, date.edtf, date.confidence) == (text, "", "unknown")
    assert [(one.code, one.value) for one in problems] == [("date_ambiguous", f"{text}: {candidates}")]


@pytest.mark.parametrize("text", ["신유년", "辛酉", "辛酉年"])
def test_a_cyclical_year_alone_is_kept_as_written(text: str) -> None:
    date, problems = parse(text)
    assert (date.text, date.edtf, date.calendar) == (text, "", "sexagenary")
    assert [one.code for one in problems] == ["date_ambiguous"]


@pytest.mark.parametrize(
    "text",
    [
        "세종 45년",
        "2020-13-45",
        "1919년 2월 30일",
        "임진왜란 이전",
        "1948, Design Patent 150,644, 1948",
        "🙂",
        "(" * 500,
        "1-" * 60,
    ],
)
def test_what_cannot_be_read_is_kept_and_said(text: str) -> None:
    date, problems = parse(text)
    assert (date.text, date.edtf, date.earliest, date.latest) == (text, "", None, None)
    assert [one.code for one in problems] == ["date_unparsed"]


@pytest.mark.parametrize(
    ("text", "year"), [("세종 28년(1447)", 1447), ("1447년(세종 28)", 1447), ("세종 45년(1446)", 1446)]
)
def test_where_reign_and_common_era_disagree_the_common_era_stands_and_it_is_said(
    text: str, year: int
) -> None:
    date, problems = parse(text)
    assert (date.earliest, date.latest, date.confidence) == (year, year, "inferred")
    assert [one.code for one in problems] == ["date_contradicts"]


def test_a_month_that_may_be_a_second_year_covers_both() -> None:
    date, problems = parse("1901-02")
    assert (date.edtf, date.confidence) == ("1901/1902", "inferred")
    assert [one.code for one in problems] == ["date_ambiguous"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1446", (1446, 1446)),
        ("1446-09-10", (1446, 1446)),
        ("-0056", (-56, -56)),
        ("18XX", (1800, 1899)),
        ("-000X", (-9, 0)),
        ("1795%", (1795, 1795)),
        ("../1866", (None, 1866)),
        ("1866/", (1866, None)),
        ("[1965,1966]", (1965, 1966)),
        ("{1794,1831..}", (1794, None)),
        ("Y17000", (17000, 17000)),
        ("1950-23", (1950, 1950)),
        ("2000-02-29", (2000, 2000)),
        ("1900-02-29", None),
        ("1950-13", None),
        ("1950/1940", None),
        ("../..", None),
        ("/", None),
        ("1950-2", None),
        ("[[1950]]", None),
        ("[]", None),
    ],
)
def test_edtf_is_checked_and_bounded(text: str, expected: tuple[int | None, int | None] | None) -> None:
    assert bounds(text) == expected


def test_kings_of_one_state_follow_each_other_without_gap() -> None:
    every = {era for same in eras().values() for era in same if era.calendar == "korean-reign"}
    for state in ("조선", "고려"):
        reigns = sorted((era for era in every if era.state == state), key=lambda era: (era.first, era.last))
        for before, after in pairwise(reigns):
            assert before.last - 1 <= after.accession <= before.last + 1, (before, after)
            assert after.first - after.accession in (0, 1)


@settings(max_examples=300, deadline=None)
@given(
    st.text(alphabet="0123456789년월일세기경c.?~–-/()[] 조선세종전후반bce,X", max_size=30)
    | st.text(max_size=60)
)
def test_any_text_gives_a_date_that_keeps_it(text: str) -> None:
    date, _ = parse(text)
    assert date.text == text
    if date.edtf:
        assert is_valid(date.edtf)
        assert bounds(date.edtf) == (date.earliest, date.latest)
        assert date.confidence != "unknown"
    else:
        assert (date.earliest, date.latest, date.confidence) == (None, None, "unknown")


def test_reign_years_beside_common_years_in_real_descriptions(shared_data: Path) -> None:
    """Of 199 pairs 196 agree; two contradict themselves in the source, and one was cut from its king."""
    rows = json.loads((shared_data / "korean" / "gukbo.json").read_text("utf-8"))
    text = "\n".join(row.get("content") or "" for row in rows)
    forms = (
        r"(?:(?:고려|조선|신라|통일신라|백제|고구려)\s*)?[가-힣]{1,7}\s*(?:\d+|원)년\s*\(\s*\d{2,4}년?\s*\)",
        r"\d{3,4}년\s*\((?:(?:고려|조선|신라)\s*)?[가-힣]{2,6}\s*\d{1,2}년?\s*\)",
        r"\d{3,4}년\s*\([一-鿿]{2}\s*\d{1,2}[)）]",
    )
    pairs = [found for form in forms for found in re.findall(form, text)]
    read = {pair: parse(pair) for pair in pairs}
    agreeing = [pair for pair in pairs if read[pair][0].edtf and not read[pair][1]]
    assert (len(pairs), len(agreeing)) == (199, 196)
    assert {pair for pair in pairs if read[pair][1]} == {
        "선조 31년(1592)",
        "성종 15년(997)",
        "복위 6년(1337)",
    }


def test_german_date_texts_of_musical_instruments(shared_data: Path) -> None:
    """Of 145 date texts 144 are read; "Ene 17. Jahrhundert" is misspelt and stays unread."""
    with zipfile.ZipFile(shared_data / "edm" / "mimo_records.zip") as files:
        roots = [etree.fromstring(files.read(name)) for name in files.namelist() if name.endswith(".xml")]
    found = [each.text or "" for root in roots for each in root.iter("{*}date", "{*}created", "{*}issued")]
    texts = [text.strip() for text in found if text.strip()]
    assert (len(texts), [text for text in texts if not parse(text)[0].edtf]) == (145, ["Ene 17. Jahrhundert"])


def test_date_texts_of_two_museums(shared_data: Path) -> None:
    """Of 3,896 date texts 192 say that nobody knows, 3,696 are read, and 8 are kept unread."""
    outcomes: Counter[str] = Counter()
    for name, field in (("tate", "dateText"), ("cmoa", "creation_date")):
        with (shared_data / "museum" / f"{name}_artworks.jsonl").open(encoding="utf-8") as lines:
            for text in filter(None, (json.loads(line).get(field) for line in lines)):
                date, problems = parse(text)
                assert not date.edtf or is_valid(date.edtf)
                outcomes["read" if date.edtf else problems[0].code if problems else "unknown"] += 1
    assert outcomes == {"read": 3696, "unknown": 192, "date_unparsed": 8}
