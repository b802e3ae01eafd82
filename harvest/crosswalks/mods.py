"""MODS 3.x, the Metadata Object Description Schema of the Library of Congress.

How we read what the standard leaves open:

- Files are the addresses of a location with `access="raw object"`, then those of each related item of type
  constituent, in order; its title is the file's label, its notes of type "alternative text" the alternative
  text, its abstracts the long description. An address with `access="preview"` counts only where there is no other
  file.
- The provider's page is the address with `usage="primary display"`, else `usage="primary"`, else
  `access="object in context"`, else the first that is no file.
- accessCondition is a claim on the work, of whatever type; its xlink:href is the claim's address.
- The holder is physicalLocation (not of type container or the like), else that of the host, else a note of
  type ownership.
- Words of genre and typeOfResource tell the type; genre comes first, being finer.
- recordInfo speaks of the description and is not part of it. Extensions are reported, one problem each.

https://www.loc.gov/standards/mods/userguide/generalapp.html
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from lxml import etree

from harvest.crosswalks import draft, fields, languages, media, mods_names, mods_origin, mods_subjects, types
from harvest.crosswalks.reader import Node, begin
from repository.item import Claim, Description, ItemDraft, MediaRef, Note, Text, Title

_TITLE_KINDS = {
    "alternative": "alternative",
    "translated": "translated",
    "uniform": "alternative",
    "abbreviated": "alternative",
}
_NOTE_KINDS = {
    "ownership": "provenance",
    "acquisition": "provenance",
    "provenance": "provenance",
    "inscription": "inscription",
    "content": "contents",
    "contents": "contents",
}
_CONTAINERS = frozenset({"container", "box", "folder", "series", "shelflocator"})
_RANKS = ("primary display", "primary", "object in context", "unmarked")
_SILENT = ("recordInfo", "targetAudience")


class Parts:
    """The elements of a record that several fields read, each taken once."""

    def __init__(self, record: Node) -> None:
        self.locations = record.take("location")
        self.urls = [url for location in self.locations for url in location.take("url")]
        self.related = record.take("relatedItem")
        self.names = record.take("name")
        self.subjects = record.take("subject")
        self.genres = [node.text() for node in record.take("genre")]
        self.physical = record.take("physicalDescription")
        self.forms = [node.text() for part in self.physical for node in part.take("form")]
        self.origins = record.take("originInfo")
        self.notes = record.take("note")
        self.identifiers = record.take("identifier")


def to_draft(root: etree._Element) -> ItemDraft:
    """Read one MODS record; of a collection, its first."""
    record = begin(root, "mods")
    if record.name == "modsCollection":
        record = next(iter(record.take("mods")), record)
    parts = Parts(record)
    refs, tracks = files(parts)
    topics = mods_subjects.topics(parts.subjects)
    said = [text.value for text in parts.genres] + [node.value() for node in record.take("typeOfResource")]
    hints = [text.value for text in (*parts.forms, *topics)]
    kind, problems = types.derive(said, hints, [ref.role for ref in refs])
    agents, remarks = mods_names.agents(parts.names)
    strange = [text for text in parts.genres if types.is_strange(text.value)]
    description = Description(
        titles=titles(record),
        type=kind,
        agents=(*agents, *mods_origin.publishers(parts.origins)),
        dates=(*mods_origin.dates(parts.origins), *mods_subjects.periods(parts.subjects)),
        places=(*mods_origin.places(parts.origins), *mods_subjects.places(parts.subjects)),
        subjects=tuple(dict.fromkeys((*topics, *strange))),
        notes=(*notes(record, parts), *physical_notes(parts), *mods_origin.editions(parts.origins), *remarks),
        languages=spoken(record),
        extents=extents(parts),
        identifiers=identifiers(record, parts),
        shown_at=shown_at(parts, {ref.url for ref in refs}),
        holder=holder(parts),
        relations=relations(parts),
        claims=claims(record),
    )
    _pass_over(record, parts)
    return draft.finish(record, description, media.arrange(refs, tracks, kind), problems)


def titles(record: Node) -> tuple[Title, ...]:
    """Read the titles: the plain or primary one first (element titleInfo)."""
    infos = record.take("titleInfo")
    main = sorted(infos, key=lambda info: (bool(info.get("type")), info.get("usage") != "primary"))
    found: list[Title] = []
    for info in main:
        value = _title_text(info)
        if value:
            found.append(_title(info, value, found[0] if found else None))
    return tuple(dict.fromkeys(found))


def _title(info: Node, value: str, main: Title | None) -> Title:
    """Tell language and kind of one title beside the main one."""
    transliterated = bool(info.get("transliteration"))
    primary = main.lang.partition("-")[0] if main else ""
    lang = languages.tag(info.get("lang") or (primary if transliterated else ""), value)
    if info.get("supplied") == "yes":
        return Title(value, lang, "supplied")
    if transliterated:
        return Title(value, lang, "transliterated")
    return Title(value, lang, _TITLE_KINDS.get(info.get("type"), "alternative") if main else "main")


def _title_text(info: Node) -> str:
    """Put a title together: article, title, subtitle, part."""
    pieces = {name: " ".join(node.value() for node in info.take(name)) for name in (
        "nonSort", "title", "subTitle", "partNumber", "partName")}  # fmt: skip
    text = f"{pieces['nonSort']} {pieces['title']}".strip()
    if pieces["nonSort"].endswith(("'", "’", "-")):
        text = pieces["nonSort"] + pieces["title"]
    text = text.rstrip(" /:")
    text = f"{text}: {pieces['subTitle']}" if pieces["subTitle"] else text
    return ". ".join(filter(None, (text, pieces["partNumber"], pieces["partName"])))


def notes(record: Node, parts: Parts) -> tuple[Note, ...]:
    """Read abstract, contents and notes."""
    found = [fields.note(node, "abstract") for node in record.take("abstract")]
    found += [fields.note(node, "contents") for node in record.take("tableOfContents")]
    found += [fields.note(node, _NOTE_KINDS.get(node.get("type"), "note")) for node in parts.notes]
    found += [Note(" ".join(_words(node)), kind="note") for node in record.take("part")]
    return tuple(dict.fromkeys(note for note in found if note.value))


def physical_notes(parts: Parts) -> tuple[Note, ...]:
    """Read form, technique and state of the thing (element physicalDescription)."""
    found = [Note(text.value, text.lang, "physical") for text in parts.forms]
    found += [fields.note(node, "physical") for part in parts.physical for node in part.take("note")]
    for node in (node for part in parts.physical for node in part.take(
            "internetMediaType", "digitalOrigin", "reformattingQuality")):  # fmt: skip
        node.skip()
    return tuple(dict.fromkeys(note for note in found if note.value))


def extents(parts: Parts) -> tuple[Text, ...]:
    """Read how much there is."""
    found = [node.text() for part in parts.physical for node in part.take("extent")]
    return tuple(dict.fromkeys(text for text in found if text.value))


def spoken(record: Node) -> tuple[str, ...]:
    """Read the languages; a code and its word are one language."""
    found = []
    for node in record.take("language"):
        terms = node.take("languageTerm")
        known = [tag for term in terms if term.get("type") == "code" for tag in fields.language_of(term)]
        found += known or [tag for term in terms for tag in fields.language_of(term)]
        node.skip()
    return tuple(dict.fromkeys(found))


def identifiers(record: Node, parts: Parts) -> tuple[str, ...]:
    """Read the names of the thing: identifiers that are valid, shelf marks, classifications."""
    valid = [node for node in parts.identifiers if node.get("invalid") != "yes"]
    shelf = [node for location in parts.locations for node in location.take("shelfLocator")]
    for location in parts.locations:
        for holding in location.take("holdingSimple", "holdingExternal"):
            copies = holding.take("copyInformation")
            shelf += [node for copy in copies for node in copy.take("shelfLocator")]
            holding.skip()
    found = [node.value() for node in (*valid, *shelf, *record.take("classification"))]
    return tuple(dict.fromkeys(filter(None, found)))


def files(parts: Parts) -> tuple[list[MediaRef], list[media.Track]]:
    """Read the files and the caption tracks, in order."""
    refs: list[MediaRef] = []
    tracks: list[media.Track] = []
    raw = [url for url in parts.urls if url.get("access") == "raw object"]
    for url in (
        *raw,
        *(url for url in parts.urls if url not in raw and _is_file(url) and not _page(url)),
    ):
        _file(url, MediaRef("", "", label=Text(url.get("displayLabel"))), refs, tracks)
    for part in parts.related:
        if part.get("type") == "constituent":
            _constituent(part, refs, tracks)
    if not refs:
        for url in (url for url in parts.urls if url.get("access") == "preview"):
            _file(url, MediaRef("", "", label=Text(url.get("displayLabel"))), refs, tracks)
    return refs, tracks


def _constituent(part: Node, refs: list[MediaRef], tracks: list[media.Track]) -> None:
    """Read the files of one constituent, with its title, alternative text and long description."""
    label = next((Text(title, languages.tag(info.get("lang"), title)) for info in part.take("titleInfo")
                  if (title := _title_text(info))), Text(""))  # fmt: skip
    alt = (node.text() for node in part.take("note") if node.get("type") == "alternative text")
    long = fields.proses(part.take("abstract"))
    described = MediaRef("", "", label=label, alt=tuple(text for text in alt if text.value), description=long)
    for url in (url for location in part.take("location") for url in location.take("url")):
        _file(url, described, refs, tracks)


def _file(url: Node, described: MediaRef, refs: list[MediaRef], tracks: list[media.Track]) -> None:
    """Put one address where it belongs, with what is said of it; its `note` may be a media type."""
    address = _address(url)
    if not address:
        if url.value():
            url.note("url_invalid", url.value())
        return
    role = media.role_of(address, url.get("note")) or "view"
    if role == "caption":
        tracks.append(media.Track(address, media.caption_lang(address, url.get("lang"))))
    else:
        key = media.key_of(address)
        refs.append(msgspec.structs.replace(described, key=key, url=address, role=role))


def _address(url: Node) -> str:
    return media.address(url.value())


def _is_file(url: Node) -> bool:
    """Tell whether an address looks like a file, or its note says that it is a manifest."""
    return bool(media.role_of(_address(url))) or media.is_manifest(_address(url), url.get("note"))


def _page(url: Node) -> bool:
    """Tell whether an address is marked as that of a page."""
    return url.get("usage") in ("primary display", "primary") or url.get("access") in (
        "object in context",
        "preview",
    )


def _rank(url: Node) -> int:
    """Tell how surely an address is the page where the thing is shown; the lowest is the surest."""
    said = (url.get("usage"), url.get("access"), "" if url.get("access") or url.get("note") else "unmarked")
    return next((rank for rank, word in enumerate(_RANKS) if word in said), len(_RANKS))


def shown_at(parts: Parts, taken: set[str]) -> str:
    """Read the address of the provider's own page."""
    ordered = sorted(parts.urls, key=_rank)
    found = (_address(url) for url in ordered if _rank(url) < len(_RANKS))
    named = (_address(node) for node in parts.identifiers)
    return next((url for url in (*found, *named) if url and url not in taken), "")


def holder(parts: Parts) -> tuple[Text, ...]:
    """Read who keeps the thing."""
    hosts = [place for part in parts.related if part.get("type") == "host" for place in part.take("location")]
    for locations in (parts.locations, hosts):
        names = [node for place in locations for node in place.take("physicalLocation")]
        found = [node.text() for node in names if node.get("type").lower() not in _CONTAINERS]
        if kept := tuple(dict.fromkeys(text for text in found if text.value)):
            return kept
    owned = [node.text() for node in parts.notes if node.get("type") == "ownership"]
    return tuple(owned[:1])


def relations(parts: Parts) -> tuple[Text, ...]:
    """Read what the thing belongs or refers to: titles of related items, else their addresses."""
    found: list[Text] = []
    for part in parts.related:
        names = [Text(title, languages.tag(info.get("lang"), title)) for info in part.take("titleInfo")
                 if (title := _title_text(info))]  # fmt: skip
        urls = [url.text() for place in part.take("location") for url in place.take("url")]
        if part.get("type") != "constituent" or names:
            found += names or urls
        part.skip()
    return tuple(dict.fromkeys(text for text in found if text.value))


def claims(record: Node) -> tuple[Claim, ...]:
    """Read what is said of rights (element accessCondition)."""
    found = [fields.claim_of(node) for node in record.take("accessCondition")]
    return tuple(dict.fromkeys(filter(None, found)))


def _words(node: Node) -> Iterator[str]:
    """Yield all text inside an element, which counts as read."""
    yield node.value()


def _pass_over(record: Node, parts: Parts) -> None:
    """Count as read what speaks of the record; report each extension once, by its first element."""
    for node in (*record.take(*_SILENT), *parts.identifiers, *parts.urls):
        node.skip()
    for node in (node for location in parts.locations for node in location.see("physicalLocation")):
        node.skip()
    for node in record.take("extension"):
        node.note("field_not_consumed", ", ".join(node.names()))
        node.skip()
