"""Facets in words: what each value of a filter is called, and links that choose it or let it go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask_babel import gettext, ngettext

from repository.institution import Institution
from repository.item import Text
from repository.search.engine import FacetCount, Results
from repository.search.query import Query
from repository.sets import PublishedSet
from repository.urls import Urls
from repository.web import place_map
from repository.web.languages import current
from repository.web.languages import lazy as _
from repository.web.words import COLOURS, TYPES, language_name

TITLES = {
    "type": _("종류"),
    "century": _("시대"),
    "holder": _("소장기관"),
    "collection": _("주제 컬렉션"),
    "reuse": _("다시 쓰기"),
    "train": _("AI 학습"),
    "view": _("보기"),
    "language": _("언어"),
    "provider": _("제공기관"),
    "viewable": _("지금 볼 수 있는지"),
    "place": _("곳"),
    "area": _("지도"),
    "colour": _("빛깔"),
}
SHOWN = ("type", "century", "area", "place", "colour", "holder", "collection", "reuse", "train", "language")
ANSWERS = {
    ("view", "yes"): _("누구나 볼 수 있음"),
    ("view", "yes_with"): _("누구나 볼 수 있음"),
    ("view", "on_site"): _("국립중앙도서관에 와서 보기"),
    ("view", "partner"): _("협약도서관에서 보기"),
    ("view", "ask"): _("설명만 공개"),
    ("view", "no"): _("설명만 공개"),
    ("reuse", "yes"): _("자유롭게 쓸 수 있음"),
    ("reuse", "yes_with"): _("조건을 지키면 쓸 수 있음"),
    ("reuse", "ask"): _("허락을 받아야 함 · 저작권 확인 중"),
    ("reuse", "no"): _("허락을 받아야 함"),
    ("train", "yes"): _("AI 학습에 쓸 수 있음"),
    ("train", "yes_with"): _("AI 학습 가능, 지킬 조건 있음"),
    ("train", "ask"): _("AI 학습 제공 대상 아님 · 저작권 확인 중"),
    ("train", "no"): _("AI 학습 제공 대상 아님"),
    ("viewable", "yes"): _("지금 볼 수 있는 것만"),
    ("viewable", "no"): _("설명만 있는 것"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter: its name, how many items have it, and the link that chooses it or lets it go."""

    label: Text
    count: int
    url: str
    chosen: bool = False
    value: str = ""


@dataclass(frozen=True, slots=True)
class Facet:
    """One filter with its values."""

    name: str
    title: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """The names that values stand for: institutions and collections by id."""

    institutions: Mapping[str, Institution]
    collections: Mapping[str, PublishedSet]

    def of(self, facet: str, value: str, given: str = "") -> Text:
        """Name a value of a facet in the language given, else the reader's; `flask_babel` must speak it too."""
        language = given or current()
        if facet in ("holder", "provider") and value in self.institutions:
            return Text(self.institutions[value].name(language), language)
        if facet == "collection" and value in self.collections:
            return Text(self.collections[value].title(language), language)
        if facet == "type":
            return Text(str(TYPES.get(value, TYPES["unknown"])), language)
        if facet == "century":
            return Text(century(value, language), language)
        if facet == "language":
            return Text(language_name(value, language), language)
        if facet == "area":
            return place_map.label(value, language)
        if facet == "colour" and value in COLOURS:
            return Text(str(COLOURS[value]), language)
        said = ANSWERS.get((facet, value))
        return Text(str(said), language) if said else Text(value)


def century(value: str, language: str) -> str:
    """Name a century by its number; those below zero are before our era."""
    if not value.removeprefix("-").isdecimal():
        return value
    number = int(value)
    if language == "ko":
        return f"{number}세기" if number > 0 else f"기원전 {-number}세기"
    ending = (
        "th" if 10 <= abs(number) % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(abs(number) % 10, "th")
    )
    return f"{abs(number)}{ending} century{'' if number > 0 else ' BC'}"


def build(query: Query, results: Results, names: Names, urls: Urls) -> list[Facet]:
    """Lay out the filters of an answer, those without any value left out."""
    found = []
    for name in SHOWN:
        counts = results.facets.get(name, ())
        ordered = sorted(counts, key=_by_number) if name == "century" else counts
        choices = tuple(_choice(query, name, one, names, urls) for one in ordered if one.count)
        if choices:
            found.append(Facet(name, str(TITLES[name]), choices))
    return found


def _by_number(one: FacetCount) -> int:
    return int(one.value) if one.value.removeprefix("-").isdecimal() else 0


def _choice(query: Query, facet: str, one: FacetCount, names: Names, urls: Urls) -> Choice:
    link = urls.search(query.toggled(facet, one.value).pairs())
    return Choice(names.of(facet, one.value), one.count, link, one.value in query.chosen(facet), one.value)


def chosen(query: Query, names: Names, urls: Urls) -> list[Choice]:
    """Give the filters in force, each with the link that lets it go."""
    found = [
        Choice(names.of(facet, value), 0, urls.search(query.toggled(facet, value).pairs()), True)
        for facet, values in query.filters
        for value in values
    ]
    if query.year_from is not None or query.year_to is not None:
        link = urls.search(replace(query, year_from=None, year_to=None, cursor="").pairs())
        found.append(Choice(Text(_years(query), current()), 0, link, True))
    return found


def _years(query: Query) -> str:
    ends = ("" if year is None else str(year) for year in (query.year_from, query.year_to))
    return str(gettext("%(years)s년", years="–".join(ends)))


def viewable(query: Query, results: Results, urls: Urls) -> Choice | None:
    """Give the link to what can be seen now, where that is only a part."""
    counts = {one.value: one.count for one in results.facets.get("viewable", ())}
    chosen_now = "yes" in query.chosen("viewable")
    if chosen_now or not counts.get("no") or not counts.get("yes"):
        return None
    link = urls.search(query.toggled("viewable", "yes").pairs())
    return Choice(Text(str(ANSWERS["viewable", "yes"]), current()), counts["yes"], link)


def total(count: int) -> str:
    """Say how many items were found."""
    return str(ngettext("%(many)s점", "%(many)s점", count, many=f"{count:,}"))
