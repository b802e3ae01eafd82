"""Texts of curators as HTML: paragraphs, emphasis, lists, quotations and links of Markdown, and nothing else."""

from __future__ import annotations

from functools import cache, lru_cache

import nh3
from markdown_it import MarkdownIt

_RULES = ("emphasis", "link", "list", "blockquote", "newline", "escape", "entity")
_TAGS = {"p", "em", "strong", "a", "ul", "ol", "li", "blockquote", "br"}
MOST_KEPT = 2_000  # texts: a published one is the same for every reader
_ADDRESSES = {"http", "https", "mailto"}


@lru_cache(maxsize=MOST_KEPT)
def to_html(text: str) -> str:
    """Turn a curator's text into HTML that is safe to show; HTML in the text stands as text."""
    return nh3.clean(
        _markdown().render(text),
        tags=_TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes=_ADDRESSES,
        link_rel="noopener",
    )


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("zero", {"html": False}).enable(list(_RULES))
