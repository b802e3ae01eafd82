"""`km words`: what people and machines say instead of a picture, and where nobody has said anything yet."""

from __future__ import annotations

from datetime import datetime
from typing import BinaryIO

import click
from sqlalchemy import Connection

from repository import assets, machine_words, picture_words, wording
from repository.asset import PERSON
from repository.cli_support import Open, emit, json_option, who
from repository.errors import NotFound
from repository.machine_words import checked
from repository.picture_words import ALT, DESCRIPTION, Kept, Written
from repository.urls import Urls
from repository.wording import Gap

_TEXTS = {
    "alt_ko": (ALT, "ko"),
    "alt_en": (ALT, "en"),
    "long_ko": (DESCRIPTION, "ko"),
    "long_en": (DESCRIPTION, "en"),
}
_NAMES = [name.replace("_", "-") for name in _TEXTS]


@click.group()
def words() -> None:
    """Words for pictures: alternative texts and long descriptions."""


@words.command("set")
@click.argument("asset")
@click.option("--alt-ko", help="Alternative text in Korean: what is to be seen, in one or two sentences.")
@click.option("--alt-en", help="Alternative text in English.")
@click.option("--long-ko", help="Long description in Korean.")
@click.option("--long-en", help="Long description in English.")
@click.option("--withdraw", multiple=True, type=click.Choice(_NAMES), help="Withdraw what a person wrote.")
@click.option("--reason", default="", help="Why these words are better.")
@click.option("--by", default=who, help="Who writes.")
@click.pass_obj
def set_words(
    opened: Open, /, asset: str, withdraw: tuple[str, ...], reason: str, by: str, **texts: str | None
) -> None:
    """Write about a file; a person's words stand before all others and stay through every harvest.

    Example: km words set 7kq3x0m2v8h4t1 --alt-ko "보름달 아래 여럿이 손을 잡고 둥글게 돈다" --reason 처음
    """
    written = [
        Written(field, lang, checked(field, lang, value), PERSON, reason=reason, by=by)
        for name, (field, lang) in _TEXTS.items()
        if (value := texts[name]) is not None
    ]
    withdrawn = [Written(*_TEXTS[name.replace("-", "_")], "") for name in withdraw]
    if not written and not withdrawn:
        raise click.UsageError("a text or --withdraw is needed")
    with opened().database.write() as tx:
        wording.write(tx, asset, [*withdrawn, *written])


@words.command("import")
@click.argument("file", type=click.File("rb"))
@click.option("--machine", required=True, help="Name and version of the model that wrote.")
@click.option("--made", type=click.DateTime(["%Y-%m-%d"]), help="The day, for lines that do not say it.")
@click.option("--by", default=who, help="Who brings it.")
@json_option
@click.pass_obj
def import_words(
    opened: Open, file: BinaryIO, machine: str, made: datetime | None, by: str, as_json: bool
) -> None:
    """Take in what a machine wrote, as JSON Lines; it is seen where no person and no institution has written.

    Example: km words import seen.jsonl --machine "seer 2.1" --made 2026-11-20
    """
    day = made.date().isoformat() if made else ""
    found = machine_words.take(opened().database, file, machine, day, by)
    told = [f"  {one.line}: {one.code}: {one.text}" for one in found.refusals]
    sums = f"written {found.written}, same {found.same}, refused {found.refused}"
    emit(as_json, found, "\n".join([sums, *told]))
    if found.refused:
        raise click.exceptions.Exit(1)


@words.command("gaps")
@click.option("--institution", default="", help="Only of this provider.")
@click.option("--after", default="", help="Only files after this one: the last of the list before.")
@click.option("--most", type=click.IntRange(1, 10_000), default=100, help="How many.")
@json_option
@click.pass_obj
def gaps(opened: Open, institution: str, after: str, most: int, as_json: bool) -> None:
    """List files that can be shown and have no alternative text, with the address of each picture.

    Example: km words gaps --institution sample-museum --json
    """
    memory = opened()
    urls = Urls(memory.settings.site_url)
    with memory.database.read() as conn:
        found = [_gap(one, urls) for one in wording.lacking(conn, institution, after, most)]
    emit(as_json, found, "\n".join(f"{one['asset']}  {one['label']}  {one['page']}" for one in found))


def _gap(gap: Gap, urls: Urls) -> dict[str, str]:
    fetched = gap.media_type.startswith("image/")
    address = urls.picture(gap.asset) if fetched else gap.url
    return {"asset": gap.asset, "label": gap.label, "address": address, "page": urls.item_id(gap.item)}


@words.command("list")
@click.argument("asset", required=False)
@click.option("--after", default=0, help="Only after this number: the last of the list before.")
@click.option("--most", type=click.IntRange(1, 10_000), default=100, help="How many.")
@json_option
@click.pass_obj
def list_words(opened: Open, asset: str | None, after: int, most: int, as_json: bool) -> None:
    """List what people and machines wrote, of one file or of all.

    Example: km words list 7kq3x0m2v8h4t1
    """
    with opened().database.read() as conn:
        found = _about(conn, asset) if asset else picture_words.every(conn, after, most)
    emit(as_json, found, "\n".join(_line(one) for one in found))


def _about(conn: Connection, asset: str) -> list[Kept]:
    if (known := assets.find(conn, asset)) is None:
        raise NotFound("asset_unknown", f"없는 파일입니다: {asset}", f"no such file: {asset}")
    return picture_words.about(conn, known.item, known.id)


@words.command("conflicts")
@json_option
@click.pass_obj
def list_conflicts(opened: Open, as_json: bool) -> None:
    """List what a person wrote over words that the institution has changed since.

    Example: km words conflicts --json
    """
    with opened().database.read() as conn:
        found = picture_words.conflicts(conn)
    said = ("; ".join(text.value for text in one.harvested) for one in found)
    emit(as_json, found, "\n".join(f"{_line(one)}  <- {now}" for one, now in zip(found, said, strict=True)))


def _line(one: Kept) -> str:
    source = one.model if one.model else one.by
    return f"{one.id}  {one.asset}  {one.field} {one.lang}  {one.value}  ({one.origin}: {source}, {one.made})"
