"""The cycle of sixty years, by which Korean, Chinese and Japanese sources name years (甲子, 신유년).

A cyclical name alone has a reading every sixty years: all are given, and none is chosen.
"""

from __future__ import annotations

import re

from repository.dates.reading import Readings, of_year

_STEMS = "갑을병정무기경신임계", "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "자축인묘진사오미신유술해", "子丑寅卯辰巳午未申酉戌亥"
CYCLE = rf"[{''.join(_STEMS)}][{''.join(_BRANCHES)}]"
_CYCLE_FROM, _CYCLE_TO = 301, 2043  # the cyclical years that sources here may mean
# What may follow the name of a year: a month, a season, a third of a month.
_CYCLE_TAIL = (
    r"(?:\s*(?:閏|윤)?\s*(?:[正一二三四五六七八九十臘至정]{1,2}|\d{1,2})?\s*[月월])?"
    r"(?:\s*[孟仲季]?[春夏秋冬춘하추동])?(?:\s*(?:[上中下][浣旬澣]|[상중하][순완한]))?(?:\s*[日일])?"
)
_CYCLICAL = re.compile(rf"(?P<cycle>{CYCLE})(?:년|年)?{_CYCLE_TAIL}")
# Joseon went on counting from the last Ming era: 崇禎紀元後三己丑 is the third 己丑 from 1628 on, 1769.
_AFTER_MING = re.compile(
    rf"(?:崇禎|숭정)\s*(?:紀元|기원)?\s*(?:後|후)\s*(?P<turn>[再三四五재삼사오2-5])?\s*(?P<cycle>{CYCLE})(?:년|年)?"
    rf"{_CYCLE_TAIL}"
)
_MING = range(1628, 1645)
_TURNS = {
    name: turn for turn, names in enumerate(("再재2", "三삼3", "四사4", "五오5"), start=2) for name in names
}


def cycle_place(text: str) -> int | None:
    """Give the place of a cyclical name in the sixty (甲子 is 0), or None where it is none."""
    if len(text) == 2:
        for stems, branches in zip(_STEMS, _BRANCHES, strict=True):
            stem, branch = stems.find(text[0]), branches.find(text[1])
            if stem >= 0 and branch >= 0 and stem % 2 == branch % 2:
                return (6 * stem - 5 * branch) % 60
    return None


def sexagenary(text: str) -> Readings:
    """Read a cyclical year (신유년, 辛酉, 甲寅 冬) as every year that it may mean."""
    found = _CYCLICAL.fullmatch(text)
    place = cycle_place(found["cycle"]) if found else None
    if place is None:
        return ()
    first = _CYCLE_FROM + (place + 4 - _CYCLE_FROM) % 60
    return tuple(of_year(year, "sexagenary", "inferred") for year in range(first, _CYCLE_TO + 1, 60))


def after_ming(text: str) -> Readings:
    """Read a cyclical year counted from the era Chongzhen; whether years of the era itself count is not settled."""
    found = _AFTER_MING.fullmatch(text)
    place = cycle_place(found["cycle"]) if found else None
    if not found or place is None:
        return ()
    first = _MING.start + (place + 4 - _MING.start) % 60
    year = first + 60 * (_TURNS.get(found["turn"], 1) - 1)
    years = (year, year + 60) if first in _MING else (year,)
    return tuple(of_year(one, "chinese-era") for one in years)
