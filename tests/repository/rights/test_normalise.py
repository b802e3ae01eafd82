from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repository.rights.normalise import LIMIT, normalise
from repository.rights.vocabulary import marks

RECOGNISED = {
    # KOGL
    "공공누리 제1유형": "kogl-1",
    "공공누리 제 1 유형": "kogl-1",
    "공공누리 1유형 : 출처표시": "kogl-1",
    "공공누리 제2유형(출처표시+상업적 이용금지)": "kogl-2",
    "공공누리 제3유형 : 출처표시 + 변경금지": "kogl-3",
    "공공누리 4유형: 출처표시, 상업적 이용금지, 변경금지": "kogl-4",
    "공공누리 제0유형": "kogl-0",
    "공공누리 제0유형 : 자유이용": "kogl-0",
    "KOGL Type 1": "kogl-1",
    "KOGL Type I: Attribution": "kogl-1",
    "Korea Open Government License (KOGL) Type 3": "kogl-3",
    "kogl-type-1": "kogl-1",
    "본 저작물은 공공누리 제1유형에 따라 이용할 수 있습니다.": "kogl-1",
    '본 공공저작물은 공공누리 "출처표시+상업적이용금지" 조건에 따라 이용할 수 있습니다.': "kogl-2",
    "공공누리 제4유형 + AI유형": "kogl-4-ai",
    "공공누리 제1유형(출처표시), AI 마크": "kogl-1-ai",
    "공공누리 제2유형 및 AI유형": "kogl-2-ai",
    "A유형": "kogl-1",
    "공공누리 E유형": "kogl-0",
    "공공누리 D유형, F유형": "kogl-4-ai",
    "https://www.kogl.or.kr/info/licenseType3.do": "kogl-3",
    "http://kogl.or.kr/info/licenseType0.do": "kogl-0",
    "www.kogl.or.kr/info/licenseType1.do": "kogl-1",
    "https://www.kogl.or.kr/info/licenseTypeView.do?licenseType=2": "kogl-2",
    "http://www.kogl.or.kr/info/license.do#00-tab": "kogl-0",
    "https://www.kogl.or.kr/info/license.do#03-tab": "kogl-3",
    "공공누리 제1유형(https://www.kogl.or.kr/info/license.do#01-tab)": "kogl-1",
    "http://www.kogl.or.kr/open/info/license_info/by.do": "kogl-1",
    "http://www.kogl.or.kr/open/info/license_info/all.do": "kogl-4",
    "공공누리 제1유형 https://www.kogl.or.kr/info/licenseType1.do": "kogl-1",
    "공공누리 제1유형+AI유형 (https://www.kogl.or.kr/info/licenseType1.do)": "kogl-1-ai",
    # Creative Commons
    "http://creativecommons.org/licenses/by-nc-sa/3.0/": "cc-by-nc-sa-3.0",
    "https://www.creativecommons.org/licenses/by/4.0": "cc-by-4.0",
    "creativecommons.org/licenses/by-sa/3.0/de/deed.de": "cc-by-sa-3.0-de",
    "http://creativecommons.org/licenses/by/4.0/deed.ko": "cc-by-4.0",
    "https://creativecommons.org/licenses/by/4.0/legalcode.ko": "cc-by-4.0",
    "https://creativecommons.org/licenses/by/4.0/?ref=chooser-v1": "cc-by-4.0",
    "http://creativecommons.org/licenses/by-nd-nc/2.0/kr/": "cc-by-nc-nd-2.0-kr",
    "CC BY 4.0": "cc-by-4.0",
    "cc-by-4.0": "cc-by-4.0",
    "CC BY-NC-SA 4.0 국제": "cc-by-nc-sa-4.0",
    "저작자표시 4.0": "cc-by-4.0",
    "크리에이티브 커먼즈 저작자표시-비영리-변경금지 2.0 대한민국 라이선스": "cc-by-nc-nd-2.0-kr",
    "Attribution-ShareAlike 4.0 International": "cc-by-sa-4.0",
    "This work is licensed under a Creative Commons Attribution-NoDerivs 3.0 Unported License.": "cc-by-nd-3.0",
    "CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/)": "cc-by-4.0",
    "https://creativecommons.org/publicdomain/zero/1.0/deed.ko": "cc0-1.0",
    "CC0": "cc0-1.0",
    "CC0 1.0 Universal": "cc0-1.0",
    "http://creativecommons.org/publicdomain/mark/1.0/": "pdm-1.0",
    "퍼블릭 도메인": "pdm-1.0",
    "Public Domain Mark 1.0": "pdm-1.0",
    # RightsStatements
    "https://rightsstatements.org/page/InC/1.0/?language=en": "rs-inc",
    "http://www.rightsstatements.org/vocab/NoC-US/1.0": "rs-noc-us",
    "No Copyright - United States": "rs-noc-us",
    # Words
    "저작권 보호기간 만료": "expired",
    "저작권 만료": "expired",
    "저작권 있음": "in-copyright",
    "ⓒ 가상도서관": "in-copyright",
    "&copy; 2020 가상도서관": "in-copyright",
    "(c) 가상도서관": "in-copyright",
    "© Museum für Musikinstrumente, Foto: Karin Kranich": "in-copyright",
    "© 2020 가상도서관. All rights reserved.": "all-rights-reserved",
    "무단 전재 및 재배포 금지": "all-rights-reserved",
}

REFUSED = {
    "Not CC BY": "rights_unknown",
    "CC BY 아님": "rights_unknown",
    "CC BY 4.0 제외": "rights_unknown",
    "This is not licensed under CC BY 4.0": "rights_unknown",
    "공공누리 제1유형 아님": "rights_unknown",
    "공공누리 제1유형 (사진 제외)": "rights_unknown",
    "공공누리 제1유형이나 AI 학습 금지": "rights_unknown",
    "공공누리": "rights_unknown",
    "제1유형": "rights_unknown",
    "AI유형": "rights_unknown",
    "A": "rights_unknown",
    "by": "rights_unknown",
    "출처표시": "rights_unknown",
    "저작자표시": "rights_unknown",
    "Attribution": "rights_unknown",
    "저작권 만료 여부 확인 필요": "rights_unknown",
    "저작권 만료 안 됨": "rights_unknown",
    "not in the public domain": "rights_unknown",
    "Public domain in the USA.": "rights_unknown",
    "© 가상도서관, 상업적 이용 금지": "rights_unknown",
    "© 가상도서관; educational use only": "rights_unknown",
    "허락을 받고 이용하시기 바랍니다.": "rights_unknown",
    "https://www.kogl.or.kr/info/license.do": "rights_unknown",
    "https://www.kogl.or.kr/info/license.do#702": "rights_unknown",
    "https://www.kogl.or.kr/info/license.do#05-tab": "rights_unknown",
    "https://creativecommons.org/": "rights_unknown",
    "https://creativecommons.org.example.org/licenses/by/4.0/": "rights_unknown",
    "https://creativecommons.org@example.org/licenses/by/4.0/": "rights_unknown",
    "https://example.org/?https://creativecommons.org/licenses/by/4.0/": "rights_unknown",
    "http://[creativecommons.org/licenses/by/4.0/": "rights_unknown",
    "...": "rights_unknown",
    "https://creativecommons.org/publicdomain/mark/4.0/": "rights_impossible",
    "https://creativecommons.org/publicdomain/zero/4.0/": "rights_impossible",
    "http://creativecommons.org/licenses/by/5.0/": "rights_impossible",
    "http://creativecommons.org/licenses/by/4.0/kr/": "rights_impossible",
    "http://rightsstatements.org/vocab/InC/2.0/": "rights_impossible",
    "CC BY 5.0": "rights_impossible",
    "CC BY 3.0 International": "rights_impossible",
    "CC BY 4.0 대한민국": "rights_impossible",
    "공공누리 제0유형 + AI유형": "rights_impossible",
    "공공누리 제1유형(출처표시+변경금지)": "rights_conflict",
    "CC BY 4.0 https://creativecommons.org/licenses/by-nc/4.0/": "rights_conflict",
    "": "rights_missing",
    "   ": "rights_missing",
}


@pytest.mark.parametrize(("text", "mark"), RECOGNISED.items())
def test_a_claim_that_means_a_mark_as_a_whole_is_recognised(text: str, mark: str) -> None:
    assert normalise(text) == (mark, ())


@pytest.mark.parametrize(("text", "code"), REFUSED.items())
def test_a_claim_that_only_mentions_or_distorts_a_mark_clears_nothing(text: str, code: str) -> None:
    mark, problems = normalise(text)
    assert mark == ""
    assert [problem.code for problem in problems] == [code]


def test_a_licence_without_its_version_is_recognised_and_noted() -> None:
    mark, problems = normalise("CC BY-NC")
    assert mark == "cc-by-nc"
    assert [problem.code for problem in problems] == ["rights_version_missing"]


def test_words_and_address_must_agree() -> None:
    by = "https://creativecommons.org/licenses/by/4.0/"
    assert normalise("CC BY", by) == ("cc-by-4.0", ())
    assert normalise("", by) == ("cc-by-4.0", ())
    assert normalise("© 가상도서관", by) == ("cc-by-4.0", ())
    assert normalise("CC BY-NC", by)[0] == ""
    assert normalise("Not for reuse", by)[0] == ""
    assert normalise("All rights reserved", by)[0] == ""


@pytest.mark.parametrize("code", [code for code, mark in marks().items() if mark.uri])
def test_every_mark_is_recognised_by_its_own_address(code: str) -> None:
    mark = marks()[code]
    expected = code.removesuffix("-ai")
    assert normalise(mark.uri) == (expected, ())
    assert normalise(mark.iiif.rstrip("/") or mark.uri) == (expected, ())


@pytest.mark.parametrize(
    "code", [code for code, mark in marks().items() if not mark.family.startswith("cc-by")]
)
def test_every_single_mark_is_recognised_by_its_names(code: str) -> None:
    same = {"in-copyright": ("in-copyright", "rs-inc"), "rs-inc": ("in-copyright", "rs-inc"), "none": ("",)}
    for name in (marks()[code].ko, marks()[code].en):
        assert normalise(name)[0] in same.get(code, (code,))


@given(st.text(max_size=LIMIT + 50))
def test_any_text_gets_an_answer(text: str) -> None:
    mark, problems = normalise(text)
    assert mark in marks() if mark else problems


@given(
    st.sampled_from(sorted(RECOGNISED)), st.sampled_from(["아님", "제외", "불가", "not", "except", "일부"])
)
def test_one_word_more_clears_nothing(text: str, word: str) -> None:
    for changed in (f"{text} {word}", f"{word} {text}"):
        mark = normalise(changed)[0]
        assert mark in ("", "in-copyright", "all-rights-reserved")


def test_rights_statements_in_the_wild(shared_data: Path) -> None:
    """Of 87 strings 49 are recognised, and those freed are addresses of licences or the words "public domain"."""
    path = shared_data / "rights" / "rights_values_counts.tsv"
    with path.open(encoding="utf-8", newline="") as lines:
        values = [row["value"] for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)]
    read = {value: normalise(value)[0] for value in values}
    closed = {"", "in-copyright", "all-rights-reserved"}
    assert sum(bool(read[value]) for value in values) == 49
    freed = {value for value, mark in read.items() if mark not in closed}
    assert all("://" in value or value in ("public domain", "domaine public") for value in freed)
    assert all(read[value] for value in values if "creativecommons.org" in value and " " not in value)
