"""The letters of a page by typeface: read from its HTML, and written as short text for an address.

A Korean face weighs megabytes, a page needs a few hundred of its letters. Which face an element is set in follows
from our own style sheets, of which what concerns faces is read here: selectors of tags and classes with their
descendants, and the last rule that says something wins. It is an estimate: a letter missed is drawn all the same,
from the slices of the whole face (`repository.setup.fonts`), and only costs the reader a little more.
"""

from __future__ import annotations

import base64
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from lxml import etree

from repository.typefaces import FACES, Face

Letters = frozenset[str]  # of one character each, but for old syllables, whose jamo a font joins
Looks = tuple[
    str, str, str, str | None
]  # of an element: tag, classes, language, whether it is the current one
PLAIN = Face("sans", 400)
LONGEST = 2700  # characters of a token: longer addresses are refused by some servers between
_BOLD_TAGS = ("b", "strong", "th", "h1", "h2", "h3", "h4")  # as browsers set them by themselves
_SILENT = frozenset({"head", "script", "style", "template"})
_FIELDS = frozenset({"input", "textarea", "button", "option"})
_WRITTEN = ("placeholder", "value")
_OLD = re.compile("[\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]")
_UNIT = re.compile(
    "[\u1100-\u115f\ua960-\ua97f]+[\u1160-\u11a7\ud7b0-\ud7ca]+[\u11a8-\u11ff\ud7cb-\ud7ff]*[\u302e\u302f]?|.",
    re.DOTALL,
)
FIRST = 350  # characters that fill the screen of a phone
FEW = 120  # letters; a font more weighs some 3 KB
MOST_PLACES = 20_000  # remembered; more than all our templates have
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_COMPOUND = re.compile(r'[a-z][a-z0-9]*|\.[\w-]+|\[lang="[\w-]+"\]|\[aria-current\]')
_FAMILY = re.compile(r"font(?:-family)?:[^;]*var\(--(sans|serif)\)")
_WEIGHT = re.compile(r"font(?:-weight)?:\s*(400|700)\b")


class Rule(NamedTuple):
    """What a rule says of the face: for elements whose names are `last`, below ones of the names `above` in turn."""

    above: tuple[frozenset[str], ...]
    last: frozenset[str]
    family: str | None
    weight: int | None


class Rules:
    """What style sheets say of faces, and what came of it for the places in pages seen so far."""

    def __init__(self, sheets: Iterable[str]) -> None:
        self._rules: dict[str, list[tuple[int, Rule]]] = defaultdict(list)
        for place, rule in enumerate((*_by_browsers(), *_in_sheets(sheets))):
            self._rules[min(rule.last)].append((place, rule))
        self.root = Place(self, (), PLAIN)
        self.places = 0

    def face(self, above: Sequence[frozenset[str]], names: frozenset[str], inherited: Face) -> Face:
        """Give the face of an element with these names, below others, outermost first."""
        face = inherited
        for _place, rule in sorted(told for name in names for told in self._rules.get(name, ())):
            if rule.last <= names and _stands_below(rule.above, above):
                face = Face(rule.family or face.family, rule.weight or face.weight)
        return face


class Place:
    """Where elements stand that have the same tag, classes and language, as have all above them: one face."""

    __slots__ = ("_above", "_below", "_rules", "face")

    def __init__(self, rules: Rules, above: tuple[frozenset[str], ...], face: Face) -> None:
        self._rules, self._above, self.face = rules, above, face
        self._below: dict[Looks, Place] = {}

    def below(self, looks: Looks) -> Place:
        """Give the place of an element below this one."""
        found = self._below.get(looks)
        if found is None:
            names = frozenset(_names(*looks))
            face = self._rules.face(self._above, names, self.face)
            found = Place(self._rules, (*self._above, names), face)
            if self._rules.places < MOST_PLACES:
                self._rules.places += 1
                self._below[looks] = found
        return found


def _names(tag: str, classes: str, language: str, current: str | None) -> Iterator[str]:
    yield tag
    yield from (f".{name}" for name in classes.split())
    yield f'[lang="{language}"]'
    if current is not None:
        yield "[aria-current]"


def _stands_below(wanted: Sequence[frozenset[str]], above: Sequence[frozenset[str]]) -> bool:
    ancestors = iter(above)
    return all(any(names <= ancestor for ancestor in ancestors) for names in wanted)


def _by_browsers() -> Iterator[Rule]:
    for tag in _BOLD_TAGS:
        yield Rule((), frozenset({tag}), None, 700)


def _in_sheets(sheets: Iterable[str]) -> Iterator[Rule]:
    for sheet in sheets:
        for selectors, said in _RULE.findall(_COMMENT.sub("", sheet)):
            family, weight = _FAMILY.search(said), _WEIGHT.search(said)
            if family or weight:
                for selector in selectors.split(","):
                    if compounds := _compounds(selector):
                        *above, last = compounds
                        yield Rule(
                            tuple(above), last, family and family[1], int(weight[1]) if weight else None
                        )


def _compounds(selector: str) -> list[frozenset[str]]:
    """Give the names of each compound; nothing for a selector that is more than tags, classes and descent."""
    parts = re.sub(r"[>+~]|:lang\([^)]*\)", " ", selector).split()
    named = [_COMPOUND.findall(part) for part in parts]
    whole = all("".join(names) == part for names, part in zip(named, parts, strict=True))
    return [frozenset(names) for names in named] if whole else []


class PageLetters(NamedTuple):
    """The letters of a page in one face: those at its beginning, and those that only come later."""

    first: Letters
    rest: Letters


def read_page(html: bytes, rules: Rules) -> dict[Face, PageLetters]:
    """Give the letters that a page sets in each face; a page is one that the site itself wrote."""
    reading = _Reading()
    root = etree.fromstring(html, etree.HTMLParser(encoding="utf-8", no_network=True))
    if root is not None:
        _read(root, rules.root, reading)
    return reading.letters()


class _Reading:
    """Letters in the order in which a page has them."""

    def __init__(self) -> None:
        self._first: dict[Face, list[str]] = {face: [] for face in FACES}
        self._rest: dict[Face, list[str]] = {face: [] for face in FACES}
        self._left = FIRST

    def take(self, face: Face, text: str) -> None:
        """Take the next text."""
        (self._first if self._left > 0 else self._rest)[face].append(text)
        self._left -= len(text.strip())

    def letters(self) -> dict[Face, PageLetters]:
        """Give what was read by face; some few that come later are not worth a font of their own."""
        firsts, rests = _by_face(self._first), _by_face(self._rest)
        return {face: _parted(first, rests[face] - first) for face, first in firsts.items()}


def _by_face(taken: dict[Face, list[str]]) -> dict[Face, set[str]]:
    """Give the letters of texts; old syllables by the serif, which has them and which the sans falls back on."""
    found: dict[Face, set[str]] = {face: set().union(*map(units, texts)) for face, texts in taken.items()}
    for face in FACES:
        if face.family == "sans" and (old := {unit for unit in found[face] if len(unit) > 1}):
            found[face] -= old
            found[Face("serif", face.weight)] |= old
    return found


def _parted(first: set[str], rest: set[str]) -> PageLetters:
    if len(rest) < FEW:
        return PageLetters(frozenset(first | rest), frozenset())
    return PageLetters(frozenset(first), frozenset(rest))


def _read(element: etree._Element, above: Place, reading: _Reading) -> None:
    tag, attribute = element.tag, element.get
    if not isinstance(tag, str) or tag in _SILENT:
        return
    place = above.below((tag, attribute("class", ""), attribute("lang", ""), attribute("aria-current")))
    if element.text:
        reading.take(place.face, element.text)
    if tag in _FIELDS:
        for name in _WRITTEN:
            reading.take(place.face, attribute(name, ""))
    for child in element:
        _read(child, place, reading)
        if child.tail:
            reading.take(place.face, child.tail)


def units(text: str) -> Iterable[str]:
    """Give the letters of a text, old syllables whole."""
    return text if text.isascii() or not _OLD.search(text) else _UNIT.findall(text)


def token(letters: Letters) -> str:
    """Write letters as text for an address: the gaps between code points, seven bits a byte, and then old syllables.

    What would make it longer than `LONGEST` is left out.
    """
    written, before = bytearray(), 0
    for code in sorted(ord(letter) for letter in letters if len(letter) == 1):
        written += _gap(code - before)
        before = code
    old = "".join(sorted(letter for letter in letters if len(letter) > 1))
    return _text(bytes(written), LONGEST) + (f".{_text(old.encode('utf-16-be'), LONGEST)}" if old else "")


def _text(data: bytes, longest: int) -> str:
    return base64.urlsafe_b64encode(data[: longest * 3 // 4 // 2 * 2]).decode("ascii").rstrip("=")


def _gap(number: int) -> bytes:
    written = bytearray()
    while number > 0x7F:
        written.append(number & 0x7F | 0x80)
        number >>= 7
    written.append(number)
    return bytes(written)


def letters_of(text: str) -> Letters:
    """Read a token that `token` wrote; raises ValueError for what is none."""
    single, _dot, old = text.partition(".")
    return frozenset([*_codes(_data(single)), *_UNIT.findall(_data(old).decode("utf-16-be"))])


def _data(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def _codes(data: bytes) -> Iterator[str]:
    code, number, bits = 0, 0, 0
    for byte in data:
        number |= (byte & 0x7F) << bits
        bits += 7
        if byte < 0x80:
            code += number
            yield chr(code)
            number, bits = 0, 0
