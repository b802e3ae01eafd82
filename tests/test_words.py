"""The English of the pages: every message that the sources hold, with the same placeholders, and no others."""

from __future__ import annotations

import itertools
import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from tests.conftest import ROOT

FOLDERS = ("repository/web", "harvest", "curation")
HOW = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
HANGUL = re.compile(r"[ㄱ-ㆎ가-힣]")
MARKS = re.compile(r"<[^>]*>")


@cache
def messages(folder: str) -> frozenset[str]:
    """Give the messages that the sources of a folder hold."""
    found = extract_from_dir(ROOT / folder, method_map=HOW)
    return frozenset(text if isinstance(text, str) else text[0] for _, _, text, _, _ in found)


@cache
def catalogue(folder: str) -> Catalog:
    with (ROOT / folder / "translations" / "en" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale="en")


def english(folder: str, message: str) -> tuple[str, ...]:
    """Give the translation in all its forms; nothing where there is none, or where it is not settled."""
    entry = catalogue(folder).get(message)
    if entry is None or entry.fuzzy or not entry.string:
        return ()
    return (entry.string,) if isinstance(entry.string, str) else tuple(entry.string)


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_message_is_translated_with_the_same_placeholders(folder: str) -> None:
    for message in sorted(messages(folder)):
        said = english(folder, message)
        assert said and all(form.strip() for form in said), message
        for form in said:
            assert sorted(PLACEHOLDER.findall(form)) == sorted(PLACEHOLDER.findall(message)), message
            assert not HANGUL.search(form), message


@pytest.mark.parametrize("folder", FOLDERS)
def test_nothing_is_translated_that_no_source_says(folder: str) -> None:
    known = {entry.id if isinstance(entry.id, str) else entry.id[0] for entry in catalogue(folder)}
    assert known - {""} == messages(folder)


def test_what_several_say_they_say_alike() -> None:
    shared = 0
    for one, other in itertools.combinations(FOLDERS, 2):
        both = [message for message in messages(one) & messages(other) if english(other, message)]
        assert [text for text in both if english(one, text) != english(other, text)] == []
        shared += len(both)
    assert shared


@pytest.mark.parametrize("folder", FOLDERS)
def test_messages_are_found_in_every_template(folder: str) -> None:
    """A template without a message has words that nobody can translate; unless it is in one language by name."""
    found = {Path(name).name for name, *_ in extract_from_dir(ROOT / folder, method_map=HOW)}
    paths = (ROOT / folder / "templates").rglob("*.html")
    templates = {path.name for path in paths if MARKS.sub("", path.read_text("utf-8")).strip()}
    templates -= {name for name in templates if name.endswith((".ko.html", ".en.html"))}
    assert templates and templates <= found


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_plural_is_that_of_english(folder: str) -> None:
    assert catalogue(folder).num_plurals == 2
    forms = [english(folder, message) for message in messages(folder)]
    assert all(one != many for one, many in (pair for pair in forms if len(pair) == 2))
