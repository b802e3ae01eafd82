"""Records of fields without a standard (JSON, rows of a sheet, XML without a namespace), by a saved mapping.

Each value becomes a node that knows the path it came from, and is then read by the same functions as the
fields of Dublin Core. Markup in values is dropped, for it was written for somebody's web page. What no rule of the
mapping reads, and `ignore` does not name, is told as a problem.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from lxml import etree

from harvest.crosswalks import draft, fields, mapped_paths, mapped_places, media, types
from harvest.crosswalks import text as cleaning
from harvest.crosswalks.dublin_core import ISSUED
from harvest.crosswalks.mapped_rules import FIELDS, Mapping, Rule, rules
from harvest.crosswalks.reader import Node, Reading
from repository.item import (
    Agent,
    Claim,
    Date,
    Description,
    ItemDraft,
    MediaRef,
    Note,
    Place,
    Text,
    Title,
)
from repository.problems import Problem, problem

_ROLES = {"creators": "cre", "contributors": "ctb", "publisher": "pbl"}
_TIMES = {"created": "created", "issued": "issued", "depicted": "depicted"}
_TITLES = ("title", "titles")


class MappedNode(Node):
    """A value of a record, under the name of the field that it is mapped to."""

    __slots__ = ()

    @property
    def path(self) -> str:
        """The path at which the value stands in the record."""
        return self.get("path")

    @property
    def role(self) -> str:
        """What the mapping says of the value beside its field."""
        return self.get("role")


def read_json(payload: bytes, prefix: str, mapping: Mapping) -> ItemDraft:
    """Read one JSON object as a draft."""
    try:
        record = msgspec.json.decode(payload)
    except (msgspec.DecodeError, RecursionError) as broken:
        return draft.refuse("metadata_foreign", prefix, str(broken))
    return to_draft(record, mapping)


def read_xml(element: etree._Element, mapping: Mapping) -> ItemDraft:
    """Read one XML element as a draft."""
    return to_draft(mapped_paths.plain(element), mapping)


def to_draft(record: Any, mapping: Mapping) -> ItemDraft:
    """Read one record of dicts, lists and values as a draft."""
    root = etree.Element("record")
    log: list[Problem] = []
    read: set[tuple[str | int, ...]] = set()
    for field in FIELDS:
        for number, rule in mapped_places.numbered(rules(mapping, field)):
            for at, (place, value) in mapped_places.placed(number, _values(record, rule)):
                read.add(place)
                _put(root, field, rule, mapped_paths.written(place) or field, at, value, log)
    made = _describe(MappedNode(root, Reading("", root, "", log)))
    left = list(_left(record, read, mapping.ignore))
    found = dict.fromkeys([*made.problems, *left])
    return msgspec.structs.replace(made, problems=tuple(found)[: draft.PROBLEMS_LIMIT])


def _values(record: Any, rule: Rule) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Give the values of a rule, each with its place."""
    if rule.value:
        yield (), rule.value
        return
    for place, value in mapped_paths.find(record, rule.path):
        said = mapped_paths.text_of(value)
        place = (*place, "#text") if isinstance(value, dict) and said else place
        for part in said.split(rule.split) if rule.split else [said]:
            if part.strip():
                word = rule.values.get(part.strip(), part.strip())
                yield place, rule.template.replace("{value}", word) if rule.template else word
            else:
                yield place, ""


def _put(
    root: etree._Element, field: str, rule: Rule, path: str, at: str, value: str, log: list[Problem]
) -> None:
    """Hang a value under its field, without what XML may not hold."""
    legal = cleaning.strip_illegal(value.encode("utf-8", "replace").decode())
    if legal != value:
        log.append(problem("text_illegal", path, legal))
    legal = cleaning.without_markup(legal)
    if not legal:
        return
    node = etree.SubElement(root, field, path=cleaning.strip_illegal(path), at=at, role=rule.role)
    node.text = cleaning.strip_illegal(legal)
    if rule.lang:
        node.set("lang", rule.lang)


def _describe(record: MappedNode) -> ItemDraft:
    """Make the draft of the values under their fields."""
    said = [node.text() for node in record.take("type")]
    formats = [node.text() for node in record.take("format")]
    topics = [
        Text(part, text.lang)
        for text in map(Node.text, record.take("subjects"))
        for part in fields.parts(text.value)
    ]
    refs, tracks = _files(record)
    hints = [text.value for text in (*formats, *topics)]
    kind, problems = types.derive([text.value for text in said], hints, [ref.role for ref in refs])
    strange = [text for text in said if text.value and types.is_strange(text.value)]
    names, pages = _identifiers(record)
    description = Description(
        titles=_titles(record),
        type=kind,
        agents=_agents(record),
        dates=_dates(record, kind),
        places=_places(record),
        subjects=tuple(dict.fromkeys(text for text in (*topics, *strange) if text.value)),
        notes=_notes(record),
        languages=tuple(
            dict.fromkeys(tag for node in record.take("language") for tag in fields.language_of(node))
        ),
        extents=_extents(record, formats),
        identifiers=names,
        relations=_texts(record, "relations"),
        holder=_texts(record, "holder"),
        shown_at=pages,
        claims=_claims(record),
    )
    return draft.finish(record, description, media.arrange(refs, tracks, kind), problems)


def _texts(record: MappedNode, *names: str) -> tuple[Text, ...]:
    return tuple(dict.fromkeys(text for text in map(Node.text, record.take(*names)) if text.value))


def _titles(record: MappedNode) -> tuple[Title, ...]:
    found = fields.retitled(node.text() for node in record.take(*_TITLES))
    return tuple(dict.fromkeys(found))


def _agents(record: MappedNode) -> tuple[Agent, ...]:
    nodes = record.take(*_ROLES)
    return tuple(
        dict.fromkeys(
            agent for node in nodes for agent in fields.agents(node, node.role or _ROLES[node.name])
        )
    )


def _dates(record: MappedNode, kind: str) -> tuple[Date, ...]:
    roles = {"date": "issued" if kind in ISSUED else "created", **_TIMES}
    found: list[Date] = []
    for name, role in roles.items():
        values: list[tuple[Node, str]] = [
            (node, part) for node in record.take(name) for part in fields.parts(node.value())
        ]
        found += fields.dates_of(values, role)
    return tuple(dict.fromkeys(found))


def _places(record: MappedNode) -> tuple[Place, ...]:
    """Read the places; coordinates in fields of their own belong to the first, or make one without a name."""
    named = [
        fields.place(Text(part, text.lang))
        for text in map(Node.text, record.take("place"))
        for part in fields.parts(text.value)
    ]
    found = list(dict.fromkeys(filter(None, named)))
    numbers = [next((node.value() for node in record.take(name)), "") for name in ("latitude", "longitude")]
    pair = fields.coordinates(", ".join(numbers)) if all(numbers) else None
    if pair and found and found[0].latitude is None:
        found[0] = msgspec.structs.replace(found[0], latitude=pair[0], longitude=pair[1])
    elif pair:
        found.append(Place((), *pair))
    return tuple(found)


def _notes(record: MappedNode) -> tuple[Note, ...]:
    kinds = {"description": "abstract", "notes": "note"}
    found = (fields.note(node, node.role or kinds[node.name]) for node in record.take(*kinds))
    return tuple(dict.fromkeys(note for note in found if note.value))


def _extents(record: MappedNode, formats: list[Text]) -> tuple[Text, ...]:
    kept = [text for text in formats if not fields.is_media_type(text.value)]
    return tuple(dict.fromkeys(text for text in (*_texts(record, "extent"), *kept) if text.value))


def _identifiers(record: MappedNode) -> tuple[tuple[str, ...], str]:
    """Read the names of the thing, and the address of the provider's own page."""
    shown = []
    for node in record.take("shown_at"):
        if address := media.address(node.value()):
            shown.append(address)
        else:
            node.note("url_invalid", node.value())
    names: list[str] = []
    pages: list[str] = []
    for node in record.take("identifier"):
        value = node.value()
        (pages if media.address(value) else names).append(value)
    at = next(iter([*shown, *pages]), "")
    return tuple(dict.fromkeys(name for name in (*names, *pages) if name and name != at)), at


def _files(record: MappedNode) -> tuple[list[MediaRef], list[media.Track]]:
    """Read the files; what is no address is a problem."""
    refs: list[MediaRef] = []
    tracks: list[media.Track] = []
    claims = tuple(
        claim for node in record.take("media_rights") if (claim := fields.claim_of(node, "reproduction"))
    )
    nodes = record.take("media")
    alts = mapped_places.beside(nodes, ((node, node.text()) for node in record.take("media_alt")))
    told = record.take("media_description")
    longs = mapped_places.beside(nodes, ((node, text) for node in told for text in fields.proses([node])))
    for node in nodes:
        url = media.address(node.value())
        role = node.role or media.role_of(url)
        if not url:
            node.note("url_invalid", node.value())
        elif role == "caption":
            tracks.append(media.Track(url, media.caption_lang(url, node.lang())))
        else:
            alt, long = (tuple(texts.get(node.get("at"), ())) for texts in (alts, longs))
            key = media.key_of(url)
            refs.append(MediaRef(key, url, role or "view", alt=alt, claims=claims, description=long))
    return refs, tracks


def _claims(record: MappedNode) -> tuple[Claim, ...]:
    return tuple(dict.fromkeys(filter(None, (fields.claim_of(node) for node in record.take("rights")))))


def _left(record: Any, read: set[tuple[str | int, ...]], ignore: tuple[str, ...]) -> Iterator[Problem]:
    """Tell what no rule read."""
    below = tuple(f"{path}." for path in ignore)
    for place, value in mapped_paths.leaves(record):
        said = "" if place in read else cleaning.line(mapped_paths.text_of(value))
        path = mapped_paths.written(place) if said else ""
        if said and path not in ignore and not path.startswith(below):
            yield problem("field_not_consumed", path, said)
