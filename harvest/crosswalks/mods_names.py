"""The `name` element of MODS: one maker under all names given.

https://www.loc.gov/standards/mods/userguide/name.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from harvest.crosswalks import fields, languages, media, relators
from harvest.crosswalks.reader import XLINK, Node
from repository.item import Agent, Note, Text
from repository.names import parse_agent

_KINDS = {"personal": "person", "family": "person", "corporate": "body", "conference": "body"}
# Pen names, courtesy names, posthumous names and the like, as Korean catalogues give them.
_OTHER_NAME = re.compile(
    r"(?:호|자|시호|필명|본명|아호|별호|초명|법명)\s*[:：]\s*(?P<name>[^,;·()]+)(?:\((?P<han>[^()]*)\))?"
)


def agents(names: list[Node]) -> tuple[tuple[Agent, ...], tuple[Note, ...]]:
    """Read the makers, and what is said of them that is none of their names.

    Names of one `altRepGroup` are one maker in several scripts.
    """
    groups: dict[str, list[Node]] = {}
    for number, node in enumerate(names):
        groups.setdefault(node.get("altRepGroup") or f"#{number}", []).append(node)
    notes: list[Note] = []
    read = (_merged([_agent(node, notes) for node in group]) for group in groups.values())
    return tuple(dict.fromkeys(agent for agent in read if agent.names)), tuple(dict.fromkeys(notes))


def _agent(node: Node, notes: list[Note]) -> Agent:
    """Read one name element."""
    parts = [(part.get("type"), part.value()) for part in node.take("namePart")]
    name = _assembled(parts) or next((form.value() for form in node.take("displayForm")), "")
    life = "; ".join(value for kind, value in parts if kind == "date" and value)
    lang = languages.tag(node.get("lang"), name)
    agent = parse_agent(f"{name} ({life})" if life else name, _role(node), lang) if name else Agent(())
    remarks = [fields.note(part, "note") for part in node.take("description", "affiliation")]
    others = [*_alternatives(node, lang), *(text for note in remarks for text in _named_in(note.value))]
    notes += [note for note in remarks if note.value and not _OTHER_NAME.search(note.value)]
    for form in node.take("displayForm", "etal"):
        form.skip()
    return msgspec.structs.replace(
        agent,
        names=tuple(dict.fromkeys((*agent.names, *others))),
        kind=_KINDS.get(node.get("type"), agent.kind),
        uris=_uris(node),
    )


def _assembled(parts: list[tuple[str, str]]) -> str:
    """Put the parts of a name together: Korean and Chinese without a blank, others as "family, given"."""
    given = {kind: value for kind, value in reversed(parts) if kind in ("family", "given")}
    plain = [value for kind, value in parts if kind in ("", "termsOfAddress", "displayForm") and value]
    if len(given) == 2:
        together = given["family"] + given["given"]
        western = any("A" <= character < "\u0250" for character in together)
        plain.insert(0, f"{given['family']}, {given['given']}" if western else together)
    else:
        plain = [*given.values(), *plain]
    return ", ".join(value.rstrip(" ,") for value in plain)


def _alternatives(node: Node, lang: str) -> Iterator[Text]:
    """Yield the names of `alternativeName` (MODS 3.7)."""
    for other in node.take("alternativeName"):
        for part in other.take("namePart"):
            value = part.value()
            if value and part.get("type") != "date":
                yield Text(value, languages.tag(other.get("lang") or lang.partition("-")[0], value))


def _named_in(remark: str) -> Iterator[Text]:
    """Yield the names that a remark gives, such as 호: 겸재(謙齋)."""
    for found in _OTHER_NAME.finditer(remark):
        for value in filter(None, (found["name"].strip(), found["han"])):
            yield Text(value, languages.tag("ko", value))


def _role(node: Node) -> str:
    """Read the role: the first term that we know, codes and words alike."""
    terms = [term for role in node.take("role") for term in role.take("roleTerm")]
    codes = [
        relators.code_of(term.value(), "") or relators.code_of(term.get("valueURI"), "") for term in terms
    ]
    return next(filter(None, codes), "ctb" if terms else "cre")


def _uris(node: Node) -> tuple[str, ...]:
    said = [node.get("valueURI"), node.get(f"{XLINK}href")]
    said += [identifier.value() for identifier in node.take("nameIdentifier")]
    return tuple(dict.fromkeys(filter(None, map(media.address, said))))


def _merged(agents_: list[Agent]) -> Agent:
    """Make one maker of those that a group of names gives; the first says what only one can say."""
    first = agents_[0]
    names = tuple(dict.fromkeys(name for agent in agents_ for name in agent.names))
    uris = tuple(dict.fromkeys(uri for agent in agents_ for uri in agent.uris))
    dated = next((agent for agent in agents_ if agent.dates), first)
    return msgspec.structs.replace(
        first,
        names=names,
        uris=uris,
        dates=dated.dates,
        born=dated.born,
        died=dated.died,
        died_by=dated.died_by,
    )
