"""What every search engine of ours does, whatever it is built on."""

from __future__ import annotations

import random
import threading
from itertools import product

import pytest

from repository.errors import BadRequest
from repository.search import kept
from repository.search.engine import SearchEngine
from repository.search.query import Query
from repository.search.tokens import analysed
from tests.repository.search.samples import decision, document, item

BOOKS = [
    item(
        "haerye",
        "훈민정음 해례본",
        "訓民正音 解例本",
        "Hunmin chŏngŭm haeryebon",
        makers=("정인지", "鄭麟趾"),
        year=1446,
    ),
    item("yongbi", "용비어천가", "龍飛御天歌", makers=("권제", "정인지"), year=1447),
    item("map", "대동여지도", "大東輿地圖", kind="map", makers=("김정호",), year=1861, holder="museum"),
    item("diary", "난중일기", "亂中日記", makers=("이순신", "李舜臣"), notes=("임진왜란 때에 쓴 일기",), year=1592),
    item("film", "노량의 바다", kind="video", notes=("노량에서 이순신이 이끈 싸움",), year=1962, holder="archive"),
    item("nothing known", "제목만 있는 책", holder="museum"),
]  # fmt: skip


def fill(engine: SearchEngine) -> None:
    """Put the books in."""
    engine.put([document(one) for one in BOOKS])


def found(engine: SearchEngine, query: Query) -> list[str]:
    """Search, and give first titles."""
    titles = {one.id: one.title for one in BOOKS}
    return [titles[hit.id] for hit in engine.search(query).hits]


def test_an_engine_that_holds_nothing_answers_nothing(engine: SearchEngine) -> None:
    assert engine.health().state == "empty"
    assert engine.count() == 0
    assert list(engine.digests()) == []
    assert engine.search(Query("훈민정음")).total == 0
    assert engine.drop(["nothing"]) == 0
    assert engine.put([]) == 0


def test_put_and_drop_are_idempotent(engine: SearchEngine) -> None:
    made = [document(one) for one in BOOKS]
    assert engine.put(made) == len(made)
    assert engine.put(made) == 0
    assert engine.count() == len(made)
    assert engine.put([made[0], made[0]]) == 0
    assert engine.drop([made[0].id]) == 1
    assert engine.drop([made[0].id]) == 0
    assert engine.put([made[0], made[0]]) == 1
    assert engine.count() == len(made)
    assert engine.health().state == "ok"
    assert engine.health().documents == len(made)


def test_a_changed_document_replaces_the_old_one(engine: SearchEngine) -> None:
    engine.put([document(item("one", "고려사"))])
    assert engine.put([document(item("one", "동국통감"))]) == 1
    assert engine.search(Query("고려사")).total == 0
    assert engine.search(Query("동국통감")).total == 1
    assert engine.count() == 1


def test_digests_list_every_document_once(engine: SearchEngine) -> None:
    made = [document(item(f"book {number}")) for number in range(40)]
    engine.put(made)
    listed = list(engine.digests())
    assert dict(listed) == {one.id: one.digest for one in made}
    assert [one for one, _digest in listed] == [one.id for one in sorted(made, key=lambda one: one.seq)]


@pytest.mark.parametrize(
    ("text", "expected", "form"),
    [
        ("용비어천가", "용비어천가", "exact"),
        ("龍飛御天歌", "용비어천가", "exact"),
        ("竜飛御天歌", "용비어천가", "exact"),
        ("훈민 정음", "훈민정음 해례본", "morph"),
        ("대동 여지도", "대동여지도", "morph"),
        ("hunmin-chongum haeryebon", "훈민정음 해례본", "latin"),
        ("김정호", "대동여지도", "exact"),
        ("金正浩", "대동여지도", "reading"),
        ("권제 정인지", "용비어천가", "exact"),
        ("이순신 일기", "난중일기", "exact"),
    ],
)
def test_words_find_and_say_how(engine: SearchEngine, text: str, expected: str, form: str) -> None:
    fill(engine)
    assert found(engine, Query(text))[0] == expected
    assert form in engine.search(Query(text)).hits[0].forms


def test_all_words_must_be_found_anywhere_in_the_document(engine: SearchEngine) -> None:
    fill(engine)
    assert found(engine, Query("이순신 바다")) == ["노량의 바다"]
    assert set(found(engine, Query("이순신"))) == {"난중일기", "노량의 바다"}


def test_phrases_and_exclusion(engine: SearchEngine) -> None:
    fill(engine)
    assert found(engine, Query('"노량의 바다"')) == ["노량의 바다"]
    assert engine.search(Query('"바다의 노량"')).total == 0
    assert found(engine, Query('"訓民正音"')) == ["훈민정음 해례본"]
    assert engine.search(Query('"正訓"')).total == 0
    assert found(engine, Query("이순신 -노량")) == ["난중일기"]
    assert len(found(engine, Query("-이순신"))) == len(BOOKS) - 2


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("훈민*", ["훈민정음 해례본"]),
        ("훈*음", ["훈민정음 해례본"]),
        ("훈?정음", ["훈민정음 해례본"]),
        ("훈?음", []),
        ("訓民*", ["훈민정음 해례본"]),
        ("*正音", ["훈민정음 해례본"]),
        ("訓*音", ["훈민정음 해례본"]),
        ("訓?正", ["훈민정음 해례본"]),
        ("訓?音", []),
        ("大*圖", ["대동여지도"]),
        ("Hunmin*", ["훈민정음 해례본"]),
        ("CHONG*", ["훈민정음 해례본"]),
        ("해례본* Hun?in", ["훈민정음 해례본"]),
        ("임진*", ["난중일기"]),
        ("이순*", ["난중일기", "노량의 바다"]),
        ("이순* -노량*", ["난중일기"]),
        ("이순* -亂?日", ["노량의 바다"]),
        ("작가:이순*", ["난중일기"]),
        ("제목:이순*", []),
        ("이순* -작가:이순*", ["노량의 바다"]),
        ("정인* 제목:용비*", ["용비어천가"]),
        ("제목:정인지", []),
        ("작가:정인지 -제목:용비어천가", ["훈민정음 해례본"]),
        ('"훈*음"', []),
        ("난중일기?", ["난중일기"]),
        ("난중일*?", ["난중일기"]),
        ("* 난중일기 ?", ["난중일기"]),
    ],
)
def test_wildcards_and_fields_find_what_they_say(engine: SearchEngine, text: str, titles: list[str]) -> None:
    fill(engine)
    answer = engine.search(Query(text))
    assert sorted([] if answer.relaxed else found(engine, Query(text))) == sorted(titles)


def test_beginnings_find_words_with_their_particles(engine: SearchEngine) -> None:
    engine.put([document(item("note", "다른 책", notes=("훈민정음은 스물여덟 글자다. 국훈민은 아니다.",)))])
    (hit,) = engine.search(Query("훈민*")).hits
    assert [(one.term, one.form, one.field) for one in hit.reasons] == [("훈민*", "exact", "notes")]
    assert engine.search(Query("글자*", sort="id")).total == engine.search(Query("스물*여덟")).total == 1
    assert engine.search(Query("훈민")).total == 1
    assert engine.search(Query("민정*")).relaxed or not engine.search(Query("민정*")).total


def test_more_words_than_any_query_may_have_meet_a_pattern(engine: SearchEngine) -> None:
    made = [
        document(item(f"{n}", f"가나{chr(0xAC00 + n)}", notes=(f"다라{chr(0xAC00 + n)}마",)))
        for n in range(1500)
    ]
    engine.put(made)
    assert engine.search(Query("가나* 다?*마")).total == 1500
    assert engine.aggregate(Query("가나* -다*마")).years == ()


@pytest.mark.parametrize(
    "text",
    [
        "大*輿*圖 亂*中*記 龍*飛*歌 訓*民*音",
        "가?*나?*다 라?*마?*바 사?*아?*자 차?*카?*타",
        "a?*b?*c d?*e?*f -g?*h?*i -j?*k?*l",
        "大*輿*圖 亂*中*記 -龍*飛*歌 가나*다 " + " ".join(f"낱말{n}" for n in range(36)),
        "가나" * 240 + "*",
    ],
)
def test_the_most_wildcards_that_are_allowed_are_answered(engine: SearchEngine, text: str) -> None:
    fill(engine)
    assert engine.search(Query(text)).total <= len(BOOKS)
    assert engine.search(Query(text, sort="year", filters=(("holder", ("museum",)),))).total <= len(BOOKS)


def test_a_word_that_begins_with_a_wildcard_is_refused(engine: SearchEngine) -> None:
    fill(engine)
    for text in ("*정음", "-?민정음", "제목:*정음"):
        with pytest.raises(BadRequest) as refused:
            engine.search(Query(text))
        assert refused.value.code == "query_wildcard_first"


def test_where_nothing_holds_all_words_the_nearest_titles_come_and_it_says_so(engine: SearchEngine) -> None:
    fill(engine)
    answer = engine.search(Query("훈민정글 해례본"))
    assert answer.relaxed
    assert found(engine, Query("훈민정글 해례본")) == ["훈민정음 해례본"]
    assert not engine.search(Query("훈민정음 해례본")).relaxed
    assert engine.search(Query("완전히다른낱말")).total == 0
    assert not engine.search(Query("완전히다른낱말")).relaxed


def test_titles_come_before_notes_and_whole_titles_first(engine: SearchEngine) -> None:
    engine.put(
        [
            document(item("note", "다른 책", notes=("동국통감을 본 이야기",))),
            document(item("longer", "동국통감 목록과 해제")),
            document(item("itself", "동국통감")),
            document(item("hanja", "東國通鑑")),
        ]
    )
    order = [hit.id for hit in engine.search(Query("동국통감")).hits]
    assert order == [item(name).id for name in ("itself", "hanja", "longer", "note")]


def test_of_the_longest_texts_as_much_is_kept_as_of_any(engine: SearchEngine) -> None:
    """What is kept of it is larger than a value that an engine sorts by may be (32 KB in Lucene)."""
    syllables = "가나다라마바사아"
    words = ["".join(one) for one in product(syllables, repeat=4)]
    notes = tuple(" ".join(words[start : start + 400]) for start in range(0, 2_000, 400))
    long = document(item("long", "긴 책", notes=notes))
    assert len(kept.write(kept.streams(analysed(long)))) > 1 << 15
    fill(engine)
    engine.put([long])
    assert [hit.id for hit in engine.search(Query(words[0])).hits] == [long.id]


def test_facets_count_the_whole_result_and_ignore_their_own_filter(engine: SearchEngine) -> None:
    fill(engine)
    answer = engine.search(Query(size=1))
    assert answer.total == len(BOOKS)
    assert {one.value: one.count for one in answer.facets["holder"]} == {
        "library": 3,
        "museum": 2,
        "archive": 1,
    }
    assert [one.value for one in answer.facets["century"]] == ["15", "16", "19", "20"]
    narrowed = engine.search(Query(filters=(("holder", ("museum",)),)))
    assert narrowed.total == 2
    assert {one.value: one.count for one in narrowed.facets["holder"]}["library"] == 3
    assert {one.value: one.count for one in narrowed.facets["type"]} == {"map": 1, "book": 1}


def test_filters_are_any_of_within_and_all_of_between(engine: SearchEngine) -> None:
    fill(engine)
    either = Query(filters=(("holder", ("museum", "archive")),))
    assert engine.search(either).total == 3
    both = Query(filters=(("holder", ("museum", "archive")), ("type", ("video",))))
    assert found(engine, both) == ["노량의 바다"]
    assert engine.search(Query(filters=(("type", ("'; drop --",)),))).total == 0


def test_years_keep_what_touches_them(engine: SearchEngine) -> None:
    fill(engine)
    assert set(found(engine, Query(year_from=1440, year_to=1450))) == {"훈민정음 해례본", "용비어천가"}
    assert set(found(engine, Query(year_from=1861))) == {"대동여지도", "노량의 바다"}
    assert set(found(engine, Query(year_to=1446))) == {"훈민정음 해례본"}


def test_rights_are_facets(engine: SearchEngine) -> None:
    engine.put(
        [
            document(item("open"), decision(train="yes_with"), files=2),
            document(item("no files"), files=0),
            document(item("closed"), decision(view="no", reuse="no")),
        ]
    )
    assert engine.search(Query(filters=(("viewable", ("yes",)),))).total == 1
    assert engine.search(Query(filters=(("view", ("yes",)),))).total == 2
    assert engine.search(Query(filters=(("reuse", ("no",)),))).total == 1
    assert engine.search(Query(filters=(("train", ("yes", "yes_with")),))).total == 1


@pytest.mark.parametrize("sort", ["id", "year", "-year", "relevance"])
@pytest.mark.parametrize("text", ["", "책", "-없는말"])
def test_every_page_is_reached_once_by_cursor(engine: SearchEngine, sort: str, text: str) -> None:
    years = [None, 1400, 1592, -57]
    engine.put([document(item(f"{n}", f"책 {n}", year=years[n % 4])) for n in range(53)])
    seen: list[str] = []
    query = Query(text, sort=sort, size=7)
    while True:
        answer = engine.search(query)
        assert answer.total == 53
        seen += [hit.id for hit in answer.hits]
        if not answer.next:
            break
        query = Query(text, sort=sort, size=7, cursor=answer.next)
    assert len(seen) == len(set(seen)) == 53


def test_years_sort_both_ways_and_unknown_ones_come_last(engine: SearchEngine) -> None:
    fill(engine)
    rising = found(engine, Query(sort="year"))
    assert rising[:2] == ["훈민정음 해례본", "용비어천가"]
    assert rising[-1] == "제목만 있는 책"
    falling = found(engine, Query(sort="-year"))
    assert falling[0] == "노량의 바다"
    assert falling[-1] == "제목만 있는 책"


def test_a_cursor_belongs_to_its_question(engine: SearchEngine) -> None:
    engine.put([document(item(f"{n}", f"책 {n}")) for n in range(30)])
    cursor = engine.search(Query("책", size=10)).next
    assert len(engine.search(Query("책", size=20, cursor=cursor)).hits) == 20
    for wrong in (
        Query("글", cursor=cursor),
        Query("책", sort="year", cursor=cursor),
        Query("책", cursor="x!한"),
    ):
        with pytest.raises(BadRequest) as refused:
            engine.search(wrong)
        assert refused.value.code == "cursor_invalid"


def test_more_terms_than_allowed_are_refused(engine: SearchEngine) -> None:
    with pytest.raises(BadRequest) as refused:
        engine.search(Query(" ".join(f"낱말{n}" for n in range(41))))
    assert refused.value.code == "query_too_many_terms"


def test_order_does_not_depend_on_the_history_of_the_index(engine: SearchEngine) -> None:
    made = [document(item(f"{n}", f"조선 책 {n % 7}", notes=("조선의 책 " * (n % 5),))) for n in range(80)]
    shuffled = random.Random(7).sample(made, len(made))
    for start in range(0, 80, 9):
        engine.put(shuffled[start : start + 9])
    engine.drop([one.id for one in made[:40]])
    engine.put(made[:40])
    before = [engine.search(Query(text, size=80)) for text in ("조선", "조선 책", "책 3", "")]
    with engine.rebuild() as beside:
        beside.put(made)
    after = [engine.search(Query(text, size=80)) for text in ("조선", "조선 책", "책 3", "")]
    assert before == after


def test_a_rebuild_stands_beside_the_live_index_until_it_is_whole(engine: SearchEngine) -> None:
    engine.put([document(item("old", "묵은 책"))])
    with engine.rebuild() as beside:
        beside.put([document(item("new", "새로 지은 책"))])
        beside.put([document(item("new", "새로 지은 책"))])
        assert engine.search(Query("묵은")).total == 1
        assert engine.search(Query("지은")).total == 0
        engine.put([document(item("meanwhile", "그사이의 책"))])
        assert engine.count() == 2
    assert engine.search(Query("묵은")).total == 0
    assert engine.search(Query("지은")).total == 1
    assert engine.count() == 1


def test_a_rebuild_that_fails_changes_nothing(engine: SearchEngine) -> None:
    engine.put([document(item("old", "묵은 책"))])
    with pytest.raises(KeyError), engine.rebuild() as beside:
        beside.put([document(item("new", "새 책"))])
        raise KeyError("the database went away")
    assert engine.search(Query("묵은")).total == 1
    assert engine.put([document(item("next", "다음 책"))]) == 1
    with engine.rebuild() as beside:
        beside.put([document(item("new", "새 책"))])
    assert engine.count() == 1


def test_readers_in_threads_go_on_while_one_writes_and_swaps(engine: SearchEngine) -> None:
    made = [document(item(f"{n}", f"책 {n}")) for n in range(20)]
    engine.put(made)
    totals: set[int] = set()
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            totals.add(engine.search(Query("책")).total)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for _ in range(3):
        with engine.rebuild() as beside:
            beside.put(made)
        engine.drop([made[0].id])
        engine.put(made)
    done.set()
    for reader in readers:
        reader.join()
    assert totals <= {19, 20}


def test_a_whole_title_in_another_script_comes_before_two_hundred_that_only_hold_the_word(
    engine: SearchEngine,
) -> None:
    """An engine alone puts the word as written first; so the ranker has to be given more than two hundred."""
    whole = document(item("whole", "四日"))
    engine.put([whole, *(document(item(f"other {number}", f"사일 {number}")) for number in range(200))])
    results = engine.search(Query("사일"))
    assert results.total == 201
    assert results.hits[0].id == whole.id
