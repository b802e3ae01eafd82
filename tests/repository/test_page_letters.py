from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repository.page_letters import (
    FEW,
    FIRST,
    LONGEST,
    PLAIN,
    PageLetters,
    Rules,
    letters_of,
    read_page,
    token,
    units,
)
from repository.typefaces import FACES, Face

SHEET = """
/* h1 { font-family: var(--sans) } */
body { font: 400 1rem/1.7 var(--sans); }
h1, .serif { font-family: var(--serif); font-weight: 700; }
.lead { font-family: var(--serif); } .lead em { font: 400 1rem var(--sans); }
.works > .title a { font: 700 1rem/1.4 var(--serif); }
[lang="ko-Hani"] { font-family: var(--serif); }
a:hover { font-weight: 700; }
"""
SITE = Path(__file__).resolve().parents[2] / "static"


def letters(body: str, sheet: str = SHEET) -> dict[Face, str]:
    found = read_page(f"<!doctype html><body>{body}</body>".encode(), Rules([sheet]))
    return {face: "".join(sorted(one.first)) for face, one in found.items() if one.first}


@pytest.mark.parametrize(
    ("body", "face"),
    [
        ("<p>가</p>", PLAIN),
        ("<p><b>가</b></p>", Face("sans", 700)),
        ("<h1>가</h1>", Face("serif", 700)),
        ("<h1><a href='/'>가</a></h1>", Face("serif", 700)),
        ("<p class='big lead'>가</p>", Face("serif", 400)),
        ("<p class=lead><i><em>가</em></i></p>", PLAIN),
        ("<div class=works><p class=title><a>가</a></p></div>", Face("serif", 700)),
        ("<p class=title><a>가</a></p>", PLAIN),
        ("<span lang=ko-Hani>가</span>", Face("serif", 400)),
        ("<input placeholder=가>", PLAIN),
        ("<select><option>가</select>", PLAIN),
    ],
)
def test_a_letter_is_counted_for_the_face_it_is_set_in(body: str, face: Face) -> None:
    assert letters(body) == {face: "가"}


def test_old_syllables_are_brought_by_the_serif_which_alone_has_them() -> None:
    found = letters("<input value='\u1112\u119e\u11ab\uae00'><p><b>\u1112\u119e\u11ab</b></p>")
    old = "\u1112\u119e\u11ab"
    assert found == {PLAIN: "\uae00", Face("serif", 400): old, Face("serif", 700): old}


def test_what_is_not_shown_is_not_counted() -> None:
    assert letters("<script>가</script><style>나</style><!-- 다 --><template>라</template>마<br>바") == {
        PLAIN: "마바"
    }
    assert letters("") == {}


def test_text_after_an_element_is_set_as_what_it_stands_in() -> None:
    assert letters("<h1>가<em lang=ko-Hani>나</em>다</h1>라") == {Face("serif", 700): "가나다", PLAIN: "라"}


def test_the_sheets_of_the_site_are_understood() -> None:
    rules = Rules(sheet.read_text("utf-8") for sheet in sorted(SITE.glob("*.css"), reverse=True))
    found = read_page("<h1>가</h1><p class=work-second>나</p><p class=card-second>다</p>".encode(), rules)
    assert found[Face("serif", 700)].first == {"가"}
    assert found[Face("serif", 400)].first == {"나", "다"}


def test_a_place_seen_before_is_answered_alike() -> None:
    rules = Rules([SHEET])
    page = "<div class=works><p class=title><a>가</a></p></div><p class=title><a>나</a></p>".encode()
    assert read_page(page, rules) == read_page(page, rules)
    assert 0 < rules.places < 10


SYLLABLE = st.text(st.sampled_from("\u1112\ua960\u1109"), min_size=1, max_size=2).flatmap(
    lambda first: st.sampled_from(["\u119e", "\u119e\u11ab", "\u11a1\u302e"]).map(lambda rest: first + rest)
)


@given(st.frozensets(st.characters(codec="utf-8") | SYLLABLE, max_size=200))
def test_letters_come_back_from_their_token(letters: frozenset[str]) -> None:
    assert letters_of(token(letters)) == letters


def test_old_syllables_are_letters_of_their_own() -> None:
    assert set(units("ᄒᆞᆯᄊᆡ〮 나랏")) == {"ᄒᆞᆯ", "ᄊᆡ〮", " ", "나", "랏"}
    assert letters("ᄉᆞᄆᆞᆺ") == {Face("serif", 400): "ᄆᆞᆺᄉᆞ"}


def test_a_token_has_an_end_and_keeps_what_fits() -> None:
    many = frozenset(map(chr, range(0x3400, 0x9FFF, 2)))
    spelt = token(many)
    assert len(spelt) <= LONGEST
    assert len(letters_of(spelt)) > 1500 and letters_of(spelt) < many


@pytest.mark.parametrize("text", ["!", "가", "A"])
def test_what_is_no_token_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"base64|ASCII|padding|data"):
        letters_of(text)


def test_letters_that_only_come_later_stand_apart_if_they_are_many() -> None:
    later = "".join(map(chr, range(0xB000, 0xB000 + FEW)))
    page = f"<p>{'가' * FIRST}</p><p>{later}</p><h1>{later[1:]}</h1>"
    found = read_page(page.encode(), Rules([SHEET]))
    assert found[PLAIN] == PageLetters(frozenset("가"), frozenset(later))
    assert found[Face("serif", 700)] == PageLetters(frozenset(later[1:]), frozenset())


def test_every_face_has_a_font_of_its_own() -> None:
    assert len({face.font for face in FACES}) == len(FACES)
