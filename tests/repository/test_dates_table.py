"""A table of date texts as real sources write them, and the reign years of the National Treasures.

Each row: text | EDTF | precision | earliest year | latest year | calendar | confidence | problem.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from repository.dates import parse
from repository.dates.edtf import bounds

TABLE = """
# Tate
1846 | 1846 | year | 1846 | 1846 | gregorian | exact | -
c.1861 | 1861~ | year | 1861 | 1861 | gregorian | approximate | -
c.1807–10 | 1807~/1810~ | span | 1807 | 1810 | gregorian | approximate | -
1798–9 | 1798/1799 | span | 1798 | 1799 | gregorian | exact | -
c.1797–9 | 1797~/1799~ | span | 1797 | 1799 | gregorian | approximate | -
?1791 | 1791? | year | 1791 | 1791 | gregorian | inferred | -
published 1843 | 1843 | year | 1843 | 1843 | gregorian | exact | -
1858–64 | 1858/1864 | span | 1858 | 1864 | gregorian | exact | -
c.1799–1801 | 1799~/1801~ | span | 1799 | 1801 | gregorian | approximate | -
1799–1800 | 1799/1800 | span | 1799 | 1800 | gregorian | exact | -
exhibited 1808 | 1808 | year | 1808 | 1808 | gregorian | exact | -
after c.1830 | 1830~/.. | open | 1830 | - | gregorian | approximate | -
?1827–9 | 1827?/1829? | span | 1827 | 1829 | gregorian | inferred | -
1976–7, enlarged version 2007 | {1976..1977,2007} | all of | 1976 | 2007 | gregorian | exact | -
1965, printed after 1971 | {1965,1971..} | all of | 1965 | - | gregorian | exact | -
?c.1840–5 | 1840%/1845% | span | 1840 | 1845 | gregorian | approximate | -
before 1866 | ../1866 | open | - | 1866 | gregorian | exact | -
after 1782 | 1782/.. | open | 1782 | - | gregorian | exact | -
first published 1792 | 1792 | year | 1792 | 1792 | gregorian | exact | -
published 1859–61 | 1859/1861 | span | 1859 | 1861 | gregorian | exact | -
designed 1960, manufactured 1999 | {1960,1999} | all of | 1960 | 1999 | gregorian | exact | -
1786 or 1800 | [1786,1800] | one of | 1786 | 1800 | gregorian | inferred | -
1794, reprinted 1831 or later | {1794,1831..} | all of | 1794 | - | gregorian | exact | -
?1808, 1814 | {1808,1814} | all of | 1808 | 1814 | gregorian | inferred | -
circa 1809–11 | 1809~/1811~ | span | 1809 | 1811 | gregorian | approximate | -
1847–8, exhibited 1848 | {1847..1848,1848} | all of | 1847 | 1848 | gregorian | exact | -
1977, reprinted c.1983 | {1977,1983} | all of | 1977 | 1983 | gregorian | approximate | -
1946, published c.1960–4 | {1946,1960..1964} | all of | 1946 | 1964 | gregorian | approximate | -
1995–6, 2007 | {1995..1996,2007} | all of | 1995 | 2007 | gregorian | exact | -
1928, cast 1950s | {1928,195X} | all of | 1928 | 1959 | gregorian | exact | -
1914, cast c.1965 | {1914,1965} | all of | 1914 | 1965 | gregorian | approximate | -
1954, printed later | 1954/.. | open | 1954 | - | gregorian | exact | -
date not known | - | - | - | - | - | unknown | -
1798–5 | - | - | - | - | - | unknown | date_unparsed
c.18799–1802 | - | - | - | - | - | unknown | date_unparsed
# Carnegie Museum of Art
c. 1925 | 1925~ | year | 1925 | 1925 | gregorian | approximate | -
c. 1755-1760 | 1755~/1760~ | span | 1755 | 1760 | gregorian | approximate | -
1890-1950 | 1890/1950 | span | 1890 | 1950 | gregorian | exact | -
20th century | 1901/2000 | span | 1901 | 2000 | gregorian | exact | -
18th-19th century | 1701/1900 | span | 1701 | 1900 | gregorian | exact | -
c. 1930s | 1930~/1939~ | span | 1930 | 1939 | gregorian | approximate | -
c. second half of the 19th century-early 20th century | 1851~/1933~ | span | 1851 | 1933 | gregorian | approximate | -
1988, printed 1990 | {1988,1990} | all of | 1988 | 1990 | gregorian | exact | -
c.1930-1945 | 1930~/1945~ | span | 1930 | 1945 | gregorian | approximate | -
May 1945 | 1945-05 | month | 1945 | 1945 | gregorian | exact | -
1920s | 192X | decade | 1920 | 1929 | gregorian | exact | -
late 19th century | 1868~/1900~ | span | 1868 | 1900 | gregorian | approximate | -
2/11/1917 | 1917 | year | 1917 | 1917 | gregorian | inferred | -
12/16/1918 | 1918-12-16 | day | 1918 | 1918 | gregorian | exact | -
c. late 16th-early 17th century | 1568~/1633~ | span | 1568 | 1633 | gregorian | approximate | -
Qianlong period (1736-1795) | 1736/1795 | span | 1736 | 1795 | chinese-era | approximate | -
late 18th-early 19th century | 1768~/1833~ | span | 1768 | 1833 | gregorian | approximate | -
1925/1947 | 1925/1947 | span | 1925 | 1947 | gregorian | exact | -
2000, designed 1998 | {2000,1998} | all of | 1998 | 2000 | gregorian | exact | -
c. last half of the 19th century | 1851~/1900~ | span | 1851 | 1900 | gregorian | approximate | -
1979, reprinted 1998 | {1979,1998} | all of | 1979 | 1998 | gregorian | exact | -
Autumn 1916 | 1916-23 | season | 1916 | 1916 | gregorian | exact | -
March 1, 1793 | 1793-03-01 | day | 1793 | 1793 | gregorian | exact | -
c. mid- to late-19th century | 1834~/1900~ | span | 1834 | 1900 | gregorian | approximate | -
c. 1870-1880s | 1870~/1889~ | span | 1870 | 1889 | gregorian | approximate | -
c. 1940 - 1945 | 1940~/1945~ | span | 1940 | 1945 | gregorian | approximate | -
Edo period (1603-1867), 19th century | 1801/1900 | span | 1801 | 1900 | gregorian | exact | -
Edo period (1603-1867), c. 1790-1830 | 1790~/1830~ | span | 1790 | 1830 | gregorian | approximate | -
c. 1920s-1930s | 1920~/1939~ | span | 1920 | 1939 | gregorian | approximate | -
no earlier than 1906 | 1906/.. | open | 1906 | - | gregorian | exact | -
1971, printed 2015-2016 | {1971,2015..2016} | all of | 1971 | 2016 | gregorian | exact | -
late Qing? | 1821%/1912% | span | 1821 | 1912 | period | approximate | -
late 1460s | 1467~/1469~ | span | 1467 | 1469 | gregorian | approximate | -
1990s, re-fired 2000 | {199X,2000} | all of | 1990 | 2000 | gregorian | exact | -
1648, printed 19th century | {1648,1801..1900} | all of | 1648 | 1900 | gregorian | exact | -
August-September 1941 | 1941-08/1941-09 | span | 1941 | 1941 | gregorian | exact | -
September - October 1957 | 1957-09/1957-10 | span | 1957 | 1957 | gregorian | exact | -
designed c. 1955-c. 1965 | 1955~/1965~ | span | 1955 | 1965 | gregorian | approximate | -
9th century | 0801/0900 | span | 801 | 900 | gregorian | exact | -
c. 206 BCE - 220 CE | -0205~/0220~ | span | -205 | 220 | gregorian | approximate | -
c. 1000 BCE | -0999~ | year | -999 | -999 | gregorian | approximate | -
c. 1-200 CE | 0001~/0200~ | span | 1 | 200 | gregorian | approximate | -
Han Dynasty, 202 BCE-220 CE | -0201/0220 | span | -201 | 220 | gregorian | exact | -
1-199 CE | 0001/0199 | span | 1 | 199 | gregorian | exact | -
8/1959 | 1959-08 | month | 1959 | 1959 | gregorian | exact | -
mid-17th century | 1634~/1667~ | span | 1634 | 1667 | gregorian | approximate | -
1922 or earlier | ../1922 | open | - | 1922 | gregorian | exact | -
5th-7th century | 0401/0700 | span | 401 | 700 | gregorian | exact | -
c. 1761 - early 1770s | 1761~/1772~ | span | 1761 | 1772 | gregorian | approximate | -
Project: 1902-1907; Drawn 1904 | {1902..1907,1904} | all of | 1902 | 1907 | gregorian | exact | -
1983 (manufactured c. 1995) | {1983,1995} | all of | 1983 | 1995 | gregorian | approximate | -
1945 (manufactured 1953-1957) | {1945,1953..1957} | all of | 1945 | 1957 | gregorian | exact | -
2009, printed in 2015 | {2009,2015} | all of | 2009 | 2015 | gregorian | exact | -
1915, printed posthumously | 1915/.. | open | 1915 | - | gregorian | exact | -
1889, cast later | 1889/.. | open | 1889 | - | gregorian | exact | -
ca. 1925, printed later | 1925~/.. | open | 1925 | - | gregorian | approximate | -
no date | - | - | - | - | - | unknown | -
New Kingdom, 18th Dynasty, c. 1570-1320 BCE | - | - | - | - | - | unknown | date_unparsed
# MIMO, musical instruments, in German
(um) 1800 | 1800~ | year | 1800 | 1800 | gregorian | approximate | -
(vor) 1913 | ../1913 | open | - | 1913 | gregorian | exact | -
2. Hälfte 17. Jahrhundert | 1651~/1700~ | span | 1651 | 1700 | gregorian | approximate | -
1. Hälfte 20. Jahrhundert | 1901~/1950~ | span | 1901 | 1950 | gregorian | approximate | -
vor 1924 | ../1924 | open | - | 1924 | gregorian | exact | -
19. Jahrhundert | 1801/1900 | span | 1801 | 1900 | gregorian | exact | -
ca. 19. Jahrhundert | 1801~/1900~ | span | 1801 | 1900 | gregorian | approximate | -
um 1890 | 1890~ | year | 1890 | 1890 | gregorian | approximate | -
nach 1951 | 1951/.. | open | 1951 | - | gregorian | exact | -
vor 1860? | ../1860? | open | - | 1860 | gregorian | inferred | -
um 1880/1890 | 1880~/1890~ | span | 1880 | 1890 | gregorian | approximate | -
1870 - nach 1921 | 1870/.. | open | 1870 | - | gregorian | exact | -
ca. 1. Hälfte 20. Jahrhundert | 1901~/1950~ | span | 1901 | 1950 | gregorian | approximate | -
Ende 17. Jahrhundert | 1668~/1700~ | span | 1668 | 1700 | gregorian | approximate | -
2. Drittel 17. Jahrhundert | 1634~/1667~ | span | 1634 | 1667 | gregorian | approximate | -
2. Viertel 18. Jahrhundert | 1726~/1750~ | span | 1726 | 1750 | gregorian | approximate | -
ca. um 1910 | 1910~ | year | 1910 | 1910 | gregorian | approximate | -
ca, 1882/1910 | 1882~/1910~ | span | 1882 | 1910 | gregorian | approximate | -
Ene 17. Jahrhundert | - | - | - | - | - | unknown | date_unparsed
17?? | 17XX | century | 1700 | 1799 | gregorian | exact | -
# National Treasures of Korea
선조 36년(1603) | 1603 | year | 1603 | 1603 | korean-reign | exact | -
1281년(충렬왕 7년) | 1281 | year | 1281 | 1281 | korean-reign | exact | -
1512년(중종 7) | 1512 | year | 1512 | 1512 | korean-reign | exact | -
통일신라 경덕왕 10년(751) | 0751 | year | 751 | 751 | korean-reign | exact | -
신라 성덕왕 18년(719) | 0719 | year | 719 | 719 | korean-reign | exact | -
신라 선덕여왕 15년(646) | 0646 | year | 646 | 646 | korean-reign | exact | -
통일신라 헌덕왕 1년(809) | 0809 | year | 809 | 809 | korean-reign | exact | -
백제 위덕왕 10년(563) | 0563 | year | 563 | 563 | korean-reign | exact | -
고구려 평원왕 13년(571) | 0571 | year | 571 | 571 | korean-reign | exact | -
고려 충렬왕 34년(1308) | 1308 | year | 1308 | 1308 | korean-reign | exact | -
고려 충숙왕 17년(1330) | 1330 | year | 1330 | 1330 | korean-reign | exact | -
충숙왕 복위 6년(1337) | 1337 | year | 1337 | 1337 | korean-reign | exact | -
우왕 원년(1375) | 1375 | year | 1375 | 1375 | korean-reign | exact | -
태조 5년(1396) | 1396 | year | 1396 | 1396 | korean-reign | exact | -
선조 31년(1592) | 1592 | year | 1592 | 1592 | gregorian | inferred | date_contradicts
성종 15년(997) | 0997 | year | 997 | 997 | gregorian | inferred | date_contradicts
766년(혜공왕 2) | 0766 | year | 766 | 766 | korean-reign | exact | -
1392년(태조 1) | 1392 | year | 1392 | 1392 | korean-reign | exact | -
1910년(융희 4) | 1910 | year | 1910 | 1910 | korean-era | exact | -
문무왕 13년( 673) | 0673 | year | 673 | 673 | korean-reign | exact | -
1724년(享保 9） | 1724 | year | 1724 | 1724 | japanese-era | exact | -
조선 전기 | 1392~/1592~ | span | 1392 | 1592 | period | approximate | -
고려 초 | 0918~/1018~ | span | 918 | 1018 | period | approximate | -
고려말 | 1270~/1392~ | span | 1270 | 1392 | period | approximate | -
조선후기 | 1592~/1910~ | span | 1592 | 1910 | period | approximate | -
조선 중기 | 1494~/1725~ | span | 1494 | 1725 | period | approximate | -
신라말 | 0780~/0935~ | span | 780 | 935 | period | approximate | -
12세기 | 1101/1200 | span | 1101 | 1200 | gregorian | exact | -
8세기 중엽 | 0734~/0767~ | span | 734 | 767 | gregorian | approximate | -
12세기 전반 | 1101~/1150~ | span | 1101 | 1150 | gregorian | approximate | -
7세기 초 | 0601~/0633~ | span | 601 | 633 | gregorian | approximate | -
14세기말 | 1368~/1400~ | span | 1368 | 1400 | gregorian | approximate | -
17세기 후기~18세기 | 1651~/1800 | span | 1651 | 1800 | gregorian | approximate | -
1세기 | 0001/0100 | span | 1 | 100 | gregorian | exact | -
8세기 중반 | 0734~/0767~ | span | 734 | 767 | gregorian | approximate | -
602∼664 | 0602?/0664? | span | 602 | 664 | gregorian | inferred | -
1011∼1031 | 1011/1031 | span | 1011 | 1031 | gregorian | exact | -
1539∼1615 | 1539/1615 | span | 1539 | 1615 | gregorian | exact | -
1606년 3월 | 1606-03 | month | 1606 | 1606 | gregorian | exact | -
2008년 2월 10일 | 2008-02-10 | day | 2008 | 2008 | gregorian | exact | -
1925년경 | 1925~ | year | 1925 | 1925 | gregorian | approximate | -
# our sample collections
철종 12년(1861) | 1861 | year | 1861 | 1861 | korean-reign | exact | -
1840년대 | 184X | decade | 1840 | 1849 | gregorian | exact | -
순조 원년(1801) | 1801 | year | 1801 | 1801 | korean-reign | exact | -
道光 17年 | 1837 | year | 1837 | 1837 | chinese-era | exact | -
15세기 후반~16세기 전반 | 1451~/1550~ | span | 1451 | 1550 | gregorian | approximate | -
고려 | 0918/1392 | span | 918 | 1392 | period | approximate | -
일제강점기 | 1910/1945 | span | 1910 | 1945 | period | approximate | -
20세기 초 | 1901~/1933~ | span | 1901 | 1933 | gregorian | approximate | -
숙종 4년(1678) 이후 | 1678/.. | open | 1678 | - | korean-reign | exact | -
대한제국기 | 1897/1910 | span | 1897 | 1910 | period | approximate | -
1904년 무렵 | 1904~ | year | 1904 | 1904 | gregorian | approximate | -
1975년 가을 | 1975-23 | season | 1975 | 1975 | gregorian | exact | -
1988. 12. 22. | 1988-12-22 | day | 1988 | 1988 | gregorian | exact | -
昭和 2年 2月 16日 | 1927-02-16 | day | 1927 | 1927 | japanese-era | exact | -
광무 3년(1899) 9월 18일 | 1899-09-18 | day | 1899 | 1899 | korean-era | exact | -
세종 29년 정묘(1447) | 1447 | year | 1447 | 1447 | korean-reign | exact | -
天啓 壬戌(1622) | 1622 | year | 1622 | 1622 | gregorian | exact | -
正德 7年 壬申 | 1512 | year | 1512 | 1512 | chinese-era | exact | -
宣光 7年 丁巳 | 1377 | year | 1377 | 1377 | chinese-era | exact | -
단기 4252년 3월 1일 | 1919-03-01 | day | 1919 | 1919 | dangi | exact | -
건양 원년 4월 7일 | 1896-04-07 | day | 1896 | 1896 | korean-era | exact | -
정조 7년(1783)경 | 1783~ | year | 1783 | 1783 | korean-reign | approximate | -
선조 25년~31년(1592~1598) | 1592/1598 | span | 1592 | 1598 | korean-reign | exact | -
大正 15年(1926) | 1926 | year | 1926 | 1926 | japanese-era | exact | -
단기 4281년(1948) | 1948 | year | 1948 | 1948 | dangi | exact | -
광복 이후 | 1945/.. | open | 1945 | - | gregorian | exact | -
현대 | 1945~/.. | open | 1945 | - | period | approximate | -
1983년 음력 1월 15일 | 1983 | year | 1983 | 1983 | lunar | inferred | -
辛未 閏月 下浣 | - | - | - | - | sexagenary | unknown | date_ambiguous
고종 연간 | - | - | - | - | korean-reign | unknown | date_ambiguous
음력 5월 5일 | - | - | - | - | - | unknown | date_unparsed
연대 미상 | - | - | - | - | - | unknown | -
2021. 10. | 2021-10 | month | 2021 | 2021 | gregorian | exact | -
# forms of the Korean cataloguing rules and of MARC
[18--] | 1800?/1899? | span | 1800 | 1899 | gregorian | inferred | -
[190-?] | 1900?/1909? | span | 1900 | 1909 | gregorian | inferred | -
1890- | 1890/.. | open | 1890 | - | gregorian | exact | -
[ca. 1890] | 1890% | year | 1890 | 1890 | gregorian | approximate | -
[between 1890 and 1900?] | 1890?/1900? | span | 1890 | 1900 | gregorian | inferred | -
光武 3年[1899] | 1899 | year | 1899 | 1899 | korean-era | exact | -
高宗 4[1867] | 1867 | year | 1867 | 1867 | korean-reign | exact | -
檀紀4283[1950] | 1950 | year | 1950 | 1950 | dangi | exact | -
朝鮮後期 | 1592~/1910~ | span | 1592 | 1910 | period | approximate | -
[19世紀末] | 1868%/1900% | span | 1868 | 1900 | gregorian | approximate | -
19世紀 後半 | 1851~/1900~ | span | 1851 | 1900 | gregorian | approximate | -
[刊寫年未詳] | - | - | - | - | - | unknown | -
1819 [i.e. 1918] | 1918? | year | 1918 | 1918 | gregorian | inferred | -
崇禎紀元後三己丑 | 1769 | year | 1769 | 1769 | chinese-era | exact | -
崇禎後再丁丑 | - | - | - | - | chinese-era | unknown | date_ambiguous
乾隆四十五年 | 1780 | year | 1780 | 1780 | chinese-era | exact | -
개국 503년 | 1894 | year | 1894 | 1894 | korean-era | exact | -
20040512 | 2004-05-12 | day | 2004 | 2004 | gregorian | exact | -
2015-05 | 2015-05 | month | 2015 | 2015 | gregorian | exact | -
"""
ROWS = [tuple(line.split(" | ")) for line in TABLE.strip().splitlines() if not line.startswith("# ")]

# "선조 31년(1592)" and "성종 15년(997)" are one year and six years off in the source itself.
DISAGREEING = {"선조 31년(1592)", "성종 15년(997)"}
PAIR = re.compile(
    r"(?P<reign>(?:[가-힣]{1,7}\s+복위|[가-힣]{1,7})\s*(?:\d+|원)년)\s*\(\s*(?P<year>\d{2,4})년?\s*\)"
)


def precision(edtf: str) -> str:
    """Tell how exactly an expression names a time."""
    if edtf[:1] in ("", "[", "{"):
        return {"": "-", "[": "one of", "{": "all of"}[edtf[:1]]
    if "/" in edtf:
        return "open" if ".." in edtf else "span"
    if "X" in edtf:
        return {1: "decade", 2: "century"}[edtf.count("X")]
    parts = edtf.strip("~?%").lstrip("-").split("-")
    if len(parts) == 2:
        return "season" if int(parts[1]) > 12 else "month"
    return {1: "year", 3: "day"}[len(parts)]


def candidates(text: str) -> list[str]:
    """Give what a text may mean: its one reading, or all that the problem names."""
    date, problems = parse(text)
    if date.edtf:
        return [date.edtf]
    named = [one.value.rpartition(": ")[2].split(" · ") for one in problems if one.code == "date_ambiguous"]
    return named[0] if named else []


def test_the_table_is_long_enough_and_says_nothing_twice() -> None:
    assert len(ROWS) == len({row[0] for row in ROWS}) >= 150
    assert {len(row) for row in ROWS} == {8}


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_a_real_date_text(row: tuple[str, ...]) -> None:
    date, problems = parse(row[0])
    read = (
        date.text,
        date.edtf or "-",
        precision(date.edtf),
        "-" if date.earliest is None else str(date.earliest),
        "-" if date.latest is None else str(date.latest),
        date.calendar or "-",
        date.confidence,
        " ".join(one.code for one in problems) or "-",
    )
    assert read == row
    assert not date.edtf or bounds(date.edtf) == (date.earliest, date.latest)


def test_the_reign_years_of_the_national_treasures(shared_data: Path) -> None:
    """Of 145 reign years, read alone, 143 give the common year beside them; two disagree in the source."""
    rows = json.loads((shared_data / "korean" / "gukbo.json").read_text("utf-8"))
    pairs = [found for row in rows for found in PAIR.finditer(row.get("content") or "")]
    missed = {
        found[0] for found in pairs if f"{int(found['year']):04d}" not in candidates(found["reign"].strip())
    }
    several = Counter(len(candidates(found["reign"])) for found in pairs)
    assert (len(pairs), missed) == (145, DISAGREEING)
    assert several == {1: 116, 2: 29}


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("태조 5년", ["1396", "0922"]),
        ("성종 12년", ["1481", "0993"]),
        ("고종 31년", ["1894", "1244"]),
        ("정종 2년", ["1400", "0947", "1036"]),
        ("영락 10년", ["0400", "1412"]),
    ],
)
def test_a_name_that_several_bore_gives_all_of_them(text: str, years: list[str]) -> None:
    assert sorted(candidates(text)) == sorted(years)
    assert parse(text)[0].earliest is None
