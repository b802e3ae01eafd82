"""The papers of a release: the card, the credits, the duties, the exclusions and the plan, from what was written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import jinja2
import msgspec

from curation.findings import catalogue
from curation.release.plans import Plan
from curation.release.row import Row
from curation.release.writers import FileEntry, HashingFile, Writer, write_text
from repository.item import canonical
from repository.rights.duties import duty
from repository.rights.vocabulary import marks

EXCLUDED = "EXCLUDED.jsonl"
PLAN = "plan.json"
_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))


class Credit(msgspec.Struct, frozen=True, order=True):
    """Whom to name: a holder, its provider, and the mark that its works carry."""

    holder_ko: str
    holder_en: str
    provider_ko: str
    mark_ko: str
    mark_en: str
    uri: str


class Credits(Writer):
    """Sums up, on the pass, what the papers say: works by holder and mark, by duty, by type, by country."""

    def __init__(self) -> None:
        self.credits: Counter[Credit] = Counter()
        self.duties: Counter[str] = Counter()
        self.marks: set[str] = set()
        self.types: Counter[str] = Counter()
        self.countries: Counter[str] = Counter()
        self.tables: set[str] = set()

    def feed(self, row: Row, body: bytes) -> None:
        """Count one work."""
        rights = row.rights
        credit = Credit(
            row.holder.name_ko,
            row.holder.name_en,
            row.provider.name_ko,
            rights.mark_ko,
            rights.mark_en,
            rights.mark_uri,
        )
        self.credits[credit] += 1
        self.duties.update(rights.train.duties)
        self.marks.add(rights.mark)
        self.types[row.type] += 1
        self.countries.update(rights.cleared_in)
        self.tables.add(rights.table_version)


def excluded(folder: Path, bodies: Iterable[bytes]) -> FileEntry:
    """Write the works that were left out, with their reasons and without their content."""
    out = HashingFile(folder / EXCLUDED)
    for body in bodies:
        out.write(body + b"\n")
    return FileEntry(EXCLUDED, out.bytes, out.finish())


def describe(folder: Path, plan: Plan, credits: Credits) -> list[FileEntry]:
    """Write the card, the credits, the duties and the plan."""
    known: dict[str, Any] = {
        "plan": plan,
        "counts": plan.counts,
        "terms": plan.terms,
        "size": next((name for limit, name in _SIZES if plan.counts.works < limit), "n>1M"),
        "credits": sorted(credits.credits.items()),
        "duties": [(duty(code), works) for code, works in sorted(credits.duties.items())],
        "marks": [marks()[code] for code in sorted(credits.marks)],
        "types": sorted(credits.types.items()),
        "countries": sorted(credits.countries.items()),
        "tables": sorted(credits.tables),
        "reasons": catalogue(),
        "shards": 1 << plan.counts.bits,
    }
    texts = [
        write_text(folder, name, _environment().get_template(name).render(known))
        for name in ("README.md", "ATTRIBUTION.md", "LICENSES.md")
    ]
    return [*texts, write_text(folder, PLAN, plan_json(plan).decode() + "\n")]


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
            "format": 1,
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
