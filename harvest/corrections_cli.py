"""`km correct`: a librarian's values laid over what institutions send."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from harvest import corrections_file, records, sources
from harvest.reading import read_item
from repository import corrections, items
from repository.cli_support import Open, emit, json_option, who
from repository.corrections import Correction
from repository.database import timestamp
from repository.errors import NotFound
from repository.item import Description


@click.group()
def correct() -> None:
    """Corrections: values that stay through every harvest."""


@correct.command("set")
@click.argument("item")
@click.argument("field")
@click.argument("value", required=False)
@click.option("--reason", default="", help="Why the value is better.")
@click.option("--source", "evidence", default="", help="Where it is taken from.")
@click.option("--withdraw", is_flag=True, help="Withdraw the correction of this field.")
@click.option("--by", default=who, help="Who corrects.")
@click.pass_obj
def set_correction(
    opened: Open,
    item: str,
    field: str,
    value: str | None,
    reason: str,
    evidence: str,
    withdraw: bool,
    by: str,
) -> None:
    """Correct a whole field of an item: plain text, or JSON for several values.

    Example: km correct set 96sc7eh09kjd8q titles '[{"value": "훈민정음 해례본", "lang": "ko"}]' --reason 온전한제목
    """
    if value is None and not withdraw:
        raise click.UsageError("VALUE or --withdraw is needed")
    memory = opened()
    with memory.database.write() as tx:
        kept = records.of_item(tx, item)
        if not kept:
            raise NotFound("item_unknown", f"없는 자료입니다: {item}", f"no such item: {item}")
        stored = items.find(tx.conn, item)
        shown = stored.item.description if stored else Description()
        if withdraw:
            corrections.withdraw(tx, item, field)
        else:
            new = corrections.read_value(field, value or "")
            replaced = corrections.harvested_value(tx.conn, item, field, shown)
            corrections.add(tx, item, field, new, replaced, reason, evidence, by)
        read_item(tx, memory.context(tx), sources.get(tx.conn, kept[0].source), item)


@correct.command("list")
@click.argument("item", required=False)
@json_option
@click.pass_obj
def list_corrections(opened: Open, item: str | None, as_json: bool) -> None:
    """List the corrections in force.

    Example: km correct list
    """
    with opened().database.read() as conn:
        rows = corrections.in_force(conn, item or "")
    emit(as_json, rows, "\n".join(_line(row) for row in rows))


@correct.command("conflicts")
@json_option
@click.pass_obj
def list_conflicts(opened: Open, as_json: bool) -> None:
    """List the corrections whose field the source has changed since.

    Example: km correct conflicts --json
    """
    with opened().database.read() as conn:
        rows = corrections.conflicts(conn)
    emit(as_json, rows, "\n".join(f"{_line(row)}  <- {row.harvested}" for row in rows))


@correct.command("export")
@click.argument("source_id")
@click.option(
    "--format", "form", type=click.Choice(["csv", "jsonl"]), default="csv", help="Form of the file."
)
@click.option(
    "--since",
    default=None,
    type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%SZ"]),
    help="Only what changed since (UTC; 2026-11-25 or 2026-11-25T09:00:00Z).",
)
@click.option("--out", type=click.Path(path_type=Path), help="The file to write; else it is printed.")
@click.pass_obj
def export_corrections(
    opened: Open, source_id: str, form: str, since: datetime | None, out: Path | None
) -> None:
    """Write the corrections of a source's records, to send back to the institution.

    Example: km correct export sample-library --out corrections.csv
    """
    with opened().database.read() as conn:
        sources.get(conn, source_id)
        moment = timestamp(since.replace(tzinfo=UTC)) if since else ""
        rows = list(corrections_file.of_source(conn, source_id, moment))
    text = corrections_file.as_csv(rows) if form == "csv" else corrections_file.as_json_lines(rows)
    if out is None:
        click.echo(text, nl=False)
    else:
        out.write_text(text, "utf-8", newline="")


def _line(row: Correction) -> str:
    return f"{row.item}  {row.field}  {row.value}  ({row.by}, {row.at}: {row.reason})"
