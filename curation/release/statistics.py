"""The sums of a release, counted on the pass that writes it: units apart, and works by what people ask about.

They are shipped as `statistics.json`. Card, page and Croissant read them from there, and verifying counts again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

import msgspec

from curation.release.page_texts import TextRow
from curation.release.plans import RefusalCount
from curation.release.row import Row
from curation.release.writers import Writer
from repository.item import canonical
from repository.rights.duties import duty
from repository.shapes import Shape

STATISTICS = "statistics.json"
_MAKING = ("created", "issued", "copyrighted")


class Share(msgspec.Struct, frozen=True):
    """Part of the works: a code with its words, where it has some, and how many works and files fall to it."""

    code: str
    ko: str
    en: str
    works: int
    files: int


class Credit(msgspec.Struct, frozen=True, order=True):
    """Whom to name: a holder, its provider, and the mark that its works carry."""

    holder_ko: str
    holder_en: str
    provider_ko: str
    mark_ko: str
    mark_en: str
    uri: str
    works: int = 0


class Statistics(msgspec.Struct, frozen=True):
    """What a release holds. `pages` are still pictures, `texts` rows of text, `characters` code points in them.

    Works stand under one type, one century (of the earliest year of making; an empty code where none was read),
    one mark and one holder, but under each of their duties and countries, and of their files' endings.
    """

    works: int
    files: int
    pages: int
    texts: int
    characters: int
    bytes: int
    seconds: float
    samples: int
    refused: int
    types: tuple[Share, ...]
    centuries: tuple[Share, ...]
    marks: tuple[Share, ...]
    holders: tuple[Share, ...]
    duties: tuple[Share, ...]
    countries: tuple[Share, ...]
    endings: tuple[Share, ...]
    tables: tuple[str, ...]
    credits: tuple[Credit, ...]
    reasons: tuple[RefusalCount, ...]


_STATISTICS = Shape(Statistics)
Texts = Callable[[Row, str], list[TextRow]]


class _Parts:
    """Counts works and files by a code."""

    def __init__(self) -> None:
        self.works: Counter[tuple[str, str, str]] = Counter()
        self.files: Counter[tuple[str, str, str]] = Counter()

    def add(self, files: int, code: str, ko: str = "", en: str = "") -> None:
        """Count a work with so many files."""
        self.works[code, ko, en] += 1
        self.files[code, ko, en] += files

    def largest(self) -> tuple[Share, ...]:
        """Give the parts, the largest first."""
        return self._shares(sorted(self.works, key=lambda key: (-self.works[key], key)))

    def in_time(self) -> tuple[Share, ...]:
        """Give centuries in their order, what is not known last."""
        return self._shares(sorted(self.works, key=lambda key: (not key[0], int(key[0] or 0))))

    def _shares(self, keys: Iterable[tuple[str, str, str]]) -> tuple[Share, ...]:
        return tuple(Share(*key, self.works[key], self.files[key]) for key in keys)


class Counting(Writer):
    """Counts the rows of a pass."""

    def __init__(self) -> None:
        self.works = self.files = self.pages = self.texts = self.characters = self.bytes = self.samples = 0
        self.seconds = 0.0
        self.types, self.centuries, self.marks, self.holders = _Parts(), _Parts(), _Parts(), _Parts()
        self.duties, self.countries, self.endings = _Parts(), _Parts(), _Parts()
        self.tables: set[str] = set()
        self.credits: Counter[Credit] = Counter()

    def feed(self, row: Row, body: bytes) -> None:
        """Count one work."""
        files, rights = len(row.files), row.rights
        self.works += 1
        self.files += files
        self.pages += sum(file.is_picture for file in row.files)
        self.bytes += row.bytes
        self.seconds += sum(file.seconds for file in row.files)
        self.samples += row.sample
        self.types.add(files, row.type)
        self.centuries.add(files, century_of(row))
        self.marks.add(files, rights.mark, rights.mark_ko, rights.mark_en)
        self.holders.add(files, row.holder.id, row.holder.name_ko, row.holder.name_en)
        for code in rights.train.duties:
            self.duties.add(files, code, duty(code).ko, duty(code).en)
        for country in rights.cleared_in:
            self.countries.add(files, country)
        for ending, number in Counter(file.ending for file in row.files).items():
            self.endings.add(number, ending)
        self.tables.add(rights.table_version)
        self.credits[_credit(row)] += 1

    def add_texts(self, texts: Iterable[TextRow]) -> None:
        """Count the texts of a work."""
        for text in texts:
            self.texts += 1
            self.characters += text.characters

    def statistics(self, refused: tuple[RefusalCount, ...]) -> Statistics:
        """Give the sums; `refused` are the plan's."""
        return Statistics(
            works=self.works,
            files=self.files,
            pages=self.pages,
            texts=self.texts,
            characters=self.characters,
            bytes=self.bytes,
            seconds=round(self.seconds, 3),
            samples=self.samples,
            refused=sum(row.works for row in refused),
            types=self.types.largest(),
            centuries=self.centuries.in_time(),
            marks=self.marks.largest(),
            holders=self.holders.largest(),
            duties=self.duties.largest(),
            countries=self.countries.largest(),
            endings=self.endings.largest(),
            tables=tuple(sorted(self.tables)),
            credits=tuple(
                msgspec.structs.replace(credit, works=works) for credit, works in sorted(self.credits.items())
            ),
            reasons=refused,
        )


def century_of(row: Row) -> str:
    """Give the century of a work's earliest year of making (15; -1 for the first before Christ), or nothing."""
    years = [date.earliest for date in row.dates if date.role in _MAKING and date.earliest is not None]
    if not years:
        return ""
    year = min(years)
    return str(
        (year - 1) // 100 + 1 if year > 0 else -(-year // 100 + 1)
    )  # 0 is the first year before Christ


def _credit(row: Row) -> Credit:
    return Credit(
        row.holder.name_ko,
        row.holder.name_en,
        row.provider.name_ko,
        row.rights.mark_ko,
        row.rights.mark_en,
        row.rights.mark_uri,
    )


def encode(statistics: Statistics) -> bytes:
    """Write the sums as they are shipped."""
    return canonical(statistics) + b"\n"


def decode(body: bytes) -> Statistics:
    """Read shipped sums; msgspec.DecodeError where they are none."""
    return _STATISTICS.read(body)
