"""What somebody asks: a frozen value, read from the parameters of an address and written back to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from repository.errors import BadRequest
from repository.search import fields
from repository.search.document import FACETS

LONGEST_TEXT = 500
MOST_RESULTS = 100
MOST_VALUES = 50  # chosen values over all filters
LONGEST_VALUE = 200
LONGEST_CURSOR = 500
YEARS = range(-9999, 10000)
SORTS = ("relevance", "year", "-year", "id", "-updated")

Filters = tuple[tuple[str, tuple[str, ...]], ...]


class Parameter(NamedTuple):
    """One parameter of a search's address: what it means, and what it may be."""

    name: str
    ko: str
    en: str
    many: bool = False
    longest: int = 0
    numbers: range | None = None
    choices: tuple[str, ...] = ()


PARAMETERS = (
    Parameter("q", "찾을 말; 제목: 작가: 소장: 시대:를 앞에 붙일 수 있습니다",
              "words; title: maker: holder: century: may stand before one", longest=LONGEST_TEXT),
    *(Parameter(name, "고른 값; 여러 개면 그 가운데 하나", "chosen value; of several, any", many=True,
                longest=LONGEST_VALUE) for name in FACETS),
    Parameter("from", "첫 해", "first year, astronomical", numbers=YEARS),
    Parameter("to", "마지막 해", "last year, astronomical", numbers=YEARS),
    Parameter("sort", "차례", "order", choices=SORTS),
    Parameter("size", "한 쪽의 수", "items of one page", numbers=range(1, MOST_RESULTS + 1)),
    Parameter("cursor", "앞쪽이 알려 준 다음 쪽의 표시", "what the page before gave for this one",
              longest=LONGEST_CURSOR),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Query:
    """A search: `filters` are any-of within one facet and all-of between facets; years are astronomical.

    `sort` is relevance, year, -year, id or -updated (what changed last comes first); without text, relevance
    is the order of id. `cursor` is what `Results.next` gave for the same question.
    """

    text: str = ""
    filters: Filters = ()
    year_from: int | None = None
    year_to: int | None = None
    sort: str = "relevance"
    size: int = 20
    cursor: str = ""

    def chosen(self, facet: str) -> tuple[str, ...]:
        """Give the values chosen of one facet."""
        return dict(self.filters).get(facet, ())

    def toggled(self, facet: str, value: str) -> Query:
        """Give the same search with one value more, or less where it was chosen; the first page of it."""
        kept = dict(self.filters)
        old = kept.get(facet, ())
        kept[facet] = tuple(one for one in old if one != value) if value in old else (*old, value)
        filters = tuple((name, values) for name in FACETS if (values := kept.get(name, ())))
        return replace(self, filters=filters, cursor="")

    @property
    def narrowings(self) -> int:
        """How many filter values and years are in force."""
        years = (self.year_from is not None) + (self.year_to is not None)
        return years + sum(len(values) for _name, values in self.filters)

    def pairs(self) -> list[tuple[str, str]]:
        """Write the search as parameters of an address, in one fixed order, defaults left out."""
        plain = (
            ("q", self.text),
            *((name, value) for name, values in self.filters for value in values),
            ("from", "" if self.year_from is None else str(self.year_from)),
            ("to", "" if self.year_to is None else str(self.year_to)),
            ("sort", "" if self.sort == "relevance" else self.sort),
            ("size", "" if self.size == Query().size else str(self.size)),
            ("cursor", self.cursor),
        )
        return [(name, value) for name, value in plain if value]


def parse(params: Mapping[str, Sequence[str]]) -> Query:
    """Read a search from the parameters of an address (each name with all its values); others are left alone.

    A time among the words (`시대:15세기`) becomes a filter. Raises BadRequest for a value that cannot be meant.
    """
    text = " ".join(_first(params, "q").replace("\0", " ").split())
    if len(text) > LONGEST_TEXT:
        raise BadRequest(
            "query_too_long",
            f"검색어는 {LONGEST_TEXT}자까지입니다.",
            f"a query has at most {LONGEST_TEXT} characters",
        )
    text, times = fields.take(text, fields.PERIOD)
    filters = _with_centuries(tuple((name, _values(params, name)) for name in FACETS), times)
    if sum(len(values) for _name, values in filters) > MOST_VALUES:
        raise BadRequest(
            "filters_too_many",
            f"조건은 {MOST_VALUES}개까지 고를 수 있습니다.",
            f"at most {MOST_VALUES} filter values can be chosen",
        )
    year_from, year_to = _years(params, times)
    size = _number(params, "size", range(1, MOST_RESULTS + 1))
    return Query(
        text=text,
        filters=filters,
        year_from=year_from,
        year_to=year_to,
        sort=_sort(params),
        size=Query().size if size is None else size,
        cursor=_bounded("cursor", _first(params, "cursor"), LONGEST_CURSOR),
    )


def _with_centuries(filters: Filters, times: Sequence[fields.Piece]) -> Filters:
    """Add the centuries named among the words, and leave out filters without a value."""
    read = filter(None, (fields.period(one.words) for one in times))
    named = tuple(str(one.century) for one in read if one.century)
    added = ((name, values + named if name == "century" else values) for name, values in filters)
    return tuple((name, tuple(dict.fromkeys(values))) for name, values in added if values)


def _years(
    params: Mapping[str, Sequence[str]], times: Sequence[fields.Piece]
) -> tuple[int | None, int | None]:
    """Read the range of years; an era among the words (`시대:조선`) stands where no year was given."""
    given = _number(params, "from", YEARS), _number(params, "to", YEARS)
    read = filter(None, (fields.period(one.words) for one in times))
    era = next((one.years for one in read if one.years), None)
    return era if era and given == (None, None) else given


def _first(params: Mapping[str, Sequence[str]], name: str) -> str:
    values = params.get(name, ())
    return values[0] if values else ""


def _values(params: Mapping[str, Sequence[str]], name: str) -> tuple[str, ...]:
    given = (value.strip() for value in params.get(name, ()))
    return tuple(dict.fromkeys(_bounded(name, value, LONGEST_VALUE) for value in given if value))


def _bounded(name: str, value: str, longest: int) -> str:
    if len(value) > longest or "\0" in value:
        raise _wrong(name, value)
    return value


def _sort(params: Mapping[str, Sequence[str]]) -> str:
    asked = _first(params, "sort") or "relevance"
    if asked not in SORTS:
        raise _wrong("sort", asked)
    return asked


def _number(params: Mapping[str, Sequence[str]], name: str, allowed: range) -> int | None:
    text = _first(params, name).strip()
    if not text:
        return None
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= 5 and int(text) in allowed):
        raise _wrong(name, text)
    return int(text)


def _wrong(name: str, value: str) -> BadRequest:
    shown = value[:40]
    return BadRequest(
        "parameter_invalid", f"{name} 값이 올바르지 않습니다: {shown}", f"{name} cannot be {shown!r}"
    )
