"""Drawing all media into the data folder: by two processes, file by file, leaving alone what is there."""

from __future__ import annotations

from collections.abc import Generator
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path

from harvest.sample import film
from harvest.sample.drawings import draw, letters
from harvest.sample.drawings.board import publish
from harvest.sample.provider import ENDPOINTS
from harvest.sample.works import Asset, load

FONTS = Path(__file__).parents[2] / "var" / "fonts"


def wanted(data: Path, tiny: bool = False) -> list[Asset]:
    """The assets whose files are not there yet, the slow ones first. Missing on purpose: never wanted."""
    assets = [
        asset
        for source in ENDPOINTS
        for work in load(source, tiny)
        if not work.missing
        for asset in work.assets
    ]
    missing = [asset for asset in assets if not (data / "media" / asset.path).exists()]
    return sorted(missing, key=lambda asset: (asset.role != "film", -asset.size[0] * asset.size[1]))


def make(asset: Asset, data: Path, fonts: Path = FONTS) -> None:
    """Make one file. It appears whole or not at all. FontsMissing without the faces."""
    letters.use_fonts(fonts)
    path = data / "media" / asset.path
    if asset.role == "film":
        film.write_film(asset, path)
    elif asset.role == "poster":
        film.write_poster(asset, path)
    elif asset.role == "captions":
        film.write_captions(asset, path)
    else:
        publish(draw(asset), path)


def build(
    data: Path, fonts: Path = FONTS, tiny: bool = False, processes: int = 2
) -> Generator[tuple[int, int]]:
    """Make all that is wanted; gives (made, of how many) after each file. Stopped at any point, it goes on later."""
    letters.use_fonts(fonts)
    assets = wanted(data, tiny)
    yield 0, len(assets)
    pool = ProcessPoolExecutor(processes, mp_context=get_context("spawn"))
    try:
        tasks = [pool.submit(make, asset, data, fonts) for asset in assets]
        for number, task in enumerate(as_completed(tasks), start=1):
            task.result()
            yield number, len(assets)
    finally:
        pool.shutdown(cancel_futures=True)
