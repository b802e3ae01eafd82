"""A crowd of other items that a search must not take for what was asked: invented, the same for a seed.

Half of it are records of the invented corpus. The other half are called as treasures are called, after places,
temples, materials, figures and vessels, so that every word of a treasure's name stands in many of them.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from benchmarks.corpus.facts import NUMBER, facts
from repository.item import Item
from tests.repository.search.samples import item

SEED = 20_260_131
_ROWS = (Path(__file__).parent / "data" / "crowd.tsv").read_text("utf-8").splitlines()
TABLES = {
    name: [tuple(word.split(" ")) for word in words.split("|")]
    for name, words in (row.split("\t") for row in _ROWS if not row.startswith("#"))
}


def crowd(size: int, seed: int = SEED) -> Iterator[Item]:
    """Make so many items."""
    chance = random.Random(seed)
    for number in range(size):
        yield _like_a_treasure(chance, number) if number % 2 else _of_the_corpus(number)


def _of_the_corpus(number: int) -> Item:
    told = facts(number // 2 % 4200, 0)
    titles = [title.replace(NUMBER, str(number)) for title in (told.title, told.hanja, told.english) if title]
    makers = [maker.written for maker in told.makers]
    return item(f"corpus {number}", *(titles or ["[제목 없음]"]), makers=makers, notes=(told.description,))


def _like_a_treasure(chance: random.Random, number: int) -> Item:
    words = chance.choice((_of_a_temple, _of_clay, _of_paper))(chance)
    hangul, hanja = (" ".join(one[side] for one in words) for side in (0, 1))
    note = f"{hangul}은 {hanja}라고도 적는다. {chance.randrange(9, 20)}세기에 만든 것으로 본다."
    return item(f"crowd {number}", f"{hangul} {number}", f"{hanja} {number}", notes=(note,))


def _of_a_temple(chance: random.Random) -> list[tuple[str, str]]:
    one, other = _one(chance, "first"), _one(chance, "last")
    place = chance.choice((("사", "寺"), ("사지", "寺址"), ("암", "庵")))
    temple = (one[0] + other[0] + place[0], one[1] + other[1] + place[1])
    return [_one(chance, "places"), temple, _one(chance, "built")]


def _of_clay(chance: random.Random) -> list[tuple[str, str]]:
    manner, pattern = _one(chance, "manner"), _one(chance, "pattern")
    return [_one(chance, "ware"), (manner[0] + pattern[0], manner[1] + pattern[1]), _one(chance, "vessel")]


def _of_paper(chance: random.Random) -> list[tuple[str, str]]:
    volume = str(chance.randrange(1, 99))
    return [_one(chance, "copy"), _one(chance, "copied"), (f"권{volume}", f"卷{volume}")]


def _one(chance: random.Random, table: str) -> tuple[str, str]:
    hangul, hanja = chance.choice(TABLES[table])
    return hangul, hanja
