from __future__ import annotations

import pytest

from repository.rights.decision import ClaimInput, Decision, Inputs, MakerInput, Use
from repository.rights.duties import duties, duty, ordered
from repository.rights.explain import answer_words, explain
from repository.rights.policy import decide
from repository.rights.table import load
from repository.rights.vocabulary import marks

EUROPEANA = {"InC", "InC-EDU", "InC-OW-EU", "NoC-NC", "NoC-OKLR", "CNE"}


def decided(mark: str, **others: object) -> Decision:
    inputs = Inputs("book", claims=(ClaimInput("work", mark, mark=mark),), **others)  # type: ignore[arg-type]  # fields by name
    return decide("x", inputs, load())


def test_every_mark_has_names_and_sentences_in_both_languages() -> None:
    for mark in marks().values():
        assert all((mark.ko, mark.en, mark.plain_ko, mark.plain_en, mark.spdx))
        assert mark.label("ko-KR") == mark.ko
        assert mark.plain("en") == mark.plain_en


def test_only_creative_commons_and_rights_statements_stand_in_iiif() -> None:
    for mark in marks().values():
        hosts = ("http://creativecommons.org/", "http://rightsstatements.org/vocab/")
        assert mark.iiif == "" or mark.iiif.startswith(hosts)
        assert mark.edm.startswith(hosts)
        if mark.code.startswith("kogl"):
            assert mark.iiif == ""
            assert mark.edm_inherits
            assert mark.spdx.startswith("LicenseRef-KOGL-")
        if "rightsstatements" in mark.edm:
            assert mark.edm.split("/")[4] in EUROPEANA


def test_no_licence_that_never_existed_can_be_named() -> None:
    assert {"cc-by-2.0-kr", "cc-by-4.0", "cc-by-3.0-igo"} <= marks().keys()
    assert not {"cc-by-4.0-kr", "cc-by-5.0", "pdm-4.0", "cc0-4.0", "cc-by-2.1"} & marks().keys()


def test_duties_are_a_closed_list_with_words_and_ground() -> None:
    assert set(duties()) == {
        "cite_source",
        "keep_author_name",
        "no_change",
        "noncommercial",
        "share_alike",
        "prevent_similar_output",
        "cite_when_quoting",
        "no_resale_of_dataset",
        "no_export",
        "until",
    }
    for row in duties().values():
        assert all((row.text("ko"), row.text("en"), row.ground("ko"), row.ground("en")))


def test_a_duty_with_a_date_says_it() -> None:
    assert "2030년 1월 1일" in duty("until(2030-01-01)").text("ko")
    assert "2030-01-01" in duty("until(2030-01-01)").text("en")
    assert ordered({"until(2030-01-01)", "no_change", "cite_source"})[0] == "cite_source"


@pytest.mark.parametrize("code", ["until", "until(2030-13-01)", "until()", "be_kind", ""])
def test_a_duty_outside_the_list_cannot_be_made(code: str) -> None:
    with pytest.raises(KeyError):
        duty(code)


@pytest.mark.parametrize(
    ("mark", "use", "ko", "en"),
    [
        ("kogl-0", Use.VIEW, "누구나 볼 수 있음", "Open to all"),
        ("kogl-0", Use.REUSE, "자유롭게 쓸 수 있음", "Free to reuse"),
        ("kogl-0", Use.TRAIN, "AI 학습에 쓸 수 있음", "Cleared for AI training"),
        ("kogl-1", Use.REUSE, "출처를 밝히면 쓸 수 있음", "Reuse with credit"),
        ("kogl-2", Use.REUSE, "출처를 밝히고 비영리로만", "Reuse with credit, non-commercial"),
        ("kogl-3", Use.REUSE, "바꾸지 않고 쓸 수 있음", "Reuse unchanged"),
        ("kogl-1-ai", Use.TRAIN, "AI 학습 가능, 지킬 조건 있음", "Cleared for AI training, with duties"),
        ("kogl-4", Use.TRAIN, "AI 학습 제공 대상 아님", "Not offered for AI training"),
        ("in-copyright", Use.VIEW, "설명만 공개", "Description only"),
        ("in-copyright", Use.REUSE, "허락을 받아야 함", "Permission needed"),
        ("rs-nkc", Use.REUSE, "허락을 받아야 함 · 저작권 확인 중", "Permission needed · rights under review"),
    ],
)
def test_an_answer_reads_as_the_interface_says_it(mark: str, use: Use, ko: str, en: str) -> None:
    assert answer_words(decided(mark), use, "ko") == ko
    assert answer_words(decided(mark), use, "en") == en


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("mark", [code for code, mark in marks().items() if code == mark.family])
def test_every_decision_explains_itself(mark: str, language: str) -> None:
    decision = decided(mark, gates=("privacy_not_examined", "map_since_1945"), takedowns=())
    explained = explain(decision, language)
    assert [one.use for one in explained.uses] == list(Use)
    assert all((one.answer, one.why, one.basis)[index] for one in explained.uses for index in range(3))
    for one in explained.uses:
        assert tuple(item.code for item in one.duties) == decision.ruling(one.use).duties
    assert all(explained.sentences())
    assert "2026-11" in explained.sentences()[-1]


def test_an_explanation_names_ground_duty_and_country() -> None:
    decision = decided("expired", makers=(MakerInput("aut", "person", None, 1960),), published=1950)
    sentences = " ".join(explain(decision, "ko").sentences())
    assert "1962년까지 세상을 떠나" in sentences
    assert "저작권법 제39조" in sentences
    assert "한국에서 확인 · 미국은 확인 안 됨" in sentences
    assert "Cleared in Korea · US not confirmed" in explain(decision, "en").sentences()
