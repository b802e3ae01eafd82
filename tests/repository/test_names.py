from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repository.item import Text
from repository.names import LIMIT, life, parse_agent

PEOPLE = {
    "김정호(金正浩, ?~1866 이전)": (["김정호", "金正浩"], "?~1866 이전", None, None, 1866),
    "세종 (世宗, 1397-1450)": (["세종", "世宗"], "1397-1450", 1397, 1450, None),
    "정선(鄭敾; 1676~1759)": (["정선", "鄭敾"], "1676~1759", 1676, 1759, None),
    "신윤복(申潤福, 1758~?)": (["신윤복", "申潤福"], "1758~?", 1758, None, None),
    "안견(安堅, 생몰년 미상)": (["안견", "安堅"], "생몰년 미상", None, None, None),
    "홍길동(c. 1804-c. 1866)": (["홍길동"], "c. 1804-c. 1866", None, None, 1876),
    "김홍도(金弘道, 1745~1806?)": (["김홍도", "金弘道"], "1745~1806?", 1745, None, 1816),
    "온조 (기원전 18~28)": (["온조"], "기원전 18~28", -17, 28, None),
    "정약용(丁若鏞, Chŏng Yagyong, 1762-1836)": (
        ["정약용", "丁若鏞", "Chŏng Yagyong"],
        "1762-1836",
        1762,
        1836,
        None,
    ),
    "Katsushika Hokusai (1760–1849)": (["Katsushika Hokusai"], "1760–1849", 1760, 1849, None),
    "John Smith (British, 1760–49)": (["John Smith (British)"], "1760–49", None, None, None),
    "Blake, William, 1757-1827": (["Blake, William"], "1757-1827", 1757, 1827, None),
    "Robert Blake (born 1940)": (["Robert Blake"], "born 1940", 1940, None, None),
    "Kim (d. 1961)": (["Kim"], "d. 1961", None, 1961, None),
    "X (active 1850-1870)": (["X"], "active 1850-1870", None, None, None),
    "김정호 (1804~1866) 지음": (["김정호"], "1804~1866", 1804, 1866, None),
}


@pytest.mark.parametrize(("text", "expected"), PEOPLE.items())
def test_a_person_has_names_and_the_years_that_are_sure(
    text: str, expected: tuple[list[str], str, int | None, int | None, int | None]
) -> None:
    agent = parse_agent(text, "aut")
    found = ([name.value for name in agent.names], agent.dates, agent.born, agent.died, agent.died_by)
    assert found == expected
    assert (agent.kind, agent.role) == ("person", "aut")


@pytest.mark.parametrize(
    "text",
    ["미상", "작자 미상", "저자불명", "作者未詳", "Anonymous", "unknown artist", "[s.n.]", "발행처불명"],
)
def test_nobody_known_is_an_agent_of_unknown_kind(text: str) -> None:
    agent = parse_agent(text)
    assert (agent.names[0].value, agent.kind, agent.dates, agent.died) == (text, "unknown", "", None)


@pytest.mark.parametrize(
    "text", ["국립중앙도서관", "조선총독부", "도화서", "조선일보", "Tate Gallery", "Carnegie Museum of Art"]
)
def test_a_body_is_told_by_its_name(text: str) -> None:
    assert parse_agent(text).kind == "body"


@pytest.mark.parametrize("text", ["김정호", "Yi Sun-sin", "박물관 편집부"])
def test_a_bare_name_proves_no_person(text: str) -> None:
    agent = parse_agent(text)
    assert (agent.names[0].value, agent.kind) == (text, "unknown")


@pytest.mark.parametrize(
    "text", ["최남선(崔南善, 1890~1957) 외", "손병희(1861~1922) 등 33인", "Smith (1800-1850) et al."]
)
def test_the_dates_of_one_say_nothing_of_the_others(text: str) -> None:
    agent = parse_agent(text)
    assert (agent.kind, agent.born, agent.died, agent.died_by) == ("unknown", None, None, None)
    assert agent.dates


def test_scripts_tell_languages_only_beside_a_korean_name() -> None:
    assert parse_agent("정선(鄭敾, Chŏng Sŏn)").names == (
        Text("정선", "ko"),
        Text("鄭敾", "ko-Hani"),
        Text("Chŏng Sŏn", "ko-Latn"),
    )
    assert parse_agent("Hokusai (葛飾北斎)", lang="en").names == (Text("Hokusai", "en"), Text("葛飾北斎", ""))
    assert parse_agent("丁若鏞", lang="ko").names == (Text("丁若鏞", "ko-Hani"),)
    assert parse_agent("Yi", lang="ko").names == (Text("Yi", ""),)


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ("he: born 1940", (1940, None, None)),
        ("he: 1909 - 2001, she: 1922 - 2009", (None, None, None)),
        ("American, born Germany, 1900 - 1950", (1900, 1950, None)),
        ("70 - 19 B.C.", (-69, -18, None)),
        ("1750 - 1974", (None, None, None)),
        ("1762–1787", (1762, 1787, None)),
        ("?-1866 이전", (None, None, 1866)),
        ("1866 사망", (None, 1866, None)),
        ("1900~현재", (1900, None, None)),
        ("1849-1760", (None, None, None)),
        ("fl. 1850-1870", (None, None, None)),
        ("", (None, None, None)),
    ],
)
def test_life_dates(dates: str, expected: tuple[int | None, int | None, int | None]) -> None:
    assert life(dates) == expected


@given(st.text(max_size=LIMIT + 20) | st.text(alphabet="김(),~-?19 c.年[]", max_size=80))
def test_any_text_gives_an_agent_with_a_name(text: str) -> None:
    agent = parse_agent(text)
    assert agent.names
    assert agent.born is None or agent.died is None or agent.born <= agent.died


def test_life_dates_of_real_makers(shared_data: Path) -> None:
    """Tate's years are those of its column; the National Gallery's words and columns differ in 0.3 %."""
    with (shared_data / "museum" / "tate_artworks.jsonl").open(encoding="utf-8") as lines:
        makers = [maker for line in lines for maker in json.loads(line)["contributors"]]
    assert all(life(maker.get("date") or "")[0] in (None, maker.get("birthYear")) for maker in makers)
    same = other = 0
    with (shared_data / "museum" / "nga_constituents.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            born, died, _ = life(row["displaydate"])
            for read, column in ((born, row["beginyear"]), (died, row["endyear"])):
                if read is not None and column:
                    same += str(read) == column
                    other += str(read) != column
    assert same > 26_900
    assert other < 80
