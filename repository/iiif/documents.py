"""PDF documents by pdfium: how many pages, and one page as a picture. Pdfium works in one thread at a time."""

from __future__ import annotations

import threading
from pathlib import Path

import pypdfium2
from PIL import Image

from repository.errors import NotFound
from repository.iiif.refusal import Refused

POINTS_PER_INCH = 72
_one_at_a_time = threading.Lock()


def count_pages(path: Path, most: int) -> int:
    """Count the pages of a document; raises Refused where it is broken, locked, empty or too long."""
    with _one_at_a_time:
        try:
            document = pypdfium2.PdfDocument(path)
        except pypdfium2.PdfiumError as error:
            raise Refused("media_refused_broken", str(error)) from error
        try:
            count = len(document)
        finally:
            document.close()
    if not count:
        raise Refused("media_refused_broken", "no pages")
    if count > most:
        raise Refused("media_refused_size", f"{count} pages")
    return count


def render_page(path: Path, number: int, dpi: int, longest: int) -> Image.Image:
    """Draw a page, counted from 1, at a resolution, its longer side at most `longest` pixels; else NotFound."""
    with _one_at_a_time:
        document = pypdfium2.PdfDocument(path)
        try:
            if not 1 <= number <= len(document):
                raise NotFound("page_unknown", "그런 쪽이 없습니다.", f"There is no page {number}.")
            page = document[number - 1]
            scale = min(dpi / POINTS_PER_INCH, longest / max(*page.get_size(), 1.0))
            drawn: Image.Image = page.render(scale=scale).to_pil().convert("RGB")
            return drawn
        finally:
            document.close()
