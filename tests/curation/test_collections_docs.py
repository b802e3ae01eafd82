"""What librarians are told of the file of a collection is what is read, and its example reads."""

from __future__ import annotations

import re
import tomllib

import pytest

from curation import collections
from curation.collection_file import KINDS, MOST_SECTIONS, MOST_WORKS, SIZES, read
from curation.findings import catalogue
from tests.conftest import ROOT


def section() -> str:
    text = (ROOT / "docs" / "librarians.md").read_text("utf-8")
    return text.partition("## 주제 컬렉션 · Topic collections")[2].partition("\n## ")[0]


def test_every_field_kind_and_size_is_named() -> None:
    shapes = (
        collections.Collection, collections.Section, collections.Reference, collections.PickBlock, collections.Side,
        collections.Compare, collections.Quote, collections.Clip, collections.Timeline, collections.Event,
    )  # fmt: skip
    names = {name for shape in shapes for name in shape.__struct_fields__} | {*KINDS, *SIZES}
    text = section()
    told = re.findall(r"`(\w+)`|^(\w+)\b|sections\.(\w+)\]\]|\[\[(\w+)\]\]", text, re.MULTILINE)
    assert sorted(names - {name for found in told for name in found}) == []
    assert f"단락 {MOST_SECTIONS}개, 자료 {MOST_WORKS}점" in text


def test_the_example_is_read_and_has_every_kind_of_block() -> None:
    example = section().partition("```toml\n")[2].partition("```")[0]
    found = {block.__struct_config__.tag for _, block in read(example.encode()).blocks()}
    assert found == set(KINDS)


def test_every_finding_of_the_check_is_explained() -> None:
    code = (ROOT / "curation" / "collection_check.py").read_text("utf-8")
    made = set(re.findall(r'finding\("([a-z_]+)"', code))
    made |= {
        one.replace("pick_", "cover_") for one in made if one.startswith("pick_") and one != "pick_twice"
    }
    assert made <= catalogue().keys() and len(made) > 10
    assert [one for one in sorted(made) if f"`{one}`" not in section()] == []


@pytest.mark.parametrize("name", ["birth-of-hangul", "drawing-the-land", "seasons-and-feasts"])
def test_the_samples_show_what_they_should(name: str) -> None:
    one = read((ROOT / "curation" / "sample" / f"{name}.toml").read_bytes())
    kinds = {block.__struct_config__.tag for _, block in one.blocks()}
    assert 12 <= one.count <= 25 and len(kinds) >= 4 and one.lead is not collections.UNSET


def test_the_samples_show_every_kind_of_block_and_name_works_that_the_samples_have() -> None:
    data = ROOT / "harvest" / "sample" / "data"
    works = {
        f"oai:{source}.sample.example:{work['id']}"
        for source in ("library", "museum", "gallery", "archive")
        for path in data.glob(f"{source}*.toml")
        for work in tomllib.loads(path.read_text("utf-8"))["works"]
    }
    shown = [read(path.read_bytes()) for path in sorted((ROOT / "curation" / "sample").glob("*.toml"))]
    blocks = [block for one in shown for _, block in one.blocks()]
    assert {block.__struct_config__.tag for block in blocks} == set(KINDS)
    assert any(reference.detail for one in shown for _, reference, _ in one.works())
    assert {reference.identifier for one in shown for reference in one.references()} <= works
