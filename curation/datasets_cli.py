"""`km dataset`: plans, releases and their publication, and the check of a downloaded release, offline."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from curation import dataset_lines as lines
from curation.release import plans, publish, releases, revocations
from curation.release.build import build, folder_of
from curation.release.diff import diff
from curation.release.freeze import freeze
from curation.release.terms import GIGABYTE, Terms
from curation.release.verify import verify
from repository.cli_support import Open, emit, json_option, progress_bar
from repository.item import TYPES


@click.group()
def dataset() -> None:
    """Data sets: releases of works that are cleared for AI training, with the evidence."""


@dataset.command("plan")
@click.argument("name")
@click.argument("version")
@click.option("--title-ko", default="", help="Its title in Korean.")
@click.option("--title-en", default="", help="Its title in English.")
@click.option("--institution", "institutions", multiple=True, help="Only what it holds or provides.")
@click.option("--type", "types", type=click.Choice(TYPES), multiple=True, help="Only works of this type.")
@click.option("--collection", default="", help="Only the works of this published collection.")
@click.option("--country", "countries", multiple=True, default=("KR",), help="Where all must be cleared.")
@click.option("--shard-bytes", type=click.IntRange(min=1), default=GIGABYTE, help="Originals in one file.")
@json_option
@click.pass_obj
def plan_dataset(opened: Open, /, name: str, version: str, as_json: bool, **asked: Any) -> None:
    """Look at every work and freeze which are chosen, and why the others are left out.

    Example: km dataset plan free 1.0.0 --title-en "Free works" --type book --type map
    """
    with progress_bar("works") as advance:
        plan = freeze(opened(), name, version, Terms(**asked), advance)
    emit(as_json, plan, lines.of_plan(plan))


@dataset.command("build")
@click.argument("name")
@click.argument("version")
@json_option
@click.pass_obj
def build_dataset(opened: Open, name: str, version: str, as_json: bool) -> None:
    """Build a frozen plan into a folder, whole or not at all; exit 1 where its checks find something.

    Example: km dataset build free 1.0.0
    """
    memory = opened()
    with memory.database.read() as conn:
        plan = plans.find(conn, name, version)
    with progress_bar("bytes", plan.counts.bytes if plan else None) as advance:
        release = build(memory, name, version, advance)
    with memory.database.read() as conn:
        row = lines.standing(plans.get(conn, release.plan), release)
    folder = str(folder_of(memory, name, version))
    emit(as_json, {"release": row, "folder": folder}, f"{lines.of_standing(row)}\n{folder}")


@dataset.command("publish")
@click.argument("name")
@click.argument("version")
@json_option
@click.pass_obj
def publish_dataset(opened: Open, name: str, version: str, as_json: bool) -> None:
    """Open a built release to the public; what is no longer cleared is recalled at once.

    Example: km dataset publish free 1.0.0
    """
    memory = opened()
    release = publish.publish(memory, name, version)
    with memory.database.read() as conn:
        row = lines.standing(plans.get(conn, release.plan), release)
        recalled = sorted(revocations.withheld(conn, release.plan))
    text = f"{lines.of_standing(row)}  회수 (recalled) {len(recalled)}"
    emit(as_json, {"release": row, "recalled": recalled}, text)


@dataset.command("withdraw")
@click.argument("name")
@click.argument("version")
@json_option
@click.pass_obj
def withdraw_dataset(opened: Open, name: str, version: str, as_json: bool) -> None:
    """Close a published release to the public; its plan and files are kept.

    Example: km dataset withdraw free 1.0.0
    """
    wrote = publish.withdraw(opened(), name, version)
    said = "거두었습니다 (withdrawn)" if wrote else "공개되어 있지 않습니다 (was not open)"
    emit(as_json, {"name": name, "version": version, "changed": wrote}, f"{name} {version}: {said}")


@dataset.command("list")
@json_option
@click.pass_obj
def list_datasets(opened: Open, as_json: bool) -> None:
    """List every plan with what became of it.

    Example: km dataset list
    """
    with opened().database.read() as conn:
        made = {(one.name, one.version): one for one in releases.every(conn)}
        rows = [lines.standing(plan, made.get((plan.name, plan.version))) for plan in plans.every(conn)]
    emit(as_json, rows, "\n".join(map(lines.of_standing, rows)))


@dataset.command("verify")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--recalls",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The feed of recalls, downloaded: names the works in the folder that were recalled since.",
)
@json_option
def verify_dataset(folder: Path, recalls: Path | None, as_json: bool) -> None:
    """Verify a downloaded release, offline; exit 1 naming every file that is not as it was built.

    Example: km dataset verify free-1.0.0 --recalls revocations.jsonl
    """
    total = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    with progress_bar("bytes", total) as advance:
        report = verify(folder, advance, recalls)
    emit(as_json, lines.plain_report(report), lines.of_report(folder.name, report))
    if not report.is_whole:
        raise click.exceptions.Exit(1)


@dataset.command("diff")
@click.argument("name")
@click.argument("old")
@click.argument("new")
@json_option
@click.pass_obj
def diff_dataset(opened: Open, name: str, old: str, new: str, as_json: bool) -> None:
    """Name the works that were added (+), removed (-) or changed (~) from one version to another.

    Example: km dataset diff free 1.0.0 1.1.0
    """
    with opened().database.read() as conn:
        found = diff(conn, name, old, new)
    emit(as_json, found, lines.of_difference(found))
