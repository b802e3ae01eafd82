"""Years, months, days, decades and centuries of the common era, in Korean and English."""

from __future__ import annotations

import re

from repository.dates import edtf
from repository.dates.reading import Reading, Readings, of_span, of_year, qualify, year_text

_MONTH_NAMES = """
jan january, feb february, mar march, apr april, may, jun june, jul july, aug august, sep sept september,
oct october, nov november, dec december
"""
MONTHS = {
    name: number for number, names in enumerate(_MONTH_NAMES.split(","), start=1) for name in names.split()
}
_SEASONS = {
    "spring": 21,
    "summer": 22,
    "autumn": 23,
    "fall": 23,
    "winter": 24,
    "봄": 21,
    "여름": 22,
    "가을": 23,
    "겨울": 24,
}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_ERA = r"(?P<era>\s*(?:b\.?c\.?e?\.?|a\.?d\.?|c\.?e\.?))?"
_BEFORE = r"(?P<before>기원전|서기전|紀元前|bc|b\.c\.)?\s*(?P<after>서기|서력|西紀|기원후|a\.?d\.?)?\s*"
_YEAR = re.compile(_BEFORE + r"(?P<year>\d{1,5})\s*(?P<word>년|年)?" + _ERA)
_DAY = re.compile(
    r"(?:서기|서력|西紀)?\s*(?P<year>\d{4})\s*(?:년|年|\.|[-/](?=\d+[-/]))\s*(?P<month>\d{1,2})\s*(?:월|月|[.\-/])?"
    r"(?:\s*(?P<day>\d{1,2})\s*(?:일|日|\.)?|\s*(?:상순|중순|하순|초순|말))?"
)
_EIGHT = re.compile(r"(?P<year>[12]\d{3})(?P<month>\d{2})(?P<day>\d{2})")
_ENGLISH_DAYS = (
    re.compile(rf"(?P<name>{_MONTH})\.?\s+(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+)?(?P<year>\d{{4}})"),
    re.compile(rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<name>{_MONTH})\.?,?\s+(?P<year>\d{{4}})"),
)
# Where dots part the numbers and the year stands last, the day stands first.
_DOTTED = re.compile(r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})")
_SLASHED = re.compile(r"(?:(?P<one>\d{1,2})/)?(?P<two>\d{1,2})/(?P<year>\d{4})")
_SEASON = re.compile(
    rf"(?P<name>{'|'.join(_SEASONS)})\s+(?P<year>\d{{4}})|(?P<year2>\d{{4}})년?\s*(?P<name2>봄|여름|가을|겨울)"
)
_SHORT_SPAN = re.compile(r"(?P<first>\d{3,4})(?P<dash>[-–~/])(?P<last>\d{1,2})(?:년|年)?")
_DECADE = re.compile(
    r"(?P<part>(?:early|mid|late)[\s-]+)?(?P<year>\d{3}0)\s*(?:'?s|년대|年代)\s*(?P<korean>\w+)?"
)
_CENTURY = re.compile(
    _BEFORE
    + r"(?P<part>[a-z0-9\s/-]+?(?:half|quarter|third)?(?:\s+of)?(?:\s+the)?[\s-]+|)(?P<number>\d{1,2})\s*"
    r"(?:세기|世紀|(?:st|nd|rd|th)[\s-]+(?:century|cent\.?|c\.?))\s*(?P<korean>[\w/\s]*?)" + _ERA
)
# The parts of a century, decade or period, as fractions of it, by all their names without spaces.
_PARTS = {
    name: place
    for place, names in {
        (0, 1 / 3): "early firstthird 초 초기 초반 초엽 初 初期 初葉",
        (1 / 3, 2 / 3): "mid middle secondthird 중엽 중기 중반 中 中葉 中期",
        (2 / 3, 1): "late lastthird thirdthird 말 말기 말엽 末 末期 末葉",
        (0, 2 / 3): "earlytomid 초중반",
        (1 / 3, 1): "midtolate 중후반",
        (0, 1 / 2): "firsthalf 전반 전기 전반기 상반기 前半 前期",
        (1 / 2, 1): "secondhalf lasthalf latterhalf 후반 후기 후반기 하반기 後半 後期",
        (0, 1 / 4): "firstquarter 1/4 1/4분기",
        (1 / 4, 1 / 2): "secondquarter 2/4 2/4분기",
        (1 / 2, 3 / 4): "thirdquarter 3/4 3/4분기",
        (3 / 4, 1): "fourthquarter lastquarter 4/4 4/4분기",
    }.items()
    for name in names.split()
}


def machine(text: str) -> Readings:
    """Read EDTF as it stands; a plain number is left to the readers of years."""
    upper = text.upper()
    supplied_by_cataloguer = upper[0] == "[" and "," not in upper and ".." not in upper
    if text.isdigit() or supplied_by_cataloguer or not edtf.is_valid(upper):
        return ()
    first, _, last = upper.partition("-")
    if last.isdecimal() and len(last) == 2 and int(first[2:4] or 0) < int(last) <= 12:
        # 1901-02 is February in ISO 8601 and 1901–1902 on many labels.
        return (Reading(first, first[:2] + last, confidence="inferred", problems=("date_ambiguous",)),)
    confidence = "approximate" if set("~%") & {*upper} else "inferred" if "?" in upper else "exact"
    if upper[0] in "[{":
        return (Reading("", "", confidence=confidence, whole=upper),)
    start, slash, end = upper.partition("/")
    return (Reading(start or "..", (end or "..") if slash else start, confidence=confidence),)


def bare_year(text: str) -> Readings:
    """Read a year of any length, which only a place that calls for a year makes certain."""
    found = _YEAR.fullmatch(text)
    if not found:
        return ()
    year = int(found["year"])
    before = found["before"] or (found["era"] or "").strip().startswith("b")
    return (of_year(1 - year if before else year),) if year else ()


def year(text: str) -> Readings:
    """Read a year that says it is one: four digits, 년, or an era."""
    found = _YEAR.fullmatch(text)
    if not found or not (
        len(found["year"]) == 4 or found["word"] or found["era"] or found["before"] or found["after"]
    ):
        return ()
    return bare_year(text)


def day(text: str) -> Readings:
    """Read a month or day in Korean, ISO, English or German order."""
    for pattern in (_DAY, _EIGHT, _DOTTED, *_ENGLISH_DAYS):
        if found := pattern.fullmatch(text):
            named = found.groupdict()
            month = named["month"] if "month" in named else MONTHS[named["name"]]
            return _date(int(named["year"]), int(month), int(named["day"] or 0))
    if found := _SEASON.fullmatch(text):
        return _date(int(found["year"] or found["year2"]), _SEASONS[found["name"] or found["name2"]], 0)
    found = _SLASHED.fullmatch(text)
    return _slashed(int(found["one"] or 0), int(found["two"]), int(found["year"])) if found else ()


def _slashed(one: int, two: int, year: int) -> Readings:
    """Read 9/30/1955 and 30/9/1955; where both orders are possible only the year is certain."""
    if not one:
        return _date(year, two, 0)
    orders = {*_date(year, one, two), *_date(year, two, one)}
    return tuple(orders) if len(orders) == 1 else (of_year(year, confidence="inferred"),) if orders else ()


def _date(year: int, month: int, day: int) -> Readings:
    text = f"{year_text(year)}-{month:02d}" + (f"-{day:02d}" if day else "")
    return (Reading(text, text),) if edtf.is_valid(text) else ()


def short_span(text: str) -> Readings:
    """Read 1816-19, 1966–7, 1890/91: the last digits of the second year."""
    found = _SHORT_SPAN.fullmatch(text)
    if not found:
        return ()
    first, tail = int(found["first"]), found["last"]
    last = first - first % 10 ** len(tail) + int(tail)
    return (of_span(first, last),) if last > first else ()


def decade(text: str) -> Readings:
    """Read 1920년대, 1920s, late 1920s; 1800s may be a century, so it is left with both readings."""
    found = _DECADE.fullmatch(text)
    if not found:
        return ()
    first = int(found["year"])
    named = (found["part"] or found["korean"] or "").strip(" -")
    if not named:
        whole = Reading(f"{first // 10:03d}X", f"{first // 10:03d}X")
        english = "년대" not in text and "年代" not in text
        return (whole, of_span(first, first + 99)) if first % 100 == 0 and english else (whole,)
    return _part(first, 10, named)


def century(text: str) -> Readings:
    """Read 18세기 후반, late 18th century, 3rd century BCE; the 18th century is 1701 to 1800."""
    found = _CENTURY.fullmatch(text)
    if not found or not 1 <= int(found["number"]) <= 40:
        return ()
    number = int(found["number"])
    before = found["before"] or (found["era"] or "").strip().startswith("b")
    first = 1 - number * 100 if before else (number - 1) * 100 + 1
    named = re.sub(r"(?:\bof\b|\bthe\b|[\s-])+", "", found["part"]) or found["korean"].replace(" ", "")
    return _part(first, 100, named) if named else (of_span(first, first + 99),)


def _part(first: int, length: int, name: str) -> Readings:
    """Take the named part of a span of years; its limits are approximate."""
    place = _PARTS.get(name)
    if not place:
        return ()
    return (qualify(part_of(first, first + length - 1, place), "~"),)


def part_of(first: int, last: int, place: tuple[float, float]) -> Reading:
    """Take a fraction of a span of years."""
    length = last - first + 1
    return of_span(first + round(length * place[0]), first + round(length * place[1]) - 1)


def part_of_reading(reading: Reading, place: tuple[float, float]) -> Reading:
    """Take a named part of what was read; its limits are approximate."""
    first, last = reading.bounds
    if first is None or last is None:
        return reading
    return qualify(part_of(first, last, place), "~")


def named_part(name: str) -> tuple[float, float] | None:
    """Give the place of a named part (전기, late …) in what it is a part of."""
    return _PARTS.get(name)


READERS = (machine, day, year, short_span, decade, century)
