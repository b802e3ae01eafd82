"""Suggestions, related items, aggregates and corrections: the same from every engine."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest

from benchmarks.search_corpus import documents
from repository.identifiers import mint
from repository.item import Agent, Date, Description, Item, Place, Text, Title
from repository.search.document import SearchDocument
from repository.search.engine import SearchEngine
from repository.search.factory import open_engine
from repository.search.query import Query
from tests.repository.search.samples import document

JEONG = ("정인지", "鄭麟趾")
SEOUL, GYEONGJU = (37.5796, 126.977), (35.8562, 129.2247)


def work(
    name: str,
    *titles: str,
    makers: tuple[str, ...] = (),
    subjects: tuple[str, ...] = (),
    place: tuple[float, float] | None = None,
    year: int | None = None,
) -> SearchDocument:
    """Make the document of a work; its makers are the names of one maker."""
    at = Place((Text("한성" if place == SEOUL else "경주"),), *place) if place else None
    described = Description(
        titles=tuple(Title(one) for one in titles or (name,)),
        type="book",
        agents=(Agent(tuple(Text(one) for one in makers)),) if makers else (),
        subjects=tuple(Text(one) for one in subjects),
        places=(at,) if at else (),
        dates=(Date(str(year), earliest=year, latest=year),) if year is not None else (),
    )
    return document(Item(mint("test", name), "test", name, "provider", "library", described))


WORKS = [
    work("haerye", "훈민정음 해례본", "訓民正音 解例本", makers=JEONG, subjects=("한글",), place=SEOUL, year=1446),
    work("eonhae", "훈민정음", "Hunmin chŏngŭm", makers=("세종", "世宗"), subjects=("한글",), place=SEOUL, year=1459),
    work("eonhae copy", "훈민정음", makers=("세종", "世宗"), year=1568),
    work("yongbi", "용비어천가", "龍飛御天歌", makers=JEONG, subjects=("노래",), place=SEOUL, year=1447),
    work("map", "대동여지도", "大東輿地圖", makers=("김정호",), subjects=("지도",), year=1861),
    work("atlas", "동여도", makers=("김정호",), subjects=("지도",), year=1856),
    work("bell", "성덕대왕신종", subjects=("종", "경조"), place=GYEONGJU, year=771),
    work("kimono", "기모노 입은 여인", makers=("기무라",), year=1931),
]  # fmt: skip
NAMES = ("haerye", "eonhae", "eonhae copy", "yongbi", "map", "atlas", "bell", "kimono")
BY_NAME = dict(zip(NAMES, WORKS, strict=True))


@pytest.fixture
def filled(engine: SearchEngine) -> SearchEngine:
    """An engine with the works."""
    engine.put(WORKS)
    return engine


def said(engine: SearchEngine, text: str, kind: str = "") -> list[str]:
    """Give the texts of suggestions."""
    return [one.text for one in engine.suggest(text) if not kind or one.kind == kind]


def test_an_engine_that_holds_nothing_suggests_nothing(engine: SearchEngine) -> None:
    assert engine.suggest("훈민") == ()
    assert engine.similar(WORKS[0].id) == ()
    assert engine.aggregate(Query()).years == ()
    assert engine.correct("훈민정움") == ""


@pytest.mark.parametrize(
    ("text", "work"),
    [
        ("훈미", "훈민정음"),
        ("ㅎㅁㅈㅇ", "훈민정음"),
        ("訓民", "訓民正音 解例本"),
        ("gnsals", "훈민정음"),
        ("hunminj", "훈민정음"),
        ("Hunmin ch", "Hunmin chŏngŭm"),
        ("yongbi", "용비어천가"),
        ("daedong", "대동여지도"),
        ("taedong", "대동여지도"),
        ("해례", "훈민정음 해례본"),
    ],
)
def test_works_are_suggested_however_they_are_typed(filled: SearchEngine, text: str, work: str) -> None:
    assert said(filled, text, "work")[0] == work


def test_works_of_one_title_are_one_suggestion_that_counts_them(filled: SearchEngine) -> None:
    found = {one.text: one for one in filled.suggest("훈민정음") if one.kind == "work"}
    assert [*found] == ["훈민정음", "훈민정음 해례본"]
    assert found["훈민정음"].count == 2 and found["훈민정음 해례본"].count == 1
    assert found["훈민정음 해례본"].id == BY_NAME["haerye"].id


def test_people_and_places_are_counted_exactly_in_the_script_typed(filled: SearchEngine) -> None:
    people = {one.text: one for one in filled.suggest("정") if one.kind == "person"}
    assert people["정인지"].count == 2
    assert people["정인지"].id in {BY_NAME["haerye"].id, BY_NAME["yongbi"].id}
    assert said(filled, "鄭", "person") == ["鄭麟趾"]
    assert said(filled, "sej", "person") == ["세종"]
    assert said(filled, "한ㅅ", "place") == ["한성"]
    assert {one.text: one.count for one in filled.suggest("한성")} == {"한성": 3}


def test_whole_syllables_come_first(filled: SearchEngine) -> None:
    assert said(filled, "김", "person") == ["김정호", "기무라"]


def test_what_is_dropped_is_not_suggested(filled: SearchEngine) -> None:
    filled.drop([BY_NAME["map"].id, BY_NAME["atlas"].id])
    assert said(filled, "김정호") == []
    assert {one.text: one.count for one in filled.suggest("지도")} == {}


def test_limits_and_shares(engine: SearchEngine) -> None:
    engine.put([work(f"w{n}", f"가나다 {n}", makers=(f"가나{n}",), place=SEOUL) for n in range(30)])
    found = engine.suggest("가나", 10)
    assert [one.kind for one in found] == ["work"] * 7 + ["person"] * 3
    assert len(engine.suggest("가나", 3)) == 3
    assert engine.suggest("x" * 5000) == ()


def test_related_items_share_what_is_rare_first_and_never_are_the_item_itself(filled: SearchEngine) -> None:
    assert [hit.id for hit in filled.similar(BY_NAME["map"].id)] == [BY_NAME["atlas"].id]
    near = [hit.id for hit in filled.similar(BY_NAME["haerye"].id)]
    assert BY_NAME["haerye"].id not in near
    assert set(near) == {BY_NAME[name].id for name in ("eonhae", "eonhae copy", "yongbi")}
    assert near[-1] == BY_NAME["eonhae copy"].id
    assert len(filled.similar(BY_NAME["haerye"].id, 1)) == 1
    assert filled.similar("nothing") == ()
    assert filled.similar(BY_NAME["bell"].id) == ()


def test_years_are_laid_out_without_their_own_filter(filled: SearchEngine) -> None:
    spans = filled.aggregate(Query(year_from=1800)).years
    assert spans[0].first == 750 and spans[-1].last == 1949
    assert {one.last - one.first for one in spans} == {49}
    assert sum(one.count for one in spans) == len(WORKS)
    short = filled.aggregate(Query("훈민정음")).years
    assert [(one.first, one.count) for one in short if one.count] == [(1440, 1), (1450, 1), (1560, 1)]
    assert [one.first for one in short] == list(range(1440, 1570, 10))


def test_years_before_our_era_fall_into_their_decade(engine: SearchEngine) -> None:
    engine.put([work("bc", year=-17), work("ad", year=3)])
    assert [(one.first, one.last, one.count) for one in engine.aggregate(Query()).years] == [
        (-20, -11, 1), (-10, -1, 0), (0, 9, 1)]  # fmt: skip


def test_places_are_squares_of_the_map(filled: SearchEngine) -> None:
    spots = filled.aggregate(Query()).spots
    assert [(one.tile, one.count) for one in spots] == [("9/436/198", 3), ("9/439/201", 1)]
    assert abs(spots[0].latitude - SEOUL[0]) < 0.6
    assert [one.count for one in filled.aggregate(Query(year_from=1800)).spots] == []
    assert [one.count for one in filled.aggregate(Query("용비어천가"), 12).spots] == [1]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("훈민정움", "훈민정음"),
        ("훈만정음", "훈민정음"),
        ("헌민정음", "훈민정음"),
        ("김정오", "김정호"),
        ("용비어전가 노래", "용비어천가 노래"),
        ("세종", ""),
        ("경조", ""),  # a subject, though near to a place
        ("완전히다른낱말", ""),
        ("", ""),
        ('"', ""),
    ],
)
def test_a_wrong_letter_is_put_right(filled: SearchEngine, wrong: str, right: str) -> None:
    assert filled.correct(wrong) == right


def test_any_question_may_be_asked(filled: SearchEngine) -> None:
    for text in ('"', "a:b AND (", "\0", "\ud7b0", "ㅎ" * 300, "*", "가" * 1000, "🙂", "ʼ", "𠀀"):
        assert isinstance(filled.suggest(text), tuple)
        assert isinstance(filled.correct(text), str)


CORPUS = 400


def corpus() -> Iterator[SearchDocument]:
    """Give a part of the invented collection, with places on the map."""
    for number, one in enumerate(documents(0, CORPUS)):
        yield msgspec.structs.replace(one, points=((35.0 + number % 3, 127.0),))


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> SearchEngine:
    """The embedded engine with a part of the invented collection."""
    made = open_engine("tantivy", tmp_path_factory.mktemp("index"))
    made.put(list(corpus()))
    return made


def test_every_engine_says_the_same_of_the_invented_collection(
    engine: SearchEngine, embedded: SearchEngine
) -> None:
    held = list(corpus())
    engine.put(held)
    for text in ("산", "ㅅㄱ", "대", "hong", "金", "rla", "강", "사", "no", "가상"):
        assert engine.suggest(text) == embedded.suggest(text), text
    for one in held[:40]:
        assert engine.similar(one.id) == embedded.similar(one.id)
    for text in ("", held[0].texts["titles"][0], "산"):
        assert engine.aggregate(Query(text)) == embedded.aggregate(Query(text))
    for one in held[:10]:
        word = one.texts["titles"][0].split()[0][:-1] + "툏"
        assert engine.correct(word) == embedded.correct(word)
