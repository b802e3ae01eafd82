"""An institution's IIIF manifest, Presentation API 2.1 or 3.0, as a list of pages.

One canvas is one page: its first painted picture, film or sound, with the image service that stands behind it. What
a manifest says of the thing itself is not read, because the record says it; each property left is a problem's note.

https://iiif.io/api/presentation/3.0/ and https://iiif.io/api/presentation/2.1/
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

import msgspec

from harvest.crosswalks import languages, media, text
from repository.item import Text
from repository.problems import Problem, problem

BYTES = 32 << 20
PAGES = 5_000
WORDS = 20_000  # characters of what a canvas says of itself
PROBLEMS = 100
_KINDS = {"video": "film", "sound": "sound", "audio": "sound", "image": "view"}
_READ = frozenset(("@context", "@id", "id", "@type", "type", "label", "sequences", "items"))
_SILENT = frozenset(("viewingDirection", "viewingHint", "behavior", "thumbnail", "logo"))
_STATEMENT = re.compile(
    r"https?://(?:creativecommons\.org|rightsstatements\.org|www\.kogl\.or\.kr)/[\x21-\x7e]{1,200}\Z"
)
_SERVICE = re.compile(r"ImageService([23])\Z|/api/image/([23])(?:[./]|\Z)")
_LEVEL = re.compile(r"level([012])(?:\.json)?\Z")


class ImageService(msgspec.Struct, frozen=True):
    """An image service: the address that its info.json calls its id, version 2 or 3, and compliance level."""

    id: str
    version: int
    level: int


class Page(msgspec.Struct, frozen=True):
    """One canvas: its own id, its label, and what is painted on it.

    `kind` is view, film or sound; `url` the file's address; `width` and `height` pixels, 0 where not said; `alt`
    what the canvas says of itself (3.0 summary, 2.1 description).
    """

    id: str
    kind: str
    url: str
    label: Text = Text("")
    service: ImageService | None = None
    width: int = 0
    height: int = 0
    alt: tuple[Text, ...] = ()


class Manifest(msgspec.Struct, frozen=True):
    """The pages in order, what is said of rights in them, and what was found wrong or not read.

    `rights` is an address of Creative Commons, RightsStatements.org or KOGL; other words of rights are problems.
    """

    pages: tuple[Page, ...]
    problems: tuple[Problem, ...] = ()
    rights: str = ""


def read(raw: bytes) -> Manifest | Problem:
    """Read a manifest.

    Problems instead: media_refused_size, media_refused_broken (no JSON), media_refused_type (no manifest). Within:
    url_invalid, values_too_many, reference_unresolved (a canvas that shows nothing), field_not_consumed.
    """
    if len(raw) > BYTES:
        return problem("media_refused_size", "manifest", f"{len(raw)} bytes")
    try:
        said = msgspec.json.decode(raw.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, RecursionError) as error:
        return problem("media_refused_broken", "manifest", str(error))
    kind = _kind(said)
    if kind != "manifest":
        return problem("media_refused_type", "manifest", kind)
    log: list[Problem] = []
    canvases = list(islice(_canvases(said, log), PAGES + 1))
    if len(canvases) > PAGES:
        log.append(problem("values_too_many", "canvas", f"> {PAGES}"))
    pages = [page for canvas in canvases[:PAGES] if (page := _page(canvas, log))]
    unique = {page.id: page for page in reversed(pages)}
    rights = next(filter(None, (_rights(said.get(name)) for name in ("rights", "license"))), "")
    log += _left(said, rights)
    kept = tuple(page for page in pages if unique[page.id] is page)
    return Manifest(kept, tuple(dict.fromkeys(log))[:PROBLEMS], rights)


def _rights(said: Any) -> str:
    """Read the one statement of rights that people and machines both know."""
    found = said[0] if isinstance(said, list) and len(said) == 1 else said
    return found if isinstance(found, str) and _STATEMENT.match(found) else ""


def _kind(said: Any) -> str:
    """Name the type of a JSON-LD node in small letters, without prefix."""
    found = (said.get("type") or said.get("@type") or "") if isinstance(said, dict) else ""
    return found.rpartition(":")[2].lower() if isinstance(found, str) else ""


def _nodes(value: Any) -> list[dict[str, Any]]:
    """Give the nodes of a property, which may hold one or many."""
    found = value if isinstance(value, list) else [value]
    return [node for node in found if isinstance(node, dict)]


def _id(node: dict[str, Any]) -> str:
    found = node.get("id") or node.get("@id") or ""
    return text.line(text.strip_illegal(found)) if isinstance(found, str) else ""


def _canvases(said: dict[str, Any], log: list[Problem]) -> Iterator[dict[str, Any]]:
    """Yield the canvases: those of version 3, else of the first sequence of version 2."""
    sequences = _nodes(said.get("sequences"))
    if len(sequences) > 1:
        log.append(problem("field_not_consumed", "sequences", f"{len(sequences)}"))
    found = said.get("items") or (sequences[0].get("canvases") if sequences else None)
    yield from (node for node in _nodes(found) if _kind(node) == "canvas")


def _page(canvas: dict[str, Any], log: list[Problem]) -> Page | None:
    own = _id(canvas)
    bodies = list(islice(_painted(canvas), 100))
    if not own or len(own) > media.URL_LIMIT or not bodies:
        log.append(problem("reference_unresolved", "canvas", own))
        return None
    if len(bodies) > 1:
        log.append(problem("field_not_consumed", "canvas/painting", f"{own}: {len(bodies)}"))
    body = bodies[0]
    service = next(filter(None, map(_service, _nodes(body.get("service")))), None)
    url = media.address(_id(body)) or (_whole(service) if service else "")
    if not url:
        log.append(problem("url_invalid", "canvas/painting", _id(body)))
        return None
    width, height = (_number(body, name) or _number(canvas, name) for name in ("width", "height"))
    kind = _KINDS.get(_kind(body), "view")
    alt = tuple(_texts(canvas.get("summary") or canvas.get("description"), WORDS))
    return Page(own, kind, url, _label(canvas.get("label")), service, width, height, alt)


def _painted(canvas: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield what is painted on a canvas (3.0 §5.6 by way of §5.5; 2.1 §5.4), of a choice the first."""
    for note in _nodes(canvas.get("images")):
        yield from map(_chosen, _nodes(note.get("resource")))
    for page in _nodes(canvas.get("items")):
        for note in _nodes(page.get("items")):
            if note.get("motivation", "painting") in ("painting", ["painting"]):
                yield from map(_chosen, _nodes(note.get("body"))[:1])


def _chosen(body: dict[str, Any]) -> dict[str, Any]:
    """Give the picture itself, out of a choice, or of a part of one."""
    for _ in range(3):
        inner = [body.get(name) for name in ("default", "source", "full")]
        if _kind(body) == "choice":
            inner += _nodes(body.get("items"))[:1]
        body = next((node for node in inner if isinstance(node, dict)), body)
    return body


def _service(node: dict[str, Any]) -> ImageService | None:
    """Read an image service of version 2 or 3; others, such as those for login, are none."""
    base = media.address(_id(node).rstrip("/"))
    profile = node.get("profile")
    profiles = profile if isinstance(profile, list) else [profile]
    words = [node.get("type"), node.get("@type"), node.get("@context"), *profiles]
    texts = [word for word in words if isinstance(word, str)]
    version = next((found[1] or found[2] for word in texts if (found := _SERVICE.search(word))), "")
    level = next((found[1] for word in texts if (found := _LEVEL.search(word))), "0")
    # Query and fragment would end up inside the addresses made from it.
    sound = base and not {"?", "#"} & set(base)
    return ImageService(base, int(version), int(level)) if sound and version else None


def _whole(service: ImageService) -> str:
    size = "max" if service.version == 3 else "full"
    return f"{service.id}/full/{size}/0/default.jpg"


def _number(node: dict[str, Any], name: str) -> int:
    found = node.get(name)
    return found if isinstance(found, int) and 0 < found < 10**7 else 0


def _label(said: Any) -> Text:
    """Read a label, the Korean first."""
    found = sorted(_texts(said, text.LINE_LIMIT), key=lambda one: not one.lang.startswith("ko"))
    return found[0] if found else Text("")


def _texts(said: Any, limit: int) -> Iterator[Text]:
    """Read words, in version 3 by language, in version 2 bare or with a language; they may hold markup (3.0 §4.2)."""
    values = said if isinstance(said, list) else [said]
    pairs: list[tuple[str, Any]] = []
    for value in values:
        if isinstance(value, dict) and "@value" in value:
            pairs.append((str(value.get("@language", "")), value["@value"]))
        elif isinstance(value, dict):
            pairs += [(lang, one) for lang, ones in value.items() if isinstance(ones, list) for one in ones]
        else:
            pairs.append(("", value))
    for lang, one in pairs:
        words = (
            text.line(text.strip_illegal(text.without_markup(one)))[:limit] if isinstance(one, str) else ""
        )
        if words:
            yield Text(words, languages.tag("" if lang in ("none", "@none") else lang, words))


def _left(said: dict[str, Any], rights: str) -> list[Problem]:
    """Tell which properties of the manifest nobody read; their words where they are short."""
    read = _READ | _SILENT | ({"rights", "license"} if rights else set())
    names = [name for name in said if name not in read]
    values = ((name, said[name]) for name in names[:PROBLEMS])
    return [
        problem("field_not_consumed", name, value if isinstance(value, str) else "") for name, value in values
    ]
