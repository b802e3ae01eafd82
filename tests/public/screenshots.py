"""Pictures of every kind of page: both languages, wide and narrow, light and dark, and in print.

    python -m tests.public.screenshots FOLDER [--base http://127.0.0.1:8080]

Without an address a demonstration is filled and served for it. The folder must lie outside the checkout.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from playwright.sync_api import Page, sync_playwright

from repository import ports
from repository.cli_support import progress_bar
from tests.conftest import CHROMIUM_FLAGS, CHROMIUM_NAMES, ROOT
from tests.public.pages import in_language, kinds
from tests.serving import km, site

WIDTHS = {"wide": 1440, "narrow": 390}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
STEP = 700  # pixels scrolled at once, so that pictures further down are loaded


def take(page: Page, base: str, found: dict[str, str], folder: Path) -> Iterator[Path]:
    """Take all pictures; gives each file when it is there."""
    for kind, path in found.items():
        for language in ("ko", "en"):
            page.goto(base + in_language(path, language), wait_until="networkidle")
            for name, width in WIDTHS.items():
                page.set_viewport_size({"width": width, "height": 900})
                _scroll(page)
                for scheme in SCHEMES:
                    page.emulate_media(color_scheme=scheme)
                    yield _kept(folder / f"{kind}-{language}-{name}-{scheme}.png", page)
            page.emulate_media(media="print", color_scheme="light")
            yield _kept(folder / f"{kind}-{language}-print.png", page)
            page.emulate_media(media="screen")


def _kept(file: Path, page: Page) -> Path:
    page.screenshot(path=file, full_page=True)
    return file


def _scroll(page: Page) -> None:
    for top in range(0, page.evaluate("() => document.documentElement.scrollHeight"), STEP):
        page.evaluate("top => scrollTo(0, top)", top)
        page.wait_for_timeout(30)
    page.evaluate("() => scrollTo(0, 0)")
    page.wait_for_load_state("networkidle")


@contextmanager
def _served(given: str) -> Iterator[str]:
    if given:
        yield given
        return
    with tempfile.TemporaryDirectory() as made:
        done = km(Path(made), "demo", sample_port=ports.any_free())
        if done.returncode:
            raise SystemExit(done.stderr)
        with site(Path(made)) as base:
            yield base


def main() -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--base", default="", help="the address of a site that is being served")
    parser.add_argument("--only", default="", help="kinds of page, with commas between")
    given = parser.parse_args()
    folder: Path = given.folder.resolve()
    if folder.is_relative_to(ROOT):
        parser.error(f"{folder} lies in the checkout")
    folder.mkdir(parents=True, exist_ok=True)
    executable = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    with _served(given.base) as base, sync_playwright() as playwright, progress_bar("pictures") as advance:
        browser = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_FLAGS)
        found = kinds(base)
        if given.only:
            found = {kind: found[kind] for kind in given.only.split(",")}
        for _ in take(browser.new_page(), base, found, folder):
            advance(1)
    sys.stdout.write(f"{folder}\n")


if __name__ == "__main__":
    main()
