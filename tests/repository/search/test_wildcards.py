"""Wildcards in words: what they mean, what is refused, why something was found and where; soon, whatever is typed."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from repository.errors import BadRequest
from repository.search import highlight, ranking, terms, wildcards
from repository.search.engine import SearchEngine
from repository.search.factory import open_engine
from repository.search.patterns import expression, in_stream, of_token
from repository.search.query import Query
from tests.repository.search.samples import candidate, document, item

PATTERNS = [
    ("훈민*", ["훈민*"]),
    ("훈민**", ["훈민*"]),
    ("훈*음", ["훈*음"]),
    ("훈?정음", ["훈?정음"]),
    ("훈민?*", ["훈민?*"]),
    ("훈*?*음", ["훈?*음"]),
    ("훈민＊", ["훈민*"]),
    ("훈민*?", ["훈민*"]),
    ("「훈민*」", ["훈민*"]),
    ("19*년", ["19*"]),
    ("Hunmin*", ["hunmin*"]),
    ("chŏng*", ["chŏng*"]),
    ("hunmin-chong*", ["chong*"]),
]


@pytest.mark.parametrize(("word", "patterns"), PATTERNS, ids=[word for word, _patterns in PATTERNS])
def test_a_wildcard_in_or_behind_a_row_of_letters_makes_a_pattern(word: str, patterns: list[str]) -> None:
    (term,) = terms.of(word)
    assert term.has_wildcards
    assert [pattern for form, pattern in term.ways[0].patterns if form == "exact"] == patterns


@pytest.mark.parametrize(
    ("signed", "plain"),
    [
        ("훈민정음?", "훈민정음"),
        ("누가 지었나?", "누가 지었나"),
        ("훈민정음(?)", "훈민정음"),
        ("정음??!", "정음"),
        ("훈*", "훈"),
        ("*훈", "훈"),
        ("訓民*", "訓民"),
        ("*正音?", "正音"),
        ("* 훈민정음 ? ?*", "훈민정음"),
        ("-* 훈민정음", "훈민정음"),
        ('"훈민* 정?음"', '"훈민 정 음"'),
        ("*.jpg", "jpg"),
    ],
)
def test_elsewhere_the_signs_are_ordinary(signed: str, plain: str) -> None:
    with_signs, without = terms.of(signed), terms.of(plain)
    assert not any(term.has_wildcards for term in with_signs)
    assert [term.ways[0] for term in with_signs] == [term.ways[0] for term in without]
    assert not terms.of("* ? ** ?*?")


def test_words_of_hanja_have_gaps() -> None:
    phrases = {way.phrase for term in terms.of("訓*音") for way in term.ways}
    assert phrases == {("訓", *("",) * gap, "音") for gap in range(wildcards.LONGEST_GAP + 1)}
    assert [way.phrase for term in terms.of("訓?正音") for way in term.ways] == [("訓", "", "正", "音")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("*정음", "query_wildcard_first"),
        ("?민정음", "query_wildcard_first"),
        ("-*정음", "query_wildcard_first"),
        ("제목:*정음", "query_wildcard_first"),
        ("hunmin-*gum", "query_wildcard_first"),
        ("가*나*다*라*마*바", "query_too_many_wildcards"),
        ("가나??????다", "query_too_many_wildcards"),
        ("訓*民*正*音", "query_too_many_wildcards"),
        ("가나* 나다* 다라* 라마* 마바*", "query_too_many_wildcards"),
    ],
)
def test_what_could_cost_too_much_is_refused_in_both_languages(text: str, code: str) -> None:
    with pytest.raises(BadRequest) as refused:
        terms.of(text)
    assert refused.value.code == code
    assert re.search("[가-힣]", refused.value.ko)
    assert re.search("[a-z]", refused.value.en)


def test_a_field_holds_for_the_word_behind_it_and_a_minus_leaves_out() -> None:
    one, other = terms.of("제목:훈민* -작가:정인*")
    assert (one.text, one.field, one.excluded) == ("훈민*", "titles", False)
    assert (other.text, other.field, other.excluded) == ("정인*", "makers", True)


BOOK = item(
    "haerye",
    "훈민정음은 해례본",
    "訓民正音 解例本",
    "Hunmin chŏngŭm haeryebon",
    notes=("훈민정음을 풀이한 책. 훈민 정책은 아니다.",),
)


@pytest.mark.parametrize(
    ("text", "form", "field"),
    [
        ("훈민*", "exact", "titles"),
        ("훈*음은", "exact", "titles"),
        ("설명:훈민*", "exact", "notes"),
        ("정?은", "exact", "notes"),
        ("訓*音", "exact", "titles"),
        ("訓?正", "exact", "titles"),
        ("Hunm?n", "exact", "titles"),
        ("chong*", "latin", "titles"),
        ("hunmin-chong*", "latin", "titles"),
    ],
)
def test_the_ranker_says_in_which_form_and_field(text: str, form: str, field: str) -> None:
    (hit,) = ranking.rank(terms.of(text), [candidate(document(BOOK))])
    assert [(one.term, one.form, one.field) for one in hit.reasons] == [
        (text.rpartition(":")[2], form, field)
    ]


def test_of_more_places_the_nearer() -> None:
    often = item("often", "책", notes=("훈민정음, 훈민가 그리고 훈민정음을 본다.",))
    once = item("once", "책", notes=("훈민정음, 용비어천가 그리고 월인천강지곡을 본다.",))
    candidates = [candidate(document(one)) for one in (once, often)]
    assert [hit.id for hit in ranking.rank(terms.of("훈민*"), candidates)] == [often.id, once.id]


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("훈민*", "국훈민과 훈민정음은 다르다", ["훈민정음은"]),
        ("훈*음", "훈민정음 훈음 훈민정음은", ["훈민정음", "훈음"]),
        ("훈?음", "훈민정음 훈독음 훈음", ["훈독음"]),
        ("訓*音", "訓民正音 解例", ["訓民正音"]),
        ("訓?正", "訓民正音", ["訓民正"]),
        ("hunm*", "Hunmin chŏngŭm", ["Hunmin"]),
        ("chong*", "Hunmin chŏngŭm", ["chŏngŭm"]),
        ("hunmin-chong*", "Hunmin-chŏngŭm", ["Hunmin-chŏngŭm"]),
        ("-훈민*", "훈민정음", []),
    ],
)
def test_marks_are_the_words_that_were_found(query: str, text: str, marked: list[str]) -> None:
    segments = highlight.Marker(terms.of(query)).mark(text)
    assert "".join(segment.text for segment in segments) == text
    found = "|".join(segment.text for segment in segments if segment.marked)
    assert re.split(r"[| -]", found) == re.split(r"[| -]", "|".join(marked))


LETTERS = st.text("가나ab訓", min_size=1, max_size=8)


@given(st.lists(st.sampled_from(["가", "나", "a", "*", "?"]), max_size=6).map("".join), LETTERS)
def test_the_three_ways_to_write_a_pattern_agree(rest: str, token: str) -> None:
    pattern = "가" + rest
    wanted = re.fullmatch(expression(pattern), token) is not None
    assert (of_token(pattern).fullmatch(token) is not None) == wanted
    assert (in_stream((pattern,)).search(f" x {token} y ") is not None) == wanted
    assert len(in_stream((pattern,)).findall(f" {token} {token} ")) == 2 * wanted


def test_no_token_takes_long() -> None:
    start = time.perf_counter()
    for pattern in ("가*가*가*가*나", "가?*가?*나", "가가*가가*가가*가가*나"):
        assert not in_stream((pattern,)).search(f" {'가' * 120} " * 400)
    assert time.perf_counter() - start < 2


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> SearchEngine:
    """The embedded engine with a few books."""
    made = open_engine("tantivy", tmp_path_factory.mktemp("wildcards") / "index")
    made.put([document(BOOK), document(item("other", "용비어천가", "a1b2 c'd"))])
    return made


PIECES = st.sampled_from(
    [
        "*",
        "?",
        "＊",
        "？",
        "훈",
        "민",
        "정음",
        "訓",
        "民",
        "ab",
        "'",
        "-",
        '"',
        " ",
        "제목:",
        ".",
        "\\",
        "[",
        "(",
        "é",
        "ㅎ",
        "1",
    ]
)


@settings(max_examples=400, deadline=None)
@given(
    st.one_of(
        st.lists(PIECES, max_size=20).map("".join), st.text(max_size=40).map(lambda text: f"가{text}*나?")
    )
)
@example("가" * 499 + "*")
@example("ab" * 200 + "?" + "ab" * 40 + "*")
@example("가나" * 60 + "????나")
def test_whatever_is_typed_is_answered_or_refused(filled: SearchEngine, text: str) -> None:
    try:
        found = filled.search(Query(text))
        filled.aggregate(Query(text))
    except BadRequest as refused:
        assert refused.code in {"query_wildcard_first", "query_too_many_wildcards", "query_too_many_terms"}
        return
    assert 0 <= found.total <= 2
    highlight.Marker(terms.of(text)).mark("훈민정음 訓民正音 Hunmin")
