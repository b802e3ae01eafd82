"""How nearly a whole question is one of the titles of a document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from repository.search.analysis import FORMS, Analysis, Token
from repository.search.document import VALUES_APART
from repository.search.forms import SOUNDS
from repository.search.hanja import sounds

WHOLE_TITLE = 20.0
SAME_TITLE = 10.0
SAME_LETTERS = 9.0  # spaced otherwise
SAME_SOUND = 5.0  # in another script
SAME_THING = 10.0  # under another of its names
# Forms in which a title may be near, together, and how much nearness in them counts.
ALIKE = (
    (SOUNDS, 1.0),
    (("roman",), 0.95),
    (("initials",), 0.9),
    (("reading", "rimes", "initials"), 0.9),  # with a wrong letter in it
)
# The same by the places of a title's streams, as written left out.
_ALIKE = tuple((tuple(FORMS.index(form) - 1 for form in forms), share) for forms, share in ALIKE)


class _Places(NamedTuple):
    """What is heard at the places of a question: at some, one needle, at others any of several."""

    number: int
    sure: tuple[str, ...]
    either: tuple[tuple[str, ...], ...]


class Asked(NamedTuple):
    """A question as written, with and without blanks, and what is heard at its places in forms taken together."""

    exact: str
    letters: str
    places: tuple[_Places, ...]


def asked(found: Analysis) -> Asked:
    """Make a question that was analysed ready to be compared with titles."""
    numbers = tuple(frozenset((one,)) for one in _numbers(token.text for token in found.morph))
    heard = (
        _places((form, token) for form in forms for token in getattr(found, form)) for forms, _share in ALIKE
    )
    exact = [token.text for token in found.exact]
    return Asked(
        " ".join(exact),
        "".join(exact),
        tuple(_parted((*places, *numbers) if places else ()) for places in heard),
    )


def nearness(forms: Mapping[str, str], asked: Asked) -> float:
    """Score how nearly the whole query is one of the titles: in the forms it is nearest in, and as written."""
    columns = [forms.get(form, "").split(VALUES_APART) for form in FORMS]
    return max([_of_value(value, asked) for value in zip_longest(*columns, fillvalue="")])


def called(forms: Mapping[str, str], names: Sequence[Sequence[str]]) -> float:
    """Score whether one of the titles is nothing but one of some other names of what was asked for."""
    held = f" {VALUES_APART}{forms.get('exact', '')}{VALUES_APART} "
    whole = (f" {' '.join((VALUES_APART, *name, VALUES_APART))} " for name in names)
    return SAME_THING if any(one in held for one in whole) else 0.0


def _of_value(value: tuple[str, ...], wanted: Asked) -> float:
    near = 0.0
    exact, written, *streams = value
    morphemes = written.split()  # the one form that is kept as it is written
    heard = (f" {' '.join(map(_sounds, morphemes))} ", *streams)
    numbers = "".join([f" {one} " for one in morphemes if one.isdecimal()])
    for (columns, share), places in zip(_ALIKE, wanted.places, strict=True):
        if places.number and near < share:  # what is nearer already no further form can better
            held = numbers + "".join([heard[column] for column in columns])
            near = max(near, share * _alike(held, places, near / share))
    return WHOLE_TITLE * near + _sameness(exact, wanted, near)


def _alike(held: str, places: _Places, least: float) -> float:
    """Give the share of what two have in common (Dice); 0 where it cannot be more than the least of interest."""
    sure = 0
    for one in places.sure:
        sure += one in held
    met = sure
    for place in places.either:
        met += any(one in held for one in place)
    # What is surely met is held: without counting, the share is at most this.
    if not met or 2 * met <= least * (places.number + (sure or 1)):
        return 0.0
    return 2 * met / (places.number + len(set(held.split())))


_sounds = lru_cache(maxsize=65536)(sounds)


def _sameness(written: str, asked: Asked, near: float) -> float:
    if written.strip() == asked.exact:
        return SAME_TITLE
    if written.replace(" ", "") == asked.letters:
        return SAME_LETTERS
    return SAME_SOUND if near >= 1.0 else 0.0


def _parted(places: Iterable[frozenset[str]]) -> _Places:
    """Part places by whether one token is heard there."""
    needles = [tuple(f" {token} " for token in place) for place in dict.fromkeys(places)]
    sure = dict.fromkeys(place[0] for place in needles if len(place) == 1)
    return _Places(len(needles), tuple(sure), tuple(place for place in needles if len(place) > 1))


def _numbers(tokens: Iterable[str]) -> set[str]:
    return {token for token in tokens if token.isdecimal()}


def _places(found: Iterable[tuple[str, Token]]) -> tuple[frozenset[str], ...]:
    by_place: dict[tuple[str, int, int], set[str]] = {}
    for form, token in found:
        by_place.setdefault((form, token.start, token.end), set()).add(sounds(token.text))
    return tuple(dict.fromkeys(map(frozenset, by_place.values())))
