"""The documents are held against the code: the commands, settings, fields and kinds that they name."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import curation
import harvest.site
import repository.jobs
from curation.release.row import Rights, Row
from repository import rebuild_checks, search_misses, synonyms
from repository.corrections import FIELDS
from repository.search import fields, lexicon, pairs
from repository.search.embedded import EmbeddedEngine
from repository.search.engine import Reason
from repository.search.forms import FORM_WEIGHT
from repository.search.knowledge import Knowledge
from repository.search.query import Query
from repository.settings import HELP, PREFIX, Settings
from repository.takedowns import TakedownKind
from repository.web import lanes, robots, search_json, suggest
from tests.repository.search.samples import document, item
from tests.repository.web import seed
from tests.repository.web.conftest import make_app
from wsgi import km

DOCS = Path(__file__).resolve().parent.parent
PAGES = sorted([DOCS / "README.md", DOCS / "CHANGELOG.md", *(DOCS / "docs").glob("*.md")])


def commands(group: click.Command = km, path: tuple[str, ...] = ("km",)) -> Iterator[tuple[str, ...]]:
    """Give the words of every command that does something."""
    if isinstance(group, click.Group):
        context = click.Context(group)
        for name in group.list_commands(context):
            command = group.get_command(context, name)
            assert command is not None, name
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


def test_examples_of_settings_name_settings_that_exist() -> None:
    known = {PREFIX + row.name.upper() for row in HELP} | {
        "KM_CONFIG",
        "KM_NAME",
        "KM_TEST_ELASTICSEARCH_URL",
    }
    for page in PAGES:
        assert set(re.findall(r"\bKM_[A-Z_]+", page.read_text("utf-8"))) <= known, page.name
    text = (DOCS / "docs" / "operators.md").read_text("utf-8")
    shown = {row.name for row in HELP if row.name.startswith("search")}
    assert [name for name in shown if not re.search(rf"^{PREFIX}{name.upper()}=", text, re.MULTILINE)] == []


def test_every_code_that_operators_are_told_of_is_raised_somewhere() -> None:
    text = (DOCS / "docs" / "operators.md").read_text("utf-8")
    told = set(re.findall(r"`((?:search|index|bulk)_[a-z_]+)`", text)) - {row.name for row in HELP}
    code = "".join(path.read_text("utf-8") for path in (DOCS / "repository").rglob("*.py"))
    made = {"index_outdated", "index_unreadable"}  # named by state too
    assert len(told) > len(made)
    assert [one for one in told if f'"{one}"' not in code] == []


def test_operators_learn_every_job_of_the_worker(tmp_path: Path) -> None:
    text = (DOCS / "docs" / "operators.md").read_text("utf-8")
    seeded = seed.open_seeded(tmp_path / "data")
    brought = (repository.jobs, harvest.site, curation)
    jobs = {"projections", *(job.name for arm in brought for job in arm.jobs(seeded.memory))}
    seeded.memory.close()
    assert [name for name in jobs if f"| `{name}` |" not in text] == []


def test_operators_learn_the_numbers_of_a_rebuild_and_of_crawlers() -> None:
    text = " ".join((DOCS / "docs" / "operators.md").read_text("utf-8").split())
    assert f"`{rebuild_checks.OWN}` of the data folder ({rebuild_checks.MOST} in all)" in text
    assert f"at least {rebuild_checks.FEW} items now finds less by more than a tenth" in text
    assert rebuild_checks.SHARE == 0.1
    assert "a quarter of `web_threads`" in text and lanes.SHARE == 4
    assert "asks for two filters or more" in text and robots.MOST_FILTERS == lanes.CROWD == len(
        ("one", "two")
    )
    assert f"older than {search_misses.KEPT_DAYS} days" in text


def librarians() -> str:
    return (DOCS / "docs" / "librarians.md").read_text("utf-8")


def table(text: str, head: str) -> list[list[str]]:
    """Give the rows of a table by how its first line begins, each as its cells."""
    rows = text.partition(f"| {head}")[2].partition("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


def test_what_librarians_are_told_is_found_is_found(tmp_path: Path) -> None:
    for number, (typed, finds, _how) in enumerate(table(librarians(), "이렇게 적으면")):
        engine = EmbeddedEngine(
            tmp_path / str(number), Knowledge(lexicon=lambda: lexicon.Lexicon(lexicon.shipped()))
        )
        engine.put([document(item("sought", finds)), document(item("other", "대동여지도"))])
        answer = engine.search(Query(typed.strip("`")))
        assert answer.total == 1 and not answer.relaxed, typed


def test_librarians_learn_every_relation_in_the_words_of_the_cards() -> None:
    told = {cells[0].strip("`"): cells[1:3] for cells in table(librarians(), "`relation`")}
    rows = (files("repository.search") / "data" / "relations.tsv").read_text("utf-8").splitlines()
    codes = [row.split("\t") for row in rows if row and not row.startswith("#")]
    assert told == {code: [ko, en] for code, ko, en in codes}
    assert set(pairs.RELATIONS) <= set(told)
    assert f"{len(lexicon.shipped())}쌍" in librarians()


def test_the_examples_of_relations_are_those_of_the_list() -> None:
    known = set(lexicon.shipped())
    own = set(pairs.RELATIONS) - {code for _name, _other, code in known}
    for code, _ko, _en, example in table(librarians(), "`relation`"):
        name, _equal, other = example.partition(" = ")
        assert code.strip("`") in own or (name, other, code.strip("`")) in known, example


def test_librarians_learn_prefixes_that_are_read_and_what_is_kept_of_questions() -> None:
    told = [word for cells in table(librarians(), "적는 법") for word in re.findall(r"`(\w+):", cells[0])]
    assert told and [word for word in told if word not in fields.PREFIXES] == []
    assert (
        f"{search_misses.KEPT_DAYS}일" in librarians()
        and f"after {search_misses.KEPT_DAYS} days" in librarians()
    )
    limits = f"A name takes {synonyms.MOST_OF_ONE_NAME} pairs, the list {synonyms.MOST:,}."
    assert limits in librarians() and search_misses.FEWEST == 3


def test_data_users_learn_every_field_of_an_answer() -> None:
    text = (DOCS / "docs" / "data-users.md").read_text("utf-8")
    shapes = (
        search_json.Answer, search_json.FoundItem, search_json.Party, search_json.Maker, search_json.When,
        search_json.Rights, search_json.Counted, search_json.Links, search_json.Words, Reason,
        suggest.Answer, suggest.Suggested,
    )  # fmt: skip
    names = {name for shape in shapes for name in shape.__struct_encode_fields__}
    names |= {*FORM_WEIGHT, *suggest.KINDS}
    assert [name for name in sorted(names) if f"`{name}`" not in text] == []
    assert f"(10, at most {suggest.MOST})" in text and suggest.USUAL == 10


def test_what_data_users_are_told_to_ask_is_answered(tmp_path: Path) -> None:
    text = (DOCS / "docs" / "data-users.md").read_text("utf-8")
    lines = re.findall(r"^curl .*\$SITE.*$", text, re.MULTILINE)
    seeded = seed.open_seeded(tmp_path / "data")
    client = make_app(seeded).test_client()
    for line in lines:
        path, headers = _asked(line)
        answer = client.get(path, headers=headers)
        assert answer.status_code == 200 and not answer.content_type.startswith("text/html"), line
    assert len(lines) >= 8
    seeded.memory.close()


def _asked(line: str) -> tuple[str, dict[str, str]]:
    """Read a call of curl: its address and its headers."""
    words = shlex.split(line)
    headers = dict(word.split(": ", 1) for before, word in pairwise(words) if before == "-H")
    [address] = [word for word in words if word.startswith("$SITE")]
    return address.removeprefix("$SITE"), headers


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
