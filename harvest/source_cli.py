"""The commands of sources: `km source`."""

from __future__ import annotations

from pathlib import Path

import click

from harvest import addresses, onboarding, onboarding_ask, onboarding_file, sources
from harvest.client import USER_AGENT
from harvest.onboarding import Judged
from harvest.onboarding_words import Grade, one_line
from harvest.source import Source, check_source, read_source_file
from repository import institutions
from repository.cli_support import Open, emit, json_option, progress_bar
from repository.errors import BadRequest
from repository.intake import Context
from repository.memory import Memory
from repository.problems import Problem

HOSTS = 10


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
    """List the sources, with their schedules.

    Example: km source list
    """
    with opened().database.read() as conn:
        known, states = sources.every(conn), sources.states(conn)
    emit(
        as_json,
        [
            {"id": row.id, "endpoint": row.endpoint, "state": states[row.id], "schedule": row.schedule}
            for row in known
        ],
        "\n".join(f"{row.id}  {states[row.id]}  {row.endpoint}  {row.schedule}".rstrip() for row in known),
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
@click.option("--prefix", default="", help="Look at this format only.")
@click.option("--records", default=50, type=click.IntRange(1, 500), help="About how many records to read.")
@click.option(
    "--pace", default=onboarding.PACE, type=click.FloatRange(0, 60), help="Seconds between requests."
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write the proposal here.")
@json_option
@click.pass_obj
def check(
    opened: Open, url: str, prefix: str, records: int, pace: float, out: Path | None, as_json: bool
) -> None:
    """Look at an OAI-PMH endpoint nobody knows yet, say what a harvest will meet, and propose a source file.

    Exit 0: it can be harvested; 1: it can, with serious problems; 2: it cannot. Nothing is stored.

    Example: km source check http://127.0.0.1:8091/library/oai --out library.toml
    """
    endpoint = onboarding_ask.endpoint_of(url)
    check_source(Source("check", "", "", endpoint, ""))
    memory = opened()
    agent = f"{USER_AGENT} {memory.settings.contact}".strip()
    with progress_bar("check", total=onboarding_ask.REQUESTS) as advance:
        asked = onboarding_ask.ask(endpoint, agent, prefix, pace, advance)
    rows = onboarding.read(asked.samples, records)
    hosts = list(onboarding.media_hosts(rows))[:HOSTS]
    context = Context({}, memory.rules, memory.database.clock().year)
    judged = onboarding.judge(asked, rows, {host: _is_public(host) for host in hosts}, context)
    proposal = onboarding_file.propose(judged, _taken(memory, endpoint))
    if out is not None:
        _write_new(out, proposal)
    emit(as_json, {"found": judged, "proposal": proposal}, _text(judged, proposal, out))
    if judged.exit:
        raise click.exceptions.Exit(judged.exit)


def _taken(memory: Memory, endpoint: str) -> set[str]:
    """Give the ids of other sources; none where there is no installation yet."""
    if not memory.database.is_current():
        return set()
    with memory.database.read() as conn:
        return {known.id for known in sources.every(conn) if known.endpoint != endpoint}


def _is_public(host: str) -> bool | None:
    """Tell whether a host of files is public; None where there is no such name."""
    found = addresses.check(f"http://{host}/")
    if isinstance(found, Problem):
        return False if found.code == "media_refused_host" else None
    return True


def _write_new(path: Path, text: str) -> None:
    """Write a file that must not exist yet."""
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise BadRequest(
            "file_not_written", f"파일을 쓸 수 없습니다: {path}", f"cannot write {path}: {error.strerror}"
        ) from error


def _text(judged: Judged, proposal: str, out: Path | None) -> str:
    identity = judged.identity
    lines = [judged.endpoint]
    if identity is not None:
        lines.append(one_line(" · ".join(filter(None, (identity.name, *identity.admin_emails)))))
        lines.append(
            one_line(
                f"규약 (protocol) {identity.protocol}, 세밀도 (granularity) {identity.granularity}, "
                f"가장 이른 날짜 (earliest) {identity.earliest}"
            )
        )
    for said in judged.said:
        mark = "!" if said.grade is not Grade.NOTE else "-"
        lines.append(f"{mark} {said.ko} ({said.en})")
    lines.append(f"요청 {judged.requests}번, 기록 {judged.records}건 (requests, records read)")
    return "\n".join([*lines, "", f"{out}: 썼습니다 (written)" if out else proposal.rstrip()])
