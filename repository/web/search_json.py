"""A search as JSON: the shape of the answer, which `/api/openapi.json` describes from these very types."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from repository.institution import Institution
from repository.item import Text
from repository.rights.decision import Use
from repository.rights.vocabulary import marks
from repository.search.engine import Reason, Results
from repository.urls import Urls
from repository.web.facets import Names
from repository.web.languages import answering_in
from repository.web.search_rows import Row
from repository.web.words import tag, titles


class Words(msgspec.Struct, frozen=True):
    """A text with its language (BCP 47); empty where that is not known."""

    value: str
    lang: str


class Party(msgspec.Struct, frozen=True):
    """An institution: its address, its names by language, and whether it is invented for demonstration."""

    url: str
    name: dict[str, str]
    invented: bool


class Maker(msgspec.Struct, frozen=True):
    """Who made it: names in all scripts, and the role as a MARC relator."""

    names: list[Words]
    role: str


class When(msgspec.Struct, frozen=True):
    """A date as written, and the first and last year read from it, astronomical."""

    text: str
    earliest: int | None
    latest: int | None


class Rights(msgspec.Struct, frozen=True):
    """The mark, and the answers (yes, yes_with, ask, no) for three uses; duties stand at the item's address."""

    mark: str
    mark_url: str
    view: str
    degree: str
    reuse: str
    train: str


class FoundItem(msgspec.Struct, frozen=True):
    """One item found; `forms` and `why` say how. `sample` marks a drawn sample of an invented institution."""

    id: str
    url: str
    type: str
    titles: list[Words]
    makers: list[Maker]
    dates: list[When]
    holder: Party | None
    provider: Party | None
    rights: Rights
    thumbnail: str | None
    manifest: str | None
    datestamp: str
    sample: bool
    forms: list[str]
    why: list[Reason]


class Counted(msgspec.Struct, frozen=True):
    """One value of a filter: how many items of the whole result have it, and its name by language."""

    value: str
    count: int
    label: dict[str, str]


class Links(msgspec.Struct, frozen=True):
    """The same search in other forms; `next` is the page after this one, `all` the order that reaches every page."""

    here: str = msgspec.field(name="self")
    first: str
    next: str | None
    all: str
    page: str
    atom: str
    csv: str
    iiif: str


class Answer(msgspec.Struct, frozen=True):
    """An answer: `total` counts all found; `relaxed` says that nothing holds all the words; `capped` that by
    relevance no further page is given though more was found.

    A page may hold fewer items than asked for: what was closed since it was indexed is left out.
    """

    total: int
    relaxed: bool
    capped: bool
    items: list[FoundItem]
    facets: dict[str, list[Counted]]
    links: Links


class Fault(msgspec.Struct, frozen=True):
    """A refusal: the HTTP number, a stable code, and a sentence in the asker's language and in both."""

    status: int
    code: str
    message: str
    ko: str
    en: str


def body(results: Results, rows: Iterable[Row], names: Names, links: Links, site: Urls) -> bytes:
    """Write an answer; the same input gives the same bytes."""
    answer = Answer(
        total=results.total,
        relaxed=results.relaxed,
        capped=results.capped and not results.next,
        items=[_item(row, site) for row in rows],
        facets=_facets(results, names),
        links=links,
    )
    return msgspec.json.encode(answer)


def _item(row: Row, site: Urls) -> FoundItem:
    item, described = row.item, row.item.description
    return FoundItem(
        id=item.id,
        url=site.item_id(item.id),
        type=described.type,
        titles=_words(titles(described.titles)),
        makers=[Maker(_words(agent.names), agent.role) for agent in described.agents],
        dates=[When(date.text, date.earliest, date.latest) for date in described.dates],
        holder=_party(row.known.get(item.holder), site),
        provider=_party(row.known.get(item.provider), site),
        rights=_rights(row),
        thumbnail=row.thumbnail(site) or None,
        manifest=row.manifest(site) or None,
        datestamp=row.stored.datestamp,
        sample=row.invented,
        forms=list(row.hit.forms),
        why=list(row.hit.reasons),
    )


def _words(texts: Sequence[Text]) -> list[Words]:
    return [Words(text.value, tag(text)) for text in texts]


def _party(one: Institution | None, site: Urls) -> Party | None:
    if one is None:
        return None
    return Party(site.institution_id(one.id), {"ko": one.name_ko, "en": one.name_en}, one.invented)


def _rights(row: Row) -> Rights:
    decision = row.decision
    mark = marks().get(decision.mark)
    view, reuse, train = (decision.ruling(use).answer.value for use in (Use.VIEW, Use.REUSE, Use.TRAIN))
    return Rights(decision.mark, mark.uri if mark else "", view, decision.degree.value, reuse, train)


def _facets(results: Results, names: Names) -> dict[str, list[Counted]]:
    labels = {language: _labels(results, names, language) for language in ("ko", "en")}
    return {
        facet: [
            Counted(one.value, one.count, {lang: said[facet, one.value] for lang, said in labels.items()})
            for one in counts
        ]
        for facet, counts in results.facets.items()
    }


def _labels(results: Results, names: Names, language: str) -> Mapping[tuple[str, str], str]:
    with answering_in(language):
        return {
            (facet, one.value): names.of(facet, one.value, language).value
            for facet, counts in results.facets.items()
            for one in counts
        }
