"""How heavy pages are, and when their largest part is painted on a slow phone.

    python -m benchmarks.page_speed --base http://127.0.0.1:8080

Each page is opened in a Chromium that has kept nothing, over a slow net (150 ms to and fro, 1.6 Mbit/s down: the
"slow 4G" of Lighthouse) and with a processor slowed four times. Bytes are those of the net, without pictures.
"""

from __future__ import annotations

import argparse
import shutil
from typing import Any, NamedTuple

from playwright.sync_api import Browser, CDPSession, ViewportSize, sync_playwright

from benchmarks.measure import say
from tests.conftest import CHROMIUM_FLAGS, CHROMIUM_NAMES
from tests.public.pages import in_language, kinds

KINDS = ("home", "search", "item-book", "collection")
ROUNDS = 7
SLOW_NET = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}
SLOWED = 4
PHONE: ViewportSize = {"width": 390, "height": 844}
SETTLED_MS = 1500
WATCH = """
  window.painted = 0; window.shifted = 0;
  new PerformanceObserver(list => { for (const one of list.getEntries()) window.painted = one.startTime; })
    .observe({type: 'largest-contentful-paint', buffered: true});
  new PerformanceObserver(list => {
    for (const one of list.getEntries()) if (!one.hadRecentInput) window.shifted += one.value;
  }).observe({type: 'layout-shift', buffered: true});
"""


class Seen(NamedTuple):
    """One visit: ms to the largest paint, layout shift, bytes of fonts, of all else but pictures, requests."""

    painted: float
    shift: float
    fonts: int
    bytes: int
    requests: int


def visit(browser: Browser, address: str, language: str, slow: bool = False) -> Seen:
    """Open a page in a fresh browser context."""
    context = browser.new_context(viewport=PHONE, locale="ko-KR" if language == "ko" else "en-GB")
    page = context.new_page()
    page.add_init_script(WATCH)
    session = context.new_cdp_session(page)
    sizes = _watched(session)
    if slow:
        session.send("Network.emulateNetworkConditions", SLOW_NET)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    page.goto(in_language(address, language), wait_until="networkidle", timeout=120_000)
    page.wait_for_timeout(SETTLED_MS)
    painted, shifted = page.evaluate("() => [window.painted, window.shifted]")
    context.close()
    fonts = sum(size for kind, size in sizes.values() if kind == "Font")
    others = sum(size for kind, size in sizes.values() if kind != "Font")
    return Seen(float(painted), round(float(shifted), 4), fonts, others, len(sizes))


def _watched(session: CDPSession) -> dict[str, tuple[str, int]]:
    """Note the kind and the bytes of the net by request, those of pictures and films left out."""
    kind: dict[str, str] = {}
    sizes: dict[str, tuple[str, int]] = {}

    def received(told: dict[str, Any]) -> None:
        kind[told["requestId"]] = told["type"]

    def finished(told: dict[str, Any]) -> None:
        if kind.get(told["requestId"]) not in ("Image", "Media"):
            sizes[told["requestId"]] = kind.get(told["requestId"], ""), int(told["encodedDataLength"])

    session.on("Network.responseReceived", received)
    session.on("Network.loadingFinished", finished)
    session.send("Network.enable")
    return sizes


def main() -> None:
    """Measure a site that is being served."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--base", required=True)
    base = parser.parse_args().base
    found = kinds(base)
    executable = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    say(
        "| page | language | KiB of fonts | KiB of the rest but pictures | requests | largest paint, ms | shift |"
    )
    say("|---|---|---:|---:|---:|---:|---:|")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_FLAGS)
        for kind in KINDS:
            for language in ("ko", "en"):
                visits = sorted(
                    visit(browser, base + found[kind], language, slow=True) for _ in range(ROUNDS)
                )
                one = visits[ROUNDS // 2]
                worst = max(seen.shift for seen in visits)
                say(
                    f"| {kind} | {language} | {one.fonts / 1024:.0f} | {one.bytes / 1024:.0f} | {one.requests}"
                    f" | {one.painted:.0f} | {worst:.3f} |"
                )


if __name__ == "__main__":
    main()
