"""Words of a query with wildcards: `훈민*`, `훈*음`, `Hunmin*`, `訓?正音`; found as written, in no other script.

`*` stands for any run of letters or none, `?` for one letter; a `?` at the end of a word is a question mark, and
where there are fewer than two letters either is a sign like others. Hanja are kept one by one and their words
have no ends: `訓民*` is what has 訓民 in it, an ordinary word. Between two Hanja `*` stands for up to four signs
or words, `?` for one.

What it costs is bounded: a word has few wildcards, a query few such words, and a word may not begin with one,
for then an engine had to read every word of the collection for each column that it looks into.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import product
from typing import NamedTuple

from repository.errors import BadRequest
from repository.search.analysis import LATIN_WORDS, LONGEST_TOKEN, WORDS
from repository.search.folding import fold, without_marks
from repository.search.patterns import ANY, HOLE, ONE
from repository.search.ways import Way

MOST_WORDS = 4  # with wildcards, of a query
MOST_SIGNS = 4  # of a word; of `*` between Hanja half as many
LONGEST_GAP = 4  # signs or words that `*` between Hanja stands for
FEWEST_LETTERS = 2
_SIGNS = re.compile(r"[*?]+")
_RUNS_OF_ANY = re.compile(r"\*[*?]*\*")


class _Token(NamedTuple):
    """A token with its wildcards; of one that stands alone, as Hanja do, `signs` are those behind it."""

    text: str
    signs: str = ""

    @property
    def is_pattern(self) -> bool:
        return ANY in self.text or ONE in self.text


def ways(word: str) -> tuple[Way, ...]:
    """Give the ways to find a word with wildcards; none where it has no wildcard.

    Raises BadRequest for a word that begins with one, or has more than four.
    """
    tokens = _tokens(fold(word).text)
    if any(token.is_pattern for token in tokens):
        return tuple(_of_patterns(tokens))
    return tuple(_of_rows(tokens)) if any(token.signs for token in tokens[:-1]) else ()


def too_many() -> BadRequest:
    """Refuse a query with more wildcards than allowed."""
    return BadRequest(
        "query_too_many_wildcards",
        f"*와 ?는 한 낱말에 {MOST_SIGNS}개(한자 사이의 *는 {MOST_SIGNS // 2}개)까지, "
        f"그런 낱말은 {MOST_WORDS}개까지 쓸 수 있습니다.",
        f"a word has at most {MOST_SIGNS} of * and ? (of * between Hanja {MOST_SIGNS // 2}), "
        f"a query {MOST_WORDS} such words",
    )


def _leading(word: str) -> BadRequest:
    shown = word[:40]
    return BadRequest(
        "query_wildcard_first",
        f"낱말은 *나 ?로 시작할 수 없습니다. 앞 글자를 적거나 그 부호를 빼고 찾으세요: {shown}",
        f"a word cannot begin with * or ?; write its first letter, or leave the sign out: {shown}",
    )


def _tokens(folded: str) -> list[_Token]:
    """Cut a word into tokens as the analyser does, and give each the wildcards in and behind it."""
    letters, signs = _apart(folded)
    tokens: list[_Token] = []
    found = [match.span() for match in WORDS.finditer(letters)]
    starts, ends = {start for start, _end in found}, {end for _start, end in found}
    for start, end in found:
        behind = signs.get(end, "")
        behind = behind if end in starts else behind.rstrip(ONE)
        if end - start < FEWEST_LETTERS:
            tokens.append(_Token(letters[start:end], behind))
        elif start in signs and start not in ends:
            raise _leading(folded)
        else:
            within = "".join(letters[at] + signs.get(at + 1, "") for at in range(start, end - 1))
            tokens.append(_Token((within + letters[end - 1] + behind)[:LONGEST_TOKEN]))
    if sum(letter in (ANY, ONE) for token in tokens for letter in token.text + token.signs) > MOST_SIGNS:
        raise too_many()
    return tokens


def _apart(folded: str) -> tuple[str, dict[int, str]]:
    """Take the wildcards out of a word: what is left, and which stood before each place of it."""
    letters, signs, place = "", {}, 0
    for match in _SIGNS.finditer(folded):
        letters += folded[place : match.start()]
        signs[len(letters)] = _RUNS_OF_ANY.sub(_shortest, match.group())
        place = match.end()
    return letters + folded[place:], signs


def _shortest(run: re.Match[str]) -> str:
    """Write a run of wildcards between two `*` with one `*`."""
    return ONE * run.group().count(ONE) + ANY


def _of_patterns(tokens: Sequence[_Token]) -> Iterator[Way]:
    """All tokens of a word in one field; those of Latin letters by their bare letters too."""
    yield _way("exact", tokens)
    if all(LATIN_WORDS.fullmatch(_SIGNS.sub("", token.text)) for token in tokens):
        yield _way("latin", [token._replace(text=_bare(token.text)) for token in tokens])


def _way(form: str, tokens: Sequence[_Token]) -> Way:
    return Way(
        form,
        needs=tuple(((form, token.text),) for token in tokens if not token.is_pattern),
        patterns=tuple((form, token.text) for token in tokens if token.is_pattern),
    )


def _bare(pattern: str) -> str:
    parts = re.split(r"([*?])", pattern)
    return "".join(part if part in (ANY, ONE) else without_marks(part) for part in parts)


def _of_rows(tokens: Sequence[_Token]) -> Iterator[Way]:
    """Tokens in a row, with every number of others between them that wildcards may stand for."""
    *before, last = tokens
    if sum(token.signs.count(ANY) for token in before) > MOST_SIGNS // 2:
        raise too_many()
    choices = [
        range(token.signs.count(ONE), token.signs.count(ONE) + (LONGEST_GAP + 1 if ANY in token.signs else 1))
        for token in before
    ]
    for gaps in product(*choices):
        row = [one for token, gap in zip(before, gaps, strict=True) for one in (token.text, *(HOLE,) * gap)]
        yield Way("exact", phrase=(*row, last.text))
