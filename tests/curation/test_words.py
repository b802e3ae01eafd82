"""The English of the pages: every message that the sources hold, with the same placeholders, and no others."""

from __future__ import annotations

import re
from functools import cache

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from tests.conftest import ROOT

HOW = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
HANGUL = re.compile(r"[ㄱ-ㆎ가-힣]")


@cache
def messages() -> frozenset[str]:
    found = extract_from_dir(ROOT / "curation", method_map=HOW)
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


@pytest.mark.parametrize("message", sorted(messages()))
def test_every_message_is_translated_with_the_same_placeholders(message: str) -> None:
    said = english("curation", message)
    assert said and all(form.strip() for form in said)
    for form in said:
        assert sorted(PLACEHOLDER.findall(form)) == sorted(PLACEHOLDER.findall(message))
        assert not HANGUL.search(form)


def test_nothing_is_translated_that_no_source_says() -> None:
    known = {entry.id if isinstance(entry.id, str) else entry.id[0] for entry in catalogue("curation")}
    assert known - {""} == messages()


def test_what_the_core_says_too_it_says_alike() -> None:
    shared = [message for message in messages() if english("repository/web", message)]
    assert shared
    assert [one for one in shared if english("repository/web", one) != english("curation", one)] == []


def test_messages_are_found_in_every_template() -> None:
    found = {name for name, *_ in extract_from_dir(ROOT / "curation", method_map=HOW)}
    templates = (ROOT / "curation" / "templates").rglob("*.html")
    assert {str(path.relative_to(ROOT / "curation")) for path in templates} <= found


def test_the_plural_is_that_of_english() -> None:
    assert catalogue("curation").num_plurals == 2
    forms = [english("curation", message) for message in messages()]
    assert all(one != many for one, many in (pair for pair in forms if len(pair) == 2))
