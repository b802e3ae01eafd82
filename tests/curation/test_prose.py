"""Curators' texts become safe HTML."""

from __future__ import annotations

import pytest

from curation.prose import to_html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("하나\n\n둘", "<p>하나</p>\n<p>둘</p>\n"),
        ("*힘*과 **더 큰 힘**", "<p><em>힘</em>과 <strong>더 큰 힘</strong></p>\n"),
        ("[실록](https://example.org/)", '<p><a href="https://example.org/" rel="noopener">실록</a></p>\n'),
        ("- 하나\n- 둘", "<ul>\n<li>하나</li>\n<li>둘</li>\n</ul>\n"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>\n"),
        (
            "![x](https://example.org/x.png)",
            '<p>!<a href="https://example.org/x.png" rel="noopener">x</a></p>\n',
        ),
        ("# 제목 아님", "<p># 제목 아님</p>\n"),
    ],
)
def test_a_subset_of_markdown(text: str, html: str) -> None:
    assert to_html(text) == html
