"""Topic collections: read strictly, checked, kept in versions, published, withdrawn, written back."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation import collection_store, collections
from curation.collection_file import read, read_file, write
from curation.collection_store import CollectionRefused, State
from curation.collections import Collection, Pick, Reference, Section, Words
from repository import changes, sets
from repository.errors import BadRequest, NotFound
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
        return [(found.code, found.where) for found in collections.check(one, conn)]


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
        [cover, pick] = collections.check(collection("nowhere"), conn)
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


WHOLE = b"""
slug = "hangul"
cover.source = "s"
cover.identifier = "a"
title.ko = "t"
title.en = "t"
statement.ko = "s"
statement.en = "s"
[[sections]]
title.ko = "t"
title.en = "t"
[[sections.picks]]
source = "s"
identifier = "a"
reason.ko = "r"
reason.en = "r"
"""


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ((b'slug = "hangul"', b'slug = "../etc"'), "collection_slug"),
        ((b'slug = "hangul"', b'slug = "dataset-x"'), "collection_slug"),
        ((b'slug = "hangul"', b""), "collection_field"),
        ((b'slug = "hangul"', b'slug = "hangul"\nsurprise = 1'), "collection_field"),
        ((b'slug = "hangul"', b"slug = 7"), "collection_field"),
        ((b'slug = "hangul"', b'slug = "hangul'), "collection_syntax"),
        ((b'title.ko = "t"', b'title.ko = "\xff"'), "collection_syntax"),
        ((b'title.ko = "t"', b'title.ko = "a\\u0000b"'), "collection_text"),
        ((b'reason.ko = "r"', b'reason.ko = "r"\nsize = "huge"'), "pick_size"),
        ((b'reason.ko = "r"', b'reason.ko = "r"\ndetail = "full"'), "pick_detail"),
        ((b'reason.ko = "r"', b'reason.ko = "r"\nitem = "0123456789abcd"'), "pick_reference"),
        ((b'identifier = "a"\nreason', b"reason"), "pick_reference"),
        ((b'statement.ko = "s"', b'statement.ko = "' + b"x" * 20_001 + b'"'), "collection_text"),
    ],
)
def test_a_bad_file_is_refused_with_a_code_in_both_languages(change: tuple[bytes, bytes], code: str) -> None:
    assert read(WHOLE).slug == "hangul"
    with pytest.raises(BadRequest) as caught:
        read(WHOLE.replace(*change, 1))
    assert caught.value.code == code
    assert caught.value.text("ko") != caught.value.text("en")


def test_files_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadRequest, match="collection_unreadable"):
        read_file(tmp_path / "nothing.toml")
    (tmp_path / "large.toml").write_bytes(b"#" * (1 << 20) + b"#")
    with pytest.raises(BadRequest, match="collection_too_large"):
        read_file(tmp_path / "large.toml")


texts = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t"), max_size=40)
both = st.builds(Words, texts, texts)
names = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=20)
references = st.builds(Reference, source=names, identifier=names)
picks = st.builds(
    Pick,
    reason=both,
    source=names,
    identifier=names,
    size=st.sampled_from(["large", "small"]),
    detail=st.sampled_from(["", "pct:1,2.5,3,4", "0,0,10,10"]),
)
sections = st.builds(Section, both, both, st.lists(picks, max_size=3).map(tuple))


@given(
    st.builds(
        Collection,
        slug=st.just("any-slug"),
        title=both,
        statement=both,
        cover=references,
        sections=st.lists(sections, max_size=3).map(tuple),
        curator=texts,
        position=st.integers(0, 99),
    )
)
def test_what_is_written_reads_back_the_same(one: Collection) -> None:
    assert read(write(one).encode()) == one
