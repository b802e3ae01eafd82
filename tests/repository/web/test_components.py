"""The page of components shows the pieces, and the colours of the style sheet are far enough apart to be read."""

from __future__ import annotations

import pytest

from repository.web import components
from tests.repository.web.conftest import Site


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_can_be_read_on_every_ground(scheme: str, site: Site) -> None:
    with site.app.test_request_context("/components/"):
        pairs = components.pairs(scheme)
        colours = components.tokens(scheme)
    assert len(pairs) == len(components.TEXTS) * len(components.GROUNDS)
    weak = [pair for pair in pairs if pair.contrast < components.ENOUGH]
    assert weak == []
    assert components.contrast(colours["stage-ink"], colours["stage"]) >= components.ENOUGH
    assert components.contrast(colours["stage-soft"], colours["stage"]) >= components.ENOUGH


def test_the_two_schemes_differ(site: Site) -> None:
    with site.app.test_request_context("/components/"):
        assert components.tokens("light")["paper"] != components.tokens("dark")["paper"]


@pytest.mark.parametrize(
    ("one", "other", "contrast"),
    [("#000", "#fff", 21), ("#ffffff", "#ffffff", 1), ("#767676", "#fff", 4.54), ("#777", "#fff", 4.48)],
)
def test_contrast_is_that_of_the_guidelines(one: str, other: str, contrast: float) -> None:
    assert round(components.contrast(one, other), 2) == round(components.contrast(other, one), 2) == contrast


def test_the_page_shows_the_pieces_and_is_not_for_search_engines(site: Site) -> None:
    page = site.page("/components/")
    for piece in ("search-box", "badge free", "card-picture", "figures", "swatches", 'lang="lzh"', "ᄉᆞᄆᆞᆺ디"):
        assert piece in page
    assert "noindex" in page and 'rel="canonical"' not in page
    assert "contrast of text colours" in site.page("/components/", "en")
