"""Before a new index takes its place: saved questions are asked of both, and what they find is compared."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib.resources import files
from pathlib import Path

import msgspec

from repository.errors import BadRequest, StoreError
from repository.search.engine import Results
from repository.search.query import LONGEST_TEXT, Query

SHARE = 0.1  # of what a question found; a greater fall is refused
FEW = 20  # what found fewer says nothing by a fall
MOST = 200
OWN = "saved_queries.txt"  # an operator's own, in the data folder


class Fall(msgspec.Struct, frozen=True):
    """A question that finds less in the new index than in the old one; an empty one asks for everything."""

    text: str
    before: int
    now: int


def saved(data: Path) -> list[str]:
    """Give the questions: everything, those that are shipped, and an operator's own, one a line."""
    lines = (files("repository.search") / "data" / OWN).read_text("utf-8").splitlines()
    own = data / OWN
    if own.is_file():
        lines += own.read_text("utf-8", errors="replace").splitlines()
    texts = (line.strip() for line in lines if not line.startswith("#"))
    return ["", *dict.fromkeys(text for text in texts if text and len(text) <= LONGEST_TEXT)][:MOST]


def falls(
    texts: Iterable[str],
    old: Callable[[Query], Results],
    new: Callable[[Query], Results],
    share: float = SHARE,
) -> list[Fall]:
    """Ask both, and give the questions whose finds fall by more than a share, the worst first.

    An old index that cannot be asked (the first, a damaged one, one of another version) is compared with nothing.
    """
    found = []
    for text in texts:
        try:
            before = _total(old, text)
        except StoreError:
            return []
        now = _total(new, text) if before >= FEW else before
        if now < before * (1 - share):
            found.append(Fall(text, before, now))
    return sorted(found, key=lambda fall: (fall.now / fall.before, fall.text))


def _total(ask: Callable[[Query], Results], text: str) -> int:
    try:
        answer = ask(Query(text, size=1))
    except BadRequest:  # an operator's own line may be no question
        return 0
    return 0 if answer.relaxed else answer.total


def refused(found: list[Fall]) -> StoreError:
    """Make the error of a new index that finds less."""
    ko = ", ".join(f"“{fall.text or '모든 자료'}” {fall.before:,} → {fall.now:,}" for fall in found[:5])
    en = ", ".join(f"{fall.text or 'everything'!r} {fall.before:,} → {fall.now:,}" for fall in found[:5])
    return StoreError(
        "index_rebuild_falls",
        f"새 색인이 덜 찾습니다. 바꾸지 않았습니다: {ko}. 옳다면 `km rebuild index --force`로 바꾸세요.",
        f"the new index finds less, and was not put in place: {en}; `km rebuild index --force` does it anyway",
    )
