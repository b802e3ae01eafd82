"""The last step of every crosswalk: description, files and problems become one draft."""

from __future__ import annotations

from collections.abc import Sequence

from harvest.crosswalks.reader import Node
from repository.item import Description, ItemDraft, MediaRef
from repository.problems import Problem, problem

PROBLEMS_LIMIT = 200


def finish(
    record: Node, description: Description, media: tuple[MediaRef, ...], problems: Sequence[Problem] = ()
) -> ItemDraft:
    """Make the draft; what is missing and what nobody read is said in its problems, each once."""
    found = [*record.log, *problems]
    if not description.titles:
        found.append(problem("title_missing"))
    if not media:
        found.append(problem("media_missing"))
    found += record.left()
    return ItemDraft(description, media, tuple(dict.fromkeys(found))[:PROBLEMS_LIMIT])


def refuse(code: str, field: str = "", value: str = "") -> ItemDraft:
    """Make the draft of something that cannot be read at all."""
    return ItemDraft(Description(), (), (problem(code, field, value),))
