"""References as other programs read them: by strict readers of our own, and by readers of others'."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import rispy
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import parse_string

from repository.citations import Source, bibtex, csl_json, ris, sentence

BOOK = Source(
    id="385sn69g1v600q",
    type="book",
    language="ko",
    titles=["훈민정음 해례본", "訓民正音 解例本"],
    makers=["세종 (世宗)", "Kim & Lee"],
    publishers=["주자소"],
    date="1446년",
    written="세종 28년",
    year=1446,
    holder="한빛도서관",
    call_number="H-001",
    abstract="새 글자를 풀어\n설명한 책이다. 100% {옳다}",
    keywords=["한글", "음운"],
    languages=["ko"],
    site="코리안메모리",
    url="http://memory.example/items/385sn69g1v600q",
    seen="2026-11-26",
)
_RIS = re.compile(r"([A-Z][A-Z0-9])  - (.*)\r\n")


def read_ris(text: str) -> list[tuple[str, str]]:
    """Read RIS strictly: nothing but lines of tag and value, TY first, ER last."""
    rows = _RIS.findall(text)
    assert "".join(f"{tag}  - {value}\r\n" for tag, value in rows) == text
    assert rows[0][0] == "TY" and rows[-1] == ("ER", "") and [tag for tag, _ in rows].count("ER") == 1
    return rows


def read_bibtex(text: str) -> dict[str, str]:
    """Read one entry as BibTeX does, which counts braces whether or not a backslash stands before them."""
    head = re.match(r"@misc\{([0-9a-z]+),\n", text)
    assert head is not None and text.endswith("\n}\n")
    fields, place = {"ID": head[1]}, head.end()
    while text[place:] != "}\n":
        name = re.compile(r"\s*([a-z]+) = \{").match(text, place)
        assert name is not None, text[place:]
        depth, start = 1, name.end()
        place = start
        while depth:
            depth += {"{": 1, "}": -1}.get(text[place], 0)
            place += 1
        fields[name[1]] = text[start : place - 1]
        place += len(re.compile(r",?\n").match(text, place)[0])  # type: ignore[index]  # an entry ends its lines
    return fields


def test_ris_says_all_of_it() -> None:
    rows = read_ris(ris(BOOK))
    assert rows[0] == ("TY", "BOOK")
    told = dict(rows)
    assert [value for tag, value in rows if tag == "AU"] == ["세종 (世宗)", "Kim & Lee"]
    assert (told["TI"], told["TT"], told["PY"], told["DA"]) == (
        "훈민정음 해례본", "訓民正音 解例本", "1446", "1446///세종 28년")  # fmt: skip
    assert told["AV"] == "한빛도서관" and told["UR"] == BOOK.url and told["Y2"] == "2026/11/26"
    assert told["AB"] == "새 글자를 풀어 설명한 책이다. 100% {옳다}"


def test_what_has_no_year_is_cited_in_the_words_of_its_record() -> None:
    unsure = replace(BOOK, year=None, date="18세기 후반", written="18세기 후반")
    told = dict(read_ris(ris(unsure)))
    assert "PY" not in told and told["N1"] == "18세기 후반"
    assert read_bibtex(bibtex(unsure))["note"] == "18세기 후반" and "year" not in read_bibtex(bibtex(unsure))
    assert json.loads(csl_json(unsure))[0]["issued"] == {"literal": "18세기 후반"}
    early = replace(BOOK, year=-56, written="기원전 57년")
    assert "PY" not in dict(read_ris(ris(early))), "RIS has no years before ours"
    assert json.loads(csl_json(early))[0]["issued"] == {"date-parts": [[-56]]}


def test_bibtex_keeps_names_whole_and_writes_signs_as_commands() -> None:
    told = read_bibtex(bibtex(BOOK))
    assert told["ID"] == BOOK.id and told["title"] == "{훈민정음 해례본}"
    assert told["author"] == r"{세종 (世宗)} and {Kim \& Lee}"
    assert told["abstract"] == r"새 글자를 풀어 설명한 책이다. 100\% {\textbraceleft}옳다{\textbraceright}"
    assert told["urldate"] == "2026-11-26" and told["year"] == "1446"


def test_csl_gives_names_as_literals() -> None:
    [told] = json.loads(csl_json(BOOK))
    assert told["author"] == [{"literal": "세종 (世宗)"}, {"literal": "Kim & Lee"}]
    assert told["type"] == "book" and told["archive"] == "한빛도서관"
    assert told["accessed"] == {"date-parts": [[2026, 11, 26]]} and told["issued"] == {"date-parts": [[1446]]}


def test_a_sentence_is_written_as_scholars_of_each_language_do() -> None:
    assert sentence(BOOK, "2026년 11월 26일") == (
        "세종 (世宗)·Kim & Lee, 『훈민정음 해례본(訓民正音 解例本)』, 1446년, 한빛도서관 소장, 코리안메모리, "
        "http://memory.example/items/385sn69g1v600q (2026년 11월 26일 봄)."
    )
    english = replace(BOOK, language="en", titles=["A Book", "책"], makers=["Sejong"], date="1446",
                      holder="Hanbit Library", site="Korean Memory")  # fmt: skip
    assert sentence(english, "26 November 2026") == (
        "Sejong. A Book (책). 1446. Hanbit Library. Korean Memory, accessed 26 November 2026, "
        "http://memory.example/items/385sn69g1v600q."
    )
    nothing = replace(BOOK, makers=[], date="", holder="", titles=["무제"])
    assert sentence(nothing, "오늘").startswith("『무제』, 코리안메모리, http")


hostile = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


def all_through(text: str) -> Source:
    return replace(BOOK, titles=[text or "x", text], makers=[text, "x"], publishers=[text], date=text, written=text,
                   holder=text, call_number=text, abstract=text, keywords=[text])  # fmt: skip


@given(hostile)
def test_no_text_breaks_a_record(text: str) -> None:
    source = all_through(text)
    read_ris(ris(source))
    told = read_bibtex(bibtex(source))
    assert told["urldate"] == "2026-11-26"
    [item] = json.loads(csl_json(source))
    assert item["URL"] == BOOK.url
    assert "\n" not in sentence(replace(source, titles=["x"], makers=[], date="", holder=""), "오늘")


def test_hostile_strings_break_no_record(shared_data: Path) -> None:
    for text in json.loads((shared_data / "hostile" / "blns.json").read_text("utf-8")):
        source = all_through(text)
        assert dict(read_ris(ris(source)))["UR"] == BOOK.url
        assert read_bibtex(bibtex(source))["urldate"] == "2026-11-26"


# ---- readers of others'


def test_another_reader_of_ris_agrees() -> None:
    [read] = rispy.loads(ris(BOOK))
    assert read["type_of_reference"] == "BOOK" and read["title"] == "훈민정음 해례본"
    assert read["authors"] == ["세종 (世宗)", "Kim & Lee"]
    assert read["year"] == "1446" and read["urls"] == [BOOK.url]
    assert read["abstract"].endswith("100% {옳다}") and read["keywords"] == ["한글", "음운"]


def test_another_reader_of_bibtex_agrees() -> None:
    entry = parse_string(bibtex(BOOK), "bibtex").entries[BOOK.id]
    assert [str(person) for person in entry.persons["author"]] == ["{세종 (世宗)}", r"{Kim \& Lee}"]
    assert all(len(person.last_names) == 1 and not person.first_names for person in entry.persons["author"])
    assert entry.fields["title"] == "{훈민정음 해례본}" and entry.fields["url"] == BOOK.url
    for text in ("}{", "\\", "%", '"', "@misc{", "a and b", "$^~_#"):
        read = parse_string(bibtex(all_through(text)), "bibtex").entries[BOOK.id]
        assert len(read.persons["author"]) == 2 and read.fields["urldate"] == "2026-11-26"
