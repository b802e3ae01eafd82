"""The documents are held against the code: the commands, settings, fields and kinds that they name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from curation.release.row import Rights, Row
from repository.corrections import FIELDS
from repository.settings import HELP, Settings
from repository.takedowns import TakedownKind
from wsgi import km

DOCS = Path(__file__).resolve().parent.parent
PAGES = sorted([DOCS / "README.md", DOCS / "CHANGELOG.md", *(DOCS / "docs").glob("*.md")])


def commands(group: click.Command = km, path: tuple[str, ...] = ("km",)) -> Iterator[tuple[str, ...]]:
    """Give the words of every command that does something."""
    if isinstance(group, click.Group):
        for name, command in group.commands.items():
            yield from commands(command, (*path, name))
    else:
        yield path


def test_every_command_is_documented_for_operators() -> None:
    text = (DOCS / "docs" / "operators.md").read_text("utf-8")
    assert [" ".join(words) for words in commands() if f"`{' '.join(words)}`" not in text] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_document_names_a_command_that_does_not_exist(page: Path) -> None:
    known = {" ".join(words) for words in commands()} | {" ".join(words[:2]) for words in commands()}
    for line in re.findall(r"`(km [a-z][^`]*)`", page.read_text("utf-8")):
        words = [word for word in line.split() if re.fullmatch(r"[a-z]+", word)]
        assert {" ".join(words[:2]), " ".join(words[:3])} & known, line


@pytest.mark.parametrize("words", list(commands()), ids=" ".join)
def test_every_command_helps_with_an_example(words: tuple[str, ...]) -> None:
    result = CliRunner().invoke(km, [*words[1:], "--help"])
    assert result.exit_code == 0 and "Example: km" in result.output


def test_a_command_that_is_not_understood_ends_with_two() -> None:
    assert CliRunner().invoke(km, ["harvest", "nothing"]).exit_code == 2


def test_every_setting_is_documented_with_its_default() -> None:
    text = (DOCS / "docs" / "operators.md").read_text("utf-8")
    for row in HELP:
        value = getattr(Settings(), row.name)
        shown = str(value).lower() if isinstance(value, bool) else str(value)
        assert f"| `{row.name}` | {f'`{shown}`' if shown else '(empty)'} | {row.help} |" in text


def test_librarians_learn_every_field_and_every_kind_of_takedown() -> None:
    text = (DOCS / "docs" / "librarians.md").read_text("utf-8")
    assert [name for name in (*FIELDS, *TakedownKind) if f"`{name}`" not in text] == []


def test_data_users_learn_every_column_and_every_field_of_the_clearance() -> None:
    text = (DOCS / "docs" / "data-users.md").read_text("utf-8")
    names = (*Row.__struct_fields__, *Rights.__struct_fields__)
    assert [name for name in names if f"`{name}`" not in text] == []


def test_data_users_are_shown_every_kind_of_file_of_a_release() -> None:
    text = (DOCS / "docs" / "data-users.md").read_text("utf-8")
    for name in (
        "README.md",
        "EXCLUDED.jsonl",
        "checksums.sha256",
        "originals/train-*.tar",
        "revocations.jsonl",
    ):
        assert name in text


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_documents_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), target
