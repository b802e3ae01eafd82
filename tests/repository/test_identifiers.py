"""Identifiers: equal names give equal ids, and what people mistype is noticed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from repository.identifiers import ALPHABET, LENGTH, check_character, is_valid, mint, normalise

NAMES = st.text(min_size=1, max_size=40)


@given(NAMES, NAMES)
def test_minting_is_a_function_of_the_names(source: str, local_id: str) -> None:
    minted = mint(source, local_id)
    assert minted == mint(source, local_id)
    assert is_valid(minted) and len(minted) == LENGTH


def test_known_identifiers_never_move() -> None:
    """People have cited these: a change of the algorithm must fail here."""
    assert mint("sample-library", "oai:library:1") == "rh5z41whf0p629"
    assert mint("s", "a", salt=1) == "5q83s7psecx4eh"


@given(NAMES, st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_every_mistyped_character_is_noticed(name: str, position: int, character: str) -> None:
    minted = mint(name)
    typed = minted[:position] + character + minted[position + 1 :]
    assert is_valid(typed) == (typed == minted)


@given(NAMES, st.integers(0, LENGTH - 1), st.integers(0, LENGTH - 1))
def test_every_swap_of_two_characters_is_noticed(name: str, one: int, other: int) -> None:
    letters = list(mint(name))
    letters[one], letters[other] = letters[other], letters[one]
    assert is_valid("".join(letters)) == ("".join(letters) == mint(name))


@given(NAMES)
def test_typing_habits_are_read(name: str) -> None:
    minted = mint(name)
    typed = "-".join((minted[:5], minted[5:])).upper().replace("1", "I").replace("0", "O")
    assert normalise(f" {typed} ") == minted


def test_what_is_not_an_identifier_is_not_valid() -> None:
    assert not any(map(is_valid, ("", "u" * LENGTH, "훈민정음", "../../etc/passwd", "0" * 13)))


def test_a_hundred_thousand_names_do_not_collide() -> None:
    assert len({mint("s", str(number)) for number in range(100_000)}) == 100_000


def test_the_check_character_is_in_the_alphabet() -> None:
    assert check_character("0" * 13) == "0"
