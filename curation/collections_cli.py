"""`km collection`: topic collections from files, kept in versions, checked, published, withdrawn, written back."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from curation import collection_check, collection_store
from curation.collection_file import read_file, write
from curation.collection_store import State, Version
from curation.collections import Words
from repository.cli_support import Open, emit, json_option, who

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


class Listed(msgspec.Struct, frozen=True):
    """One collection in the list: its last entry, whether the public sees one of it now, how many works it has."""

    slug: str
    title: Words
    version: int
    state: State
    open: bool
    picks: int
    by: str
    at: str


@click.group()
def collection() -> None:
    """Topic collections: works chosen and laid out by a librarian, each with its reason."""


@collection.command("import")
@click.argument("file", type=_FILE)
@click.option("--by", default=who, help="Who brings it in.")
@json_option
@click.pass_obj
def import_collection(opened: Open, file: Path, by: str, as_json: bool) -> None:
    """Keep a file as its collection's newest version; the public sees it once it is published.

    Example: km collection import curation/sample/seasons-and-feasts.toml
    """
    read = read_file(file)
    with opened().database.write() as tx:
        wrote = collection_store.save(tx, read, by)
    _say(
        as_json, read.slug, wrote, "새 판으로 두었습니다 (kept as a new version)", "그대로입니다 (unchanged)"
    )


@collection.command("check")
@click.argument("file", type=_FILE)
@json_option
@click.pass_obj
def check_collection(opened: Open, file: Path, as_json: bool) -> None:
    """Say what is wrong with a file, writing nothing; exit 1 where it could not be published.

    Example: km collection check curation/sample/seasons-and-feasts.toml
    """
    read = read_file(file)
    with opened().database.read() as conn:
        found = collection_check.check(read, conn)
    emit(
        as_json,
        {"collection": read.slug, "findings": [one.plain() for one in found]},
        "\n".join(one.line() for one in found) or f"{read.slug}: 이상이 없습니다 (nothing is wrong)",
    )
    if any(one.is_error for one in found):
        raise click.exceptions.Exit(1)


@collection.command("publish")
@click.argument("slug")
@click.option("--by", default=who, help="Who publishes.")
@json_option
@click.pass_obj
def publish_collection(opened: Open, slug: str, by: str, as_json: bool) -> None:
    """Show the newest version of a collection to the public; exit 1 where its check finds errors.

    Example: km collection publish seasons-and-feasts
    """
    with opened().database.write() as tx:
        wrote = collection_store.publish(tx, slug, by)
    _say(as_json, slug, wrote, "발행했습니다 (published)", "그대로입니다 (unchanged)")


@collection.command("withdraw")
@click.argument("slug")
@click.option("--by", default=who, help="Who withdraws.")
@json_option
@click.pass_obj
def withdraw_collection(opened: Open, slug: str, by: str, as_json: bool) -> None:
    """Take a collection back from the public; its versions are kept.

    Example: km collection withdraw seasons-and-feasts
    """
    with opened().database.write() as tx:
        wrote = collection_store.withdraw(tx, slug, by)
    _say(as_json, slug, wrote, "거두었습니다 (withdrawn)", "공개되어 있지 않습니다 (was not open)")


@collection.command("list")
@json_option
@click.pass_obj
def list_collections(opened: Open, as_json: bool) -> None:
    """List the collections with the state of their last entry.

    Example: km collection list
    """
    with opened().database.read() as conn:
        last = collection_store.every(conn)
        public = collection_store.public_many(conn, [one.collection.slug for one in last])
    rows = [_listed(one, public.get(one.collection.slug)) for one in last]
    emit(as_json, rows, "\n".join(map(_line, rows)))


@collection.command("export")
@click.argument("slug")
@json_option
@click.pass_obj
def export_collection(opened: Open, slug: str, as_json: bool) -> None:
    """Write the newest version of a collection as a file that imports to the same.

    Example: km collection export seasons-and-feasts > seasons.toml
    """
    with opened().database.read() as conn:
        kept = collection_store.get(conn, slug).collection
    emit(as_json, kept, write(kept).removesuffix("\n"))


def _say(as_json: bool, slug: str, changed: bool, done: str, same: str) -> None:
    emit(as_json, {"collection": slug, "changed": changed}, f"{slug}: {done if changed else same}")


def _listed(last: Version, public: Version | None) -> Listed:
    shown = last.collection
    is_open = public is not None and public.state is State.PUBLISHED
    return Listed(shown.slug, shown.title, last.n, last.state, is_open, shown.count, last.by, last.at)


def _line(row: Listed) -> str:
    open_now = "공개 중 (open)" if row.open else "비공개 (closed)"
    return f"{row.slug}  {row.state}  {open_now}  자료 (works) {row.picks}  {row.title.text('ko')}"
