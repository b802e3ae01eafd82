"""The core's commands: `km takedown`, `km rights`, `km rebuild manifests|derivatives`."""

from __future__ import annotations

import click
from sqlalchemy import Connection

from repository import assets, decisions, intake, items, refresh, takedowns
from repository.cli_support import Open, emit, json_option, progress_bar, who
from repository.errors import NotFound
from repository.presentation import presenter_of
from repository.rights.explain import explain
from repository.takedowns import TakedownKind


@click.command("takedown")
@click.argument("subject")
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in TakedownKind]),
    default="rights",
    help="Why it is taken down.",
)
@click.option("--reason", required=True, help="A sentence that the public may read.")
@click.option("--lift", is_flag=True, help="Lift the takedown instead.")
@click.option("--by", default=who, help="Who decides.")
@click.pass_obj
def takedown(opened: Open, subject: str, kind: str, reason: str, lift: bool, by: str) -> None:
    """Withdraw an item, or one file of it, from every public door at once, or let it come back.

    Example: km takedown 96sc7eh09kjd8q --kind rights --reason "유족의 요청"
    """
    memory = opened()
    with memory.database.write() as tx:
        item = _item_of(tx.conn, subject)
        if lift:
            takedowns.lift(tx, subject)
        else:
            takedowns.add(tx, subject, TakedownKind(kind), reason, by)
        intake.decide(tx, memory.context(tx, by), item)


def _item_of(conn: Connection, subject: str) -> str:
    """Give the item that a subject is, or that the file belongs to."""
    if items.find(conn, subject) is not None:
        return subject
    if (file := assets.find(conn, subject)) is not None:
        return file.item
    raise NotFound("item_unknown", f"없는 자료나 파일입니다: {subject}", f"no such item or file: {subject}")


@click.group()
def rights() -> None:
    """Rights: what was decided, why, and what waits for a person."""


@rights.command("explain")
@click.argument("item")
@click.option("--lang", default="ko", help="ko or en.")
@json_option
@click.pass_obj
def explain_rights(opened: Open, item: str, lang: str, as_json: bool) -> None:
    """Say what may be done with an item, why, and what the decision rests on.

    Example: km rights explain 96sc7eh09kjd8q --lang en
    """
    with opened().database.read() as conn:
        current = decisions.current(conn, item)
    if current is None:
        raise NotFound("decision_unknown", f"결정이 없습니다: {item}", f"nothing decided on {item}")
    emit(
        as_json,
        current,
        "\n".join(explain(current.decision, lang).sentences()),
    )


@click.command("manifests")
@click.pass_obj
def rebuild_manifests(opened: Open) -> None:
    """Build every manifest anew.

    Example: km rebuild manifests
    """
    memory = opened()
    with progress_bar("manifests") as advance:
        refresh.rebuild_manifests(memory, presenter_of(memory.settings), advance)


@click.command("derivatives")
@click.pass_obj
def rebuild_derivatives(opened: Open) -> None:
    """Make every pyramid, thumbnail and poster anew from the originals.

    Example: km rebuild derivatives
    """
    with progress_bar("files") as advance:
        refresh.rebuild_derivatives(opened(), advance)
