"""The papers of a release: the card, the credits, the duties, the exclusions and the plan, from what was counted."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import jinja2

from curation.findings import catalogue
from curation.release import statistics
from curation.release.loading import ORIGINALS, configurations, folder_name, three_lines
from curation.release.plans import Plan
from curation.release.statistics import STATISTICS, Statistics
from curation.release.writers import FileEntry, HashingFile, write_text
from repository.item import canonical
from repository.rights.duties import duty
from repository.rights.vocabulary import marks

EXCLUDED = "EXCLUDED.jsonl"
PLAN = "plan.json"
_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))


def excluded(folder: Path, bodies: Iterable[bytes]) -> FileEntry:
    """Write the works that were left out, with their reasons and without their content."""
    out = HashingFile(folder / EXCLUDED)
    for body in bodies:
        out.write(body + b"\n")
    return FileEntry(EXCLUDED, out.bytes, out.finish())


def describe(folder: Path, plan: Plan, sums: Statistics) -> list[FileEntry]:
    """Write the card, the credits, the duties, the sums and the plan."""
    known: dict[str, Any] = {
        "plan": plan,
        "terms": plan.terms,
        "sums": sums,
        "size": next((name for limit, name in _SIZES if sums.works < limit), "n>1M"),
        "duties": [duty(share.code) for share in sums.duties],
        "marks": [marks()[share.code] for share in sums.marks],
        "reasons": catalogue(),
        "configs": configurations(sums),
        "folder": folder_name(plan.name, plan.version),
        "three": three_lines(folder_name(plan.name, plan.version), sums),
        "shards": 1 << plan.counts.bits,
    }
    texts = [
        write_text(folder, name, _environment().get_template(name.replace("/", "-")).render(known))
        for name in ("README.md", f"{ORIGINALS}/README.md", "ATTRIBUTION.md", "LICENSES.md")
    ]
    return [
        *texts,
        write_text(folder, STATISTICS, statistics.encode(sums).decode()),
        write_text(folder, PLAN, plan_json(plan).decode() + "\n"),
    ]


def plan_json(plan: Plan) -> bytes:
    """Write the plan's terms, sums and digest, with the only date that a release holds of its own."""
    return canonical(
        {
            "name": plan.name,
            "version": plan.version,
            "frozen_at": plan.at,
            "digest": plan.digest,
            "terms": plan.terms,
            "counts": plan.counts,
            "format": 2,
        }
    )


def _cell(text: str) -> str:
    """Make a text safe inside a Markdown table."""
    return " ".join(text.replace("|", "\\|").replace("<", "&lt;").split())


def human_bytes(size: int) -> str:
    """Write a number of bytes as people read it, in powers of 1000."""
    amount = float(size)
    for unit in ("B", "kB", "MB", "GB"):
        if amount < 1000:
            return f"{amount:.0f} {unit}" if unit == "B" else f"{amount:.1f} {unit}"
        amount /= 1000
    return f"{amount:.1f} TB"


@cache
def _environment() -> jinja2.Environment:
    loader = jinja2.FunctionLoader(
        lambda name: (files("curation.release") / "texts" / name).read_text("utf-8")
    )
    environment = jinja2.Environment(
        loader=loader,
        autoescape=False,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(cell=_cell, size=human_bytes)
    return environment
