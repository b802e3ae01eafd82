"""What counts as an alternative text, and whose words stand."""

from __future__ import annotations

import pytest

from repository.alternative_text import LONGEST, Said, in_force, of_institution, origin_of, says_more, told
from repository.asset import Asset, Role, Words
from repository.item import Text, canonical

TITLES = ("훈민정음 해례본", "訓民正音 解例本", "The Correct Sounds")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "훈민정음 해례본",
        "  훈민정음,  해례본 ",
        "訓民正音 解例本 (표지)",
        "THE CORRECT SOUNDS",
        "훈민정음 해례본 3쪽",
        "The Correct Sounds, page 3 of 12",
        "예의 1",
        "KM_0001.jpg",
        "KM_0001",
        "사진",
        "Image 12",
        "견본 그림 · 실물 사진이 아님: 훈민정음 해례본 (예의 1)",
        "Drawn sample, not the object: The Correct Sounds (page 3)",
        "ﾀ",
        "…!?",
    ],
)
def test_title_label_file_name_and_number_are_no_alternative_text(text: str) -> None:
    assert not says_more(text, TITLES, "예의 1", "https://x.example/a/KM_0001.jpg?size=full")


@pytest.mark.parametrize(
    "text",
    [
        "목판에 새긴 글자가 열 줄로 서 있다",
        "훈민정음 해례본. 첫 줄에 國之語音이라고 크게 적혀 있다",
        "견본 그림. 산이 여덟",
        "Ten columns of woodblock type",
        "ᄒᆞᆫ글로 적은 편지",
    ],
)
def test_what_is_to_be_seen_is_one(text: str) -> None:
    assert says_more(text, TITLES, "예의 1", "https://x.example/a/KM_0001.jpg")


def test_a_title_of_one_character_does_not_eat_what_is_said() -> None:
    assert says_more("산과 강을 그린 병풍", ("산",))
    assert not says_more("산", ("산",))


def test_a_text_too_long_to_listen_to_becomes_the_long_description() -> None:
    long = Text("글자 " * (LONGEST // 2), "ko")
    said = of_institution([long, Text("책", "ko"), Text("표지에 무늬가 있다", "ko")], [], ["책"], "", "")
    assert said == Said((Text("표지에 무늬가 있다", "ko"),), (long,))


def test_in_each_language_a_person_stands_before_the_institution_and_a_machine_last() -> None:
    sent = [Text("기관 말", "ko"), Text("기관 말 둘", "ko-Hani")]
    machine = [Words("machine", "en", "machine", "m1", "2026-11-01"), Words("기계", "ko", "machine", "m1")]
    person = Words("사람 말", "ko", "person", made="2026-11-02")
    assert in_force(sent, machine) == (Words("기관 말", "ko"), Words("기관 말 둘", "ko-Hani"), machine[0])
    assert in_force(sent, [*machine, person]) == (person, machine[0])
    assert in_force([Text("한글이라 우리말")], [person]) == (person,)


def test_who_wrote_is_told_by_the_best_text_and_asked_only_of_what_is_looked_at() -> None:
    words = (Words("a b", "en", "machine", "m"), Words("말씀", "ko", "person"))
    assert origin_of(Role.PAGE, words) == "person" and origin_of(Role.FILM, words[:1]) == "machine"
    assert origin_of(Role.VIEW, ()) == "none"
    for role in (Role.CAPTION, Role.MANIFEST, Role.DOCUMENT, Role.POSTER):
        assert origin_of(role, ()) == ""


def test_an_institutions_words_are_closed_with_its_texts_and_ours_are_not() -> None:
    person = Words("사람 말", "ko", "person")
    asset = Asset(
        "a", "i", "k", "u", 0, alt=(Words("기관 말", "en"), person), description=(Words("긴", "ko"),)
    )
    assert told(asset, True) is asset
    assert (told(asset, False).alt, told(asset, False).description) == ((person,), ())


def test_an_institutions_words_are_kept_in_the_bytes_they_always_had() -> None:
    assert canonical((Words("첫 쪽", "ko"),)) == canonical((Text("첫 쪽", "ko"),))
