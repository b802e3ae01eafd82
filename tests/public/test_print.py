"""A work is printed on one sheet: its picture, what it is, and what may be done with it."""

from __future__ import annotations

import pypdfium2
import pytest
from playwright.sync_api import Browser

from tests.public.pages import in_language


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("kind", ["item-book", "item-film", "item-closed"])
def test_a_work_is_printed_on_one_sheet(
    kind: str, language: str, base: str, kinds: dict[str, str], browser: Browser
) -> None:
    page = browser.new_page()
    page.goto(base + in_language(kinds[kind], language), wait_until="networkidle")
    printed = pypdfium2.PdfDocument(page.pdf(format="A4"))
    text = printed[0].get_textpage().get_text_range()
    page.close()
    assert len(printed) == 1
    assert ("쓸 수 있는 범위" if language == "ko" else "What you may do") in text or "rights" in text.lower()
    assert base in text  # the address stands on the sheet
