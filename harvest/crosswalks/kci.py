"""oai_kci, the own format of the Korea Citation Index (namespace http://www.kci.go.kr/kciportal/OAI/).

How we read it:

- A record is an article (`articleInfo`) in a journal (`journalInfo`): the journal is what the article belongs to,
  with volume, issue and pages; the journal's publisher and date are the article's.
- `author-name` names the authors and their bodies apart; without it `author-group` does, as `이름(소속)`.
- `orte-open-yn` says whether the full text is open to all; that is a claim on rights, and no licence.
- The address of the article in KCI is where it is shown; identifiers are those of KCI, UCI and DOI.

KCI OAI-PMH guide, https://www.kci.go.kr/kciportal/po/openapi/openOaiPmh.kci
"""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree

from harvest.crosswalks import draft, fields, media, oak, types
from harvest.crosswalks.reader import Node, begin
from repository.item import Agent, Claim, Date, Description, ItemDraft, Note, Text, Title

NAMESPACE = "http://www.kci.go.kr/kciportal/OAI/"
ARTICLE = "article"
_COUNTED = ("citation-count", "article-regularity", "verified")
_MONTHS = frozenset(form.format(month) for month in range(1, 13) for form in ("{}", "{:02}"))


class Parts(NamedTuple):
    """What a record holds: what is said of the journal, and of the article."""

    journal: tuple[Node, ...]
    article: tuple[Node, ...]

    def of_journal(self, *names: str) -> list[Node]:
        """Take fields of the journal."""
        return [node for whole in self.journal for node in whole.take(*names)]

    def of_article(self, *names: str) -> list[Node]:
        """Take fields of the article."""
        return [node for whole in self.article for node in whole.take(*names)]

    def grouped(self, group: str, *names: str) -> list[Node]:
        """Take fields of the article that stand in a group."""
        return [node for whole in self.of_article(group) for node in whole.take(*names)]


def to_draft(root: etree._Element) -> ItemDraft:
    """Read one record of KCI."""
    oak.unescape(root)
    record = begin(root, NAMESPACE if str(root.tag).startswith("{") else "")
    parts = Parts(tuple(record.take("journalInfo")), tuple(record.take("articleInfo")))
    kind, problems = types.derive([ARTICLE if parts.article else "journal"])
    makers, employments = agents(parts)
    shown = shown_at(parts)
    description = Description(
        titles=titles(parts),
        type=kind,
        agents=(*makers, *publishers(parts)),
        dates=dates(parts),
        subjects=subjects(parts),
        notes=(*abstracts(parts), *employments),
        languages=languages(parts),
        identifiers=identifiers(parts),
        relations=relations(parts),
        shown_at=shown,
        claims=claims(parts),
    )
    for node in parts.of_article(*_COUNTED):
        if node.value():
            node.note("field_not_consumed", node.value())
    return draft.finish(record, description, (), problems)


def titles(parts: Parts) -> tuple[Title, ...]:
    """Read the titles of the article, the original first; of a record without an article, the journal's."""
    nodes = parts.grouped("title-group", "article-title")
    if not parts.article:
        nodes = parts.of_journal("journal-name")
    return fields.retitled(node.text() for node in sorted(nodes, key=_is_translated))


def _is_translated(node: Node) -> bool:
    return node.lang() not in ("", "original")


def agents(parts: Parts) -> tuple[tuple[Agent, ...], tuple[Note, ...]]:
    """Read the authors, and notes of the bodies that they work for."""
    apart = [_apart(node) for node in parts.grouped("author-name", "author")]
    joined = [pair for node in parts.grouped("author-group", "author") for pair in oak.agents(node, "aut")]
    found = [(agent, body) for agent, body in apart if agent] or joined
    notes = (oak.employment(agent.names[0].value, body) for agent, body in found if body)
    return tuple(dict.fromkeys(agent for agent, _ in found)), tuple(dict.fromkeys(notes))


def _apart(author: Node) -> tuple[Agent | None, str]:
    """Read an author whose name and body stand apart."""
    made = [pair for name in author.take("name") for pair in oak.agents(name, "aut")]
    bodies = [node.value() for node in author.take("affiliation")]
    agent, body = made[0] if made else (None, "")
    return agent, "; ".join(filter(None, (body, *bodies)))


def publishers(parts: Parts) -> tuple[Agent, ...]:
    """Read who publishes the journal."""
    nodes = parts.of_journal("publisher-name")
    return tuple(dict.fromkeys(agent for node in nodes for agent, _ in oak.agents(node, "pbl")))


def dates(parts: Parts) -> tuple[Date, ...]:
    """Read when the issue appeared: a year, and a month where there is one."""
    months = [node.value() for node in parts.of_journal("pub-mon")]
    found = []
    for node in parts.of_journal("pub-year"):
        month = f"-{int(months[0]):02}" if months and months[0] in _MONTHS else ""
        if year := node.value():
            found.append(fields.date(year + month, "issued", node))
    return tuple(found)


def subjects(parts: Parts) -> tuple[Text, ...]:
    """Read the fields of research and the keywords."""
    nodes = [*parts.of_article("article-categories"), *parts.grouped("keyword-group", "keyword")]
    return tuple(dict.fromkeys(text for text in map(Node.text, nodes) if text.value))


def abstracts(parts: Parts) -> tuple[Note, ...]:
    """Read the abstracts, the original first."""
    nodes = sorted(parts.grouped("abstract-group", "abstract"), key=_is_translated)
    return tuple(note for note in (fields.note(node, "abstract") for node in nodes) if note.value)


def languages(parts: Parts) -> tuple[str, ...]:
    """Read the languages of the article."""
    nodes = parts.of_article("language", "article-language")
    return tuple(dict.fromkeys(tag for node in nodes for tag in fields.language_of(node)))


def identifiers(parts: Parts) -> tuple[str, ...]:
    """Read the identifiers of the article: KCI's own, UCI and DOI."""
    own = [article.get("article-id") for article in parts.article]
    nodes = parts.of_article("uci", "doi")
    others = [node.value() for node in nodes if not oak.is_answer(node, node.value())]
    return tuple(dict.fromkeys(filter(None, (*own, *others))))


def relations(parts: Parts) -> tuple[Text, ...]:
    """Read the journal, with volume, issue, whole number and pages, and its ISSNs."""
    names = [node.text() for node in parts.of_journal("journal-name")]
    place = _place_in(parts)
    cited = [Text(", ".join(filter(None, (name.value, place))), name.lang) for name in names if name.value]
    serials = [
        oak.serial(node.value()) for node in parts.of_journal("pissn", "eissn", "issn") if node.value()
    ]
    return tuple(dict.fromkeys((*cited, *serials)))


def _place_in(parts: Parts) -> str:
    """Write where in the journal the article stands, as KCI does: 21(1), 34, pp.227-260."""
    volume, issue, whole = (_joined(parts.of_journal(name)) for name in ("volume", "issue", "serno"))
    pages = "-".join(filter(None, (_joined(parts.of_article(name)) for name in ("fpage", "lpage"))))
    numbered = f"{volume}({issue})" if issue else volume
    return ", ".join(filter(None, (numbered, whole, f"pp.{pages}" if pages else "")))


def _joined(nodes: list[Node]) -> str:
    return " ".join(filter(None, (node.value() for node in nodes)))


def shown_at(parts: Parts) -> str:
    """Read the address of the article's page in KCI."""
    return next(filter(None, (media.address(node.value()) for node in parts.of_article("url"))), "")


def claims(parts: Parts) -> tuple[Claim, ...]:
    """Read whether the full text is open to all."""
    return tuple(filter(None, map(fields.claim_of, parts.of_article("orte-open-yn"))))
