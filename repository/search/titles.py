"""How nearly a whole question is one of the titles of a document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from repository.search.analysis import Analysis, Token
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
_FORMS = ("exact", *dict.fromkeys(form for forms, _share in ALIKE for form in forms))


class _Places(NamedTuple):
    """What is heard at the places of a question: one token, or at some any of several."""

    number: int
    sure: frozenset[str]
    either: tuple[frozenset[str], ...]


class _Asked(NamedTuple):
    """A question as written, and by what is heard at its places in the forms taken together."""

    exact: list[str]
    places: tuple[_Places, ...]


def nearness(forms: Mapping[str, str], asked: Analysis) -> float:
    """Score how nearly the whole query is one of the titles: in the forms it is nearest in, and as written."""
    wanted = _asked(asked)
    columns = [forms.get(form, "").split(VALUES_APART) for form in _FORMS]
    values = zip(*_even(columns), strict=True)
    return max(_of_value(dict(zip(_FORMS, value, strict=True)), wanted) for value in values)


def called(forms: Mapping[str, str], names: Iterable[Sequence[str]]) -> float:
    """Score whether one of the titles is nothing but one of some other names of what was asked for."""
    held = f" {VALUES_APART}{forms.get('exact', '')}{VALUES_APART} "
    whole = (f" {' '.join((VALUES_APART, *name, VALUES_APART))} " for name in names)
    return SAME_THING if any(one in held for one in whole) else 0.0


def _of_value(value: dict[str, str], wanted: _Asked) -> float:
    near = 0.0
    morphemes = value["morph"].split()  # the one form that is kept as it is written
    heard = {"morph": set(map(_sounds, morphemes))}
    numbers = _numbers(morphemes)
    for (forms, share), places in zip(ALIKE, wanted.places, strict=True):
        if places.number and near < share:  # what is nearer already no further form can better
            held = numbers.union(*[_heard(form, value, heard) for form in forms])
            near = max(near, share * _alike(held, places))
    return WHOLE_TITLE * near + _sameness(value["exact"].split(), wanted.exact, near)


def _heard(form: str, value: dict[str, str], heard: dict[str, set[str]]) -> set[str]:
    if form not in heard:
        heard[form] = set(value[form].split())
    return heard[form]


def _alike(held: set[str], places: _Places) -> float:
    """Give the share of what two have in common (Dice)."""
    met = len(places.sure & held) + sum([not place.isdisjoint(held) for place in places.either])
    return 2 * met / (places.number + len(held))


_sounds = lru_cache(maxsize=65536)(sounds)


def _sameness(written: list[str], asked: list[str], near: float) -> float:
    if written == asked:
        return SAME_TITLE
    if "".join(written) == "".join(asked):
        return SAME_LETTERS
    return SAME_SOUND if near >= 1.0 else 0.0


@lru_cache(maxsize=64)
def _asked(asked: Analysis) -> _Asked:
    numbers = tuple(frozenset((one,)) for one in _numbers(token.text for token in asked.morph))
    heard = (
        _places((form, token) for form in forms for token in getattr(asked, form)) for forms, _share in ALIKE
    )
    return _Asked(
        [token.text for token in asked.exact],
        tuple(_parted((*places, *numbers) if places else ()) for places in heard),
    )


def _parted(places: Iterable[frozenset[str]]) -> _Places:
    """Part places by whether one token is heard there."""
    different = frozenset(places)
    sure = frozenset().union(*(place for place in different if len(place) == 1))
    return _Places(len(different), sure, tuple(place for place in different if len(place) > 1))


def _numbers(tokens: Iterable[str]) -> set[str]:
    return {token for token in tokens if token.isdecimal()}


def _places(found: Iterable[tuple[str, Token]]) -> tuple[frozenset[str], ...]:
    by_place: dict[tuple[str, int, int], set[str]] = {}
    for form, token in found:
        by_place.setdefault((form, token.start, token.end), set()).add(sounds(token.text))
    return tuple(dict.fromkeys(map(frozenset, by_place.values())))


def _even(columns: Sequence[list[str]]) -> list[list[str]]:
    """Give each form as many values: one without a token in any value has no mark between them."""
    most = max(map(len, columns))
    return [values + [""] * (most - len(values)) for values in columns]
