"""From a date as written to a date as read: simple forms first, then what qualifies, bounds or joins them.

Every reader gives all readings it sees. A text with one reading is read; one with several is kept as
written and says so; one with none is kept as written and says that. Nothing is dropped, nothing guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import product

import msgspec

from repository.dates import catalogue, german, korean, western
from repository.dates.eras import fold_hanja
from repository.dates.reading import (
    GREGORIAN,
    OPEN,
    Reading,
    Readings,
    contradicted,
    distinct,
    join,
    overlap,
    qualify,
    worst,
)
from repository.item import Date
from repository.problems import Problem, problem

LIMIT = 120  # characters
WORK = 120  # readings tried
MANY = 60

_UNKNOWN = re.compile(
    r"\[?(?:(?:제작|간행|연대|연도|시대|시기|年代|발행|작성|창작|간사|출판|刊寫|刊行|發行|出版|刊|寫)\s*"
    r"(?:년도?|연도|연대|시기|일|年)?\s*)?(?:미상|未詳|불명|不明|불상|알\s*수\s*없음|모름)\]?"
    r"|\[?n\.?\s?d\.?\]?|s\.?\s?d\.?|(?:date\s+)?(?:not known|unknown|undetermined)|not dated|no date|undated|[?-]"
)
_APPROXIMATE = re.compile(
    r"(?:circa|approximately|about|ca?\.?(?=[\s\d?])|ca,|약|대략)\s*(?P<after>.+)"
    r"|(?P<before>.+?)\s*(?:(?:경|무렵|쯤|頃)(?:에)?|\((?:circa|ca?\.?|approx(?:imately)?\.?|경)\))"
)
_UNCERTAIN = re.compile(
    r"[?]\s*(?P<after>.+)|(?:probably|perhaps|possibly)\s+(?P<then>.+)"
    r"|(?P<before>.+?)\s*(?:[?]|\(\s*[?]\s*\)|\(?추정\)?|\(?추정됨\)?)|\[(?P<supplied>[^\[\]]+)\]"
)
_NO_LATER = re.compile(
    r"(?:before|by|until|no later than|not after|up to)\s+(?P<after>.+)|[~]\s*(?P<dash>.+)"
    r"|(?P<before>.+?)\s*(?:이전|以前|까지|or earlier|or before)|[?]\s*[~–-]\s*(?P<open>.+)"
)
_NO_EARLIER = re.compile(
    r"(?:after|since|from|no earlier than|not before)\s+(?P<after>.+)"
    r"|(?P<before>.+?)\s*(?:이후|以後|부터|or later|or after|[~–]|[~–-]\s*[?])"
    r"|(?P<work>.+?),\s*(?:printed|cast|published|produced|manufactured)\s+(?:later|posthumously)"
)
_DONE = (
    r"(?:first\s+)?(?:published|printed|exhibited|designed|manufactured|made|executed|composed|written|drawn|cast"
    r"|produced|reprinted|reproduced|enlarged version|re-?fired|issued|created|built|dated)"
)
_VERB = re.compile(
    rf"(?:{_DONE}(?:\s+in)?|project:|in the|in|the)\s+(?P<after>.+)"
    r"|(?P<before>.+?)(?:에)?\s*(?:간행|제작|필사|인쇄|초간|중간|발행|편찬|완성|건립|조성|촬영|창건|재간|번각|사본|작|刊|寫)(?:됨|함|본)?"
)
_BRACKETS = re.compile(
    r"(?P<outer>[^()\[\]]+?)\s*[(\[](?P<inner>[^()\[\]]+)[)\]]\s*(?:년|年)?\s*(?P<rest>[^()\[\]]*)"
)
# What qualifies all that stands before it, brackets included, is for the readers that come after.
_QUALIFIED = re.compile(
    r"(?:이전|以前|이후|以後|부터|까지|경|무렵|쯤|頃|or (?:later|earlier|after|before)|[~?])(?:에)?"
)
_OTHER_EVENT = re.compile(rf"{_DONE}\b")
_CORRECTED = re.compile(r"[^()\[\]]+[(\[]\s*i\.?\s?e\.?,?\s*(?P<right>[^()\[\]]+)[)\]]")
_FROM_TO = re.compile(r"(?:between|from)\s+(?P<english>.+)|(?P<korean>.+?)\s*(?:까지|사이)")
_SPAN = re.compile(r"\s*(?:[~–-]|\bto\b|\band\b|에서|부터)\s*|(?<=[초말엽반기])\s+(?=\d{1,2}\s*세기)")
_ALTERNATIVE = re.compile(r"\s+or\s+|\s*또는\s*|\s*혹은\s*")
_DASHES = str.maketrans(
    {"—": "–", "−": "–", "‒": "–", "‐": "-", "‑": "-", "∼": "~", "〜": "~", "～": "~", "ー": "–"}
)

Budget = Iterator[int]  # what is left of the work that one text may cost
Reader = Callable[[str, Budget], Readings]


@lru_cache(maxsize=8192)
def parse(text: str, role: str = "created") -> tuple[Date, tuple[Problem, ...]]:
    """Read a date as written; `role` is handed on (see `Date`). Bad input gives a date unread and a problem."""
    cleaned = _clean(text)
    if not cleaned or _UNKNOWN.fullmatch(cleaned):
        return Date(text=text, role=role), ()
    if len(cleaned) > LIMIT:
        return Date(text=text, role=role), (problem("date_unparsed", role, text),)
    readings = distinct(_read(cleaned, iter(range(WORK))))
    if len(readings) != 1:
        return _unread(text, role, readings)
    reading = readings[0]
    earliest, latest = reading.bounds
    date = Date(text, reading.edtf, earliest, latest, reading.calendar, reading.confidence, role)
    return date, tuple(problem(code, role, text) for code in dict.fromkeys(reading.problems))


def _unread(text: str, role: str, readings: Readings) -> tuple[Date, tuple[Problem, ...]]:
    if not readings:
        return Date(text=text, role=role), (problem("date_unparsed", role, text),)
    calendar = readings[0].calendar if len({one.calendar for one in readings}) == 1 else ""
    candidates = " · ".join(one.edtf for one in readings[:8])
    return Date(text=text, calendar=calendar, role=role), (
        problem("date_ambiguous", role, f"{text}: {candidates}"),
    )


def _clean(text: str) -> str:
    """Fold width, case, dashes, variant characters and spaces; nothing that carries meaning."""
    text = unicodedata.normalize("NFKC", text).casefold().translate(_DASHES)
    return fold_hanja(german.in_english(" ".join(text.split()))).strip(" .,;")


def _read(text: str, budget: Budget) -> Readings:
    """Give all readings of a text, by the first reader that sees any."""
    text = text.strip(" .,;")
    if not text or next(budget, None) is None:
        return ()
    for simple in (*western.READERS, *catalogue.READERS, *korean.READERS):
        if found := simple(text):
            return found
    for reader in _READERS:
        if found := reader(text, budget):
            return found[:MANY]
    return ()


def _first(found: re.Match[str] | None) -> str:
    return next((part for part in found.groups() if part), "") if found else ""


def _approximate(text: str, budget: Budget) -> Readings:
    return tuple(qualify(one, "~") for one in _read(_first(_APPROXIMATE.fullmatch(text)), budget))


def _uncertain(text: str, budget: Budget) -> Readings:
    return tuple(qualify(one, "?") for one in _read(_first(_UNCERTAIN.fullmatch(text)), budget))


def _no_later(text: str, budget: Budget) -> Readings:
    read = _read(_first(_NO_LATER.fullmatch(text)), budget)
    return tuple(
        msgspec.structs.replace(one, start=OPEN) for one in read if not one.whole and one.end != OPEN
    )


def _no_earlier(text: str, budget: Budget) -> Readings:
    read = _read(_first(_NO_EARLIER.fullmatch(text)), budget)
    return tuple(
        msgspec.structs.replace(one, end=OPEN) for one in read if not one.whole and one.start != OPEN
    )


def _verb(text: str, budget: Budget) -> Readings:
    return _read(_first(_VERB.fullmatch(text)), budget)


def _brackets(text: str, budget: Budget) -> Readings:
    """Read what stands beside and in brackets, which explain each other: 세종 28년(1446), 1446년(세종 28)."""
    found = _BRACKETS.fullmatch(text)
    if not found or _QUALIFIED.fullmatch(found["rest"]):
        return ()
    outer = _read(f"{found['outer']} {found['rest']}".strip(), budget) or _read(found["outer"], budget)
    inner = _inner(found["inner"], budget)
    if outer and inner and _OTHER_EVENT.match(found["inner"]):
        return _as_set([outer, inner], "{}", "exact")
    if named := western.named_part(found["inner"].replace(" ", "")) if outer and not inner else None:
        return tuple(western.part_of_reading(one, named) for one in outer)
    if outer and inner:
        return _reconcile(outer, inner)
    if inner and korean.names_era(found["outer"].strip()):
        return tuple(contradicted(one) for one in inner)
    return ()


def _corrected(text: str, budget: Budget) -> Readings:
    """Read 1819 [i.e. 1918]: what the cataloguer puts right stands."""
    return tuple(qualify(one, "?") for one in _read(_first(_CORRECTED.fullmatch(text)), budget))


def _inner(text: str, budget: Budget) -> Readings:
    """Read what stands in brackets, where a bare number is a year; several parts must agree."""
    readings: Readings = ()
    for part in re.split(r"\s*[,;/]\s*", text) if not western.day(text) else [text]:
        read = western.bare_year(part) or _read(part, budget)
        readings = _reconcile(readings, read) if readings and read else readings or read
    return readings


def _reconcile(ones: Readings, others: Readings) -> Readings:
    """Keep the readings on which two texts of one date agree; where none agree the common era's stands, marked."""
    agreeing = [_narrower(one, other) for one, other in product(ones, others) if overlap(one, other)]
    if agreeing:
        narrowest = min(one.width for one in agreeing)
        return distinct(one for one in agreeing if one.width == narrowest)
    common = [one for one in (*ones, *others) if one.calendar == GREGORIAN]
    return distinct(contradicted(one) for one in common or ones)


def _narrower(one: Reading, other: Reading) -> Reading:
    """Take the more exact of two readings of one date, with the calendar that is not the common one."""
    narrow, wide = (one, other) if one.width <= other.width else (other, one)
    calendar = narrow.calendar if narrow.calendar not in (GREGORIAN, "sexagenary") else wide.calendar
    confidence = narrow.confidence if narrow.calendar != "sexagenary" else wide.confidence
    if calendar == "sexagenary" or (calendar == "period" and narrow.calendar == GREGORIAN):
        calendar = narrow.calendar
    problems = (*narrow.problems, *wide.problems)
    return msgspec.structs.replace(narrow, calendar=calendar, confidence=confidence, problems=problems)


def _from_to(text: str, budget: Budget) -> Readings:
    """Read between 1890 and 1900, 1890년부터 1895년까지: the words around say no more than the span."""
    return _span(_first(_FROM_TO.fullmatch(text)), budget)


def _span(text: str, budget: Budget) -> Readings:
    """Read from … to …, cut at the first place where both sides are dates in order."""
    for cut in _SPAN.finditer(text):
        first, last = text[: cut.start()], text[cut.end() :]
        spans = _spans(_read(first, budget), _read(last, budget)) or _completed(first, last, budget)
        if spans:
            return spans
    return ()


def _spans(firsts: Readings, lasts: Readings) -> Readings:
    return distinct(span for one, other in product(firsts, lasts) if (span := join(one, other)))


def _completed(first: str, last: str, budget: Budget) -> Readings:
    """Complete the first end of a span by what only the last end says: the era, the month's year, 세기, 년대."""
    if found := re.search(r"\s*(?:b\.?c\.?e?\.?)$", last):
        return _spans(_read(first + found[0], budget), _read(last, budget))
    if found := re.search(r"\d\s*(세기|世紀)|\d(?:st|nd|rd|th)\s+(century)", last):
        ordinal = found[1] or "th century"
        return _spans(_read(re.sub(r"(?:st|nd|rd|th)$", "", first) + ordinal, budget), _read(last, budget))
    if whole := _month_completed(first, last):
        return _spans(_read(whole[0], budget), _read(whole[1], budget))
    if re.fullmatch(r"\d{1,3}년", last) and korean.names_era(first):
        era = re.sub(r"\s*(?:\d{1,3}|원)\s*년?$", "", first)
        return _spans(_read(first, budget), _read(f"{era} {last}", budget))
    if re.fullmatch(r"\d{3}", first) and re.fullmatch(r"\d{3}", last):
        spans = _spans(western.bare_year(first), western.bare_year(last))
        return tuple(qualify(one, "?") for one in spans)
    if re.fullmatch(r"\d{1,4}\s*(?:c\.?e\.?|a\.?d\.?)?", last) and re.fullmatch(r"\d{1,3}", first):
        return _spans(western.bare_year(first), western.year(last))
    return ()


def _month_completed(first: str, last: str) -> tuple[str, str] | None:
    """Complete a span of months or days: August–September 1950, 1919년 3월~4월, 1919년 3월 1일~5일."""
    if re.fullmatch("|".join(western.MONTHS), first):
        year = re.search(r"\d{4}", last)
        return (f"{first} {year[0]}", last) if year else None
    before = re.match(r"(?P<year>\d{4}년)\s*(?P<month>\d{1,2}월)?", first)
    unit = re.match(r"\d{1,2}\s*(?P<name>[월일])", last)
    if not before or not unit:
        return None
    month = before["month"] or "" if unit["name"] == "일" else ""
    return first, f"{before['year']} {month} {last}"


def _alternatives(text: str, budget: Budget) -> Readings:
    """Read 1965 or 1966 as one of a set."""
    texts = _ALTERNATIVE.split(text)
    return _as_set([_read(one, budget) for one in texts], "[]", "inferred") if len(texts) > 1 else ()


def _listed(text: str, budget: Budget) -> Readings:
    """Read 1919, printed 1920 as all of a set, or as the narrower where one date explains the other."""
    texts = re.split(r"\s*[,;]\s+", text)
    parts = [_read(one, budget) for one in texts] if len(texts) > 1 else []
    if not parts or not all(parts):
        return ()
    if len(parts) == 2 and any(one.calendar == "period" for one in (*parts[0], *parts[1])):
        return _reconcile(parts[0], parts[1])
    return _as_set(parts, "{}", "exact")


def _as_set(parts: list[Readings], marks: str, confidence: str) -> Readings:
    members = [part[0] for part in parts if len(part) == 1 and not part[0].whole]
    if not members or len(members) != len(parts):
        return ()
    # Level 2 lets no member of a set be a qualified range; the confidence says it of the whole.
    texts = [re.sub("[~?%]", "", one.edtf).replace("/", "..").replace("....", "..") for one in members]
    whole = marks[0] + ",".join(dict.fromkeys(texts)) + marks[1]
    sure = worst(confidence, *(one.confidence for one in members))
    return (Reading("", "", confidence=sure, whole=whole),) if len({*texts}) > 1 else (members[0],)


def _period_first(text: str, budget: Budget) -> Readings:
    """Read a period and a date within it: 조선 1861년, Edo period, 19th century."""
    for cut in re.finditer(r"[\s,]+|(?<=\D)(?=\d)", text):
        named = korean.period(text[: cut.start()])
        rest = _read(text[cut.end() :], budget) if named else ()
        if rest:
            return _reconcile(named, rest)
    return ()


_READERS: tuple[Reader, ...] = (
    _corrected,
    _brackets,
    _alternatives,
    _listed,
    _approximate,
    _from_to,
    _no_later,
    _no_earlier,
    _verb,
    _span,
    _uncertain,
    _period_first,
)
