"""The makers in a MARC record: fields 100 to 111 and 700 to 720, each under all its scripts.

KORMARC puts the Hanja of a Korean name into $g or $h of the same field; here a name wholly in Hanja is read as
a name, whatever its code. https://www.loc.gov/marc/bibliographic/bdx00.html
"""

from __future__ import annotations

import re

import msgspec

from harvest.crosswalks import languages, media, relators
from harvest.crosswalks.marc_reader import Field, MarcNode, Record, joined
from repository.item import Agent, Text
from repository.names import parse_agent

_MAIN = ("100", "110", "111")
_ADDED = ("700", "710", "711", "720")
_KINDS = {"00": "person", "10": "body", "11": "body"}
_HANJA = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\s·]+\Z")
_LATIN_ONLY = re.compile(
    r"[^\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7ff\uf900-\ufaff]+\Z"
)


def agents(record: Record, language: str) -> tuple[tuple[Agent, ...], tuple[Text, ...]]:
    """Read the makers, and the works that a field of a name and a title refers to."""
    found: list[Agent] = []
    works: list[Text] = []
    for field in record.fields(*_MAIN, *_ADDED):
        title = (
            joined((value for node in field.all() for value in node.of("tnp")), ". ") if _work(field) else ""
        )
        agent = _agent(field, language)
        for node in field.all():
            node.end()
        if title:
            for node in field.all():
                node.without("fhklmors")
            value = joined([agent.names[0].value if agent.names else "", title], ". ")
            works.append(Text(value, lang_of(value, "")))
        elif agent.names:
            found.append(agent)
    return tuple(dict.fromkeys(found)), tuple(dict.fromkeys(works))


def _work(field: Field) -> bool:
    """Tell whether a field names a work by its maker rather than a maker."""
    return any(node.first("t") for node in field.all())


def _agent(field: Field, language: str) -> Agent:
    """Make one maker of a field and of the same in other scripts; a name in its own script comes first."""
    role = _role(field)
    forms = [_named(node, role, language) for node in field.all()]
    forms = [form for form in forms if form.names]
    if not forms:
        return Agent((), role)
    original_first = sorted(forms, key=lambda form: is_latin(form.names[0].value))
    dated = next((form for form in forms if form.dates), forms[0])
    return msgspec.structs.replace(
        dated,
        names=tuple(dict.fromkeys(name for form in original_first for name in form.names)),
        kind=_KINDS.get(field.node.tag[1:], dated.kind),
        uris=_uris(field),
    )


def _named(node: MarcNode, role: str, language: str) -> Agent:
    """Read the names and life dates of one field."""
    name = _meeting(node) if node.tag.endswith("11") else _name(node)
    if not name:
        return Agent((), role)
    life = joined(node.of("d")).strip(" .,")
    lang = lang_of(name, "" if is_latin(name) else language)
    agent = parse_agent(f"{name} ({life})" if life else name, role, lang)
    others = [Text(value, lang_of(value, "ko")) for value in _hanja(node)]
    return msgspec.structs.replace(agent, names=tuple(dict.fromkeys((*agent.names, *others))))


def _name(node: MarcNode) -> str:
    """Put a name together: of a body with its parts, of a person with number and title."""
    body = node.tag.endswith("10")
    parts = node.of("ab" if body else "abc")
    fuller = joined(value.strip("()") for value in node.of("q"))
    name = joined(parts, ". " if body else ", ")
    return f"{name} ({fuller})" if fuller and name else name


def _meeting(node: MarcNode) -> str:
    """Name a meeting with its number, date and place."""
    parts = (value.strip("()") for value in node.of("ncd"))
    name, about = joined(node.of("a")), joined(parts, " : ")
    return f"{name} ({about})" if name and about else name


def _hanja(node: MarcNode) -> list[str]:
    """Read names wholly in Hanja beside the name; what else stands in these subfields stays unread and is told."""
    found = []
    for code in "gh":
        if _HANJA.match(node.first(code).strip(" ,.;[]()")):
            found += [value.strip("[]()") for value in node.of(code)]
    return found


def _role(field: Field) -> str:
    """Read the role: a code, else a word that we know, else that of the tag."""
    said = [value.rstrip(".") for node in field.all() for value in (*node.of("4"), *node.of("ej"))]
    codes = (relators.code_of(word, "") for word in said)
    return next(filter(None, codes), "cre" if field.node.tag in _MAIN else "ctb")


def _uris(field: Field) -> tuple[str, ...]:
    said = [node.value() for each in field.all() for node in each.take("0", "1")]
    return tuple(dict.fromkeys(filter(None, map(media.address, said))))


def is_latin(value: str) -> bool:
    """Tell whether a text has no letter of an East Asian script."""
    return _LATIN_ONLY.match(value) is not None


def lang_of(value: str, language: str) -> str:
    """Give the tag of a text in a record of some language: Hangul is Korean, Latin letters are of East Asian
    languages a transliteration."""
    known = languages.tag("" if "ko" in languages.tag("", value) else language, value)
    return f"{known}-Latn" if known in ("zh", "ja", "lzh") and is_latin(value) else known
