"""What somebody asks: a frozen value, read from the parameters of an address and written back to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from repository.errors import BadRequest
from repository.search.document import FACETS

LONGEST_TEXT = 500
MOST_RESULTS = 100
MOST_VALUES = 50  # chosen values over all filters
LONGEST_VALUE = 200
LONGEST_CURSOR = 500
YEARS = range(-9999, 10000)
SORTS = ("relevance", "year", "-year", "id")


@dataclass(frozen=True, slots=True)
class Query:
    """A search: `filters` are any-of within one facet and all-of between facets; years are astronomical.

    `sort` is relevance, year, -year or id; without text, relevance is the order of id. `cursor` is what
    `Results.next` gave for the same question.
    """

    text: str = ""
    filters: tuple[tuple[str, tuple[str, ...]], ...] = ()
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

    Raises BadRequest for a value that cannot be meant.
    """
    text = " ".join(_first(params, "q").replace("\0", " ").split())
    if len(text) > LONGEST_TEXT:
        raise BadRequest(
            "query_too_long",
            f"검색어는 {LONGEST_TEXT}자까지입니다.",
            f"a query has at most {LONGEST_TEXT} characters",
        )
    filters = tuple((name, values) for name in FACETS if (values := _values(params, name)))
    if sum(len(values) for _name, values in filters) > MOST_VALUES:
        raise BadRequest(
            "filters_too_many",
            f"조건은 {MOST_VALUES}개까지 고를 수 있습니다.",
            f"at most {MOST_VALUES} filter values can be chosen",
        )
    year_from, year_to = _number(params, "from", YEARS), _number(params, "to", YEARS)
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
