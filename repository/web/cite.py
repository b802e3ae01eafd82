"""The doors of citations: an item for programs that keep references, and the sentence that its page shows."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Blueprint, Response, redirect, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from repository import assets, citations, gate, institutions
from repository.citations import Source
from repository.database import timestamp
from repository.item import Agent, Date, Text, Title, digest
from repository.rights.decision import Use
from repository.urls import Urls
from repository.web import answers, words
from repository.web.cards import holder_name
from repository.web.context import memory, page_urls, site_urls
from repository.web.item_view import Material
from repository.web.languages import current

blueprint = Blueprint("cite", __name__)

_PUBLISHERS = frozenset({"pbl", "prt"})
_OTHERS = frozenset({"ctb", "own", *_PUBLISHERS})


@blueprint.get("/items/<named>.ris", defaults={"form": "ris"})
@blueprint.get("/items/<named>.bib", defaults={"form": "bib"})
@blueprint.get("/items/<named>.csl.json", defaults={"form": "csl.json"})
def export(named: str, form: str) -> AnyResponse:
    """Give an item as a reference in one format, in the reader's language."""
    with memory().database.read() as conn:
        stored, own = gate.named_item(conn, named)
        if own != named:
            return redirect(Urls("", page_urls().lang).citation(own, form), 301)
        files = assets.of_item(conn, own)
        access = gate.load(conn, [stored], [asset.id for asset in files])[own]
        gate.require(stored, access, Use.DESCRIBE)
        known = institutions.every(conn)
    given = Material(gate.told(stored, access), files, access, known, page_urls(), site_urls(), current())
    kind, write = citations.FORMATS[form]
    body = write(source(given))
    response = Response(body, content_type=f"{kind}; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{own}.{form}"'
    response.vary.add("Accept-Language")
    response.set_etag(digest([form, body]))
    return answers.gated(response, access).make_conditional(request)


def cite(given: Material) -> str:
    """Give the sentence that cites an item, as its page shows it."""
    known = source(given)
    return citations.sentence(known, words.date_said(known.seen, given.language))


def source(given: Material) -> Source:
    """Gather what a citation of an item says, as the gate lets it be told, seen today."""
    item, described, language = given.stored.item, given.description, given.language
    holder = holder_name(described, item.holder, given.known)
    date = next(iter(described.dates), None)
    notes = [Text(note.value, note.lang) for note in described.notes if note.kind == "abstract"]
    told = words.pick(notes, language)
    return Source(
        id=item.id,
        type=described.type,
        language=language,
        titles=[title.value for title in words.in_language(described.titles, language)],
        makers=list(_names((one for one in described.agents if one.role not in _OTHERS), language)),
        publishers=list(_names((one for one in described.agents if one.role in _PUBLISHERS), language)),
        date=(words.years(date, language) or date.text) if date else "",
        written=date.text if date else "",
        year=_year(date),
        holder=holder.value if holder else "",
        call_number=next(iter(described.identifiers), ""),
        abstract=told.value if told else "",
        keywords=[subject.value for subject in described.subjects],
        languages=described.languages,
        site=str(_("코리안메모리")),
        url=given.site.item_id(item.id),
        seen=timestamp(memory().database.clock())[:10],
    )


def _year(date: Date | None) -> int | None:
    return date.earliest if date and date.earliest == date.latest else None


def _names(agents: Iterable[Agent], language: str) -> Iterable[str]:
    """Give each name for readers of a language, with the Hanja behind it where it is written in others too."""
    for agent in agents:
        if not agent.names:
            continue
        names = words.titles(Title(one.value, one.lang) for one in agent.names)
        first = words.pick(names, language) or names[0]
        hanja = next((one.value for one in names if words.HANJA.search(one.value)), "")
        yield first.value if not hanja or words.HANJA.search(first.value) else f"{first.value} ({hanja})"
