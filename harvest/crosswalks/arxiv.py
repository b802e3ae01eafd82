"""arXiv's own format (namespace http://arxiv.org/OAI/arXiv/): a preprint, its versions' dates, and where it appeared.

How we read it:

- A preprint is a document, because that is all that arXiv holds; the format has no field for it.
- `created` is when the first version was submitted, `updated` when the last was.
- An author is a family name, given names and a suffix; an affiliation is a note about the author.
- The page of the preprint follows from its identifier, as arXiv promises; no file is named.

arXiv OAI-PMH documentation, https://info.arxiv.org/help/oa/index.html
"""

from __future__ import annotations

import re

from lxml import etree

from harvest.crosswalks import draft, fields
from harvest.crosswalks.reader import Node, begin
from repository.item import Agent, Claim, Date, Description, ItemDraft, Note, Text, Title
from repository.problems import problem

NAMESPACE = "http://arxiv.org/OAI/arXiv/"
ABSTRACTS = "https://arxiv.org/abs/"
KIND = "document"
_NOTES = {"comments": "note", "report-no": "note", "abstract": "abstract"}
_CLASSES = re.compile(r"\s*[;,]\s*")


def to_draft(root: etree._Element) -> ItemDraft:
    """Read one record of arXiv."""
    record = begin(root, NAMESPACE)
    makers = [author for group in record.take("authors") for author in group.take("author")]
    names = identifiers(record)
    description = Description(
        titles=titles(record),
        type=KIND,
        agents=agents(makers),
        dates=dates(record),
        subjects=subjects(record),
        notes=(*notes(record), *affiliations(makers)),
        identifiers=names,
        relations=relations(record),
        shown_at=ABSTRACTS + names[0] if names else "",
        claims=claims(record),
    )
    return draft.finish(record, description, (), [problem("type_derived", "arXiv", f"arXiv → {KIND}")])


def titles(record: Node) -> tuple[Title, ...]:
    """Read the title."""
    return fields.retitled(node.text() for node in record.take("title"))


def agents(makers: list[Node]) -> tuple[Agent, ...]:
    """Read the authors in their order."""
    return tuple(dict.fromkeys(filter(None, map(_agent, makers))))


def _agent(author: Node) -> Agent | None:
    name = _name(author)
    kind = "person" if author.see("forenames") else "unknown"
    return Agent((Text(name),), "aut", kind) if name else None


def _name(author: Node) -> str:
    """Put the parts of a name together: Song, Guohui."""
    parts = (node.value() for name in ("keyname", "forenames", "suffix") for node in author.see(name))
    return ", ".join(filter(None, parts))


def affiliations(makers: list[Node]) -> tuple[Note, ...]:
    """Read where the authors work, as notes that name the author."""
    found = []
    for author in makers:
        bodies = (node.value() for node in author.take("affiliation"))
        found += [Note(f"{_name(author)}: {body}", kind="note") for body in bodies if body]
    return tuple(dict.fromkeys(found))


def dates(record: Node) -> tuple[Date, ...]:
    """Read when the first and the last version were submitted."""
    created = [fields.date(node.value(), "created", node) for node in record.take("created")]
    updated = [fields.date(node.value(), "other", node) for node in record.take("updated")]
    return (*created, *updated)


def subjects(record: Node) -> tuple[Text, ...]:
    """Read arXiv's categories, and the classes of the ACM and of mathematics, as codes."""
    nodes = record.take("categories", "acm-class", "msc-class")
    codes = (code for node in nodes for code in _codes(node))
    return tuple(Text(code) for code in dict.fromkeys(codes) if code)


def _codes(node: Node) -> list[str]:
    """Split the codes of one field: arXiv's stand apart by blanks, the others by commas or semicolons."""
    value = node.value()
    return value.split() if node.name == "categories" else _CLASSES.split(value)


def notes(record: Node) -> tuple[Note, ...]:
    """Read the comments, the report number and the abstract."""
    found = (fields.note(node, _NOTES[node.name]) for node in record.take(*_NOTES))
    return tuple(note for note in found if note.value)


def identifiers(record: Node) -> tuple[str, ...]:
    """Read arXiv's identifier, which stands first, and the DOIs of the published version."""
    own = [node.value() for node in record.take("id")]
    published = [doi for node in record.take("doi") for doi in node.value().split()]
    return tuple(dict.fromkeys(filter(None, (*own, *published))))


def relations(record: Node) -> tuple[Text, ...]:
    """Read where the paper appeared."""
    return tuple(text for text in map(Node.text, record.take("journal-ref")) if text.value)


def claims(record: Node) -> tuple[Claim, ...]:
    """Read the licence."""
    return tuple(filter(None, map(fields.claim_of, record.take("license"))))
