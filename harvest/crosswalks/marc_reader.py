"""MARC in XML read by tags and codes: a field is `245`, a subfield of it `245$a`, in paths and in problems.

Fields 880 hold another field in another script; `$6` of both says which belong together.
https://www.loc.gov/marc/bibliographic/ecbdcntf.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from lxml import etree

from harvest.crosswalks.reader import Node, Reading

_LINK = re.compile(r"(?P<tag>\d{3})-(?P<number>\d{2})")
_ISBD_END = " /:;,="
# A full stop ends a field unless it ends an abbreviation: an initial or one of these.
_FULL_STOP = re.compile(r"(?<!\s[^\W\d])(?<!^[^\W\d])(?<!\.[^\W\d])\.\Z")
_ABBREVIATED = re.compile(r"\b(?:jr|sr|inc|ltd|co|corp|etc|dept|cent|st|bros|ca)\.\Z", re.IGNORECASE)
CONTROL_CODES = frozenset("012456789w")


class MarcNode(Node):
    """A record, field or subfield of MARC in XML."""

    __slots__ = ()

    def _named(self) -> str:
        """Name a field by its tag, a subfield by its code, else by the element's local name."""
        return _key(self.element)

    @property
    def tag(self) -> str:
        """The tag of the field: of an 880 that of the field which it repeats."""
        return _link(self)[0] if self.name == "880" else self.name

    @property
    def path(self) -> str:
        """The tag, and the code after it: `245$a`."""
        code, parent = self.element.get("code"), self.element.getparent()
        return self.name if code is None or parent is None else f"{_key(parent)}${code}"

    def raw(self) -> str:
        """Read a field of fixed length as it stands: its blanks count."""
        self._read = True
        return (self.element.text or "").strip("\r\n\t")

    def bare(self) -> str:
        """Read a subfield without the punctuation by which catalogue cards parted it from the next."""
        return unpunctuated(self.value())

    def of(self, codes: str) -> list[str]:
        """Read the subfields of these codes as they stand in the field, without their punctuation."""
        wanted = {id(node.element): node for code in codes for node in self.take(code)}
        nodes = (wanted.get(id(child)) for child in self.element)
        return [value for node in nodes if node is not None and (value := node.bare())]

    def first(self, code: str) -> str:
        """Look at the first subfield of a code without reading it."""
        return next((child.text or "" for child in self.element if child.get("code") == code), "").strip()

    def words(self) -> str:
        """Read all subfields but those that link or control, as one line in the order of the field."""
        codes = [name for name in self.names() if name not in CONTROL_CODES]
        wanted = {id(node.element): node for node in self.take(*codes)}
        nodes = (wanted.get(id(child)) for child in self.element)
        return " ".join(value for node in nodes if node is not None and (value := node.value()))

    def end(self) -> None:
        """Count as read what only links or controls: $0 to $9 and $w, where no rule has read them."""
        self.without("0123456789w")

    def without(self, codes: str) -> None:
        """Count as read what is said elsewhere in the record."""
        for node in self.take(*codes):
            node.skip()


class Field(NamedTuple):
    """A field and the same in other scripts."""

    node: MarcNode
    others: tuple[MarcNode, ...] = ()

    def all(self) -> tuple[MarcNode, ...]:
        """Give the field and its others."""
        return (self.node, *self.others)


class Record:
    """The fields of one record by their tags; those in other scripts stand with the fields that they repeat."""

    def __init__(self, root: etree._Element) -> None:
        self.node = MarcNode(root, Reading("marc", root, "", []))
        self._scripts: dict[tuple[str, str], list[MarcNode]] = {}
        for node in self.node.take("880"):
            tag, number = _link(node)
            self._scripts.setdefault((tag, number), []).append(node)

    def fields(self, *tags: str) -> list[Field]:
        """Take the fields of these tags, in the order of tags, then of the record; lone ones in 880 come last."""
        return [field for tag in tags for field in self._of_tag(tag)]

    def nodes(self, *tags: str) -> list[MarcNode]:
        """Take the fields of these tags, those in other scripts right after the ones that they repeat."""
        return [node for field in self.fields(*tags) for node in field.all()]

    def fixed(self, tag: str) -> str:
        """Read a control field; empty when absent."""
        return next((node.raw() for node in self.node.take(tag)), "")

    def tags(self, pattern: str) -> list[str]:
        """Name the tags not yet taken that match a pattern, in their order."""
        waiting = {*self.node.names(), *(tag for tag, _ in self._scripts)}
        return sorted(tag for tag in waiting if re.fullmatch(pattern, tag))

    def _of_tag(self, tag: str) -> Iterator[Field]:
        for node in self.node.take(tag):
            _, number = _link(node)
            yield Field(node, tuple(self._scripts.pop((tag, number), ())) if number != "00" else ())
        lone = [key for key in self._scripts if key[0] == tag]
        for node in (node for key in lone for node in self._scripts.pop(key)):
            yield Field(node)


def unpunctuated(value: str) -> str:
    """Drop the punctuation of cards at the end of a value; a full stop stays after an abbreviation."""
    value = value.rstrip(_ISBD_END)
    return value if _ABBREVIATED.search(value) or value.endswith("...") else _FULL_STOP.sub("", value)


def balanced(value: str) -> str:
    """Close or open the square bracket that a source opened or closed in another subfield."""
    if value.count("[") == value.count("]"):
        return value
    return f"{value}]" if value.count("[") > value.count("]") else f"[{value}"


def joined(parts: Iterable[str], mark: str = " ") -> str:
    """Join what is there."""
    return mark.join(filter(None, parts))


def _key(element: etree._Element) -> str:
    return element.get("tag") or element.get("code") or str(element.tag).rpartition("}")[2]


def _link(node: MarcNode) -> tuple[str, str]:
    """Read which field an 880 repeats, or which 880 repeats a field: tag and number, 00 for none."""
    found = _LINK.match(node.first("6"))
    return (found["tag"], found["number"]) if found else (node.name, "00")
