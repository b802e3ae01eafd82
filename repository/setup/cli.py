"""The command of set-up: fetch the packages, cut the fonts, and put both in place at once."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from pathlib import Path

import click

from repository.errors import KoreanMemoryError
from repository.setup.fonts import (
    FontFace,
    Slice,
    characters_of,
    cut_frame,
    cut_slices,
    list_faces,
    plan_slices,
    read_frame,
    read_frequency,
    style_sheet,
)
from repository.setup.packages import fetch, read_packages, unpack
from repository.typefaces import FAMILIES

PACKAGES = Path(__file__).resolve().parent.parent / "data" / "vendor.toml"
FRAME = Path(__file__).resolve().parent.parent / "web" / "templates" / "base.html"
PROCESSES = 2
TOGETHER = 12


@click.command()
@click.argument("target", type=click.Path(path_type=Path))
def main(target: Path) -> None:
    """Fetch viewers and fonts, check them, and put them into TARGET/vendor and TARGET/fonts.

    Example: python -m repository.setup.cli var
    """
    target.mkdir(parents=True, exist_ok=True)
    try:
        with tempfile.TemporaryDirectory(prefix=".setup-", dir=target) as folder:
            fetch_packages(Path(folder))
            cut_fonts(Path(folder))
            for part in ("vendor", "fonts"):
                _put_in_place(Path(folder) / part, target / part)
    except KoreanMemoryError as error:
        click.echo(f"{error.ko}\n{error}", err=True)
        sys.exit(1)


def fetch_packages(folder: Path) -> None:
    """Fetch every package of the list and unpack what is wanted of it below a folder."""
    for package in read_packages(PACKAGES):
        click.echo(f"{package.name} {package.version} ({package.licence})")
        tarball = fetch(package, folder)
        unpack(package, tarball, folder)
        tarball.unlink()


def cut_fonts(folder: Path) -> None:
    """Cut the faces for the web: the letters of the frame, and slices of all there are with their style sheet."""
    fonts, web = folder / "fonts", folder / "vendor" / "fonts"
    frame = read_frame(FRAME.read_text(encoding="utf-8"))
    cut_frame(fonts / f"{FAMILIES['sans'].regular}.ttf", frame, web / "frame.woff2")
    (web / "frame.txt").write_text("".join(map(chr, sorted(frame))), encoding="utf-8")
    common = read_frequency((fonts / "frequency.css").read_text(encoding="utf-8"))
    faces: list[FontFace] = []
    with ProcessPoolExecutor(PROCESSES) as pool:
        for family in FAMILIES.values():
            slices = plan_slices(characters_of(fonts / f"{family.regular}.ttf"), common)
            faces += list_faces(family, slices)
            bold = [one for one in slices if one.has_bold]
            jobs = list(_submit(pool, folder, family.regular, slices))
            jobs += _submit(pool, folder, family.bold, bold)
            with click.progressbar(jobs, label=f"{family.name}: {len(slices)} slices") as bar:
                for job in bar:
                    job.result()
    (web / "fonts.css").write_text(style_sheet(faces), encoding="utf-8")


def _submit(pool: Executor, folder: Path, name: str, slices: Sequence[Slice]) -> Iterator[Future[None]]:
    font, target = folder / "fonts" / f"{name}.ttf", folder / "vendor" / "fonts" / name
    target.mkdir()
    for start in range(0, len(slices), TOGETHER):
        yield pool.submit(cut_slices, font, slices[start : start + TOGETHER], target)


def _put_in_place(new: Path, place: Path) -> None:
    """Let a finished folder take the place of an earlier one."""
    old = new.with_name(f"{new.name}.old")
    if place.exists():
        place.rename(old)
    new.rename(place)
    shutil.rmtree(old, ignore_errors=True)


if __name__ == "__main__":
    main()
