"""The command of files: `km harvest media` fetches what is wanted, or asks again for what was fetched."""

from __future__ import annotations

import click

from harvest import media, sources
from repository.cli_support import Open, emit, json_option, progress_bar

_WORDS = {
    "fetched": "받음 (fetched)",
    "refused": "받지 않음 (refused)",
    "gone": "없어짐 (gone)",
    "wanted": "다시 시도할 것 (to be tried again)",
    "unchanged": "그대로 (unchanged)",
    "changed": "바뀜 (changed)",
    "returned": "돌아옴 (returned)",
    "unknown": "알 수 없음 (could not be told)",
}


@click.command("media")
@click.argument("source_id", required=False)
@click.option("--recheck", is_flag=True, help="Ask for fetched files again, only for what changed.")
@click.option(
    "--manifests", is_flag=True, help="Read a source's IIIF manifests again, as after new settings."
)
@click.option("--limit", type=click.IntRange(1), help="At most so many files; 1000 with --recheck.")
@json_option
@click.pass_obj
def harvest_media(
    opened: Open,
    source_id: str | None,
    recheck: bool,
    manifests: bool,
    limit: int | None,
    as_json: bool,
) -> None:
    """Fetch the files that are wanted, of one source or of all.

    Example: km harvest media --recheck sample-library --limit 500
    """
    if manifests and (recheck or limit or not source_id):
        raise click.UsageError("--manifests: SOURCE_ID만 함께 (with SOURCE_ID alone)")
    memory = opened()
    if source_id:
        with memory.database.read() as conn:
            sources.get(conn, source_id)
    with progress_bar("files") as advance:
        if manifests:
            done = media.reread(memory, source_id or "", advance)
        elif recheck:
            done = media.recheck(memory, source_id or "", advance, limit or media.RECHECKED)
        else:
            done = media.fetch_wanted(memory, advance, limit or 0, source_id or "")
    lines = [f"{_WORDS[name]}: {count}" for name, count in sorted(done.items())]
    emit(as_json, done, "\n".join(lines) or "할 일이 없습니다 (nothing to do)")
