"""Fixtures for the real parts (PostgreSQL, Chromium, shared data) and a loud word where one is absent."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.demonstration import Filled, fill_once
from tests.real_postgres import Server, find_binaries, fresh_database, throw_away_server

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
ABSENT = "NOT TESTED HERE: "


def absent(what: str) -> None:
    """Skip for want of a real part, or fail where real parts are required (``KM_REQUIRE_REAL=1``)."""
    if os.environ.get("KM_REQUIRE_REAL") == "1":
        pytest.fail(f"{what} (required: KM_REQUIRE_REAL=1)", pytrace=False)
    pytest.skip(ABSENT + what)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """A real PostgreSQL server: that of ``KM_TEST_POSTGRES`` (libpq style), else one of our own."""
    given = os.environ.get("KM_TEST_POSTGRES")
    binaries = find_binaries()
    if given:
        yield Server(given)
    elif binaries:
        with throw_away_server(binaries) as server:
            yield server
    else:
        absent("PostgreSQL is absent: no initdb in /usr/lib/postgresql/*/bin or on PATH")


@pytest.fixture(scope="module")
def postgres_url(postgres_server: Server) -> Iterator[str]:
    """The SQLAlchemy URL of an empty PostgreSQL database, a new one for each test module."""
    with fresh_database(postgres_server) as url:
        yield url


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The path of a real Chromium, as the distribution packages it."""
    found = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if found is None:
        absent(f"Chromium is absent: none of {', '.join(CHROMIUM_NAMES)} on PATH")
    return Path(str(found))


# Of module scope: between calls Playwright leaves its event loop running in this thread, and other
# modules may want one of their own.
@pytest.fixture(scope="module")
def browser(chromium: Path) -> Iterator[Browser]:
    """A headless browser driven by Playwright."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        yield running
        running.close()


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Filled:
    """The demonstration, filled once for a whole run."""
    own = tmp_path_factory.getbasetemp()
    return fill_once(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data that stands beside the checkout, or where ``KM_TEST_SHARED`` says."""
    data = Path(os.environ.get("KM_TEST_SHARED", ROOT.parent / "shared")) / "data"
    if not data.is_dir():
        pytest.skip(f"{ABSENT}real data is absent: no folder {data} (set KM_TEST_SHARED)")
    return data


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the module that fills the demonstration, and is the longest: others find it filled."""
    items.sort(key=lambda item: item.path.name != "test_accessible.py")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly, last, which real parts the run went without."""
    reasons = {str(report.longrepr[2]) for report in terminalreporter.stats.get("skipped", [])}
    for reason in sorted(reasons):
        text = reason.removeprefix("Skipped: ")
        if text.startswith(ABSENT):
            terminalreporter.write_line(f"!!! {text}", red=True, bold=True)
