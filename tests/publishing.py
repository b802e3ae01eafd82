"""Seeded items published in every way there is: in a collection, and in a release."""

from __future__ import annotations

from collections.abc import Iterable

from curation import collection_store
from curation.collections import Collection, Pick, Reference, Section, Words
from curation.release.build import build
from curation.release.freeze import freeze
from curation.release.publish import publish
from curation.release.terms import Terms
from tests.repository.web.seed import Seeded


def publish_all(seeded: Seeded, names: Iterable[str], cover: str) -> None:
    """Publish a collection of all, and a release that holds each work in a shard of its own, as far as ids differ."""
    picks = tuple(Pick(Words("까닭", "reason"), seeded.ids[name], size="large") for name in names)
    sections = (Section(Words("하나", "one"), picks=picks),)
    shown = Collection(
        "secrets", Words("모음", "Set"), Words("글", "text"), Reference(seeded.ids[cover]), sections
    )
    with seeded.memory.database.write() as tx:
        collection_store.save(tx, shown, "test")
        collection_store.publish(tx, "secrets", "test")
    freeze(seeded.memory, "sample", "1.0.0", Terms(shard_bytes=1))
    build(seeded.memory, "sample", "1.0.0")
    publish(seeded.memory, "sample", "1.0.0")
