"""How well a document's description answers a question: a fixed sum of what its words, sentences and titles hold.

Measured on development sets (`benchmarks/finding.py`): BM25 over content words; pairs of syllables, which
bridge what was cut otherwise; the best single sentence; words that stand near each other as in the question;
words of the titles; how much of the question is held at all; and a number or a date where one is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise, zip_longest
from operator import mul
from typing import NamedTuple

from repository.search.document import SENTENCES_APART, VALUES_APART
from repository.search.kept import Kept
from repository.search.scoring import Asked, Word, saturated
from repository.search.statistics import Statistics

BODY, TITLES = "notes", "titles"
REACH = 8  # tokens between two words that are near each other
SENTENCE = 18.0  # words of a sentence, about
_DATED = re.compile(" ([0-9]+) [년월]")
_NUMBERS = re.compile(" ([0-9]+)(?= )")


class Parts(NamedTuple):
    """The parts of one score."""

    words: float = 0.0
    title: float = 0.0
    coverage: float = 0.0
    numbers: float = 0.0
    pairs: float = 0.0
    sentence: float = 0.0
    near: float = 0.0
    title_pairs: float = 0.0
    sentence_coverage: float = 0.0
    date: float = 0.0
    number: float = 0.0


# What each part adds to the sum; tuned on development sets.
WEIGHTS = Parts(
    words=1.0,
    title=0.5,
    coverage=8.0,
    numbers=16.0,
    pairs=0.4,
    sentence=0.5,
    near=0.4,
    title_pairs=0.6,
    sentence_coverage=1.2,
    date=4.0,
    number=6.0,
)


def total(parts: Parts) -> float:
    """Add the parts up, each by its weight."""
    return float(sum(map(mul, parts, WEIGHTS)))


def quick(asked: Asked, kept: Kept, statistics: Statistics) -> Parts:
    """Score what is soon found: words anywhere, and in the titles."""
    words = title = covered = 0.0
    for word in asked.words:
        times = kept.get(BODY).get(word.form, "").count(word.needle) if word.written in kept.long else 0
        if times:
            words += word.idf * saturated(times, _length(kept.get(BODY), statistics))
        in_names = word.written in kept.short
        if in_names and word.needle in kept.get(TITLES).get(word.form, ""):
            title += word.idf
            covered += word.idf
        elif times or (in_names and any(word.needle in stream for stream in kept.names(word.form))):
            covered += word.idf
    numbers = _numbers_held(asked, kept) if asked.numbers else 0.0
    return Parts(words, title, covered / (asked.total or 1.0), numbers)


def _numbers_held(asked: Asked, kept: Kept) -> float:
    """Give the share of a question's numbers that a description has."""
    exact = kept.get(BODY).get("exact", "")
    return sum(f" {number} " in exact for number in asked.numbers) / len(asked.numbers)


def whole(asked: Asked, kept: Kept, found: Parts, statistics: Statistics) -> Parts:
    """Score all, on top of what was soon found."""
    body, titles = kept.get(BODY), kept.get(TITLES)
    length = _length(body, statistics)
    exact, title = body.get("exact", ""), titles.get("exact", "")
    sentence, covered, place = _best_sentence(asked, body, titles)
    said = _cut(exact)[place : place + 1] or [exact]
    return found._replace(
        pairs=sum(
            idf * saturated(times, length) for pair, idf in asked.pairs if (times := exact.count(pair))
        ),
        sentence=sentence,
        near=_near(asked, body.get("morph", "")),
        title_pairs=sum(idf for pair, idf in asked.pairs if pair in title),
        sentence_coverage=covered,
        date=float(asked.wants_date and _tells(asked, _DATED, said[0])),
        number=float(asked.wants_number and _tells(asked, _NUMBERS, said[0])),
    )


def _length(body: dict[str, str], statistics: Statistics) -> float:
    """Give how long a description is: 1 is the mean."""
    mean = statistics.mean(BODY, "morph")
    return (body.get("morph", "").count(" ") - 1) / mean if mean else 1.0


def _cut(stream: str) -> list[str]:
    return stream.replace(VALUES_APART, SENTENCES_APART).split(SENTENCES_APART)


def _best_sentence(asked: Asked, body: dict[str, str], titles: dict[str, str]) -> tuple[float, float, int]:
    """Give the best score of a sentence alone, the most that one covers with the titles, and the former's place."""
    # In order, as a set is not: sums of the same numbers in another order differ in their last digit.
    given = dict.fromkeys(word for word in asked.words if word.needle in titles.get(word.form, ""))
    best, most, place = 0.0, sum(word.idf for word in given), 0
    for number, (morph, latin) in enumerate(
        zip_longest(_cut(body.get("morph", "")), _cut(body.get("latin", "")), fillvalue="")
    ):
        length = morph.count(" ") / SENTENCE
        score = covered = 0.0
        for word in asked.words:
            if times := (morph if word.form == "morph" else latin).count(word.needle):
                score += word.idf * saturated(times, length)
                covered += word.idf
            elif word in given:
                covered += word.idf
        most = max(most, covered)
        if score > best:
            best, place = score, number
    return best, most, place


def _near(asked: Asked, stream: str) -> float:
    """Score neighbours of the question that stand near each other, the lesser word's weight by their distance."""
    wanted = {word.text: word for word in asked.row if word.form == "morph"}
    places: dict[str, list[int]] = {}
    for place, token in enumerate(stream.split()):
        if token in wanted:
            places.setdefault(token, []).append(place)
    row = [word for word in asked.row if word.form == "morph"]
    return sum(_nearness(one, other, places) for one, other in pairwise(row) if one != other)


def _nearness(one: Word, other: Word, places: dict[str, list[int]]) -> float:
    distance = min(_distances(places.get(one.text, ()), places.get(other.text, ())), default=REACH + 1)
    return min(one.idf, other.idf) / (1 + (distance - 1) / 2) if distance <= REACH else 0.0


def _distances(ones: list[int] | tuple[()], others: list[int] | tuple[()]) -> Iterator[int]:
    return (abs(one - other) for one in ones for other in others)


def _tells(asked: Asked, pattern: re.Pattern[str], sentence: str) -> bool:
    """Tell whether a sentence has a number that the question has not."""
    return any(number not in asked.numbers for number in pattern.findall(sentence))
