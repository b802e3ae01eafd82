"""The commands of harvests: `km harvest`, `km parked`, and `km rebuild items`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click
import msgspec

from harvest import (
    holding,
    ledger,
    many,
    media,
    media_cli,
    reports,
    run,
    sources,
    status,
)
from harvest.bars import progress_bars
from harvest.ledger import RunState
from harvest.replay import Replayed, replay
from repository.cli_support import Open, emit, json_option, progress_bar, who
from repository.errors import BadRequest
from repository.memory import Memory

CHANGES = ("new", "changed", "deleted", "gone")
GOOD = (RunState.COMPLETE, RunState.REPAIRED)


@click.group()
def harvest() -> None:
    """Harvests: bring records and their files in."""


@harvest.command("run")
@click.argument("source_id", required=False)
@click.option("--full", is_flag=True, help="Ask for everything, not only for what changed.")
@click.option("--no-media", is_flag=True, help="Leave the files for the worker.")
@json_option
@click.pass_obj
def run_harvest(opened: Open, source_id: str | None, full: bool, no_media: bool, as_json: bool) -> None:
    """Harvest one source, or all that are not paused; exit 1 where one did not end whole.

    Example: km harvest run sample-library --full
    """
    memory = opened()
    with memory.database.read() as conn:
        one = [sources.get(conn, source_id)] if source_id else []
        chosen = one or sources.every(conn, active_only=True)
    with progress_bars() as show:
        outcomes = many.harvest_all(memory, chosen, memory.settings.harvest_at_once, full=full, show=show)
    if not no_media:
        with progress_bar("files") as advance:
            media.fetch_wanted(memory, advance)
    emit(as_json, outcomes, "\n".join(_outcome(outcome) for outcome in outcomes))
    if any(outcome.run is None or outcome.run.state not in GOOD for outcome in outcomes):
        raise click.exceptions.Exit(1)


def _outcome(outcome: many.Outcome) -> str:
    if outcome.run is not None:
        return _line(outcome.run)
    return f"{outcome.source}: {outcome.code} {outcome.ko} ({outcome.en})"


def _line(summary: ledger.Run) -> str:
    counts = " ".join(f"{name} {summary.counts[name]}" for name in ledger.COUNTS)
    return f"{summary.source}: {summary.state} ({summary.kind}) {counts} {summary.error}".rstrip()


@contextmanager
def _alone(memory: Memory, source_id: str) -> Iterator[None]:
    """Hold a source while it is worked at; raises BadRequest where another process does."""
    with memory.database.read() as conn:
        wanted = sources.get(conn, source_id)
    with many.held(memory, wanted) as taken:
        if not taken:
            raise BadRequest(many.BUSY, *many.TEXTS[many.BUSY])
        yield


@harvest.command("rehearse")
@click.argument("source_id")
@click.option("--items", is_flag=True, help="Name the records, not only their numbers.")
@json_option
@click.pass_obj
def rehearse(opened: Open, source_id: str, items: bool, as_json: bool) -> None:
    """Show what harvesting everything would add, change and remove; nothing is changed. Exit 1 where it broke off.

    Example: km harvest rehearse sample-library
    """
    memory = opened()
    with _alone(memory, source_id), progress_bar(source_id) as advance:
        done = run.rehearse(memory, source_id, advance)
    with memory.database.read() as conn:
        found = {kind: [name for _, name in ledger.changes(conn, done.id, kind)] for kind in CHANGES}
    counts = {kind: len(names) for kind, names in found.items()}
    numbers = " ".join(f"{kind} {number}" for kind, number in counts.items())
    lines = [f"{source_id}: {done.state} {numbers} {done.error}".rstrip()]
    lines += [f"{kind}  {name}" for kind, names in found.items() for name in names if items]
    emit(as_json, {"run": done, "changes": found if items else counts}, "\n".join(lines))
    if done.state not in GOOD:
        raise click.exceptions.Exit(1)


@harvest.command("approve")
@click.argument("source_id")
@click.option("--by", default=who, help="Who decides.")
@json_option
@click.pass_obj
def approve(opened: Open, source_id: str, by: str, as_json: bool) -> None:
    """Let a held run do what it was held for.

    Example: km harvest approve sample-library
    """
    memory = opened()
    with _alone(memory, source_id), progress_bar(source_id) as advance:
        done = holding.approve(memory, source_id, by, advance)
    emit(as_json, done, _line(done))


@harvest.command("discard")
@click.argument("source_id")
@click.option("--by", default=who, help="Who decides.")
@json_option
@click.pass_obj
def discard(opened: Open, source_id: str, by: str, as_json: bool) -> None:
    """Leave undone what a run was held for.

    Example: km harvest discard sample-library
    """
    done = holding.discard(opened(), source_id, by)
    emit(as_json, done, _line(done))


@harvest.command("status")
@json_option
@click.pass_obj
def show_status(opened: Open, as_json: bool) -> None:
    """Show every source with its sums.

    Example: km harvest status --json
    """
    with opened().database.read() as conn:
        rows = status.of_all(conn)
    emit(as_json, rows, "\n".join(status.line(row) for row in rows))


@harvest.command("report")
@click.argument("wanted", metavar="[SOURCE|RUN]", default="")
@json_option
@click.pass_obj
def report(opened: Open, wanted: str, as_json: bool) -> None:
    """Report on a run in full: by its number, the newest of a source, or the newest of each source.

    Example: km harvest report sample-library --json
    """
    with opened().database.read() as conn:
        found = [reports.report_of(conn, run) for run in reports.find(conn, wanted)]
    emit(as_json, found, "\n\n".join(reports.text(one) for one in found))


@harvest.command("replay")
@click.argument("source_id", required=False)
@click.option("--dry-run", is_flag=True, help="Show what would change, and keep nothing.")
@click.option("--items", "named", is_flag=True, help="Name the items that change.")
@json_option
@click.pass_obj
def replay_records(opened: Open, source_id: str | None, dry_run: bool, named: bool, as_json: bool) -> None:
    """Make all items again from the records as kept, without the network, and show what that changed.

    Example: km harvest replay sample-library --dry-run
    """
    with progress_bar("items") as advance:
        done = replay(opened(), source_id or "", advance, dry_run=dry_run)
    if not named:
        done = msgspec.structs.replace(done, ids=())
    emit(as_json, done, _replayed(done))


def _replayed(done: Replayed) -> str:
    lines = [
        f"다시 만든 자료 (items made again): {done.read}",
        f"달라진 자료 (changed items): {done.changed}",
    ]
    lines += [f"  {name}: {number}" for name, number in done.fields.items()]
    lines += [f"  {code}: +{number}" for code, number in done.appeared.items()]
    lines += [f"  {code}: -{number}" for code, number in done.gone.items()]
    lines += [f"  {name}: {number}" for name, number in done.decisions.items()]
    return "\n".join([*lines, *done.ids])


@click.group()
def parked() -> None:
    """Records that make no item, and bytes that make no record."""


@parked.command("list")
@click.argument("source_id", required=False)
@json_option
@click.pass_obj
def list_parked(opened: Open, source_id: str | None, as_json: bool) -> None:
    """List what is parked and what is in quarantine.

    Example: km parked list sample-museum
    """
    with opened().database.read() as conn:
        rows = status.set_aside(conn, source_id or "")
    emit(as_json, rows, "\n".join(f"{row.kind}  {row.source}  {row.local_id}  {row.reason}" for row in rows))


@parked.command("show")
@click.argument("source_id")
@click.argument("local_id")
@click.pass_obj
def show_parked(opened: Open, source_id: str, local_id: str) -> None:
    """Show the raw bytes of a parked or quarantined record.

    Example: km parked show sample-museum oai:museum:untitled
    """
    with opened().database.read() as conn:
        raw = status.raw_of(conn, source_id, local_id)
    click.echo(raw)


@parked.command("retry")
@click.argument("source_id", required=False)
@json_option
@click.pass_obj
def retry(opened: Open, source_id: str | None, as_json: bool) -> None:
    """Read parked records again and ask for quarantined ones again.

    Example: km parked retry
    """
    with progress_bar("parked") as advance:
        result = run.retry(opened(), source_id or "", advance)
    emit(as_json, result, " ".join(f"{name} {count}" for name, count in result.items()))


@click.command("items")
@json_option
@click.pass_obj
def rebuild_items(opened: Open, as_json: bool) -> None:
    """Make every item again from its records (the same as km harvest replay).

    Example: km rebuild items
    """
    with progress_bar("items") as advance:
        done = msgspec.structs.replace(replay(opened(), "", advance), ids=())
    emit(as_json, done, _replayed(done))


harvest.add_command(media_cli.harvest_media)
