"""Suggestions while somebody types: works whose title begins so, and people and places so named.

Of the works that begin so, those with the shortest titles come first. Of names, a sample is looked at: the
first documents by their number, which is a hash, so what is common is surely among them; then each name is
counted exactly. All of it is bounded, whatever is typed, and the same over every engine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from repository.search import prefixes
from repository.search.analysis import analyse
from repository.search.engine import Suggestion
from repository.search.entries import BRIEF, LETTERS, STARTS, Entry
from repository.search.glances import Glances
from repository.search.matching import NEAREST, AnyOf, AnyToken, Clause, Phrase, column

KINDS = {"titles": "work", "makers": "person", "places": "place"}
SAMPLE = 60  # documents in which names are looked for
LEAST_SHARES = {"makers": 3, "places": 2}  # of ten suggestions, where there are so many


class _Name(NamedTuple):
    """Names that are read alike: how they fit what was typed, how many of the sample have them, how written."""

    fit: tuple[int, int]
    times: int
    shown: str
    written: tuple[str, ...]
    item: str


def suggest(glances: Glances | None, text: str, limit: int) -> tuple[Suggestion, ...]:
    """Suggest what somebody may be typing: works, then people, then places; nothing where little was typed."""
    typed = prefixes.typed(text)
    if glances is None or not typed:
        return ()
    works = _works(glances, typed, text, limit)
    names = [_counted(glances, field, _names(glances, field, typed, text), limit) for field in LEAST_SHARES]
    return tuple(_shared(works, names, limit))


def fitting(names: Iterable[tuple[str, str]], text: str) -> list[tuple[str, str]]:
    """Choose from a few named things, given as (name, id), those whose name or a word of it begins as typed."""
    typed = prefixes.typed(text)
    placed = ((prefixes.fit(name, typed), name, one) for name, one in names)
    return [(name, one) for _fit, name, one in sorted(row for row in placed if row[0])]


def _works(glances: Glances, typed: Sequence[str], text: str, limit: int) -> list[Suggestion]:
    found = glances.entries(_beginning("titles", typed, within=False), BRIEF, 2 * limit)
    if len(found) < limit:
        held = {entry.id for entry in found}
        more = glances.entries(_beginning("titles", typed, within=True), BRIEF, 2 * limit)
        found += [entry for entry in more if entry.id not in held]
    titled = [(*best, entry.id) for entry in found if (best := _title(entry, typed, text))]
    copies = Counter(prefixes.key(title) for *_rank, title, _item in titled)
    chosen: dict[str, Suggestion] = {}
    for *_rank, title, item in sorted(titled):
        key = prefixes.key(title)
        chosen.setdefault(key, Suggestion(title, "work", item, copies[key]))
    return list(chosen.values())[:limit]


def _title(entry: Entry, typed: Sequence[str], text: str) -> tuple[tuple[int, int], int, int, str] | None:
    """Choose the title that begins as typed: at its start, in the script of what was typed, and the shortest."""
    fits = ((prefixes.fit(title, typed), title) for title in entry.names.titles)
    titles = ((fit, prefixes.strangeness(title, text), len(title), title) for fit, title in fits if fit)
    return min(titles, default=None)


def _names(glances: Glances, field: str, typed: Sequence[str], text: str) -> list[_Name]:
    """Gather the names of a field that begin as typed from a sample of the documents that have any."""
    clause = AnyOf(tuple(_beginning(field, typed, within) for within in (False, True)))
    sampled = glances.entries(clause, NEAREST, SAMPLE)
    groups: dict[str, list[tuple[str, str]]] = {}
    for entry in sampled:
        for name in entry.names.of(field):
            if prefixes.fit(name, typed):
                groups.setdefault(prefixes.key(name), []).append((name, entry.id))
    return [_name(held, typed, text) for held in groups.values()]


def _name(held: Sequence[tuple[str, str]], typed: Sequence[str], text: str) -> _Name:
    """Show a group of names as it was typed, where it is ever written so, and most often."""
    times = Counter(name for name, _item in held)
    shown = min(times, key=lambda name: (prefixes.strangeness(name, text), -times[name], name))
    fit = (-1, 0) if prefixes.is_whole(shown, typed) else prefixes.fit(shown, typed) or (0, 0)
    return _Name(fit, len({item for _name, item in held}), shown, tuple(sorted(times)), held[0][1])


def _counted(glances: Glances, field: str, names: Iterable[_Name], limit: int) -> list[Suggestion]:
    nearest = sorted(names, key=lambda one: (one.fit, -one.times, one.shown))[:limit]
    counts = glances.counts([_holding(field, one.written) for one in nearest])
    ordered = sorted(zip(nearest, counts, strict=True), key=lambda one: (one[0].fit, -one[1], one[0].shown))
    return [Suggestion(one.shown, KINDS[field], one.item, count) for one, count in ordered]


def _holding(field: str, names: Sequence[str]) -> Clause:
    """Say that a field holds one of these names as it is written."""
    written = (tuple(token.text for token in analyse(name).exact) for name in names)
    place = column(field, "exact")
    return AnyOf(
        tuple(
            AnyToken(place, tokens) if len(tokens) == 1 else Phrase(place, tokens)
            for tokens in written
            if tokens
        )
    )


def _beginning(field: str, typed: Sequence[str], within: bool) -> Clause:
    return AnyToken(STARTS, tuple(LETTERS[field] + token for token in prefixes.held(typed, within)))


def _shared(
    works: Sequence[Suggestion], names: Sequence[Sequence[Suggestion]], limit: int
) -> Iterator[Suggestion]:
    """Give each kind its share of the places, and what is left over to works, then to people, then to places."""
    shares = [-(-limit * share // 10) for share in LEAST_SHARES.values()]
    kept = [min(len(found), share) for found, share in zip(names, shares, strict=True)]
    room = min(len(works), limit - sum(kept))
    yield from works[:room]
    left = limit - room
    for place, found in enumerate(names):
        many = min(len(found), left - sum(kept[place + 1 :]))
        yield from found[:many]
        left -= many
