"""LIDO 1.0 and 1.1, in which museums send their objects.

How we read what the standard leaves open:

- Preferred titles come first; a title in another language than the first is a translation of it.
- The terms of objectWorkType tell the type, those of classification are hints and subjects.
- Numbers and shelf marks are those of repositories that keep the thing now or do not say so; former ones stay
  in a note of provenance.
- The page is recordInfoLink, else the link of a published id. The holder is the repository, else the source of
  the record.
- rightsWorkSet speaks of the work, rightsResource of its file, recordRights of the text.

https://lido-schema.org/schema/v1.1/lido-v1.1.html
"""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from harvest.crosswalks import draft, fields, lido_events, lido_resources, media, types
from harvest.crosswalks.lido_actors import actor, bodies, places
from harvest.crosswalks.lido_reader import appellations, descriptions, down, said, terms, texts
from harvest.crosswalks.reader import Node, begin
from harvest.strict_xml import local_name
from repository.item import Date, Description, ItemDraft, Note, Place, Text, Title

_FORMER = ("former", "lido00014", "vorbesitz")
_OF_RECORD = ("lidoRecID", "category")


class Parts:
    """The wrappers of a record that several fields read, each taken once."""

    def __init__(self, record: Node) -> None:
        described = record.take("descriptiveMetadata")
        managed = record.take("administrativeMetadata")
        self.classes = down(described, "objectClassificationWrap")
        self.identity = down(described, "objectIdentificationWrap")
        self.repositories = down(self.identity, "repositoryWrap", "repositorySet")
        self.events = lido_events.read(down(described, "eventWrap"))
        self.relations = down(described, "objectRelationWrap")
        self.subjects = down(self.relations, "subjectWrap", "subjectSet", "subject")
        self.rights = down(managed, "rightsWorkWrap", "rightsWorkSet")
        self.records = down(managed, "recordWrap")
        self.files = lido_resources.files(down(managed, "resourceWrap"))


def to_draft(root: etree._Element) -> ItemDraft:
    """Read one record of LIDO; of a wrap, its first."""
    if local_name(root) == "lidoWrap":
        root = next((child for child in root if local_name(child) == "lido"), root)
    record = begin(root, "lido")
    parts = Parts(record)
    work = terms(down(parts.classes, "objectWorkTypeWrap", "objectWorkType"))
    classes = terms(down(parts.classes, "classificationWrap", "classification"))
    topics = [*terms(down(parts.subjects, "subjectConcept")), *_named_subjects(parts.subjects)]
    hints = [text.value for text in (*classes, *topics)]
    kind, problems = types.derive(
        [text.value for text in work], hints, [ref.role for ref in parts.files], "objectWorkType"
    )
    description = Description(
        titles=titles(parts.identity),
        type=kind,
        agents=parts.events.agents,
        dates=(*parts.events.dates, *periods(parts.subjects)),
        places=(*parts.events.places, *subject_places(parts.subjects)),
        subjects=tuple(dict.fromkeys((*topics, *_strange([*work, *classes])))),
        notes=(*notes(parts), *parts.events.notes),
        extents=extents(parts.identity),
        identifiers=identifiers(record, parts),
        relations=relations(parts.relations),
        holder=holder(parts),
        shown_at=shown_at(record, parts),
        claims=(
            *lido_resources.rights(parts.rights, "work"),
            *lido_resources.rights(down(parts.records, "recordRights"), "text"),
        ),
    )
    _pass_over(record, parts)
    return draft.finish(record, description, media.arrange(parts.files, (), kind), problems)


def titles(identity: list[Node]) -> tuple[Title, ...]:
    """Read the titles, the preferred first."""
    return fields.retitled(appellations(down(identity, "titleWrap", "titleSet")))


def _strange(words: list[Text]) -> list[Text]:
    """Give the words for its kind that name none of our types."""
    return [text for text in words if types.is_strange(text.value)]


def _named_subjects(subjects: list[Node]) -> list[Text]:
    """Read persons, events and objects that the thing is about."""
    found = []
    for node in down(subjects, "subjectActor"):
        shown, named = list(texts(node.take("displayActor"))), [actor(one, "") for one in node.take("actor")]
        found += [agent.names[0] for agent in named if agent.names] or shown[:1]
    for node in down(subjects, "subjectEvent"):
        shown = list(texts(node.take("displayEvent")))
        found += appellations(down(node.take("event"), "eventName")) or shown[:1]
    for node in down(subjects, "subjectObject"):
        found += texts(node.take("displayObject"))
        for part in node.take("object"):
            part.skip()
    return found


def periods(subjects: list[Node]) -> tuple[Date, ...]:
    """Read the times that the thing is about."""
    nodes = down(subjects, "subjectDate")
    shown = [
        fields.date(text.value, "depicted", one)
        for one in down(nodes, "displayDate")
        for text in texts([one])
    ]
    exact = [(one, text) for one in down(nodes, "date") if (text := lido_events.interval(one))]
    return tuple(dict.fromkeys(shown or [fields.date(text, "depicted", one) for one, text in exact]))


def subject_places(subjects: list[Node]) -> tuple[Place, ...]:
    """Read the places that the thing is about."""
    return tuple(dict.fromkeys(places(down(subjects, "subjectPlace"))))


def notes(parts: Parts) -> tuple[Note, ...]:
    """Read what is told of the thing: descriptions, inscriptions, materials, state, edition, former holders."""
    identity = parts.identity
    told = descriptions(down(identity, "objectDescriptionWrap", "objectDescriptionSet"))
    found = [Note(text.value, text.lang, "abstract") for text in told]
    found += _inscriptions(down(identity, "inscriptionsWrap", "inscriptions"))
    found += lido_events.materials(down(identity, "objectMaterialsTechWrap", "objectMaterialsTechSet"))
    stated = [node for wrap in down(identity, "displayStateEditionWrap") for node in wrap.take(
        "displayState", "displayEdition", "sourceStateEdition")]  # fmt: skip
    found += [Note(text.value, text.lang, "note") for text in texts(stated)]
    found += [note for one in parts.repositories if _former(one) for note in _kept_before(one)]
    return tuple(dict.fromkeys(found))


def _kept_before(repository: Node) -> list[Note]:
    """Tell who kept the thing before, and under which number."""
    names = _repository_names([repository])
    line = " ".join([*(text.value for text in names), *(node.value() for node in repository.take("workID"))])
    return [Note(line, names[0].lang if names else "", "provenance")] if line else []


def _inscriptions(nodes: list[Node]) -> list[Note]:
    written = [
        *texts(down(nodes, "inscriptionTranscription")),
        *descriptions(down(nodes, "inscriptionDescription")),
    ]
    return [Note(text.value, text.lang, "inscription") for text in written]


def extents(identity: list[Node]) -> tuple[Text, ...]:
    """Read how large the thing is, as shown, else from its measurements."""
    found: list[Text] = []
    for node in down(identity, "objectMeasurementsWrap", "objectMeasurementsSet"):
        shown = list(texts(node.take("displayObjectMeasurements")))
        measured = down(node.take("objectMeasurements"), "measurementSet")
        lines = [text for one in measured if (text := _measured(one)).value]
        found += shown or lines
    return tuple(dict.fromkeys(found))


def _measured(node: Node) -> Text:
    """Read one measurement: height 30 cm."""
    parts = [node.take(name) for name in ("measurementType", "measurementValue", "measurementUnit")]
    said_parts = [next(iter([*terms(nodes), *texts(nodes)]), Text("")) for nodes in parts]
    line = " ".join(text.value for text in said_parts if text.value)
    return Text(line if said_parts[1].value else "", said_parts[0].lang)


def identifiers(record: Node, parts: Parts) -> tuple[str, ...]:
    """Read the names of the thing: published ids, then the numbers that its keeper gives."""
    published = [node.value() for node in record.see("objectPublishedID")]
    kept = [one for one in parts.repositories if not _former(one)]
    return tuple(dict.fromkeys(filter(None, [*published, *(node.value() for node in down(kept, "workID"))])))


def relations(wraps: list[Node]) -> tuple[Text, ...]:
    """Read what the thing belongs or refers to."""
    found: list[Text] = []
    for node in down(wraps, "relatedWorksWrap", "relatedWorkSet"):
        works = node.take("relatedWork")
        shown = list(texts(down(works, "displayObject")))
        objects = down(works, "object")
        named = [
            *down(objects, "objectNote"),
            *down(objects, "objectWebResource"),
            *down(objects, "objectID"),
        ]
        listed = list(texts(named))
        found += shown or listed[:1]
        for kind in node.take("relatedWorkRelType"):
            kind.skip()
    return tuple(dict.fromkeys(found))


def holder(parts: Parts) -> tuple[Text, ...]:
    """Read who keeps the thing, else who sends the record."""
    kept = _repository_names([one for one in parts.repositories if not _former(one)])
    sources = bodies(down(parts.records, "recordSource"))
    return tuple(kept or sources)


def _repository_names(repositories: list[Node]) -> list[Text]:
    return bodies(down(repositories, "repositoryName"))


def _former(node: Node) -> bool:
    return any(word in said(node, "type").lower() for word in _FORMER)


def shown_at(record: Node, parts: Parts) -> str:
    """Read the address of the provider's own page."""
    links = [*down(parts.records, "recordInfoSet", "recordInfoLink"), *record.see("objectPublishedID")]
    return next(filter(None, (media.address(node.value()) for node in links)), "")


def _pass_over(record: Node, parts: Parts) -> None:
    """Count as read what speaks of the record, and where the holder is."""
    silent: Iterable[Node] = (
        *record.take(*_OF_RECORD),
        *(node for one in parts.repositories for node in one.take("repositoryLocation")),
        *(node for one in parts.records for node in one.see("recordID", "recordType", "recordInfoSet")),
        *(node for one in parts.rights for node in one.take("rightsDate")),
    )
    for node in silent:
        node.skip()
