"""Kings, eras and periods: the founding dates from which a counted year is read.

`data/eras.tsv` gives for each king or era the state, the year of accession, the year counted as the first, and
the last. Korean kings of Goryeo and Joseon count from the year after accession (踰年稱元), founders and those
who deposed a king from the year itself, as the kings of the Three Kingdoms do in the Samguk sagi.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import msgspec

HANJA_VARIANTS = str.maketrans(
    "寛暦歴祿禄万啟豊徳宝国竜緒応漢鉄顕粛観", "寬曆曆祿祿萬啓豐德寶國龍緖應漢鐵顯肅觀"
)


class Era(msgspec.Struct, frozen=True):
    """A king or era: years are astronomical, `names` in all scripts, the first one in Hangul where there is one."""

    calendar: str
    state: str
    accession: int
    first: int
    last: int
    names: tuple[str, ...]

    def year(self, count: int) -> int | None:
        """Give the year of a count, or None where the era did not last so long."""
        year = self.first + count - 1
        return year if count >= 1 and year <= self.last else None


class Period(msgspec.Struct, frozen=True):
    """A period of history and its named parts (전기, 후기 …) where usage has settled their years."""

    first: int
    last: int
    parts: Mapping[str, tuple[int, int]]
    names: tuple[str, ...]


def fold_hanja(text: str) -> str:
    """Fold variant characters that occur in the names of eras."""
    return text.translate(HANJA_VARIANTS)


def _rows(name: str) -> Iterator[dict[str, str]]:
    lines = (files("repository") / "data" / name).read_text("utf-8").splitlines()
    yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


@cache
def eras() -> Mapping[str, tuple[Era, ...]]:
    """Give all kings and eras by each of their names; many names were borne more than once."""
    found: dict[str, list[Era]] = {}
    for row in _rows("eras.tsv"):
        names = tuple(row["names"].split())
        accession, first, last = int(row["accession"]), int(row["first"]), int(row["last"])
        era = Era(row["calendar"], row["state"], accession, first, last, names)
        for name in names:
            found.setdefault(fold_hanja(name), []).append(era)
    return MappingProxyType({name: tuple(same) for name, same in found.items()})


@cache
def periods() -> Mapping[str, Period]:
    """Give all periods by each of their names, without spaces and in small letters."""
    found = {}
    for row in _rows("periods.tsv"):
        parts = [part.split(":") for part in row["parts"].split()]
        settled = MappingProxyType({name: (int(first), int(last)) for name, first, last in parts})
        period = Period(int(row["first"]), int(row["last"]), settled, tuple(row["names"].split()))
        found.update(dict.fromkeys(map(fold_hanja, period.names), period))
    return MappingProxyType(found)
