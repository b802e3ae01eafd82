"""The files of LIDO and what is said of rights: on the work, on each file, on the record.

Of the representations of one resource the best is taken: what is marked as a thumbnail only where there is no
other. A description of type "alternative text" or "long description" is that, any other is the file's label.
"""

from __future__ import annotations

from collections.abc import Iterable

from harvest.crosswalks import media
from harvest.crosswalks.lido_actors import bodies
from harvest.crosswalks.lido_reader import descriptions, down, said, terms, texts, uris
from harvest.crosswalks.reader import Node
from repository.item import Claim, MediaRef, Text

_RANKS = ("master", "provided", "large", "", "preview", "thumb")
_WORDS = ("alternative text", "long description")
_SILENT = (
    "resourceID", "resourceRelType", "resourcePerspective", "resourceDateTaken", "resourceType", "resourceSource",
)  # fmt: skip


def files(wraps: Iterable[Node]) -> list[MediaRef]:
    """Read the files, one of each resource, in order."""
    found = [_file(each) for each in sorted(down(wraps, "resourceSet"), key=_order)]
    return [ref for ref in found if ref]


def _order(node: Node) -> int:
    """Give the place that the source gives to a resource; without any they stay as they stand."""
    said_order = said(node, "sortorder")
    return int(said_order) if said_order.isdigit() and said_order.isascii() and len(said_order) < 9 else 0


def _file(node: Node) -> MediaRef | None:
    links = [
        (_rank(said(shown, "type")), link)
        for shown in node.take("resourceRepresentation")
        for link in _links(shown)
    ]
    words = node.take("resourceDescription")
    label = next(iter(_texts(each for each in words if said(each, "type").lower() not in _WORDS)), Text(""))
    alt, long = (_texts(each for each in words if said(each, "type").lower() == kind) for kind in _WORDS)
    claims = rights(node.take("rightsResource"), "reproduction")
    for part in node.take(*_SILENT):
        part.skip()
    usable = [(rank, url, link) for rank, link in links if (url := media.address(link.value()))]
    if not usable:
        for _, link in links[:1]:
            link.note("url_invalid", link.value())
        return None
    _, url, link = min(usable, key=lambda each: each[0])
    role = media.role_of(url, said(link, "formatResource")) or "view"
    role = "view" if role == "caption" else role
    return MediaRef(media.key_of(url), url, role, label, alt, claims=claims, description=long)


def _links(shown: Node) -> list[Node]:
    for part in shown.take("resourceMeasurementsSet"):
        part.skip()
    return shown.take("linkResource")


def _texts(nodes: Iterable[Node]) -> tuple[Text, ...]:
    """Read what is told of a file, in notes or bare."""
    told = list(nodes)
    return (*descriptions(told), *texts(each for each in told if (each.element.text or "").strip()))


def _rank(kind: str) -> int:
    word = kind.lower().rpartition("/")[2]
    return next((rank for rank, name in enumerate(_RANKS) if name and name in word), _RANKS.index(""))


def rights(sets: Iterable[Node], layer: str) -> tuple[Claim, ...]:
    """Read claims: the type of rights with its address, then the words that name owner and credit."""
    found: list[Claim] = []
    for node in sets:
        kinds = node.take("rightsType")
        words, addresses = [text.value for text in terms(kinds)], uris(kinds)
        for place, word in enumerate(words or [""] * len(addresses)):
            address = addresses[place] if place < len(addresses) else media.address(word)
            found.append(Claim("" if word == address else word, address, layer, node.path))
        credits = [text.value for text in texts(node.take("creditLine"))]
        owners = [text.value for text in bodies(node.take("rightsHolder"))]
        found += [Claim(value, "", layer, node.path) for value in (*credits, *owners)]
    return tuple(dict.fromkeys(claim for claim in found if claim.value or claim.uri))
