"""Items, decisions and documents for the tests of search."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from repository.colours import COLOURS
from repository.identifiers import mint
from repository.item import Agent, Date, Description, Item, Note, Text, Title
from repository.rights.decision import Answer, Decision, Degree, Inputs, LayerDecision, Ruling, Rulings
from repository.search import kept
from repository.search.document import SearchDocument, build, seq_of
from repository.search.ranking import Candidate
from repository.search.tokens import analysed


def decision(
    describe: str = "yes", view: str = "yes", reuse: str = "yes", train: str = "no", text: str = "yes"
) -> Decision:
    """Make a decision of four answers, and one on the layer of texts."""
    answers = [Ruling(Answer(one), "test") for one in (describe, view, reuse, train)]
    rulings = Rulings(*answers)
    layer = LayerDecision(
        "text", "none", msgspec.structs.replace(rulings, describe=Ruling(Answer(text), "test"))
    )
    degree = Degree.OPEN if view in ("yes", "yes_with") else Degree.CLOSED
    return Decision("", rulings, degree, "none", "test", Inputs("book"), layers=(layer,))


def item(
    name: str,
    *titles: str,
    kind: str = "book",
    makers: Iterable[str] = (),
    notes: Iterable[str] = (),
    year: int | None = None,
    holder: str = "library",
    local_id: str = "",
    identifiers: Iterable[str] = (),
) -> Item:
    """Make an item; its id is minted from `name`."""
    date = Date(str(year), earliest=year, latest=year)
    return Item(
        id=mint("test", name),
        source="test",
        local_id=local_id or name,
        provider="provider",
        holder=holder,
        description=Description(
            titles=tuple(Title(one) for one in titles or (name,)),
            type=kind,
            agents=tuple(Agent((Text(one),)) for one in makers),
            notes=tuple(Note(one) for one in notes),
            dates=(date,) if year is not None else (),
            languages=("ko",),
            identifiers=tuple(identifiers),
        ),
    )


def document(described: Item, decided: Decision | None = None, files: int = 1) -> SearchDocument:
    """Make the document of an item that may be described; its colours are drawn from its id."""
    drawn = seq_of(described.id)
    colours = {COLOURS[drawn % len(COLOURS)], COLOURS[drawn // 97 % len(COLOURS)]}
    made = build(described, decided or decision(), files, colours=colours)
    assert made is not None
    return made


def candidate(made: SearchDocument) -> Candidate:
    """Make a candidate as an engine gives it."""
    return Candidate(made.id, kept.Kept(kept.write(kept.streams(analysed(made)))))
