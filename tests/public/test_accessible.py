"""Every kind of page, in both languages, light and dark, on a phone and a desk: axe finds no fault."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.public.pages import in_language

WIDTHS = (360, 1440)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
LANGUAGES = ("ko", "en")
CHANGED_BY_COLOURS = (
    "color-contrast",
    "link-in-text-block",
)  # what a dark scheme can change; the rest stands


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_of_any_kind_has_a_fault(
    language: str, base: str, kinds: dict[str, str], browser: Browser
) -> None:
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    refused: list[str] = []
    page.on(
        "console", lambda said: refused.append(f"{page.url}: {said.text}") if said.type == "error" else None
    )
    page.on("pageerror", lambda error: refused.append(f"{page.url}: {error}"))
    found: dict[str, object] = {}
    for kind, path in kinds.items():
        page.goto(base + in_language(path, language), wait_until="load")
        assert page.locator("html").get_attribute("lang") == language, kind
        page.evaluate(Axe().axe_script)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                if faults := _faults(page, only=() if scheme == "light" else CHANGED_BY_COLOURS):
                    found[f"{kind} {language} {scheme} {width}"] = faults
    context.close()
    assert found == {}
    assert [one for one in refused if "404" not in one] == []


def _faults(page: Page, only: Sequence[str]) -> list[object]:
    """Give what axe finds, and whether the page must be moved sideways (WCAG 2.2, 1.4.10)."""
    wide = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    sideways: list[object] = [f"{wide} pixels too wide"] if wide > 0 else []
    rules = {"runOnly": {"type": "rule", "values": [*only]}} if only else {}
    found = page.evaluate(
        "async options => (await axe.run(options)).violations", {**rules, "resultTypes": ["violations"]}
    )
    return sideways + [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found]
