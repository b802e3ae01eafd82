"""An invented collection for the benchmark of search: documents with the frequencies of real words.

Document n is a pure function of n. Words are compounds of two common Hanja with their readings, drawn by Zipf's
law, so that some stand in one document of three and most in a few; titles are in Hangul, half of them in Hanja
too and a third in Roman letters; notes are sentences with particles. Nothing of it means anything.
"""

from __future__ import annotations

import random
import re
from bisect import bisect
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from benchmarks.corpus import words
from repository.identifiers import mint
from repository.search.document import SearchDocument, seq_of
from repository.search.hanja import read

COMMON = (
    "天地人山川江海水火木金土日月星風雨雪雲花草竹松梅蘭菊柳桃李春夏秋冬東西南北中上下左右前後內外大小高低長短新古今年"
    "時朝夕夜明暗白黑靑黃赤紅綠王君臣民父母子女兄弟夫婦男老少師友客主國家城村里宮門堂樓亭臺寺塔佛僧經書文字詩歌"
    "樂舞圖記錄傳志史集卷冊印版刻碑石玉銀銅鐵器甁壺盤劍弓車船馬牛羊犬鷄龍虎鶴龜鳳魚鳥心身手足目耳口面頭血氣"
    "德道義禮智信忠孝勇仁愛喜怒哀思想言語聲音名號法律制度軍兵戰陣農商工業市場路橋田園池泉井谷峯嶺島浦津驛館院"
    "學敎科試官職守令使節命敬奉安平和樂福壽康寧貴富貧賤生死病藥醫食酒茶米麥布絲衣冠帶扇筆墨紙硯琴鼓笛鐘祭祀葬墓"
)  # fmt: skip
VOCABULARY = 60_000
SUBJECTS, PLACES, HOLDERS = 2_000, 260, 27
PARTICLES = ("", "", "의", "을", "에", "은", "이", "와", "에서", "으로")
FORMS = ("도", "전", "집", "록", "첩", "지", "문", "비")
TYPES = ("book", "book", "manuscript", "map", "painting", "photograph", "photograph", "document", "object")
_INITIALS = re.split(" ", "g kk n d tt r m b pp s ss  j jj ch k t p h")
_VOWELS = re.split(" ", "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i")
_FINALS = re.split(" ", " k k k n n n t l k m l l l p l m p p t t ng t t k t p t")


class Word(NamedTuple):
    """A word in its three scripts."""

    hangul: str
    hanja: str
    latin: str


@cache
def vocabulary() -> tuple[Word, ...]:
    """Give the words, the most frequent first."""
    drawn = random.Random("words")
    found: dict[str, Word] = {}
    while len(found) < VOCABULARY:
        hanja = "".join(drawn.choices(COMMON, k=drawn.choice((2, 2, 2, 3))))
        found.setdefault(hanja, word(hanja))
    return tuple(found.values())


def word(hanja: str) -> Word:
    """Read a compound of Hanja."""
    hangul = read(hanja)
    return Word(hangul, hanja, latin(hangul))


def latin(hangul: str) -> str:
    """Write Hangul in Roman letters, syllable by syllable, as people do who know no rules of assimilation."""
    codes = [ord(syllable) - 0xAC00 for syllable in hangul]
    return "".join(
        _INITIALS[code // 588] + _VOWELS[code // 28 % 21] + _FINALS[code % 28] for code in codes
    ).capitalize()


@cache
def _weights() -> list[float]:
    return list(accumulate(1 / (rank + 3) for rank in range(VOCABULARY)))


class Lot(random.Random):
    """The choices of one document."""

    def word(self) -> Word:
        """Draw a word by Zipf's law."""
        weights = _weights()
        return vocabulary()[bisect(weights, self.random() * weights[-1])]

    def words(self, least: int, most: int) -> list[Word]:
        """Draw some words."""
        return [self.word() for _ in range(self.randint(least, most))]


def document(number: int) -> SearchDocument:
    """Make document n."""
    lot = Lot(number)
    item = mint("search", str(number))
    title = lot.words(1, 3)
    year = lot.choice((None, *([lot.randint(600, 2000)] * 9)))
    makers = [_maker(lot) for _ in range(lot.choice((0, 1, 1, 2)))]
    place = _place(lot.randrange(PLACES))
    texts = {
        "titles": _titles(lot, title),
        "makers": tuple(name for maker in makers for name in maker),
        "subjects": tuple(vocabulary()[lot.randrange(SUBJECTS)].hangul for _ in range(lot.randint(1, 3))),
        "places": (place,),
        "holders": (f"가상기관 {number % HOLDERS}",),
        "identifiers": (item, f"K{number}"),
        "notes": (_note(lot),),
    }
    facets = _facets(lot, number, year) | {"place": (place,)}
    return SearchDocument(item, seq_of(item), texts, facets, year, year, digest=f"{number:064x}")


def _titles(lot: Lot, title: list[Word]) -> tuple[str, ...]:
    form = lot.choice(FORMS)
    found = [" ".join(one.hangul for one in title) + form]
    if lot.random() < 0.5:
        found.append("".join(one.hanja for one in title))
    if lot.random() < 0.3:
        found.append(" ".join(one.latin for one in title))
    return tuple(found)


def _maker(lot: Lot) -> tuple[str, ...]:
    (surname, han), given = lot.choice(words.SURNAMES), word("".join(lot.choices(COMMON, k=2)))
    return (surname + given.hangul, han + given.hanja)[: lot.choice((1, 2, 2))]


def _place(number: int) -> str:
    return vocabulary()[VOCABULARY // 2 + number].hangul


def _note(lot: Lot) -> str:
    sentences = lot.choices((1, 2, 4), k=1)[0]
    return " ".join(
        " ".join(one.hangul + lot.choice(PARTICLES) for one in lot.words(6, 14)) + "이다."
        for _ in range(sentences)
    )


def _facets(lot: Lot, number: int, year: int | None) -> dict[str, tuple[str, ...]]:
    reuse = lot.choice(("yes", "yes_with", "ask", "no"))
    return {
        "type": (lot.choice(TYPES),),
        "holder": (f"h{number % HOLDERS}",),
        "provider": (f"h{number % HOLDERS}",),
        "century": () if year is None else (str((year - 1) // 100 + 1),),
        "language": (lot.choice(("ko", "ko", "ko", "lzh", "ja")),),
        "collection": (f"c{number % 211}",) if number % 50 == 0 else (),
        "view": ("yes" if reuse != "no" else "no",),
        "reuse": (reuse,),
        "train": ("yes" if reuse == "yes" else "no",),
        "viewable": ("yes" if reuse != "no" else "no",),
    }


def documents(first: int, last: int) -> Iterator[SearchDocument]:
    """Make a range of documents."""
    return (document(number) for number in range(first, last))
