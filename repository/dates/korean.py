"""Dates by kings, eras and periods, as Korean, Chinese and Japanese sources write them.

A name that several kings bore, and a cyclical year, have several readings: all are given, and none is chosen.
"""

from __future__ import annotations

import re
from functools import cache

from repository.dates.cycle import CYCLE, after_ming, cycle_place, sexagenary
from repository.dates.edtf import is_valid
from repository.dates.eras import Era, eras, periods
from repository.dates.reading import OPEN, Reading, Readings, contradicted, of_span, of_year, qualify
from repository.dates.western import named_part, part_of

_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")}
_NUMBER = r"(?P<number>\d{1,4}|[一二三四五六七八九十百廿卅]{1,5}|원|元)"
_GREGORIAN_FROM = 1896  # 建陽 1: Korea counts months of the sun from here on
_LUNAR_TAIL = re.compile(
    r"\s*(?:음력\s*)?(?P<leap>윤\s*|閏\s*)?(?P<month>\d{1,2}|정|동|섣달|正)\s*(?:월|月)?(?:\s*(?P<day>\d{1,2})\s*(?:일|日)?)?"
    r"(?:\s*\(?음력\)?)?"
)
_LUNAR = re.compile(r"(?:음력\s*)?(?P<year>\d{4})년\s*(?P<tail>.+)")
_LIBERATION = re.compile(r"(?:광복|해방)\s*(?:(?P<after>이?후)|이?전)")
_LATE_MONTHS = ("동", "섣달", "11", "12")
_DURING = r"(?:대|조|연간|年間|재위|재위기간|때|시대|시기|치세|period|era|reign|reignperiod|dynasty)"


@cache
def _era_pattern() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, eras()), key=len, reverse=True))
    states = "|".join(sorted({re.escape(era.state) for same in eras().values() for era in same if era.state}))
    return re.compile(
        rf"(?:(?P<state>{states}|{'|'.join(map(re.escape, periods()))})(?:\s*시대)?\s*)?(?P<name>{names})\s*"
        rf"(?:{_NUMBER}\s*(?:년|年)?(?P<tail>(?<=년|年)\s*\S.*)?|(?P<accession>즉위년|즉위|卽位年|即位年)"
        rf"|(?P<cycle>{CYCLE})(?:년|年)?|(?P<during>{_DURING}))"
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
    return _of_count(possible, _count(found["number"]), (found["tail"] or "").strip())


def _of_count(possible: list[Era], count: int, tail: str) -> Readings:
    """Read a counted year; a cyclical name beside it (正德 7年 壬申) decides between eras or contradicts them."""
    cycle = cycle_place(tail[:2])
    rest = tail if cycle is None else tail[2:].removeprefix("年").removeprefix("년").strip()
    readings = tuple(filter(None, (_counted(era, count, rest) for era in possible)))
    if cycle is None:
        return readings
    agreeing = tuple(one for one in readings if ((one.bounds[0] or 0) - 4) % 60 == cycle)
    return agreeing or tuple(contradicted(one) for one in readings)


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
    of_the_moon = found["leap"] or "음력" in found[0] or era.calendar == "chinese-era"
    if year >= _GREGORIAN_FROM and not of_the_moon and found["month"].isdigit():
        day = f"-{int(found['day']):02d}" if found["day"] else ""
        text = f"{year:04d}-{int(found['month']):02d}{day}"
        return Reading(text, text, era.calendar) if is_valid(text) else of_year(year, era.calendar)
    return of_span(year, year + (found["month"] in _LATE_MONTHS), era.calendar, "inferred")


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


def _cycle_within(era: Era, name: str) -> Readings:
    place = cycle_place(name)
    years = range(era.accession, era.last + 1)
    return tuple(of_year(year, "sexagenary", "inferred") for year in years if (year - 4) % 60 == place)


def lunar(text: str) -> Readings:
    """Read a month of the moon beside a common year (1983년 음력 1월 15일): only the year is sure."""
    found = _LUNAR.fullmatch(text) if "음력" in text else None
    tail = _LUNAR_TAIL.fullmatch(found["tail"]) if found else None
    if not found or not tail:
        return ()
    year = int(found["year"])
    return (of_span(year, year + (tail["month"] in _LATE_MONTHS), "lunar", "inferred"),)


def liberation(text: str) -> Readings:
    """Read what lies before or after the liberation of 1945, with which Korean museums begin the present."""
    if text == "현대":
        return (Reading("1945~", OPEN, "period", "approximate"),)
    found = _LIBERATION.fullmatch(text)
    if not found:
        return ()
    return (Reading("1945", OPEN),) if found["after"] else (Reading(OPEN, "1945"),)


@cache
def _period_pattern() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, periods()), key=len, reverse=True))
    english = "early|mid|late"
    return re.compile(
        rf"(?P<english>{english})?(?P<name>{names})(?:시대|時代|代|dynasty|period|era|kingdom)?(?P<korean>[초말初末]|[가-힣]{{2,3}}|[前後中初末][半期葉])?"
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
        **dict.fromkeys(("초", "初", "初期"), "초기"),
        **dict.fromkeys(("말", "末", "末期"), "말기"),
        "前期": "전기",
        "中期": "중기",
        "後期": "후기",
        "전반기": "전기",
        "후반기": "후기",
        "early": "초기",
        "mid": "중기",
        "late": "후기",
    }.get(part, part)


def _years(reading: Reading) -> tuple[int, int]:
    earliest, latest = reading.bounds
    return earliest or 0, latest or 0


READERS = (reign, sexagenary, after_ming, lunar, liberation, period)
