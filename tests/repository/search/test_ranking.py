"""The ranker alone: names before descriptions, questions answered by the passage, and why."""

from __future__ import annotations

from repository.search import kept, long_texts, passages, ranking, scoring, statistics, terms
from repository.search.analysis import analyse
from repository.search.asking import enough
from repository.search.document import SENTENCES_APART, SearchDocument
from repository.search.lexicon import Lexicon
from repository.search.statistics import UNCOUNTED
from tests.repository.search.samples import candidate, document, item

NOTE = "이 종은 구리로 만들었다. 무게는 18.9톤이다. 신라 혜공왕이 771년에 완성하였다."
BELL = document(item("bell", "성덕대왕신종", "聖德大王神鍾", makers=("혜공왕",), notes=(NOTE,)))
OTHER = document(item("other", "용주사 동종", notes=("고려의 종이다. 무게를 알 수 없다.",)))
MADE = [BELL, OTHER]


def order(text: str, made: list[SearchDocument] = MADE) -> list[str]:
    """Rank documents by statistics of them all."""
    counted = statistics.count(made)
    return [hit.id for hit in ranking.rank(terms.of(text), map(candidate, made), counted)]


def test_a_question_is_answered_by_its_passage() -> None:
    assert order("종을 771년에 완성한 왕은 누구인가요?")[0] == BELL.id
    assert order("고려의 종은 무게가 얼마인가요?")[0] == OTHER.id


def test_a_title_that_is_what_was_asked_comes_first_however_often_others_say_it() -> None:
    talkative = document(item("talk", "다른 책", notes=("성덕대왕신종 " * 50,)))
    longer = document(item("longer", "성덕대왕신종 탁본과 해설"))
    made = [talkative, longer, BELL]
    assert order("성덕대왕신종", made) == [BELL.id, longer.id, talkative.id]
    long_title = document(item("long", "이순신 난중일기 및 서간첩 임진장초"))
    telling = document(item("t", "책", notes=("이순신 난중일기 및 서간첩 임진장초. " * 9,)))
    assert order("이순신 난중일기 및 서간첩 임진장초", [telling, long_title])[0] == long_title.id


def test_reasons_tell_form_field_and_the_other_name() -> None:
    hit = ranking.rank(terms.of("신종 혜공왕 18"), [candidate(BELL)])[0]
    assert [(one.term, one.field) for one in hit.reasons] == [
        ("신종", "titles"),
        ("혜공왕", "makers"),
        ("18", "notes"),
    ]
    named = Lexicon([("에밀레종", "성덕대왕신종", "별칭")])
    (reason,) = ranking.rank(terms.of("에밀레종", named), [candidate(BELL)])[0].reasons
    assert (reason.field, reason.name, reason.relation) == ("titles", "성덕대왕신종", "별칭")


def test_words_that_only_ask_have_no_content() -> None:
    text = "종을 완성한 왕은 누구인가요?"
    asked = scoring.asked(text, analyse(text), UNCOUNTED)
    assert [word.text for word in asked.words] == ["종", "완성", "왕"]
    assert asked.natural
    assert not scoring.is_natural("성덕대왕신종", analyse("성덕대왕신종"))
    assert scoring.asked("언제?", analyse("언제?"), UNCOUNTED).wants_date


def test_sentences_stand_apart_and_what_is_kept_is_bounded() -> None:
    streams = candidate(BELL).tokens.get("notes")
    assert streams["exact"].count(SENTENCES_APART) == streams["morph"].count(SENTENCES_APART) == 2
    assert f" {SENTENCES_APART} " in streams["exact"]
    endless = document(item("endless", "책 " * 900, notes=("조선의 책이다. " * 2_000,)))
    bounded = candidate(endless).tokens
    assert len(bounded.get("titles")["exact"].split()) == kept.MOST_TOKENS
    assert len(bounded.get("notes")["exact"].split()) == kept.MOST_TOKENS_LONG


def test_a_sentence_ends_where_a_blank_follows_its_stop_and_with_the_line() -> None:
    cut = " ".join(long_texts.tokens("가. 나?\n다 3.5 라.\n\n마").exact)
    assert cut == f"가 {SENTENCES_APART} 나 {SENTENCES_APART} 다 3 5 라 {SENTENCES_APART} 마"


def test_long_texts_are_read_only_when_asked_for() -> None:
    tokens = candidate(BELL).tokens
    assert b" 771 " in tokens.long and b" 771 " not in tokens.short
    assert " 771 " in tokens.get("notes")["exact"] and tokens.get("subjects") == {}
    bare = candidate(document(item("bare", "종"))).tokens
    assert bare.long == b"" and bare.get("notes") == {} and bare.get("titles")["exact"] == " 종 "
    only = kept.Kept(kept.write({"notes": {"exact": " 종 "}}))
    assert only.get("titles") == {} and only.get("notes") == {"exact": " 종 "}
    assert kept.NOTHING.get("titles") == kept.NOTHING.get("notes") == {}


def test_a_number_counts_where_one_is_asked_for_in_the_sentence_that_answers() -> None:
    streams = candidate(BELL).tokens
    for text, told in (("종의 무게는 얼마인가?", 1.0), ("구리로 무엇을 만들었나?", 0.0)):
        asked = scoring.asked(text, analyse(text), UNCOUNTED)
        parts = passages.whole(asked, streams, passages.quick(asked, streams, UNCOUNTED), UNCOUNTED)
        assert parts.number == told


def test_a_fifth_of_what_a_question_weighs_is_enough() -> None:
    assert enough([]) == 0
    assert enough([1]) == 1
    assert enough([4, 4, 3, 3, 1, 1]) == 4
