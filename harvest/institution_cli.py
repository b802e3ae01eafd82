"""`km institution`: the secret link to an institution's report."""

from __future__ import annotations

from urllib.parse import quote

import click

from harvest import health_report
from repository import institutions
from repository.cli_support import Open, emit, json_option, who
from repository.errors import NotFound
from repository.secret import key_of


@click.group()
def institution() -> None:
    """Institutions: what they are told."""


@institution.command("link")
@click.argument("institution_id")
@click.option("--renew", is_flag=True, help="Make another link; the old one leads nowhere from now on.")
@json_option
@click.pass_obj
def link(opened: Open, institution_id: str, renew: bool, as_json: bool) -> None:
    """Print the secret link to an institution's report.

    Example: km institution link sample-library --renew
    """
    memory = opened()
    with memory.database.write() as tx:
        if institutions.find(tx.conn, institution_id) is None:
            raise NotFound(
                "institution_unknown",
                f"그런 기관이 없습니다: {institution_id}",
                f"no such institution: {institution_id}",
            )
        token = health_report.link(tx, institution_id, key_of(memory.settings), who(), renew=renew)
    address = f"{memory.settings.site_url}/reports/{quote(institution_id, safe='')}/{token}"
    emit(as_json, {"institution": institution_id, "url": address}, address)
