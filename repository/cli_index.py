"""`km index` and `km rebuild index`: how the index stands, whether it agrees with the database, anew, and back."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from repository import rebuild, reconcile, refresh
from repository.cli_support import Bar, Open, emit, json_option, progress_bar


class _Rate(ProgressColumn):
    """How many are done in a second, now."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text(f"{speed:,.0f}/s" if speed else "")


@contextmanager
def _rated_bar(label: str, total: int) -> Iterator[Bar]:
    """Show progress with its rate and the time that remains on standard error while the block runs."""
    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn(),
    )  # fmt: skip
    with Progress(*columns, console=Console(stderr=True), speed_estimate_period=60) as shown:
        yield Bar(shown, shown.add_task(label, total=total))


@click.command("index")
@click.option(
    "--processes", type=click.IntRange(1, 64), default=os.cpu_count() or 1, help="How many work at once."
)
@click.option("--force", is_flag=True, help="Put it in place even where saved questions find less in it.")
@click.option("--anew", is_flag=True, help="Use nothing that an earlier rebuild left.")
@json_option
@click.pass_obj
def rebuild_index(opened: Open, processes: int, force: bool, anew: bool, as_json: bool) -> None:
    """Build the index beside the live one and swap it in; killed, it goes on with the parts that are done.

    Example: km rebuild index --processes 2
    """
    memory = opened()
    with _rated_bar("index", rebuild.items_of(memory)) as advance:
        done = rebuild.rebuild_index(memory, advance, processes=processes, force=force, anew=anew)
    emit(as_json, done, f"items {done.items}  found {done.found}  generation {done.generation}")


@click.group()
def index() -> None:
    """The search index: how far behind, whether it agrees with the database, and back to the one before."""


@index.command("status")
@json_option
@click.pass_obj
def index_status(opened: Open, as_json: bool) -> None:
    """Show how far each projection is behind, in changes and since when, and how many documents there are.

    Example: km index status
    """
    memory = opened()
    with memory.database.read() as conn:
        lags = refresh.lags(conn)
    found = {
        "documents": memory.engine.count(),
        "behind": {lag.reader: lag.behind for lag in lags},
        "since": {lag.reader: lag.since for lag in lags if lag.since},
        "state": memory.engine.health().state,
    }
    late = "".join(f"  {lag.reader} since {lag.since}" for lag in lags if lag.since)
    emit(as_json, found, f"documents {found['documents']}  behind {found['behind']}{late}")


@index.command("check")
@click.option("--repair", is_flag=True, help="Write anew what differs.")
@json_option
@click.pass_obj
def index_check(opened: Open, repair: bool, as_json: bool) -> None:
    """Compare index and database, document by document; exit 1 where they differ and are not repaired.

    Example: km index check --json
    """
    with progress_bar("documents") as advance:
        found = reconcile.compare(opened(), repair, advance)
    emit(
        as_json,
        found,
        f"missing {len(found.missing)}  stale {len(found.stale)}  surplus {len(found.surplus)}"
        + (f"  and {found.unnamed} more" if found.unnamed else ""),
    )
    if found.count and not repair:
        raise click.exceptions.Exit(1)


@index.command("back")
@json_option
@click.pass_obj
def index_back(opened: Open, as_json: bool) -> None:
    """Put the index before the last rebuild in its place again; a second time undoes it.

    Example: km index back
    """
    generation = rebuild.go_back(opened())
    emit(as_json, {"generation": generation}, f"generation {generation}")
