"""How an item is cited: records for programs that keep references (RIS, BibTeX, CSL-JSON), and a sentence for people.

Names are kept as they are written, in the reader's script with the Hanja behind it, and never turned around: a
Korean name has no part that sorts before the other. Texts are UTF-8; what a format takes for its own signs is written
so that it does not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import msgspec

_BLANKS = re.compile(r"[\s\x00-\x1f\x7f\u2028\u2029]+")
_RIS_TYPES = {"book": "BOOK", "manuscript": "MANSCPT", "map": "MAP", "painting": "ART", "print": "ART",
              "photograph": "ART", "newspaper": "NEWS", "video": "VIDEO", "sound": "SOUND", "music": "MUSIC",
              "object": "ART"}  # fmt: skip
_CSL_TYPES = {"book": "book", "manuscript": "manuscript", "map": "map", "painting": "graphic", "print": "graphic",
              "photograph": "graphic", "newspaper": "periodical", "video": "motion_picture", "sound": "song",
              "music": "musical_score", "object": "graphic"}  # fmt: skip
_TEX = {"\\": r"{\textbackslash}", "{": r"{\textbraceleft}", "}": r"{\textbraceright}", "~": r"{\textasciitilde}",
        "^": r"{\textasciicircum}", **{sign: f"\\{sign}" for sign in "%&#_$"}}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """What a citation says; every text is in the reader's language where there is one in it.

    `titles` come in the order in which they are read, the one for readers of this language first. `date` is in words
    for readers, `written` in those of the record; `year` is astronomical, where one is known. `seen` is a day
    (YYYY-MM-DD).
    """

    id: str
    type: str
    language: str
    titles: Sequence[str]
    makers: Sequence[str]
    publishers: Sequence[str]
    date: str
    written: str
    year: int | None
    holder: str
    call_number: str
    abstract: str
    keywords: Sequence[str]
    languages: Sequence[str]
    site: str
    url: str
    seen: str


def _line(text: str) -> str:
    """Write a text on one line, without the characters that steer a terminal or end a record."""
    return _BLANKS.sub(" ", text).strip()


# ---- for programs


def ris(source: Source) -> str:
    """Write a RIS record: a tag, two blanks, a dash and the value on each line, lines ended by CR and LF."""
    rows: list[tuple[str, str]] = [("TY", _RIS_TYPES.get(source.type, "GEN")), ("ID", source.id)]
    rows += zip(("TI", "TT", *("C1",) * len(source.titles)), source.titles, strict=False)
    rows += [("AU", name) for name in source.makers] + [("PB", name) for name in source.publishers]
    if source.year is not None and source.year > 0:
        rows += [("PY", f"{source.year:04d}"), ("DA", f"{source.year:04d}///{source.written}")]
    else:
        rows += [("N1", source.written)]
    rows += [
        ("AV", source.holder),
        ("CN", source.call_number),
        ("DB", source.site),
        ("AB", source.abstract),
        *(("KW", word) for word in source.keywords),
        *(("LA", code) for code in source.languages[:1]),
        ("UR", source.url),
        ("Y2", source.seen.replace("-", "/")),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {_line(value)}\r\n" for tag, value in rows if _line(value) or tag == "ER")


def bibtex(source: Source) -> str:
    """Write a BibTeX entry, in fields that both BibTeX and biblatex know."""
    rows = {
        "title": f"{{{_tex(source.titles[0])}}}",
        "author": " and ".join(f"{{{_tex(name)}}}" for name in source.makers),
        "publisher": " and ".join(f"{{{_tex(name)}}}" for name in source.publishers),
        "year": str(source.year) if source.year is not None else "",
        "note": "" if source.written == str(source.year) else _tex(source.written),
        "titleaddon": _tex(" = ".join(source.titles[1:])),
        "library": _tex(source.holder),
        "howpublished": _tex(source.site),
        "abstract": _tex(source.abstract),
        "keywords": _tex(", ".join(source.keywords)),
        "url": source.url,
        "urldate": source.seen,
    }
    lines = [f"  {name} = {{{value}}}" for name, value in rows.items() if value]
    return f"@misc{{{source.id},\n" + ",\n".join(lines) + "\n}\n"


def _tex(text: str) -> str:
    """Write a text so that TeX prints it: its signs as commands, so that braces always balance."""
    return "".join(_TEX.get(sign, sign) for sign in _line(text))


def csl_json(source: Source) -> str:
    """Write CSL-JSON (CSL 1.0.2 data): a list of one item, names as literals."""
    year, month, day = map(int, source.seen.split("-"))
    issued: dict[str, Any] = {"date-parts": [[source.year]]} if source.year is not None else {}
    item = {
        "id": source.id,
        "type": _CSL_TYPES.get(source.type, "document"),
        "title": _line(source.titles[0]),
        "original-title": _line(" = ".join(source.titles[1:])),
        "author": [{"literal": _line(name)} for name in source.makers],
        "publisher": _line("; ".join(source.publishers)),
        "issued": issued or ({"literal": _line(source.written)} if source.written else {}),
        "archive": _line(source.holder),
        "call-number": _line(source.call_number),
        "abstract": _line(source.abstract),
        "keyword": _line(", ".join(source.keywords)),
        "language": source.languages[0] if source.languages else "",
        "source": source.site,
        "URL": source.url,
        "accessed": {"date-parts": [[year, month, day]]},
    }
    kept = {name: value for name, value in item.items() if value}
    return msgspec.json.format(msgspec.json.encode([kept]), indent=1).decode() + "\n"


FORMATS: Mapping[str, tuple[str, Callable[[Source], str]]] = MappingProxyType(
    {
        "ris": ("application/x-research-info-systems", ris),
        "bib": ("application/x-bibtex", bibtex),
        "csl.json": ("application/vnd.citationstyles.csl+json", csl_json),
    }
)


# ---- for people


def sentence(source: Source, seen: str) -> str:
    """Write the citation as scholars of the reader's language do; `seen` is the day in words."""
    others = [title for title in source.titles[1:] if title != source.titles[0]]
    second = f"({others[0]})" if others else ""
    makers = ("·" if source.language == "ko" else ", ").join(source.makers)
    if source.language == "ko":
        title = f"『{source.titles[0]}{second}』"
        holder = f"{source.holder} 소장" if source.holder else ""
        parts = [makers, title, source.date, holder, source.site, source.url]
        return f"{', '.join(filter(None, parts))} ({seen} 봄)."
    title = f"{source.titles[0]} {second}".strip()
    found = f"{source.site}, accessed {seen}, {source.url}"
    parts = [makers, title, source.date, source.holder, found]
    return f"{'. '.join(part.removesuffix('.') for part in parts if part)}."
