"""`km search`: what was asked and not found, and the names that librarians teach the search."""

from __future__ import annotations

from datetime import timedelta

import click

from repository import search_misses, synonyms
from repository.cli_support import Open, emit, json_option, who
from repository.database import timestamp
from repository.search import missed, pairs
from repository.synonyms import Synonym


@click.group()
def search() -> None:
    """The search: what it did not find, and what librarians teach it."""


@search.command("misses")
@click.option(
    "--days", type=click.IntRange(1, search_misses.KEPT_DAYS), default=30, help="How many days back."
)
@click.option("--kind", type=click.Choice(missed.KINDS), help="Found nothing, or only what sounds alike.")
@click.option("--most", type=click.IntRange(1, search_misses.MOST_LISTED), default=100, help="How many.")
@json_option
@click.pass_obj
def misses(opened: Open, days: int, kind: str | None, most: int, as_json: bool) -> None:
    """List what was asked three times or more and not found, the most often asked first.

    Example: km search misses --days 90
    """
    database = opened().database
    since = timestamp(database.clock() - timedelta(days=days))[:10]
    with database.read() as conn:
        found = search_misses.listed(conn, since, kind or "", most)
    emit(as_json, found, "\n".join(f"{one.count:7}  {one.kind:8}  {one.last}  {one.text}" for one in found))


@search.group("synonyms")
def synonym() -> None:
    """Names for the same thing: each change is a new version of the list, in force within seconds."""


@synonym.command("list")
@click.option("--all", "everything", is_flag=True, help="Withdrawn ones too.")
@json_option
@click.pass_obj
def list_synonyms(opened: Open, everything: bool, as_json: bool) -> None:
    """List the names.

    Example: km search synonyms list --json
    """
    with opened().database.read() as conn:
        found = synonyms.history(conn, limit=synonyms.MOST) if everything else synonyms.in_force(conn)
    emit(as_json, found, "\n".join(_line(one) for one in found))


@synonym.command("add")
@click.argument("name")
@click.argument("other")
@click.option("--relation", type=click.Choice(pairs.RELATIONS), default=pairs.SYNONYM, help="What OTHER is.")
@click.option("--by", default=who, help="Who adds it.")
@json_option
@click.pass_obj
def add(opened: Open, name: str, other: str, relation: str, by: str, as_json: bool) -> None:
    """Say that two names are one thing.

    Example: km search synonyms add 이황 퇴계 --relation pen_name
    """
    pair = pairs.checked(name, other, relation)
    with opened().database.write() as tx:
        added = synonyms.add(tx, pair.name, pair.other, pair.relation, by, by)
    emit(as_json, added, _line(added))


@synonym.command("withdraw")
@click.argument("number", type=click.IntRange(min=1))
@click.option("--by", default=who, help="Who withdraws it.")
@json_option
@click.pass_obj
def withdraw(opened: Open, number: int, by: str, as_json: bool) -> None:
    """Take a pair of names out of the list, by its number.

    Example: km search synonyms withdraw 12
    """
    with opened().database.write() as tx:
        withdrawn = synonyms.withdraw(tx, number, by, by)
    emit(as_json, withdrawn, _line(withdrawn))


def _line(one: Synonym) -> str:
    end = f"  withdrawn {one.withdrawn_at} {one.withdrawn_by}" if one.withdrawn_version else ""
    return f"{one.id:6}  {one.name} = {one.other}  {one.relation}  {one.at} {one.by}{end}"
