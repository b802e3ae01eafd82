"""The files of METS: one picture for each page, the best there is, in the order of the physical structure.

- A page is a div of the physical structMap with pointers to files and no divs below; siblings stand by ORDER where
  all have one, else as they stand. Its label is its ORDERLABEL, else its LABEL, else that of the chapter that begins
  there by structLink.
- Of a page's pictures the best is taken by what their group is for: masters first, thumbnails last. A file with an
  address on the web goes before any without.
- Files at the divs above the pages stand for the whole: a PDF, a film, a sound.
- Without a physical structMap the files of the best group stand in their own order (SEQ).
- Full texts (ALTO, plain) have no place among an item's files yet; they are reported, one problem for each group.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from lxml import etree

from harvest.crosswalks import languages, media, text
from harvest.crosswalks.reader import XLINK
from harvest.strict_xml import local_name
from repository.item import MediaRef, Text
from repository.problems import Problem, problem

FILES = 50_000
PAGES = 10_000
_RANKS = (
    "master", "archiv", "original", "max", "default", "present", "reference", "image", "service", "access", "",
    "middle", "min", "screen", "preview", "teaser", "thumb",
)  # fmt: skip
_TEXTS = ("text/plain", "text/html", "text/xml", "application/xml", "application/alto+xml")
_UNNUMBERED = frozenset({"-", "uncounted", "[-]", "o.n."})


class Files(NamedTuple):
    """The files in order, and what was found wrong."""

    refs: list[MediaRef]
    problems: list[Problem]


class _File(NamedTuple):
    """One file of fileSec: the use of its group, its address on the web or nothing, and its role."""

    id: str
    use: str
    href: str
    url: str
    role: str
    sequence: int


def read(root: etree._Element) -> Files:
    """Read the files of a METS document."""
    known = list(_files(root))
    problems = [problem("values_too_many", "fileSec", f"> {FILES}")] if len(known) > FILES else []
    known = known[:FILES]
    by_id = {one.id: one for one in known}
    structure = _physical(root)
    divs = list(_walk(structure)) if structure is not None else []
    if any(True for div in divs for _ in _pointers(div)):
        refs = list(_by_structure(root, divs, by_id, problems))
    else:
        refs = list(_by_group(known))
    if len(refs) > PAGES:
        problems.append(problem("values_too_many", "structMap", str(len(refs))))
    problems += _unread(known, bool(refs))
    return Files(refs[:PAGES], problems)


def _physical(root: etree._Element) -> etree._Element | None:
    maps = list(root.iterfind("{*}structMap"))
    said = (one for one in maps if one.get("TYPE", "").lower() == "physical")
    return next(chain(said, (one for one in maps if one.get("TYPE", "").lower() != "logical")), None)


def _files(root: etree._Element) -> Iterator[_File]:
    """Yield the files with the use of the nearest group or their own."""
    for file in root.iterfind("{*}fileSec//{*}file"):
        groups = (one for one in file.iterancestors() if local_name(one) == "fileGrp")
        use = file.get("USE") or next((said for one in groups if (said := one.get("USE"))), "")
        href = next((said for place in file.iterfind("{*}FLocat") if (said := place.get(f"{XLINK}href"))), "")
        url = media.address(text.line(text.strip_illegal(href)))
        sequence = file.get("SEQ", "")
        yield _File(
            id=file.get("ID", ""),
            use=text.line(use)[:100],
            href=href,
            url=url,
            role=_role(url or href, file.get("MIMETYPE", "").lower(), use.lower()),
            sequence=int(sequence) if sequence.isascii() and sequence.isdigit() and len(sequence) < 10 else 0,
        )


def _role(address: str, media_type: str, use: str) -> str:
    """Tell the role of a file; a text has none."""
    if media_type in _TEXTS or "ocr" in use or "text" in use or "alto" in use:
        return "manifest" if media.is_manifest(address) else ""
    return media.role_of(address, media_type)


def _rank(file: _File) -> tuple[bool, int]:
    """Tell how good a picture is; the lowest is the best."""
    use = file.use.lower()
    found = (place for place, word in enumerate(_RANKS) if word and word in use)
    return not file.url, next(found, _RANKS.index(""))


def _pointers(div: etree._Element) -> Iterator[str]:
    """Yield the ids of the files that belong to a div itself."""
    for pointer in div.iterfind("{*}fptr"):
        for element in pointer.iter():
            yield from element.get("FILEID", "").split()


def _walk(above: etree._Element) -> Iterator[etree._Element]:
    """Yield the divs below an element, siblings in their order; the parser bounds the depth."""
    divs = list(above.iterfind("{*}div"))
    orders = [_order(div) for div in divs]
    if None not in orders:
        divs = [div for _, div in sorted(zip(orders, divs, strict=True), key=lambda pair: pair[0] or 0)]
    for div in divs:
        yield div
        yield from _walk(div)


def _order(div: etree._Element) -> int | None:
    said = div.get("ORDER", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else None


def _by_structure(
    root: etree._Element, divs: list[etree._Element], known: dict[str, _File], problems: list[Problem]
) -> Iterator[MediaRef]:
    chapters = _chapters(root)
    missing: list[str] = []
    for div in divs:
        ids = list(_pointers(div))
        missing += [one for one in ids if one not in known]
        files = [known[one] for one in ids if one in known and known[one].role and known[one].url]
        if div.find("{*}div") is not None:
            yield from (_ref(file, Text("")) for file in _wholes(files))
        elif files:
            yield _ref(min(files, key=_rank), _label(div, chapters.get(div.get("ID", ""), "")))
    if missing:
        problems.append(problem("reference_unresolved", "structMap/fptr", ", ".join(missing[:10])))


def _wholes(files: Iterable[_File]) -> list[_File]:
    """Give what stands for the whole: documents, films, sounds, manifests; pictures are those of its pages."""
    return [file for file in files if file.role in ("document", "film", "sound", "manifest")]


def _label(div: etree._Element, chapter: str) -> Text:
    number = text.line(div.get("ORDERLABEL", ""))
    number = "" if number.lower() in _UNNUMBERED else number
    said = next(filter(None, (number, text.line(div.get("LABEL", "")), chapter)), "")
    said = text.strip_illegal(said)[: text.LINE_LIMIT]
    return Text(said, languages.tag("", said))


def _chapters(root: etree._Element) -> dict[str, str]:
    """Give the label of the chapter that begins at a page, by the id of the page's div."""
    labels = {
        div.get("ID", ""): text.line(div.get("LABEL", ""))
        for structure in root.iterfind("{*}structMap")
        if structure.get("TYPE", "").lower() == "logical"
        for div in structure.iterfind("{*}div//{*}div")
    }
    begun: dict[str, str] = {}
    for link in root.iterfind("{*}structLink/{*}smLink"):
        chapter, page = link.get(f"{XLINK}from", ""), link.get(f"{XLINK}to", "")
        if label := labels.pop(chapter, ""):
            begun.setdefault(page, label)
    return begun


def _by_group(known: list[_File]) -> Iterator[MediaRef]:
    """Yield the files of the best group with pictures, and all that is no picture."""
    pictures = [file for file in known if file.url and file.role == "view"]
    best = min(pictures, key=_rank).use if pictures else ""
    ordered = sorted(known, key=lambda file: file.sequence)
    others = (file for file in ordered if file.url and file.role not in ("", "view"))
    shown = (file for file in ordered if file.url and file.role == "view" and file.use == best)
    yield from (_ref(file, Text("")) for file in (*shown, *others))


def _ref(file: _File, label: Text) -> MediaRef:
    return MediaRef(media.key_of(file.url), file.url, file.role, label)


def _unread(known: list[_File], served: bool) -> list[Problem]:
    """Report, once for each use, the files that are texts or unknown, and those that are not on the web."""
    texts: dict[str, int] = {}
    away: dict[str, str] = {}
    for file in known:
        if not file.role:
            texts[file.use] = texts.get(file.use, 0) + 1
        elif not file.url and not served:
            away.setdefault(file.use, file.href)
    unread = [problem("field_not_consumed", f"fileSec/{use}", str(count)) for use, count in texts.items()]
    return unread + [problem("url_invalid", f"fileSec/{use}", href) for use, href in away.items()]
