"""How a release is loaded: its configurations, as the card, the page and the docs name them, and three lines each.

The lines shown are the lines that the tests run.
"""

from __future__ import annotations

import msgspec

from curation.release.statistics import Statistics

WORKS = "works"
TEXT = "text"
ORIGINALS = "originals"
_PICTURES = ("jpg", "png", "tif", "webp")


class Configuration(msgspec.Struct, frozen=True):
    """One way to load a release: what a row of it is, which files it reads, and how many rows there are.

    The tables are configurations of the release's folder, the shards of `originals` inside it, which has a card of
    its own, because a loader takes all configurations of one folder to be of one form.
    """

    folder: str
    name: str
    path: str
    rows: int
    ko: str
    en: str

    @property
    def is_shards(self) -> bool:
        """Tell whether its files are tar shards."""
        return self.folder == ORIGINALS

    @property
    def record_set(self) -> str:
        """The name by which it is told from all others of the release."""
        return "-".join(filter(None, (self.folder, self.name)))


def configurations(sums: Statistics) -> list[Configuration]:
    """Give the configurations that hold something; what is empty is left out."""
    found = [Configuration("", WORKS, "data/train-*.parquet", sums.works, "저작물", "a work")]
    if sums.texts:
        path = "text/train-*.parquet"
        found.append(Configuration("", TEXT, path, sums.texts, "글이 있는 쪽", "a page with text"))
    found += [
        Configuration(
            ORIGINALS,
            one.code,
            f"{ORIGINALS}/train-{one.code}-*.tar",
            one.files,
            f"{one.code} 원본과 그 설명",
            f"a {one.code} original with its JSON",
        )
        for one in sums.endings
    ]
    return found


def folder_name(name: str, version: str) -> str:
    """Name the folder that a release is downloaded into."""
    return f"{name}-{version}"


def three_lines(folder: str, sums: Statistics) -> str:
    """Give three lines of Python that load a release, beside the folder that it was downloaded into."""
    lines = [
        "from datasets import load_dataset",
        f'works = load_dataset("{folder}", "{WORKS}", split="train")',
    ]
    if pictures := next((one for one in sums.endings if one.code in _PICTURES), None):
        where = f'"{folder}/{ORIGINALS}", "{pictures.code}"'
        lines.append(f'pictures = load_dataset({where}, split="train", streaming=True)')
    else:
        lines.append('print(works[0]["title"], works[0]["rights"]["train"])')
    return "\n".join(lines)
