"""How a name begins to be typed: its first letters in every way in which a reader may write it.

A beginning is a mark and letters. `k` are the keys of the Korean keyboard, so an unfinished syllable is a
beginning like any other (훈미 begins 훈민정음) and Hangul typed in the Latin mode (gnsal) is the same thing;
Hanja count as they are read. `i` are initial consonants, `h` Hanja, `l` bare Latin letters, `r` the sound in
Latin letters as both romanisations have it (`repository.search.roman`). `s` are whole syllables, by which a
name is only compared.

An index holds beginnings of a few lengths only; what is longer than one of them is compared here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from repository.search import hanja, jamo, keyboard, roman
from repository.search.folding import fold, without_marks

LENGTHS = {
    "k": (2, 3, 4, 5, 6, 8, 10, 12),
    "i": (2, 3, 4, 5, 6, 8),
    "h": (1, 2, 3, 4, 6, 8),
    "l": (2, 3, 4, 5, 6, 8, 10, 12),
    "r": (3, 4, 5, 6, 8, 10, 12),
}
LONGEST = 60  # characters of what is typed, and of a name, that count
MOST_WORDS = 4  # of a name, at which it may be taken up
SHORTEST_WORD, LONGEST_WORD = 4, 24  # letters or keys of a word that is looked for by its halves
END = "z"
_LONGEST_START = 24  # characters from each of these
_ANYTHING_ELSE = re.compile(r"[\W_]+")
_HANJA = re.compile(f"[{hanja.HANJA}]")
_ALL_HANJA = re.compile(f"[{hanja.HANJA}]+")
_SOUNDED = re.compile(f"[\uac00-\ud7a3\u3131-\u318e{hanja.HANJA}]")
_SYLLABLE = re.compile("[\uac00-\ud7a3]")
_UNSETTLED = ("a", "e", "k", "n", "o", "p", "q", "t", "w")  # ends of a sound that what follows may change
_ASCII = re.compile("[a-z0-9]+")


def typed(text: str) -> tuple[str, ...]:
    """Give the beginnings that a text may stand for, the surest first; none where it is too short to select."""
    found = dict.fromkeys(filter(_selects, _typed("".join(words(text)))))
    return tuple(found) if any(one[0] in LENGTHS for one in found) else ()


@lru_cache(maxsize=65536)
def spellings(name: str) -> tuple[tuple[str, ...], ...]:
    """Give the whole of a name in all its ways, then what follows from its second word on, and so on."""
    return tuple([tuple(ways) for ways in _spellings(words(name))])


def _spellings(found: tuple[str, ...]) -> list[list[str]]:
    most = min(len(found), MOST_WORDS)
    return [_spelt("".join(found[place:most])[:_LONGEST_START], whole=not place) for place in range(most)]


def tokens(name: str, letter: str = "") -> list[str]:
    """Give the beginnings of a name that an index holds; those from within it are marked by a capital.

    Then the latter halves of its words as typed: of a word with one wrong letter, one half is right.
    Before each stands a letter, which tells fields apart.
    """
    found = words(name)
    made: list[str] = []
    for place, ways in enumerate(_spellings(found)):
        for way in ways:
            if lengths := LENGTHS.get(way[0]):
                shown = letter + (way if not place else way[0].upper() + way[1:])
                before, longest = len(letter) + 1, len(way)
                made += [shown[: before + length] for length in lengths if length < longest]
    for word in found[:MOST_WORDS]:
        typed = _letters(word)
        if SHORTEST_WORD <= len(typed) <= LONGEST_WORD:
            made.append(letter + END + typed[-(len(typed) // 2) :])
    return made


def held(beginnings: Iterable[str], within: bool = False) -> tuple[str, ...]:
    """Give the tokens that an index holds for everything that begins so, at the start of a name or within it."""
    return tuple(_held(one[0], one[1:], within) for one in beginnings if one[0] in LENGTHS)


def _held(mark: str, rest: str, within: bool) -> str:
    length = max(length for length in LENGTHS[mark] if length <= len(rest))
    return (mark.upper() if within else mark) + rest[:length]


def fit(name: str, beginnings: Sequence[str]) -> tuple[int, int] | None:
    """Tell how a name begins as typed: from which word on (from 0), and in which of these ways; else None."""
    for place, ways in enumerate(spellings(name)):
        for rank, beginning in enumerate(beginnings):
            if any(way.startswith(beginning) for way in ways):
                return place, rank
    return None


def is_whole(name: str, beginnings: Sequence[str]) -> bool:
    """Tell whether nothing of a name is left to type."""
    return any(way in beginnings for way in spellings(name)[0])


@lru_cache(maxsize=65536)
def key(name: str) -> str:
    """Give what names share that are read alike: 세종 and 世宗 are one, 'Sejong' is another."""
    joined = "".join(words(name))
    return (
        keyboard.keys(hanja.sounds(hanja.read(joined))) if _SOUNDED.search(joined) else without_marks(joined)
    )


def letters(word: str) -> str:
    """Give the keys that a word is typed with, Hanja as they are read, or its bare Latin letters."""
    return _letters("".join(words(word)))


@lru_cache(maxsize=65536)
def _letters(folded: str) -> str:
    return keyboard.keys(hanja.read(folded)) if _SOUNDED.search(folded) else without_marks(folded)


def script(text: str) -> str:
    """Name the script of a text: hanja or hangul where it holds any, else latin."""
    return "hanja" if _HANJA.search(text) else "hangul" if _SOUNDED.search(text) else "latin"


def strangeness(name: str, text: str) -> int:
    """Tell how strange the script of a name is to somebody who typed a text: the same, Hangul, any other."""
    own = script(name)
    return 0 if own == script(text) else 1 if own == "hangul" else 2


def words(text: str) -> tuple[str, ...]:
    """Give the words of a text, as far as it counts, folded."""
    return _words(text[:LONGEST])


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    return tuple(_ANYTHING_ELSE.sub(" ", fold(text).text).split())


def _selects(beginning: str) -> bool:
    return len(beginning) > LENGTHS.get(beginning[0], (1,))[0]


def _typed(joined: str) -> Iterator[str]:
    if initials := jamo.typed_initials(joined):
        yield "i" + keyboard.keys(initials)
    if _SOUNDED.search(joined):
        if _ALL_HANJA.fullmatch(joined):
            yield "h" + joined
        read = hanja.read(joined)
        yield "s" + read
        yield "k" + keyboard.keys(read)
        if latin := keyboard.to_latin(joined):
            yield "l" + latin
        return
    bare = without_marks(joined)
    yield "l" + bare
    if _ASCII.fullmatch(bare):
        sound = roman.bare(bare)
        yield "r" + sound
        if sound.endswith(_UNSETTLED):
            yield "r" + sound[:-1] + ("n" if sound.endswith("q") else "")
        yield "k" + bare


def _spelt(joined: str, whole: bool) -> list[str]:
    """Write a name in all its ways; from within it, only as it is written."""
    if not _SOUNDED.search(joined):
        return ["l" + without_marks(joined)]
    read = hanja.read(joined)
    keys = keyboard.keys(read)
    found = ["s" + read, "k" + keys]
    if _HANJA.search(joined) and (said := hanja.sounds(read)) != read:
        found += ["s" + said, "k" + keyboard.keys(said)]
    if run := _ALL_HANJA.match(joined):
        found.append("h" + run.group())
    if whole:
        syllables = "".join(_SYLLABLE.findall(read))
        found.append("i" + keyboard.keys("".join(map(jamo.initial, syllables))))
        found.append("r" + roman.spelt(syllables))
    return found
