"""Dates by kings, eras, the sexagenary cycle and periods, as Korean, Chinese and Japanese sources write them.

A name that several kings bore, and a cyclical year, have several readings: all are given, and none is chosen.
"""

from __future__ import annotations

import re
from functools import cache

from repository.dates.eras import Era, eras, periods
from repository.dates.reading import Reading, Readings, of_span, of_year, qualify
from repository.dates.western import named_part, part_of

_STEMS = "갑을병정무기경신임계", "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "자축인묘진사오미신유술해", "子丑寅卯辰巳午未申酉戌亥"
_CYCLE_FROM, _CYCLE_TO = 301, 2043  # the cyclical years that sources here may mean
_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")}
_NUMBER = r"(?P<number>\d{1,4}|[一二三四五六七八九十百廿卅]{1,5}|원|元)"
_GREGORIAN_FROM = 1896  # 建陽 1: Korea counts months of the sun from here on
_LUNAR_TAIL = re.compile(
    r"\s*(?:음력\s*)?(?P<leap>윤\s*|閏\s*)?(?P<month>\d{1,2}|정|동|섣달|正)\s*(?:월|月)?(?:\s*\d{1,2}\s*(?:일|日)?)?"
    r"(?:\s*\(?음력\)?)?"
)
_DURING = r"(?:대|조|연간|年間|재위|재위기간|때|시대|시기|치세|period|era|reign|reignperiod|dynasty)"


@cache
def _era_pattern() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, eras()), key=len, reverse=True))
    states = "|".join(sorted({re.escape(era.state) for same in eras().values() for era in same if era.state}))
    return re.compile(
        rf"(?:(?P<state>{states}|{'|'.join(map(re.escape, periods()))})(?:\s*시대)?\s*)?(?P<name>{names})\s*"
        rf"(?:{_NUMBER}\s*(?:년|年)?(?P<tail>(?<=년|年)\s*\S.*)?|(?P<accession>즉위년|즉위|卽位年|即位年)"
        rf"|(?P<cycle>\w\w)(?:년|年)|(?P<during>{_DURING}))"
    )


def reign(text: str) -> Readings:
    """Read a year counted by a king or era (세종 28년, 乾隆 28, 단기 4252년), or the whole of it (고종 연간)."""
    found = _era_pattern().fullmatch(text) or _era_pattern().fullmatch(text.replace(" ", ""))
    if not found:
        return ()
    possible = [era for era in eras()[found["name"]] if _of_state(era, found["state"] or "")]
    if found["during"]:
        return tuple(of_span(era.accession, era.last, era.calendar, "approximate") for era in possible)
    if found["accession"]:
        return tuple(of_year(era.accession, era.calendar) for era in possible)
    if found["cycle"]:
        return tuple(one for era in possible for one in _cycle_within(era, found["cycle"]))
    readings = [_counted(era, _count(found["number"]), found["tail"] or "") for era in possible]
    return tuple(one for one in readings if one)


def names_era(text: str) -> bool:
    """Tell whether a text has the form of a counted year, whatever its count."""
    return _era_pattern().fullmatch(text) is not None


def _of_state(era: Era, state: str) -> bool:
    """Tell whether an era belongs to the state or period named before it (조선 고종, 고려 고종, 청 건륭)."""
    if not state or state == era.state:
        return True
    period = periods().get(state)
    if period is None:
        return era.calendar == "chinese-era"
    # A king's state is a period too; sharing a year of transition is not belonging.
    return era.first < period.last and era.last > period.first


def _counted(era: Era, count: int, tail: str) -> Reading | None:
    year = era.year(count)
    if year is None:
        return None
    if not tail:
        return of_year(year, era.calendar)
    found = _LUNAR_TAIL.fullmatch(tail)
    return _with_month(era, year, found) if found else None


def _with_month(era: Era, year: int, found: re.Match[str]) -> Reading:
    """Keep the year of a lunar date; its last two months may fall into the next year of the sun."""
    if year >= _GREGORIAN_FROM and era.calendar != "chinese-era" and found["month"].isdigit():
        month = f"{year:04d}-{int(found['month']):02d}"
        return (
            Reading(month, month, era.calendar)
            if 1 <= int(found["month"]) <= 12
            else of_year(year, era.calendar)
        )
    late = found["month"] in ("동", "섣달", "11", "12")
    return of_span(year, year + late, era.calendar, "inferred")


def _count(number: str) -> int:
    """Read 28, 二十八, 卅, 元."""
    if number in "원元":
        return 1
    if number.isdigit() and number.isascii():
        return int(number)
    total, digit = 0, 0
    for character in number.replace("廿", "二十").replace("卅", "三十"):
        if character in "十百":
            total += (digit or 1) * (10 if character == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + digit


def cycle_place(text: str) -> int | None:
    """Give the place of a cyclical name in the sixty (甲子 is 0), or None where it is none."""
    if len(text) == 2:
        for stems, branches in zip(_STEMS, _BRANCHES, strict=True):
            stem, branch = stems.find(text[0]), branches.find(text[1])
            if stem >= 0 and branch >= 0 and stem % 2 == branch % 2:
                return (6 * stem - 5 * branch) % 60
    return None


def _cycle_within(era: Era, name: str) -> Readings:
    place = cycle_place(name)
    years = range(era.accession, era.last + 1)
    return tuple(of_year(year, "sexagenary", "inferred") for year in years if (year - 4) % 60 == place)


def sexagenary(text: str) -> Readings:
    """Read a cyclical year (신유년, 辛酉) as every year that it may mean."""
    place = cycle_place(re.sub(r"\s*(?:년|年)$", "", text))
    if place is None:
        return ()
    first = _CYCLE_FROM + (place + 4 - _CYCLE_FROM) % 60
    return tuple(of_year(year, "sexagenary", "inferred") for year in range(first, _CYCLE_TO + 1, 60))


@cache
def _period_pattern() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, periods()), key=len, reverse=True))
    english = "early|mid|late"
    return re.compile(
        rf"(?P<english>{english})?(?P<name>{names})(?:시대|代|dynasty|period|era|kingdom)?(?P<korean>초|말|[가-힣]{{2,3}})?"
    )


def period(text: str) -> Readings:
    """Read a period of history or a named part of it (조선 후기, 고려시대, late Joseon dynasty)."""
    found = _period_pattern().fullmatch(re.sub(r"[\s-]+", "", text))
    if not found:
        return ()
    whole = periods()[found["name"]]
    part = found["korean"] or found["english"] or ""
    if not part:
        return (of_span(whole.first, whole.last, "period", "approximate"),)
    settled = whole.parts.get(_settled(part))
    place = named_part(part)
    if settled:
        return (qualify(of_span(*settled, "period"), "~"),)
    found_part = part_of(whole.first, whole.last, place) if place else None
    return (qualify(of_span(*_years(found_part), "period"), "~"),) if found_part else ()


def _settled(part: str) -> str:
    return {
        "초": "초기",
        "말": "말기",
        "전반기": "전기",
        "후반기": "후기",
        "early": "초기",
        "mid": "중기",
        "late": "후기",
    }.get(part, part)


def _years(reading: Reading) -> tuple[int, int]:
    earliest, latest = reading.bounds
    return earliest or 0, latest or 0


READERS = (reign, sexagenary, period)
