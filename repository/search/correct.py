"""Did you mean: words that nothing in the collection holds, put right by the nearest one of its names.

A word is compared by the keys it is typed with, so one wrong letter of a syllable is one step and not a new
syllable. Of a word with one wrong letter either the first half or the second is right: both are looked up.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from repository.search import prefixes
from repository.search.analysis import analyse
from repository.search.document import FIELDS
from repository.search.entries import LETTERS, STARTS
from repository.search.glances import Glances
from repository.search.matching import NEAREST, AnyOf, AnyToken, Clause, column

MOST_WORDS = 6  # of a question that are looked at
SAMPLE = 100  # documents in which each half is looked for
LONG_WORD = 9  # letters from which two may be wrong
_WORD = re.compile(r"(?<![^\W_])(?<![*?])[^\W_]++(?!\*)")  # no part of a word with wildcards


def correct(glances: Glances | None, text: str) -> str:
    """Give a question with its wrong words put right; an empty text where none is wrong, or nothing is near."""
    if glances is None:
        return ""
    words = list(dict.fromkeys(_WORD.findall(text)))[:MOST_WORDS]
    found = {word: _right(glances, word) for word in words if not _is_held(glances, word)}
    mended = _WORD.sub(lambda match: found.get(match.group()) or match.group(), text)
    return mended if mended != text else ""


def _is_held(glances: Glances, word: str) -> bool:
    """Tell whether any field holds a word as it is, by itself or as a part of a compound: then it is not wrong."""
    found = analyse(word, long=True)
    tokens = {form: tuple(token.text for token in getattr(found, form)) for form in ("exact", "morph")}
    held = tuple(
        AnyToken(column(name, form), own)
        for name, field in FIELDS.items()
        for form, own in tokens.items()
        if len(own) == 1 and form in field.forms
    )
    return bool(held) and glances.counts([AnyOf(held)]) != [0]


def _right(glances: Glances, word: str) -> str:
    letters = prefixes.letters(word)
    if not prefixes.SHORTEST_WORD <= len(letters) <= prefixes.LONGEST_WORD:
        return ""
    known: Counter[str] = Counter()
    for half in _halves(letters, prefixes.script(word) == "latin"):
        for entry in glances.entries(half, NEAREST, SAMPLE):
            known.update(
                {one for field in LETTERS for name in entry.names.of(field) for one in _WORD.findall(name)}
            )
    return nearest(word, known)


def _halves(letters: str, latin: bool) -> Iterator[Clause]:
    """Look for the first half at the beginning of any word, for the second at the end of one."""
    mark, half = "l" if latin else "k", len(letters) // 2
    starts = [start for within in (False, True) for start in prefixes.held([mark + letters[:half]], within)]
    yield AnyToken(STARTS, tuple(letter + start for start in starts for letter in LETTERS.values()))
    lengths = dict.fromkeys(length // 2 for length in range(len(letters) - 1, len(letters) + 2))
    ends = [prefixes.END + letters[-length:] for length in lengths if length >= prefixes.SHORTEST_WORD // 2]
    yield AnyToken(STARTS, tuple(letter + end for end in ends for letter in LETTERS.values()))


def nearest(word: str, known: Mapping[str, int]) -> str:
    """Give the known word nearest to one, of equally near ones the commonest; nothing where the word is known."""
    letters = prefixes.letters(word)
    most = 2 if len(letters) >= LONG_WORD else 1
    near: list[tuple[int, int, int, str]] = []
    for one, times in known.items():
        if (steps := distance(letters, prefixes.letters(one), most)) <= most:
            near.append((steps, prefixes.strangeness(one, word), -times, one))
    best = min(near, default=None)
    return best[3] if best and best[0] else ""


def distance(one: str, other: str, most: int) -> int:
    """Count the letters to put in, take out, change or swap with their neighbour; at most `most + 1`."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, 1):
        earlier, before, row = before, row, [place]
        for there, another in enumerate(other, 1):
            steps = min(before[there] + 1, row[-1] + 1, before[there - 1] + (letter != another))
            if place > 1 < there and letter == other[there - 2] and one[place - 2] == another:
                steps = min(steps, earlier[there - 2] + 1)
            row.append(steps)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
