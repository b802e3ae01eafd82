"""Finding one thing among 20,000 others: the National Treasures however they are asked for, and names over time."""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from repository.item import Item, Place, Text
from repository.search import jamo
from repository.search.embedded import EmbeddedEngine
from repository.search.knowledge import Knowledge
from repository.search.lexicon import Lexicon, relation, shipped
from repository.search.query import Query
from tests.repository.search.crowd import SEED, crowd
from tests.repository.search.samples import document, item

OTHERS = 20_000
FIRST = 3
PARTICLES = (
    ("을", "를"),
    ("은", "는"),
    ("이", "가"),
    ("과", "와"),
    ("의", "의"),
    ("에", "에"),
    ("에서", "에서"),
    ("도", "도"),
)
SINGLE_FINALS = [place for place, final in enumerate(jamo.FINALS) if final not in jamo.JOINED]
ROMANISED = Path(__file__).parent / "data" / "treasures_romanised.tsv"
Treasure = dict[str, str]
Question = Callable[[Treasure, random.Random], str]


def with_particle(name: str, chance: random.Random) -> str:
    """Put a particle after a name, as its last syllable wants it."""
    closed, opened = chance.choice(PARTICLES)
    last = jamo.parts(name[-1])
    return name + (closed if last and last[2] else opened)


def with_wrong_letter(name: str, chance: random.Random) -> str:
    """Put another letter of the same kind in the place of one: an initial, a vowel or a final (perhaps of none)."""
    place = chance.choice([place for place, one in enumerate(name) if jamo.parts(one)])
    letters = list(jamo.parts(name[place]) or ())
    which = chance.randrange(3)
    choices = (range(len(jamo.INITIALS)), range(len(jamo.VOWELS)), SINGLE_FINALS)[which]
    letters[which] = chance.choice([one for one in choices if one != letters[which]])
    return name[:place] + jamo.join(*letters) + name[place + 1 :]


def by_initials(name: str) -> str:
    """Write a name by its initial consonants."""
    return "".join(jamo.initial(one) or one for one in name)


QUESTIONS: dict[str, tuple[float, Question]] = {
    "by Hangul name": (0.95, lambda one, _: one["ccbaMnm1"]),
    "by Hanja name": (0.95, lambda one, _: one["ccbaMnm2"]),
    "Revised Romanisation": (0.95, lambda one, _: one["rr"]),
    "McCune-Reischauer": (0.95, lambda one, _: one["mr"]),
    "without spaces": (0.95, lambda one, _: one["ccbaMnm1"].replace(" ", "")),
    "with particles": (0.85, lambda one, chance: with_particle(one["ccbaMnm1"], chance)),
    "with one wrong letter": (0.85, lambda one, chance: with_wrong_letter(one["ccbaMnm1"], chance)),
    "by initial consonants": (0.85, lambda one, _: by_initials(one["ccbaMnm1"])),
    "initials, without spaces": (0.85, lambda one, _: by_initials(one["ccbaMnm1"]).replace(" ", "")),
    "romanised, without spaces": (0.85, lambda one, _: one["rr"].replace(" ", "")),
    "romanised, without marks": (0.85, lambda one, _: one["mr"].translate(str.maketrans("ŏŭŎŬ", "ouOU", "'")),),
}  # fmt: skip
NAMES = {name: item(f"name {name}", name) for name, _other, _relation in shipped()}


def treasures(folder: Path) -> list[Treasure]:
    """Read the treasures, with their names in Latin letters."""
    rows = (row.split("\t") for row in ROMANISED.read_text("utf-8").splitlines() if not row.startswith("#"))
    latin = {number: {"rr": rr, "mr": mr} for number, rr, mr in rows}
    told: list[Treasure] = json.loads((folder / "korean" / "gukbo.json").read_text("utf-8"))
    return [one | latin[one["ccbaCpno"]] for one in told]


def of_treasure(one: Treasure) -> Item:
    """Make the item of a treasure, which has no name in Latin letters."""
    made = item(one["ccbaCpno"], one["ccbaMnm1"], one["ccbaMnm2"], notes=(one["content"],))
    places = (Place((Text(one["ccbaCtcdNm"]),)),)
    return msgspec.structs.replace(made, description=msgspec.structs.replace(made.description, places=places))


def filled(folder: Path, items: Iterator[Item]) -> EmbeddedEngine:
    """Index items among the crowd, and know the names that are shipped."""
    lexicon = Lexicon(shipped())
    engine = EmbeddedEngine(folder, Knowledge(lexicon=lambda: lexicon))
    with engine.rebuild() as beside:
        beside.put([document(one) for one in items])
        beside.put([document(one) for one in crowd(OTHERS)])
    return engine


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> EmbeddedEngine:
    """The names of the shipped list among the crowd."""
    return filled(tmp_path_factory.mktemp("names"), iter(NAMES.values()))


def test_national_treasures_are_found_however_they_are_asked_for(
    library: EmbeddedEngine, shared_data: Path, record_property: Callable[[str, object], None]
) -> None:
    told = treasures(shared_data)
    library.put([document(of_treasure(one)) for one in told])
    assert len(told) == 244
    assert library.count() >= OTHERS + len(told)
    alike: dict[str, set[str]] = {}
    for one in told:
        alike.setdefault(one["ccbaMnm1"], set()).add(of_treasure(one).id)
    shares = {}
    for kind, (_least, question) in QUESTIONS.items():
        chance = random.Random(SEED)
        found = 0
        for one in told:
            hits = library.search(Query(question(one, chance))).hits[:FIRST]
            found += bool({hit.id for hit in hits} & alike[one["ccbaMnm1"]])
        shares[kind] = found / len(told)
        record_property(kind, shares[kind])
    table = "\n".join(f"{kind:28}{share:.3f}" for kind, share in shares.items())
    assert all(share >= QUESTIONS[kind][0] for kind, share in shares.items()), table
    sys.stdout.write(f"\n{table}\n")


def test_names_over_time_are_found_and_the_reason_names_the_relation(
    library: EmbeddedEngine, record_property: Callable[[str, object], None]
) -> None:
    missed = []
    for name, other, code in shipped():
        hits = library.search(Query(other)).hits[:FIRST]
        reasons = {one for hit in hits if hit.id == NAMES[name].id for one in hit.reasons}
        if not any((one.name, one.relation) == (name, code) for one in reasons):
            missed.append((name, other, code))
    share = 1 - len(missed) / len(shipped())
    record_property("names over time", share)
    assert len(shipped()) >= 320
    assert share >= 0.97, missed


def test_every_relation_of_the_shipped_list_has_words() -> None:
    assert all(relation(code).ko != code and relation(code).en for _name, _other, code in shipped())
    assert len({(name, other) for name, other, _code in shipped()}) == len(shipped())
