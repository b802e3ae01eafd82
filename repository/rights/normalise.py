"""From the messy words of a rights claim to a mark, by small steps that each stand alone.

A mark is recognised only where the whole of what is written means it: a sentence that merely mentions a
licence, perhaps to deny it, clears nothing. Where a claim has both words and an address, or words with an
address among them, each part must be understood and all must agree.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType
from urllib.parse import SplitResult, urlsplit

import msgspec

from repository.problems import Problem, problem
from repository.rights.vocabulary import by_address, marks, unversioned, without_bare_notice
from repository.shapes import Shape

LIMIT = 400
FIELD = "rights"
Reading = tuple[str, str]  # the mark or '', and the code of the problem or ''

_ADDRESS = re.compile(
    r"https?://[^\s<>\"'()]+|(?:www\.)?(?:creativecommons\.org|rightsstatements\.org|kogl\.or\.kr)/[^\s<>\"'()]+",
    re.I,
)
_CC_PATH = re.compile(
    r"/(licenses|publicdomain)/([a-z-]+)/(\d\.\d)(?:/([a-z]{2,8}))?(?:/(?:deed|legalcode)(?:\.[a-z_-]+)?)?/*"
)
_RS_PATH = re.compile(r"/(?:vocab|page|data)/([a-z-]+)/(\d\.\d)/*")
_KOGL_PATHS = (
    re.compile(r"/info/licensetype([0-4])\.do"),
    re.compile(r"/info/licensetypeview\.do\?licensetype=([0-4])"),
    re.compile(r"/info/license\.do#0([0-4])-tab"),  # a part of the page of all types, as most sites link it
    re.compile(r"/open/info/license_info/(by|nc|nd|all)\.do"),
)
_KOGL_WORDS = {"by": "1", "nc": "2", "nd": "3", "all": "4"}
# The letters are those of the Korea Heritage Service.
_KOGL_LETTERS = {"a": "1", "b": "2", "c": "3", "d": "4", "e": "0"}
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}

_NOT_WORDS = re.compile(r"(?<!\d)\.|\.(?!\d)|[^\w.©]|_")
_LEAD = r"(?:(?:본|이|해당)?(?:공공)?(?:저작물|자료|작품)[은는])?"
_KOGL_NAME = (
    r"(?:공공누리(?:kogl)?|kogl(?:공공누리)?|koreaopengovernmentlicen[sc]e(?:kogl)?"
    r"|공공저작물자유이용허락(?:표시)?(?:기준|제도)?(?:공공누리)?(?:kogl)?)"
)
_KOGL_TYPE = (
    r"(?:제|type|유형)?(?P<number>[0-4])(?:유형|형)?"
    r"|type(?P<roman>iv|i{1,3})"
    r"|(?P<letter>[a-e])(?:유형|형|type)"
)
_KOGL_AI = r"(?P<ai>[및과와]?(?:공공누리|kogl)?(?:ai|f)(?:유형|마크|표시|mark|type))"
_TAIL = r"(?:의?조건)?(?:에따라|으로)?(?:자유롭게)?(?:이용(?:할수있(?:습니다|음)|가능(?:합니다|함)?))?"
_CC_ELEMENT = {
    "by": r"by|attribution|저작자표시",
    "nc": r"nc|noncommercial|비영리",
    "nd": r"nd|noderivs|noderivatives|noderivativeworks|변경금지",
    "sa": r"sa|sharealike|동일조건변경허락",
}
_CC = re.compile(
    r"(?:thisworkislicensedunder(?:an?|the))?"
    r"(?P<name>cc|creativecommons|크리에이티브커먼즈)?(?:라이[선센]스|licen[sc]e)?"
    rf"(?P<elements>(?:{'|'.join(_CC_ELEMENT.values())}){{1,3}})"
    r"(?:라이[선센]스|licen[sc]e)?(?:version|v)?(?P<version>\d\.\d)?"
    r"(?P<extent>international|unported|generic|국제|일반|대한민국|korea|kr)?(?:라이[선센]스|licen[sc]e)?"
    + _TAIL
)
_EXTENT_VERSIONS = {
    "international": ("4.0",),
    "국제": ("4.0",),
    "unported": ("3.0",),
    "generic": ("1.0", "2.0", "2.5"),
    "일반": ("1.0", "2.0", "2.5", "3.0"),
}
_SIGN = re.compile(r"ⓒ|Ⓒ|\(c\)", re.I)
_RESERVED = re.compile(r"[.,;]?\s*\ball rights reserved\b\.?", re.I)
_NOTICE = re.compile(r"(?:©|copyright\b|저작권자\b)[^.;!?。\n]{0,100}\.?", re.I)
_CONDITION = re.compile(
    r"\b(?:no|not|only|use[ds]?|without|permi\w*|prohibit\w*|restrict\w*|reserved|except\w*|expired?|free|evaluated|"
    r"undetermined|none|unknown|public|domain|may|must|research|licen[sc]\w*|cc)\b"
    r"|금지|불가|허락|허가|제한|만료|없|자유|문의|이용|않",
    re.I,
)


class _Phrases(msgspec.Struct, frozen=True):
    marks: dict[str, tuple[str, ...]]
    kogl_captions: dict[str, str]


_PHRASES = Shape(_Phrases)


@lru_cache(maxsize=4096)
def normalise(value: str, uri: str = "") -> tuple[str, tuple[Problem, ...]]:
    """Recognise the mark that a claim's words and address mean, or `''` with the problem that says why not."""
    given = f"{value} {uri}".strip()
    if not given:
        return "", (problem("rights_missing", FIELD),)
    if len(given) > LIMIT:
        return "", (problem("rights_unknown", FIELD, given),)
    readings = [_read(part) for part in [*_parts(value), *_parts(uri)]]
    mark, code = _agree(readings) if readings else ("", "rights_unknown")
    return mark, (problem(code, FIELD, given),) if code else ()


def _parts(text: str) -> list[str]:
    """Part a claim into its addresses and the words round them; punctuation alone is no part."""
    text = html.unescape(text)
    addresses = [address.rstrip(".,;") for address in _ADDRESS.findall(text)]
    words = _ADDRESS.sub(" ", text).strip()
    return [*([words] if re.search(r"\w|©", words) else []), *addresses]


def _agree(readings: list[Reading]) -> Reading:
    """Take the one mark that all parts mean; a part that names it more closely (a version, the AI mark) wins."""
    for mark, code in readings:
        if not mark:
            return "", code
    found = without_bare_notice({mark for mark, _ in readings})
    closest = max(found, key=len)
    if not {closest, marks()[closest].family, closest.removesuffix("-ai")}.issuperset(found):
        return "", "rights_conflict"
    return closest, "rights_version_missing" if unversioned(closest) else ""


def _read(part: str) -> Reading:
    return _read_address(part) if _ADDRESS.fullmatch(part) else _read_words(part)


# Addresses


def _read_address(address: str) -> Reading:
    """Read an address whatever its scheme, `www.`, deed page, language, query or missing slash."""
    try:
        parts = urlsplit(address if "://" in address else f"http://{address}")
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return "", "rights_unknown"
    reader = {
        "creativecommons.org": _creative_commons_address,
        "rightsstatements.org": _statement_address,
        "kogl.or.kr": _kogl_address,
    }.get(host)
    return reader(parts) if reader else ("", "rights_unknown")


def _creative_commons_address(parts: SplitResult) -> Reading:
    found = _CC_PATH.fullmatch(parts.path.casefold())
    if not found:
        return "", "rights_unknown"
    folder, kind, version, port = found.groups()
    kind = _canonical_kind(kind.split("-")) or kind
    tail = "/".join(filter(None, (folder, kind, version, port)))
    mark = by_address().get(f"creativecommons.org/{tail}/")
    return (mark, "") if mark else ("", "rights_impossible")


def _statement_address(parts: SplitResult) -> Reading:
    found = _RS_PATH.fullmatch(parts.path.casefold())
    if not found:
        return "", "rights_unknown"
    mark = by_address().get(f"rightsstatements.org/vocab/{found[1]}/{found[2]}/")
    return (mark, "") if mark else ("", "rights_impossible")


def _kogl_address(parts: SplitResult) -> Reading:
    address = parts.path.casefold()
    if address.endswith("view.do"):
        address += f"?{parts.query.casefold()}"
    elif address.endswith("license.do"):
        address += f"#{parts.fragment.casefold()}"
    for pattern in _KOGL_PATHS:
        if found := pattern.fullmatch(address):
            return f"kogl-{_KOGL_WORDS.get(found[1], found[1])}", ""
    return "", "rights_unknown"


# Words


def _read_words(words: str) -> Reading:
    folded = _fold(words)
    if mark := _phrases().get(folded):
        return mark, ""
    return _kogl(folded) or _creative_commons(folded) or _notice(words) or ("", "rights_unknown")


def _fold(words: str) -> str:
    """Fold case, width, spaces and punctuation away; a point stays between digits, and ⓒ and (c) become ©."""
    return _NOT_WORDS.sub("", unicodedata.normalize("NFKC", _SIGN.sub("©", words)).casefold())


@cache
def _phrases() -> Mapping[str, str]:
    """Give the mark of each whole phrase, folded: the marks' own names, and those of the data file."""
    names = {
        _fold(name): code
        for code, mark in marks().items()
        if mark.family not in ("none", "in-copyright") and not unversioned(code)
        for name in (mark.ko, mark.en)
    }
    listed = {_fold(phrase): code for code, phrases in _data().marks.items() for phrase in phrases}
    return MappingProxyType(names | listed)


@cache
def _data() -> _Phrases:
    raw = (files("repository.rights") / "data" / "phrases.json").read_bytes()
    return _PHRASES.read(raw)


@cache
def _captions() -> Mapping[str, str]:
    return MappingProxyType({_fold(caption): number for caption, number in _data().kogl_captions.items()})


@cache
def _kogl_pattern() -> re.Pattern[str]:
    captions = "|".join(sorted(map(re.escape, _captions()), key=len, reverse=True))
    return re.compile(
        rf"{_LEAD}(?P<name>{_KOGL_NAME})?(?:라이[선센]스)?(?:{_KOGL_TYPE})?(?P<caption>{captions})?{_KOGL_AI}?{_TAIL}"
    )


def _kogl(folded: str) -> Reading | None:
    """Read a type of KOGL by number, letter or caption, which must not contradict, with the AI mark beside."""
    found = _kogl_pattern().fullmatch(folded)
    if not found or not (found["name"] or found["letter"] or (found["number"] and found["caption"])):
        return None
    stated = found["number"] or _ROMAN.get(found["roman"] or "") or _KOGL_LETTERS.get(found["letter"] or "")
    captioned = _captions().get(found["caption"] or "")
    number = stated or captioned
    if number is None:
        return None
    if captioned and captioned != number:
        return "", "rights_conflict"
    if found["ai"] and number == "0":
        return "", "rights_impossible"
    return f"kogl-{number}-ai" if found["ai"] else f"kogl-{number}", ""


def _creative_commons(folded: str) -> Reading | None:
    """Read a Creative Commons licence in English or Korean words; without CC or a version it is only a phrase."""
    found = _CC.fullmatch(folded)
    if not found or not (found["name"] or found["version"]):
        return None
    kind = _canonical_kind(re.findall("|".join(_CC_ELEMENT.values()), found["elements"]))
    if not kind:
        return None
    version, extent = found["version"], found["extent"]
    if extent and version and version not in _EXTENT_VERSIONS.get(extent, (version,)):
        return "", "rights_impossible"
    port = "kr" if extent in ("대한민국", "korea", "kr") else ""
    code = "-".join(filter(None, ("cc", kind, version, port if version else "")))
    return (code, "") if code in marks() else ("", "rights_impossible")


def _canonical_kind(elements: list[str]) -> str:
    """Put the elements of a licence into their order (by-nc-nd), or give '' for what is no licence."""
    found = {
        name for element in elements for name, words in _CC_ELEMENT.items() if re.fullmatch(words, element)
    }
    kind = "-".join(name for name in _CC_ELEMENT if name in found)
    return kind if len(found) == len(elements) and f"cc-{kind}" in marks() else ""


def _notice(words: str) -> Reading | None:
    """Read a bare copyright notice (sign, year, name); one with any condition in it is a sentence."""
    signed = _SIGN.sub("©", words.strip())
    notice = _RESERVED.sub("", signed).strip()
    if not _NOTICE.fullmatch(notice) or _CONDITION.search(notice):
        return None
    return ("in-copyright" if _RESERVED.search(signed) is None else "all-rights-reserved"), ""
