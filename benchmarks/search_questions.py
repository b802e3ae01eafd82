"""The questions of the benchmark of search: the mix that a site meets, drawn from the invented collection itself.

In a hundred: ten browse all or by one facet, twenty ask words that stand in more than a tenth of the items, forty
ask words in the middle, twenty ask names in another script, and ten ask what is nowhere.
"""

from __future__ import annotations

import random
from collections import Counter

from benchmarks.search_corpus import HOLDERS, PARTICLES, Lot, document, vocabulary
from repository.search.query import Query

SAMPLE = 4_000
COMMON, RARE = 0.1, 0.0005
MIX = {"browse": 10, "common": 20, "middle": 40, "other script": 20, "nothing": 10}
SEED = "questions"


def questions(count: int = 200) -> list[tuple[str, Query]]:
    """Give questions with their kinds, in a mixed order; the same for everybody."""
    drawn = random.Random(SEED)
    common, middle = _by_frequency()
    kinds = [kind for kind, share in MIX.items() for _ in range(count * share // 100)]
    asked = [(kind, _question(kind, drawn, common, middle)) for kind in kinds]
    drawn.shuffle(asked)
    return asked


def _question(kind: str, drawn: random.Random, common: list[str], middle: list[str]) -> Query:
    if kind == "browse":
        chosen = (("holder", (f"h{drawn.randrange(HOLDERS)}",)), ("type", ("map",)), ("reuse", ("yes",)))
        return Query(filters=(drawn.choice(chosen),) if drawn.random() < 0.7 else ())
    if kind == "common":
        return Query(drawn.choice(common))
    if kind == "middle":
        return Query(" ".join(drawn.sample(middle, drawn.choice((1, 1, 2)))))
    if kind == "other script":
        return Query(_other_script(drawn))
    return Query(f"{drawn.choice(middle)} 없는{drawn.randrange(10**6)}낱말")


def _other_script(drawn: random.Random) -> str:
    """Ask a title in Hanja by its Hangul or Roman letters, or one in Hangul by its Hanja."""
    title = Lot(drawn.randrange(SAMPLE)).words(1, 3)
    return drawn.choice(
        (
            " ".join(one.latin for one in title),
            "".join(one.hanja for one in title),
            "".join(one.hangul for one in title),
        )
    )


def _by_frequency() -> tuple[list[str], list[str]]:
    """Part the words by the share of documents that hold them, by a sample."""
    known = {one.hangul for one in vocabulary()}
    held: Counter[str] = Counter()
    for number in range(SAMPLE):
        written = " ".join(document(number).texts["notes"]).split()
        held.update({bare for token in written if (bare := _bare(token)) in known})
    ordered = sorted(held.items(), key=lambda one: (-one[1], one[0]))  # equal ones alike in every process
    common = [name for name, count in ordered if count > COMMON * SAMPLE]
    middle = [name for name, count in ordered if RARE * SAMPLE < count <= COMMON * SAMPLE]
    return common, middle


def _bare(token: str) -> str:
    """Take the particle off a word."""
    endings = (token.removesuffix(particle) for particle in sorted(PARTICLES, key=len, reverse=True))
    return next((bare for bare in endings if bare != token), token)
