"""A catalogue for tests of the index at work: items with decisions, written as a harvest writes them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from repository import decisions, identities, items
from repository.identities import IdentityState
from repository.item import Description, Item, Title
from repository.memory import Memory, open_memory
from repository.rights.decision import Answer, Decision, Degree, Inputs, Ruling, Rulings
from repository.settings import Settings


def opened(folder: Path, database: str = "") -> Memory:
    """Open an empty installation with the newest schema."""
    memory = open_memory(Settings(data=str(folder), database=database))
    memory.database.migrate()
    return memory


def write(memory: Memory, names: Iterable[str], title: str = "책") -> list[str]:
    """Write items in one transaction; gives their ids."""
    made = []
    with memory.database.write() as tx:
        for name in names:
            one = identities.identify(tx, "s", name, IdentityState.LIVE)
            description = Description(titles=(Title(f"{title} {name}", "ko"),), type="book")
            items.save(tx, Item(one, "s", name, "lib", "mus", description))
            decisions.record(tx, one, verdict(one), "test")
            made.append(one)
    return made


def decide(memory: Memory, item: str, answer: Answer) -> None:
    """Decide anew on an item, and on nothing else."""
    with memory.database.write() as tx:
        decisions.record(tx, item, verdict(item, answer), "test")


def verdict(subject: str, answer: Answer = Answer.YES) -> Decision:
    """Make a decision that gives one answer to every use."""
    ruling = Ruling(answer, "L00")
    return Decision(
        subject, Rulings(ruling, ruling, ruling, ruling), Degree.OPEN, "kogl-0", "test", Inputs("book")
    )
