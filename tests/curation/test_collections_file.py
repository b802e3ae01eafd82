"""The file of a collection: read strictly, refused with a code in both languages, written back to the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.collection_file import KINDS, MOST_WORKS, read, read_file, write
from curation.collections import (
    UNSET,
    Clip,
    Collection,
    Compare,
    Event,
    Pick,
    PickBlock,
    Quote,
    Reference,
    Section,
    Side,
    Timeline,
    Words,
)
from repository.errors import BadRequest
from repository.item import canonical, digest

OLD = b"""
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
# The digest of the same file as it was before there were blocks.
OLD_JSON = (
    b'{"cover":{"identifier":"a","source":"s"},"curator":"","position":0,"sections":[{"picks":[{"identifier":"a",'
    b'"reason":{"en":"r","ko":"r"},"source":"s"}],"text":{"en":"","ko":""},"title":{"en":"t","ko":"t"}}],'
    b'"slug":"hangul","statement":{"en":"s","ko":"s"},"title":{"en":"t","ko":"t"}}'
)
NEW = b"""
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
[[sections.blocks]]
kind = "pick"
source = "s"
identifier = "a"
page = 2
size = "full"
detail = "pct:0,0,50,50"
reason.ko = "r"
reason.en = "r"
[[sections.blocks]]
kind = "compare"
reason.ko = "r"
reason.en = "r"
[[sections.blocks.works]]
source = "s"
identifier = "a"
[[sections.blocks.works]]
source = "s"
identifier = "b"
note.ko = "n"
note.en = "n"
[[sections.blocks]]
kind = "quote"
source = "s"
identifier = "a"
lang = "okm"
text = "\xeb\x82\x98\xeb\x9e\x8f\xeb\xa7\x90"
reading.ko = "m"
reading.en = "m"
[[sections.blocks]]
kind = "clip"
source = "s"
identifier = "f"
start = 1.5
end = 3
reason.ko = "r"
reason.en = "r"
[[sections.blocks]]
kind = "timeline"
title.ko = "y"
title.en = "y"
[[sections.blocks.events]]
source = "s"
identifier = "a"
label.ko = "l"
label.en = "l"
[[sections.blocks.events]]
source = "s"
identifier = "b"
year = -57
label.ko = "l"
label.en = "l"
"""


def refused(raw: bytes) -> BadRequest:
    with pytest.raises(BadRequest) as caught:
        read(raw)
    assert caught.value.text("ko") != caught.value.text("en")
    return caught.value


def test_a_file_without_blocks_is_what_it_was() -> None:
    one = read(OLD)
    assert canonical(one) == OLD_JSON
    assert one.sections[0].blocks is UNSET and one.lead is UNSET
    assert [place for place, _ in one.blocks()] == ["1.1"]


def test_every_kind_of_block_is_read() -> None:
    one = read(NEW)
    assert [type(block) for _, block in one.blocks()] == [PickBlock, Compare, Quote, Clip, Timeline]
    assert [place for place, _, _ in one.works()] == ["1.1", "1.2.1", "1.2.2", "1.3", "1.4", "1.5.1", "1.5.2"]
    assert one.count == 3 and len(KINDS) == 5


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
        ((b'reason.ko = "r"', b'reason.ko = "r"\npage = -1'), "pick_page"),
        ((b'reason.ko = "r"', b'reason.ko = "r"\nitem = "0123456789abcd"'), "pick_reference"),
        ((b'identifier = "a"\nreason', b"reason"), "pick_reference"),
        ((b'statement.ko = "s"', b'statement.ko = "' + b"x" * 20_001 + b'"'), "collection_text"),
    ],
)
def test_a_bad_file_is_refused(change: tuple[bytes, bytes], code: str) -> None:
    assert change[0] in OLD
    assert refused(OLD.replace(*change, 1)).code == code


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ((b'kind = "pick"', b'kind = "poem"'), "block_kind"),
        ((b'kind = "pick"\n', b""), "block_kind"),
        ((b'kind = "compare"', b'kind = "compare"\nsize = "large"'), "collection_field"),
        ((b"page = 2", b"page = 10000"), "pick_page"),
        ((b"page = 2", b'page = "2"'), "collection_field"),
        ((b'detail = "pct:0,0,50,50"', b'detail = "pct:0,0,50,50/../x"'), "pick_detail"),
        ((b'detail = "pct:0,0,50,50"', 'detail = "pct:٠,0,50,50"'.encode()), "pick_detail"),
        ((b'[[sections.blocks.works]]\nsource = "s"\nidentifier = "b"\nnote.ko = "n"\nnote.en = "n"\n', b""),
         "compare_two"),
        ((b'lang = "okm"', b'lang = "x\\" onload=\\"y"'), "quote_text"),
        ((b'text = "\xeb\x82\x98\xeb\x9e\x8f\xeb\xa7\x90"', b'text = " "'), "quote_text"),
        ((b'text = "\xeb\x82\x98\xeb\x9e\x8f\xeb\xa7\x90"', b'text = "\\u001b[31m"'), "collection_text"),
        ((b"start = 1.5", b"start = 3"), "clip_times"),
        ((b"start = 1.5", b"start = -1"), "clip_times"),
        ((b"start = 1.5", b"start = nan"), "clip_times"),
        ((b"end = 3", b"end = inf"), "clip_times"),
        ((b"year = -57", b"year = 99999"), "timeline_year"),
        ((b"year = -57", b"year = 1e3"), "collection_field"),
        ((b'[[sections.blocks.events]]\nsource = "s"\nidentifier = "b"\nyear = -57\nlabel.ko = "l"\nlabel.en = "l"\n',
          b""), "timeline_events"),
        ((b'[[sections.blocks]]\nkind = "clip"',
          b'[[sections.picks]]\nsource = "s"\nidentifier = "a"\nreason.ko = "r"\nreason.en = "r"\n'
          b'[[sections.blocks]]\nkind = "clip"'), "section_both"),
    ],
)  # fmt: skip
def test_a_bad_block_is_refused(change: tuple[bytes, bytes], code: str) -> None:
    assert change[0] in NEW
    assert refused(NEW.replace(*change, 1)).code == code


def test_more_works_than_a_page_can_show_are_refused() -> None:
    pick = b'[[sections.picks]]\nsource = "s"\nidentifier = "a"\nreason.ko = "r"\nreason.en = "r"\n'
    assert refused(OLD + pick * MOST_WORKS).code == "collection_too_large"


def test_files_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadRequest, match="collection_unreadable"):
        read_file(tmp_path / "nothing.toml")
    (tmp_path / "large.toml").write_bytes(b"#" * (1 << 20) + b"#")
    with pytest.raises(BadRequest, match="collection_too_large"):
        read_file(tmp_path / "large.toml")


texts = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t"), max_size=40)
both = st.builds(Words, texts, texts)
names = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=20)
details = st.sampled_from(["", "pct:1,2.5,3,4", "0,0,10,10"])
named = {"source": names, "identifier": names, "page": st.integers(0, 9999), "detail": details}
picked = {"reason": both, "size": st.sampled_from(["full", "large", "small"]), **named}
sides = st.builds(Side, note=both, **named)
said = {"reading": both, "note": both}
seconds = st.floats(0, 1000, allow_nan=False)
blocks = st.one_of(
    st.builds(PickBlock, **picked),
    st.builds(Compare, works=st.tuples(sides, sides), reason=both),
    st.builds(Quote, text=names.filter(str.strip), lang=st.sampled_from(["lzh", "ko-Hani"]), **said, **named),
    st.builds(Clip, reason=both, start=seconds, end=seconds.map(lambda end: end + 1001), **named),
    st.builds(
        Timeline,
        title=both,
        events=st.lists(
            st.builds(Event, label=both, year=st.none() | st.integers(-9999, 9999), **named), min_size=2, max_size=3
        ).map(tuple),
    ),
)  # fmt: skip
sections = st.one_of(
    st.builds(Section, both, both, st.lists(st.builds(Pick, **picked), max_size=3).map(tuple)),
    st.builds(Section, both, both, blocks=st.lists(blocks, max_size=3).map(tuple)),
)


@given(
    st.builds(
        Collection,
        slug=st.just("any-slug"),
        title=both,
        statement=both,
        cover=st.builds(Reference, **named),
        sections=st.lists(sections, max_size=3).map(tuple),
        curator=texts,
        position=st.integers(0, 99),
        lead=st.just(UNSET) | both,
    )
)
def test_what_is_written_reads_back_the_same(one: Collection) -> None:
    again = read(write(one).encode())
    assert again == one and write(again) == write(one)


def test_what_is_kept_reads_back_with_its_digest() -> None:
    one = read(NEW)
    assert digest(read(write(one).encode())) == digest(one)
