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
    Face,
    Family,
    Slice,
    characters_of,
    cut_slices,
    list_faces,
    plan_slices,
    read_frequency,
    read_texts,
    style_sheet,
)
from repository.setup.packages import fetch, read_packages, unpack

PACKAGES = Path(__file__).resolve().parent.parent / "data" / "vendor.toml"
FAMILIES = (
    Family("Pretendard GOV", "PretendardGOV-Regular", "PretendardGOV-Bold", is_interface=True),
    Family("Noto Serif KR", "NotoSerifKR_400Regular", "NotoSerifKR_700Bold", is_interface=False),
)
PROCESSES = 2
TOGETHER = 12


@click.command()
@click.argument("target", type=click.Path(path_type=Path))
@click.argument("texts", type=click.Path(path_type=Path), nargs=-1)
def main(target: Path, texts: tuple[Path, ...]) -> None:
    """Fetch viewers and fonts, check them, and put them into TARGET/vendor and TARGET/fonts.

    The characters in the files below the folders TEXTS come in one slice of the interface's face.

    Example: python -m repository.setup.cli var repository/web
    """
    target.mkdir(parents=True, exist_ok=True)
    try:
        with tempfile.TemporaryDirectory(prefix=".setup-", dir=target) as folder:
            fetch_packages(Path(folder))
            cut_fonts(Path(folder), texts)
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


def cut_fonts(folder: Path, texts: Sequence[Path]) -> None:
    """Cut the faces for the web and write the style sheet of all their slices."""
    fonts, web = folder / "fonts", folder / "vendor" / "fonts"
    common = read_frequency((fonts / "frequency.css").read_text(encoding="utf-8"))
    interface = read_texts(texts)
    faces: list[Face] = []
    with ProcessPoolExecutor(PROCESSES) as pool:
        for family in FAMILIES:
            groups = (*common, interface) if family.is_interface else common
            slices = plan_slices(characters_of(fonts / f"{family.regular}.ttf"), groups)
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
