"""The librarians' page is held against the connectors: its source files work, and it names every option."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from harvest.crosswalks.mapped_rules import FIELDS, Rule
from harvest.source import read_source_file
from harvest.source_kinds import KINDS, Errors, Files, Key, Paging, Rest, Sheet, Times

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "librarians.md").read_text("utf-8")
FILES = [text for text in re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL) if not text.startswith("slug = ")]
OPTIONS = (Key, Paging, Times, Errors, Rest, Files, Sheet, Rule)
NAMES = {name.rstrip("_") for options in OPTIONS for name in options.__struct_fields__}


@pytest.mark.parametrize("text", FILES)
def test_every_source_file_shown_is_one(tmp_path: Path, text: str) -> None:
    path = tmp_path / "source.toml"
    path.write_text(text, "utf-8")
    source = read_source_file(path).source
    assert source.mapping is not None and getattr(source, source.kind) is not None


def test_every_kind_is_shown() -> None:
    shown = {re.findall(r'^kind = "(\w+)"', text, re.MULTILINE)[0] for text in FILES}
    assert shown == set(KINDS) - {"oai"}


def test_every_field_and_every_option_is_named() -> None:
    assert [name for name in FIELDS if f"`{name}`" not in PAGE] == []
    named = set(re.findall(r"(?:`|\.|, |^)([a-z_]+)(?:`| = |\])", PAGE, re.MULTILINE))
    assert sorted(NAMES - named) == []
