"""Topic collections: checked, kept in versions, published, withdrawn."""

from __future__ import annotations

import pytest

from curation import collection_check, collection_store
from curation.collection_store import CollectionRefused, State
from curation.collections import Collection, Pick, Reference, Section, Words
from repository import changes, sets
from repository.errors import NotFound
from repository.memory import Memory
from tests.curation import seed

BOTH = Words("한글", "Hangul")


def collection(*identifiers: str, **changed: object) -> Collection:
    picks = tuple(Pick(BOTH, source="source", identifier=one) for one in identifiers)
    plain = {"title": BOTH, "statement": BOTH, "sections": (Section(BOTH, BOTH, picks),)}
    cover = Reference(source="source", identifier=identifiers[0] if identifiers else "none")
    return Collection(**{"slug": "hangul", "cover": cover, **plain, **changed})  # type: ignore[arg-type]  # fields by name


def codes(memory: Memory, one: Collection) -> list[tuple[str, str]]:
    with memory.database.read() as conn:
        return [(found.code, found.where) for found in collection_check.check(one, conn)]


def test_a_sound_collection_has_no_findings(memory: Memory) -> None:
    seed.add(memory, "a")
    seed.add(memory, "b")
    assert codes(memory, collection("a", "b")) == []


def test_everything_wrong_is_named_with_its_place(memory: Memory) -> None:
    ids = {name: seed.add(memory, name, claims) for name, claims in (("a", seed.KOGL_0), ("silent", ()))}
    seed.take_down(memory, seed.add(memory, "down"))
    one = collection("a", "nowhere", "down", "silent", "a", title=Words("한글"))
    assert codes(memory, one) == [
        ("translation_missing", "title"),
        ("pick_unknown", "1.2"),
        ("pick_closed", "1.3"),
        ("pick_without_picture", "1.4"),
        ("pick_twice", "1.5"),
    ]
    by_id = Pick(BOTH, item=ids["a"])
    empty = Section(BOTH, Words(), ())
    assert codes(memory, collection("a", sections=(Section(BOTH, Words(), (by_id,)), empty))) == [
        ("section_empty", "2")
    ]
    assert codes(memory, collection(sections=())) == [("cover_unknown", "cover"), ("collection_empty", "")]


def test_findings_speak_both_languages(memory: Memory) -> None:
    with memory.database.read() as conn:
        [cover, pick] = collection_check.check(collection("nowhere"), conn)
    assert "없는 자료" in pick.text("ko") and "no such work" in pick.text("en") and "1.1" in pick.text("ko")
    assert "대표" in cover.text("ko") and cover.is_error


def test_importing_an_unchanged_file_writes_nothing(either: Memory) -> None:
    seed.add(either, "a")
    with either.database.write() as tx:
        assert collection_store.save(tx, collection("a"), "me")
        assert not collection_store.save(tx, collection("a"), "me")
        assert collection_store.publish(tx, "hangul", "me")
    with either.database.read() as conn:
        before = changes.head(conn)
    with either.database.write() as tx:
        assert not collection_store.save(tx, collection("a"), "me")
        assert not collection_store.publish(tx, "hangul", "me")
    with either.database.read() as conn:
        assert changes.head(conn) == before
        last = collection_store.latest(conn, "hangul")
        assert last is not None and (last.n, last.state) == (2, State.PUBLISHED)


def test_publishing_fills_the_set_in_order_and_a_draft_leaves_it(either: Memory) -> None:
    ids = [seed.add(either, name) for name in "abc"]
    with either.database.write() as tx:
        collection_store.save(tx, collection("c", "a"), "me")
        collection_store.publish(tx, "hangul", "me")
        collection_store.save(tx, collection("b"), "me")
    with either.database.read() as conn:
        found = sets.find(conn, "hangul")
        assert found is not None and (found.kind, found.cover) == ("collection", ids[2])
        assert [member.item for member in sets.members(conn, "hangul")] == [ids[2], ids[0]]
        public = collection_store.public(conn, "hangul")
        assert public is not None and public.collection == collection("c", "a")
        assert [one.state for one in collection_store.every(conn)] == [State.DRAFT]


def test_a_collection_with_errors_is_refused(memory: Memory) -> None:
    with memory.database.write() as tx:
        collection_store.save(tx, collection("nowhere"), "me")
    with pytest.raises(CollectionRefused, match="no such work"), memory.database.write() as tx:
        collection_store.publish(tx, "hangul", "me")
    with pytest.raises(NotFound), memory.database.write() as tx:
        collection_store.publish(tx, "unheard-of", "me")
    with memory.database.read() as conn:
        assert sets.find(conn, "hangul") is None


def test_withdrawing_empties_the_set_and_keeps_the_log(memory: Memory) -> None:
    seed.add(memory, "a")
    with memory.database.write() as tx:
        collection_store.save(tx, collection("a"), "me")
        collection_store.publish(tx, "hangul", "me")
        assert collection_store.withdraw(tx, "hangul", "me")
        assert not collection_store.withdraw(tx, "hangul", "me")
    with memory.database.read() as conn:
        assert sets.find(conn, "hangul") is None
        last = collection_store.latest(conn, "hangul")
        assert last is not None and (last.n, last.state) == (3, State.WITHDRAWN)
    with memory.database.write() as tx:
        assert collection_store.publish(tx, "hangul", "me")
