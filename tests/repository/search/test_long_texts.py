"""Long texts are cut word by word; what comes of it is what the analyser finds in the whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repository.search import long_texts
from repository.search.analysis import TEXT_FORMS, analyse
from repository.search.document import SENTENCES_APART

PIECES = st.sampled_from(
    [
        *" ·-'’ʻ.,()「」\t\n\u00a0\u3000\u200b1",
        *"가렬률녀노들",
        *"漢字女六龜不樂",
        "朝鮮王朝實錄",
        "訓民正音은",
        "Hunmin",
        "chŏng-ŭm",
        "K'ukpo",
        "Straße",
        "ﬁn",
        "세종대왕이",
        "ᄒᆞᆫ글",
        "나랏말ᄊᆞ미",
        "中" * 20,
        "x" * 130,
    ]
)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "훈민정음(訓民正音)은 世宗 二十八年에 반포되었다.",
        "Hunmin 한글 chŏngŭm, Haerye-bon K'ukpo",
        "不樂 樂器 女人 列女傳 烈 率 比率",
        "「漢」 字 漢· 字 漢 ·字",
    ],
)
def test_a_text_is_cut_as_the_analyser_does(text: str) -> None:
    same(text)


@given(st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=80))
def test_any_text_is_cut_as_the_analyser_does(text: str) -> None:
    same(text)


def same(text: str) -> None:
    found = analyse(text, long=True)
    expected = [[token.text for token in getattr(found, form)] for form in TEXT_FORMS]
    assert [[one for one in form if one != SENTENCES_APART] for form in long_texts.tokens(text)] == expected
