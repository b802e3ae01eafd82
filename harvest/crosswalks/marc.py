"""MARC 21 and KORMARC in XML, as libraries send them (marcxml, marc21, oai_marc21, kormarc).

How we read what the standard leaves open:

- A title in Latin letters whose field 880 is in another script is a transliteration of that; else the field's
  own title is the main one and the one of 880 another. A parallel title (245 $b after "=", KORMARC's $x) and
  those of 130, 240, 243, 246, 247, 740 are other titles, that of 242 is a translation.
- The type is told by the words of 655, then by leader and 008.
- The words of 260 and 264 are the dates; 008 is read where they say nothing.
- An address in 856 is a file when it is of a medium or ends like one, or else the page where the thing is
  shown; further pages and those of related things are relations.
- 540 and 506 are claims on the work. 852 names the holder when it has a name and not only a code.
- Control numbers, sources of cataloguing and codes of carriers speak of the description or are said in words
  elsewhere; they are passed over. Local fields (9XX, 59X) are reported.

https://www.loc.gov/marc/bibliographic/ · https://librarian.nl.go.kr/kormarc/
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from harvest.crosswalks import (
    draft,
    fields,
    languages,
    marc_kind,
    marc_names,
    marc_origin,
    marc_subjects,
    media,
)
from harvest.crosswalks.marc_names import is_latin, lang_of
from harvest.crosswalks.marc_reader import Field, MarcNode, Record, joined
from harvest.strict_xml import local_name
from repository.item import Claim, Description, ItemDraft, MediaRef, Note, Text, Title

_OF_RECORD = (
    "001", "003", "005", "006", "007", "012", "023", "035", "038", "039", "040", "042", "043", "044", "066", "337",
    "338", "583", "588", "882", "883", "884", "885", "886", "887",
)  # fmt: skip
_NUMBERS = ("010", "015", "016", "017", "020", "022", "024", "025", "027", "028", "030", "036", "037", "088")
_SHELF = ("050", "055", "056", "060", "070", "080", "082", "084", "086", "090", "099")
_NOTES = {
    "255": "physical",
    "340": "physical",
    "505": "contents",
    "507": "physical",
    "520": "abstract",
    "541": "provenance",
    "561": "provenance",
    "562": "physical",
    "563": "physical",
}
_SERIES = ("440", "490", "800", "810", "811", "830")
_HOST = r"7[678]\d"
_HANGUL = re.compile(r"[가-힣]")
_NAME = re.compile(r"[가-힣\u3400-\u9fff]|[A-Za-zÀ-ɏ]{4}")


def to_draft(root: etree._Element) -> ItemDraft:
    """Read one record of MARC in XML; of a collection, its first."""
    if local_name(root) == "collection":
        root = next((child for child in root if local_name(child) == "record"), root)
    record = Record(root)
    fixed = marc_kind.read(record)
    spoken = languages_of(record, fixed)
    code = fixed.language or next(iter(spoken), "")
    # Names are in the cataloguer's language; whoever writes Hangul writes Korean.
    here = "ko" if _HANGUL.search("".join(map(str, root.itertext()))) else code
    titled = record.fields("245")
    refs, pages, linked = links(record)
    origin = marc_origin.read(record, fixed, here)
    named = titles(record, titled, code)
    subjects = marc_subjects.read(record)
    agents, works = marc_names.agents(record, here)
    sizes = extents(record)
    hints = marc_kind.words_of_form(record, [text.value for text in sizes])
    kind, problems = marc_kind.kind(record, fixed, list(subjects.genres), hints, [ref.role for ref in refs])
    description = Description(
        titles=named,
        type=kind,
        agents=(*agents, *origin.makers),
        dates=(*origin.dates, *subjects.dates),
        places=(*origin.places, *subjects.places),
        subjects=subjects.topics,
        claims=claims(record),
        notes=notes(record, [node for field in titled for node in field.all()]),
        languages=spoken,
        extents=sizes,
        identifiers=identifiers(record),
        shown_at=next(iter(pages), ""),
        holder=holder(record),
        relations=tuple(dict.fromkeys((*works, *relations(record), *map(Text, pages[1:]), *linked))),
    )
    for node in record.nodes(*_OF_RECORD):
        node.skip()
    return draft.finish(record.node, description, media.arrange(refs, (), kind), problems)


def titles(record: Record, titled: list[Field], language: str) -> tuple[Title, ...]:
    """Read the titles, the main one first."""
    found = [title for field in titled for title in _main(field, language)]
    for field in record.fields("242", "130", "240", "243", "246", "247", "740"):
        kind = "translated" if field.node.name == "242" else "alternative"
        for node in field.all():
            value = _titled(node)
            found.append(Title(value, _lang_beside(node, value, language), kind))
            node.without("dfghiklmors")
            node.end()
    once: dict[str, Title] = {}
    for title in found:
        once.setdefault(title.value, title)
    return tuple(title for value, title in once.items() if value)


def _lang_beside(node: MarcNode, value: str, language: str) -> str:
    """Tell the language of another title: as said, else that of the thing, where the letters allow it."""
    said = joined(node.of("y")) if node.tag == "242" else ""
    parallel = (node.element.get("ind2") or "") == "1" and node.tag == "246"
    foreign = is_latin(value) and languages.of_term(language) in ("ko", "zh", "ja", "lzh")
    return lang_of(value, said or ("" if parallel or foreign or node.tag == "242" else language))


def _main(field: Field, language: str) -> Iterator[Title]:
    """Read the title proper in its scripts, then the parallel ones."""
    forms = [(_parted(node), node) for node in field.all()]
    proper = sorted((parts[0] for parts, _ in forms if parts and parts[0]), key=is_latin)
    for place, value in enumerate(proper):
        beside = bool(place)
        kind = "transliterated" if beside and is_latin(value) else "alternative" if beside else "main"
        yield Title(value, lang_of(value, language), kind)
    for value in (value for parts, _ in forms for value in parts[1:]):
        yield Title(value, lang_of(value, ""), "alternative")


def _parted(node: MarcNode) -> list[str]:
    """Read a title with its rest and parts, and its parallel titles."""
    parallel = node.first("a").endswith("=")
    proper, rest = joined(node.of("a")), joined(node.of("b"))
    parts, others = joined(node.of("np"), ". "), node.of("x")
    rest, _, beside = ("", "", rest) if parallel else rest.partition(" = ")
    title = joined([joined([proper, rest], ": "), parts], ". ")
    parallels = (value.strip(" =") for value in (*others, beside))
    return [title, *filter(None, parallels)]


def _titled(node: MarcNode) -> str:
    return joined([joined([*node.of("a"), *node.of("b")], ": "), *node.of("np")], ". ")


def notes(record: Record, titled: list[MarcNode]) -> tuple[Note, ...]:
    """Read what is told about the thing: 5XX, but for claims, local notes and what speaks of the description."""
    found = [_responsible(node) for node in titled]
    tags = [*record.tags("250|255|340"), *record.tags("5[0-8]\\d")]
    wanted = [tag for tag in tags if tag not in ("506", "540", "583", "588", "590")]
    found += [_note(node) for node in record.nodes(*wanted)]
    return tuple(dict.fromkeys(note for note in found if note.value))


def _responsible(node: MarcNode) -> Note:
    """Read the statement of responsibility, which KORMARC parts into $d and $e; it names who 700 may not name."""
    value = joined(node.of("cde"), " ; ")
    node.without("hks")
    node.end()
    return Note(value, languages.tag("", value), "note")


def _note(node: MarcNode) -> Note:
    value = node.words()
    node.end()
    return Note(value, languages.tag("", value), _NOTES.get(node.tag, "note"))


def extents(record: Record) -> tuple[Text, ...]:
    """Read how much there is (field 300), with form and size."""
    nodes = record.nodes("300")
    found = [Text(value, languages.tag("", value)) for node in nodes if (value := node.words())]
    for node in nodes:
        node.end()
    return tuple(dict.fromkeys(found))


def languages_of(record: Record, fixed: marc_kind.Fixed) -> tuple[str, ...]:
    """Read the languages: those of 041 $a and $d, else that of 008; three letters each, often written together."""
    nodes = [part for node in record.nodes("041") for part in node.take("a", "d", "j")]
    found = [tag for part in nodes for tag in _tags(part)]
    coded = languages.of_term(fixed.language)
    return tuple(dict.fromkeys(found or ([coded] if coded else [])))


def _tags(part: MarcNode) -> list[str]:
    value = part.value()
    if re.fullmatch(r"(?:[a-z]{3}){2,}", value):
        codes = [value[place : place + 3] for place in range(0, len(value), 3)]
        return [tag for code in codes if (tag := languages.of_term(code))]
    return fields.language_of(part)


def identifiers(record: Record) -> tuple[str, ...]:
    """Read the names of the thing: standard numbers, classifications, shelf marks."""
    found = []
    for node in record.nodes(*_NUMBERS):
        found += node.of("a")
        node.without("bcdgqz")
        node.end()
    for node in record.nodes(*_SHELF):
        found.append(joined(node.of("abc" if node.tag == "090" else "ab")))
        node.without("m")
        node.end()
    found += [joined(node.of("hijkm")) for node in record.nodes("852")]
    for node in record.nodes("049"):  # KORMARC: the numbers of copies; of other sources a local code
        found += node.of("l")
        if node.first("l"):
            node.without("cfv")
    return tuple(dict.fromkeys(filter(None, found)))


def holder(record: Record) -> tuple[Text, ...]:
    """Read who keeps the thing; a mere code names nobody and is reported."""
    found = []
    for node in record.node.see("852"):
        if _NAME.search(node.first("a")):
            found += [Text(value, languages.tag("", value)) for value in node.of("a")]
        node.without("bcefgnpqtx")  # where in the house it stands
        node.end()
    return tuple(dict.fromkeys(found))


def links(record: Record) -> tuple[list[MediaRef], list[str], list[Text]]:
    """Read the addresses of 856: files, pages, and pages of related things."""
    refs: list[MediaRef] = []
    pages: list[str] = []
    linked: list[Text] = []
    for node in record.nodes("856"):
        label = joined([*node.of("3"), *node.of("y"), *node.of("z")], " · ")
        declared = next(iter(node.of("q")), "")
        for part in node.take("u"):
            url = media.address(part.value())
            role = media.role_of(url, declared)
            if role and role != "caption":
                refs.append(MediaRef(media.key_of(url), url, role, Text(label, languages.tag("", label))))
            elif not url:
                part.note("url_invalid", part.value())
            elif (node.element.get("ind2") or "").strip() == "2":
                linked.append(Text(url))
            else:
                pages.append(url)
        node.end()
    return refs, list(dict.fromkeys(pages)), linked


def relations(record: Record) -> tuple[Text, ...]:
    """Read what the thing belongs or refers to: series and linked entries."""
    found = []
    for node in record.nodes(*_SERIES):
        found.append(joined([joined([*node.of("a"), *node.of("tnp")], ". "), *node.of("v")], " ; "))
        node.without("xy")
        node.end()
    for node in record.nodes(*record.tags(_HOST)):
        found.append(joined([joined([*node.of("a"), *node.of("st")], ". "), *node.of("g")], ", "))
        node.without("bdhikmnoruxyz")
        node.end()
    return tuple(dict.fromkeys(Text(value, languages.tag("", value)) for value in found if value))


def claims(record: Record) -> tuple[Claim, ...]:
    """Read what is said of rights: terms of use (540) and of access (506)."""
    found: list[Claim | None] = []
    for node in record.nodes("540", "506"):
        uri = next((url for part in node.take("u") if (url := media.address(part.value()))), "")
        found.append(fields.claim(node.words(), uri, node.path))
        node.end()
    return tuple(dict.fromkeys(filter(None, found)))
