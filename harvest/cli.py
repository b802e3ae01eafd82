"""The harvest's commands: `km source`, `km harvest`, `km parked`, `km correct`, and `km rebuild items`."""

from __future__ import annotations

from pathlib import Path

import click

from harvest import corrections_cli, ledger, media, run, sources, status
from harvest.client import OaiClient
from harvest.ledger import RunState
from harvest.source import Source, check_source, read_source_file
from repository import institutions
from repository.cli_support import Open, emit, json_option, progress_bar

GOOD = (RunState.COMPLETE, RunState.REPAIRED)


@click.group()
def source() -> None:
    """Sources: the endpoints that records come from."""


@source.command("add")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--base", default="", help="The address that {base} in the file stands for.")
@json_option
@click.pass_obj
def add_source(opened: Open, file: Path, base: str, as_json: bool) -> None:
    """Register a source and its institutions from a file.

    Example: km source add harvest/sample/sources/library.toml --base http://127.0.0.1:8091
    """
    read = read_source_file(file, base)
    with opened().database.write() as tx:
        for institution in read.institutions:
            institutions.save(tx, institution)
        wrote = sources.save(tx, read.source)
    emit(
        as_json,
        {"source": read.source.id, "changed": wrote},
        f"{read.source.id}: {'등록했습니다 (registered)' if wrote else '그대로입니다 (unchanged)'}",
    )


@source.command("list")
@json_option
@click.pass_obj
def list_sources(opened: Open, as_json: bool) -> None:
    """List the sources.

    Example: km source list
    """
    with opened().database.read() as conn:
        known, states = sources.every(conn), sources.states(conn)
    emit(
        as_json,
        [{"id": row.id, "endpoint": row.endpoint, "state": states[row.id]} for row in known],
        "\n".join(f"{row.id}  {states[row.id]}  {row.endpoint}" for row in known),
    )


@source.command("pause")
@click.argument("source_id")
@click.option("--resume", is_flag=True, help="Let the source go on.")
@click.pass_obj
def pause_source(opened: Open, source_id: str, resume: bool) -> None:
    """Pause a source, or let it go on.

    Example: km source pause sample-library
    """
    with opened().database.write() as tx:
        sources.set_state(tx, source_id, sources.ACTIVE if resume else sources.PAUSED)


@source.command("check")
@click.argument("url")
@json_option
def check(url: str, as_json: bool) -> None:
    """Ask an OAI-PMH endpoint who it is, what it offers, and look at its first page.

    Example: km source check http://127.0.0.1:8091/library/oai
    """
    check_source(Source("check", "", "", url, ""))
    with OaiClient(url) as client:
        identity, formats = client.identify(), client.list_formats()
        prefix = formats[0].prefix if formats else "oai_dc"
        page = next(client.pages(prefix))
    found = {
        "name": identity.name,
        "earliest": identity.earliest,
        "deleted": identity.deleted,
        "granularity": identity.granularity,
        "formats": [row.prefix for row in formats],
        "first_page": {"prefix": prefix, "records": len(page.records), "quarantined": len(page.quarantined)},
    }
    emit(as_json, found, "\n".join(f"{name}: {value}" for name, value in found.items()))


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
        ids = [source_id] if source_id else [row.id for row in sources.every(conn, active_only=True)]
    summaries = []
    for one in ids:
        with progress_bar(one) as advance:
            summaries.append(run.harvest(memory, one, full=full, progress=advance))
    if not no_media:
        with progress_bar("files") as advance:
            media.fetch_wanted(memory, advance)
    emit(as_json, summaries, "\n".join(_line(summary) for summary in summaries))
    if any(summary.state not in GOOD for summary in summaries):
        raise click.exceptions.Exit(1)


def _line(summary: run.RunSummary) -> str:
    counts = " ".join(f"{name} {summary.counts[name]}" for name in ledger.COUNTS)
    return f"{summary.source}: {summary.state} ({summary.kind}) {counts} {summary.error}".rstrip()


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


@harvest.command("replay")
@click.argument("source_id", required=False)
@json_option
@click.pass_obj
def replay(opened: Open, source_id: str | None, as_json: bool) -> None:
    """Make all items again from the records as kept, without the network.

    Example: km harvest replay
    """
    with progress_bar("items") as advance:
        changed = run.replay(opened(), source_id or "", advance)
    emit(as_json, {"changed": changed}, f"달라진 자료 (changed items): {changed}")


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
        changed = run.replay(opened(), "", advance)
    emit(as_json, {"changed": changed}, f"달라진 자료 (changed items): {changed}")


GROUPS = (source, harvest, parked, corrections_cli.correct)
