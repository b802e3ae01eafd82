"""METS 1.x, the Metadata Encoding and Transmission Standard of the Library of Congress: a description and its files.

How we read what the standard leaves open:

- The thing is what the logical structMap describes first, passing over a parent that stands in another document
  (mptr); else what the physical one describes; else the first dmdSec that can be read. Descriptions of parts are
  reported and not read, as is a description that is only referred to (mdRef).
- The description is read by the crosswalk of its own format: MODS, Dublin Core, MARC, LIDO or EDM.
- rightsMD holds claims on the work; what else stands in amdSec is reported, one problem for all.
- The files are those of `mets_files`; where there are none, those that the description names.

https://www.loc.gov/standards/mets/mets-schemadocs.html
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

import msgspec
from lxml import etree

from harvest.crosswalks import draft, dublin_core, edm, fields, lido, marc, media, mets_files, mods, types
from harvest.crosswalks.reader import XLINK, Node, begin
from harvest.strict_xml import local_name
from repository.item import Claim, Description, ItemDraft
from repository.problems import Problem, problem

NAMESPACE = "http://www.loc.gov/METS/"
_FORMATS: Mapping[str, Callable[[etree._Element], ItemDraft]] = {
    "http://www.loc.gov/mods/v3": mods.to_draft,
    "http://www.openarchives.org/OAI/2.0/oai_dc/": dublin_core.to_draft,
    "http://www.loc.gov/MARC21/slim": marc.to_draft,
    "http://www.lido-schema.org": lido.to_draft,
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": edm.to_draft,
}
# Bare elements of Dublin Core in xmlData, without an element around them, as many write them.
_LOOSE = frozenset({"http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/"})
_RIGHTS = frozenset({"license", "rights", "RightsDeclaration", "accessCondition"})
_OURS = frozenset({"title_missing", "media_missing"})  # said of the whole, at the end


def to_draft(root: etree._Element) -> ItemDraft:
    """Read one METS document."""
    record = begin(root, NAMESPACE)
    described = _described(root, record)
    files = mets_files.read(root)
    kind = _kind(root, described.description.type)
    refs = media.arrange(files.refs, (), kind) or described.media
    claims = (*described.description.claims, *_claims(root))
    description = msgspec.structs.replace(
        described.description, type=kind, claims=tuple(dict.fromkeys(claims))
    )
    inner = [one for one in described.problems if isinstance(one, Problem) and one.code not in _OURS]
    if kind != described.description.type:
        inner = [one for one in inner if one.code != "type_unknown"]
    _report(root, record)
    record.log.extend(files.problems)
    record.skip()
    return draft.finish(record, description, refs, inner)


def _described(root: etree._Element, record: Node) -> ItemDraft:
    """Read the description of the thing itself; report those of parts, and those that stand elsewhere."""
    sections = {section.get("ID", ""): section for section in root.iterfind("{*}dmdSec")}
    ordered = [*_pointed(root), *sections]
    found: ItemDraft | None = None
    for name in dict.fromkeys(ordered):
        if found is None and name in sections and (read := _read(sections[name])) is not None:
            found = read
    for section in sections.values():
        for pointer in section.iterfind("{*}mdRef"):
            at = pointer.get(f"{XLINK}href") or pointer.get("XPTR") or pointer.get("MDTYPE") or ""
            record.log.append(problem("reference_unresolved", "dmdSec/mdRef", at))
    unread = sum(section.find("{*}mdWrap") is not None for section in sections.values()) - (found is not None)
    if unread:
        record.log.append(problem("field_not_consumed", "dmdSec", str(unread)))
    return found or ItemDraft(Description())


def _pointed(root: etree._Element) -> Iterator[str]:
    """Yield the ids of descriptions in the order in which the structure names them, the logical one first."""
    maps = sorted(root.iterfind("{*}structMap"), key=lambda one: one.get("TYPE", "").lower() != "logical")
    for structure in maps:
        for div in structure.iter("{*}div"):
            if div.find("{*}mptr") is None:
                yield from div.get("DMDID", "").split()


def _read(section: etree._Element) -> ItemDraft | None:
    """Read a wrapped description by the crosswalk of its format, or give None."""
    data = section.find("{*}mdWrap/{*}xmlData")
    first = next(iter(data), None) if data is not None else None
    if data is None or first is None:
        return None
    namespace = str(first.tag).rpartition("}")[0][1:]
    if namespace in _LOOSE:
        return dublin_core.to_draft(data)
    crosswalk = _FORMATS.get(namespace)
    return crosswalk(first) if crosswalk else None


def _kind(root: etree._Element, told: str) -> str:
    """Tell the type by the description, else by what the structure calls the thing."""
    if told != types.UNKNOWN:
        return told
    words = (div.get("TYPE", "") for one in root.iterfind("{*}structMap") for div in one.iterfind("{*}div"))
    return next(filter(None, map(types.of_phrase, [*words, root.get("TYPE", "")])), types.UNKNOWN)


def _claims(root: etree._Element) -> Iterator[Claim]:
    """Yield what rightsMD says, in whatever schema (DFG's dv:rights, METSRights)."""
    for section in root.iterfind("{*}amdSec/{*}rightsMD"):
        for element in section.iter():
            if local_name(element) in _RIGHTS and not len(element):
                node = begin(element, NAMESPACE, f"amdSec/rightsMD/{local_name(element)}")
                if claim := fields.claim_of(node):
                    yield claim


def _report(root: etree._Element, record: Node) -> None:
    """Say once which administrative metadata and links to behaviour were not read."""
    found = Counter(
        local_name(part)
        for section in root.iterfind("{*}amdSec")
        for part in section
        if local_name(part) != "rightsMD"
    )
    found.update(local_name(part) for part in root if local_name(part) == "behaviorSec")
    if found:
        words = ", ".join(f"{count} × {name}" for name, count in sorted(found.items()))
        record.log.append(problem("field_not_consumed", "amdSec", words))
