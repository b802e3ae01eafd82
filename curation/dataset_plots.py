"""The statistics of a release as plots: bars drawn on the server, each in the row of a table that says its number."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from babel import Locale
from flask_babel import gettext as _

from curation.findings import FindingText, catalogue
from curation.release.plans import Counts
from curation.release.statistics import Share, Statistics
from repository.rights import table as rules
from repository.urls import Urls
from repository.web import facets
from repository.web.words import TYPES

_MOST = 40  # bars of one plot; what is more is summed up in the last
_WIDE, _HIGH, _TOP = 56, 120, 24  # of a column, in units of the drawing


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: its words, works and files, the bar's length in per cent of the longest, and where it leads."""

    label: str
    works: int
    files: int
    percent: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Plot:
    """One plot: the name by which it is linked to, its title, what its rows are, and its bars."""

    name: str
    title: str
    head: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One century of the timeline, empty ones too: its number, its works, and where it stands in the drawing."""

    century: str
    works: int
    x: int
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """Works by century as columns side by side, in a drawing of so many units across."""

    width: int
    columns: tuple[Column, ...]


def timeline(sums: Statistics) -> Timeline | None:
    """Draw works by century; nothing where fewer than two centuries are known."""
    works = {int(one.code): one.works for one in sums.centuries if one.code}
    span = [number for number in range(min(works, default=0), max(works, default=0) + 1) if number]
    if not 2 <= len(span) <= _MOST:
        return None
    most = max(works.values())
    heights = {number: round(_HIGH * works.get(number, 0) / most) for number in span}
    columns = tuple(
        Column(
            str(number), works.get(number, 0), _WIDE * place, _TOP + _HIGH - heights[number], heights[number]
        )
        for place, number in enumerate(span)
    )
    return Timeline(_WIDE * len(span), columns)


def plots(sums: Statistics, urls: Urls, language: str) -> list[Plot]:
    """Draw what is asked most of a data set: by time, kind, mark, institution, duty and country."""
    named = _named(language)
    drawn = (
        ("by-century", _("시대별"), _("시대"), sums.centuries, lambda one: _century(one.code, language)),
        ("by-type", _("종류별"), _("종류"), sums.types, lambda one: str(TYPES.get(one.code, one.code))),
        ("by-mark", _("권리 표시별"), _("권리 표시"), sums.marks, named),
        ("by-holder", _("소장기관별"), _("소장기관"), sums.holders, named),
        ("by-duty", _("지킬 것별"), _("지킬 것"), sums.duties, named),
        (
            "by-country",
            _("확인한 나라별"),
            _("나라"),
            sums.countries,
            lambda one: _country(one.code, language),
        ),
        ("by-ending", _("파일 형식별"), _("파일 형식"), sums.endings, lambda one: one.code),
    )
    return [
        Plot(name, str(title), str(head), bars(shares, label, urls if name == "by-holder" else None))
        for name, title, head, shares, label in drawn
        if shares
    ]


@dataclass(frozen=True, slots=True)
class Refused:
    """Works that were left out for one reason by one rule: the bar that counts them, and why the rule says so."""

    bar: Bar
    why: str


def refused(counts: Counts, language: str) -> list[Refused]:
    """Draw why works were left out."""
    known, words = rules.load().by_code, catalogue()
    longest = max((row.works for row in counts.refused), default=1)
    return [
        Refused(
            _bar(Share("", "", "", row.works, 0), _text(words[row.reason], language), longest, ""),
            known[row.rule].text(language) if row.reason.startswith("train_") and row.rule in known else "",
        )
        for row in counts.refused
    ]


def _text(row: FindingText, language: str) -> str:
    return row.ko if language == "ko" else f"{row.en[:1].upper()}{row.en[1:]}"


def bars(shares: Iterable[Share], label: Callable[[Share], str], urls: Urls | None = None) -> tuple[Bar, ...]:
    """Draw some shares; with `urls` each leads to its institution."""
    told = list(shares)
    longest = max((one.works for one in told), default=1)
    drawn = [
        _bar(one, label(one), longest, urls.institution(one.code) if urls else "") for one in told[:_MOST]
    ]
    if rest := told[_MOST:]:
        works, files = sum(one.works for one in rest), sum(one.files for one in rest)
        drawn.append(_bar(Share("", "", "", works, files), str(_("그 밖")), max(longest, works), ""))
    return tuple(drawn)


def _bar(one: Share, label: str, longest: int, url: str) -> Bar:
    return Bar(label, one.works, one.files, f"{max(0.5, 100 * one.works / longest):.1f}%", url)


def _named(language: str) -> Callable[[Share], str]:
    return lambda one: (one.ko if language == "ko" else one.en) or one.code


def _century(code: str, language: str) -> str:
    return facets.century(code, language) if code else str(_("때를 모름"))


def _country(code: str, language: str) -> str:
    return str(Locale(language).territories.get(code, code))
