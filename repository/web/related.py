"""Items to look at next, on an item's page: what shares its maker, subject, place or words, each asking the gate."""

from __future__ import annotations

from repository.errors import StoreError
from repository.web import cards
from repository.web.cards import Card
from repository.web.context import memory, page_urls

MOST = 8
SPARE = 4  # asked of the engine beyond what is shown, for those that the gate keeps back


def of(item: str) -> list[Card]:
    """Give the cards of items like one; none where the index cannot answer."""
    try:
        near = memory().engine.similar(item, MOST + SPARE)
    except StoreError:
        return []
    if not near:
        return []
    with memory().database.read() as conn:
        return cards.of_ids(conn, page_urls(), [hit.id for hit in near])[:MOST]
