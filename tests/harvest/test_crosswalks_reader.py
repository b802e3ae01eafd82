from __future__ import annotations

import pytest
from lxml import etree

from harvest.crosswalks import fields, languages, media, relators, text, types
from harvest.crosswalks.reader import Node, begin
from repository.item import Caption, Claim, MediaRef, Place, Text, Title
from repository.problems import Problem

DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'


def node(xml: str, own: str = "dc") -> Node:
    return begin(etree.fromstring(xml), own)


def test_what_is_not_read_is_told_with_its_path() -> None:
    record = node(f'<r {DC}><dc:title>가</dc:title><dc:odd>나</dc:odd><a xmlns="urn:a"><b>다</b> 라 </a></r>')
    assert [title.value() for title in record.take("title")] == ["가"]
    assert [(one.field, one.value) for one in record.left()] == [("dc:odd", "나"), ("a/b", "다")]
    for odd in record.take("odd"):
        odd.skip()
    assert [one.field for one in record.left()] == ["a/b"]


def test_taken_but_unread_is_told_too() -> None:
    record = node(f"<r {DC}><dc:title>가</dc:title></r>")
    record.take("title")
    assert list(record.left()) == [Problem("field_not_consumed", "dc:title", "가")]


def test_both_namespaces_of_dublin_core_and_none_are_one() -> None:
    record = node(f"<r {DC}><dcterms:title>a</dcterms:title><title>b</title><dc:title>c</dc:title></r>")
    assert [title.value() for title in record.take("title")] == ["a", "b", "c"]


def test_values_are_cleaned_and_the_loss_is_told() -> None:
    record = node(f"<r {DC}><dc:title> 훈민\n  정음\u202e\ufeff </dc:title></r>")
    (title,) = record.take("title")
    assert title.value() == "훈민 정음"
    assert record.log == [Problem("text_illegal", "dc:title", "훈민 정음")]


def test_values_are_limited_in_length_and_number() -> None:
    record = node(f"<r {DC}>{'<dc:subject>a</dc:subject>' * 5001}<dc:title>{'가' * 3000}</dc:title></r>")
    assert len(record.take("title")[0].value()) == text.LINE_LIMIT
    assert len(record.take("subject")) == 5000
    assert [one.code for one in record.log] == ["text_too_long", "values_too_many"]


def test_elements_inside_a_value_are_part_of_it() -> None:
    record = node(f"<r {DC}><dc:description>가 <i>나</i> 다</dc:description></r>")
    assert record.take("description")[0].prose() == "가 나 다"
    assert not list(record.left())


def test_depth_is_limited() -> None:
    record = node("<r>" + "<a>" * 200 + "가" + "</a>" * 200 + "</r>")
    assert list(record.left()) == []


@pytest.mark.parametrize(
    ("given", "clean"),
    [
        ("한 줄\n이어진 줄\n\n다음 단락", "한 줄 이어진 줄\n\n다음 단락"),
        ("<p>가 &amp; 나</p><p>다<br/>라</p>", "가 & 나\n\n다\n\n라"),
        ("&lt;p&gt;가&lt;/p&gt;", "가"),
        ("<script>alert(1)</script>가<style>x</style>", "가"),
        ("a < b & c > d", "a < b & c > d"),
        ("1 &nbsp; 2", "1 2"),
        ("<훈민정음>은 책이다", "<훈민정음>은 책이다"),
        ("<b>굵게</b> x<y", "굵게 x<y"),
    ],
)
def test_markup_is_stripped_from_prose(given: str, clean: str) -> None:
    assert text.prose(text.without_markup(given)) == clean


@pytest.mark.parametrize(
    ("code", "value", "tag"),
    [
        ("kor", "", "ko"), ("ko", "金剛全圖", "ko-Hani"), ("kor", "Geumgang", "ko-Latn"), ("ko", "금강 全圖", "ko"),
        ("한국어", "", "ko"), ("한문", "天地", "lzh"), ("ger", "", "de"), ("English", "", "en"), ("chi", "", "zh"),
        ("", "훈민정음", "ko"), ("", "金剛", ""), ("", "きもの", "ja"), ("", "Map", ""), ("bnk", "x", ""),
        ("und", "x", ""), ("zh-hant-tw", "", "zh-Hant-TW"), ("ko_KR", "가", "ko-KR"), ("okm", "", "okm"),
    ],
)  # fmt: skip
def test_languages_become_tags(code: str, value: str, tag: str) -> None:
    assert languages.tag(code, value) == tag


def test_an_unknown_language_is_a_problem_and_no_language_is_none() -> None:
    record = node(f"<r {DC}><dc:language>bnk; eng</dc:language><dc:language>und</dc:language></r>")
    read = [fields.language_of(one) for one in record.take("language")]
    assert (read, [one.value for one in record.log]) == ([["en"], []], ["bnk"])


@pytest.mark.parametrize(
    ("said", "hints", "roles", "kind", "code"),
    [
        (["고지도"], [], [], "map", ""),
        (["조선후기고지도"], [], [], "map", ""),
        (["Case Map"], [], [], "map", ""),
        (["photographic prints"], [], [], "photograph", ""),
        (["Sound ; Text"], [], [], "sound", ""),
        (["http://purl.org/dc/dcmitype/MovingImage"], [], [], "video", ""),
        (["필사본(筆寫本)"], [], [], "manuscript", ""),
        (["text", "도서"], [], [], "book", ""),
        (["info:eu-repo/semantics/article"], [], [], "document", ""),
        (["TEXT"], [], [], "document", "type_derived"),
        (["IMAGE"], ["Musical Instruments"], [], "object", "type_derived"),
        (["IMAGE"], ["History of maps in Korea"], [], "unknown", "type_unknown"),
        ([], [], ["film"], "video", "type_derived"),
        ([""], [], ["view"], "unknown", "type_unknown"),
        (["Natural trumpet"], [], [], "unknown", "type_unknown"),
    ],
)
def test_types_are_told_derived_or_unknown(
    said: list[str], hints: list[str], roles: list[str], kind: str, code: str
) -> None:
    found, problems = types.derive(said, hints, roles)
    assert (found, [one.code for one in problems]) == (kind, [code] if code else [])


@pytest.mark.parametrize(
    ("word", "code"),
    [("Painter", "art"), ("aut", "aut"), ("http://id.loc.gov/vocabulary/relators/ctb", "ctb"), ("저자", "aut"),
     ("Contributor", "ctb"), ("그린이", "art"), ("nobody", "cre"), ("", "cre")],
)  # fmt: skip
def test_roles_become_relator_codes(word: str, code: str) -> None:
    assert relators.code_of(word) == code


def test_titles_say_by_their_language_what_they_are() -> None:
    given = [Text("훈민정음", "ko"), Text("訓民正音", "ko-Hani"), Text("Hunmin jeongeum", "ko-Latn"),
             Text("The Correct Sounds", "en"), Text("天地", "lzh"), Text("[무제]", "ko"),
             Text("훈민정음", "ko")]  # fmt: skip
    kinds = ["main", "alternative", "transliterated", "translated", "alternative", "supplied"]
    assert [title.kind for title in fields.retitled(given)] == kinds
    assert fields.retitled([Text("A"), Text("B")]) == (Title("A"), Title("B", kind="alternative"))


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ("한성(漢城)", Place((Text("한성", "ko"), Text("漢城", "ko-Hani")))),
        ("37.57, 126.98", Place((), 37.57, 126.98)),
        ("Seoul (Korea)", Place((Text("Seoul (Korea)"),))),
        ("0, 0", Place((Text("0, 0"),))),
        ("99.5, 10", Place((Text("99.5, 10"),))),
    ],
)
def test_places(value: str, place: Place) -> None:
    assert fields.place(Text(value)) == place


@pytest.mark.parametrize(
    ("value", "uri", "claim"),
    [
        ("공공누리 제1유형", "", Claim("공공누리 제1유형", field="f")),
        ("https://x.kr/by/4.0/", "", Claim("", "https://x.kr/by/4.0/", field="f")),
        ("이 저작물은 https://x.kr/a. 를 따른다", "",
         Claim("이 저작물은 https://x.kr/a. 를 따른다", "https://x.kr/a", field="f")),
        ("이미지: 공공누리 제1유형", "", Claim("이미지: 공공누리 제1유형", layer="reproduction", field="f")),
        ("해제 : 저작권 있음", "", Claim("해제 : 저작권 있음", layer="text", field="f")),
        ("사진의 저작권은 화랑에 있다", "", Claim("사진의 저작권은 화랑에 있다", field="f")),
        ("Rights", "http://y/", Claim("Rights", "http://y/", field="f")),
        ("", "", None),
    ],
)  # fmt: skip
def test_claims_keep_words_and_address(value: str, uri: str, claim: Claim | None) -> None:
    assert fields.claim(value, uri, "f") == claim


@pytest.mark.parametrize(
    ("url", "role"),
    [("http://x/a.JPG", "view"), ("http://x/a.jp2?b=c", "view"), ("https://x/가.mp4", "film"),
     ("http://x/a.mp3", "sound"), ("http://x/a.pdf", "document"), ("http://x/a.ko.vtt", "caption"),
     ("http://x/a.html", ""), ("http://x/jpg", "")],
)  # fmt: skip
def test_files_are_told_by_their_names(url: str, role: str) -> None:
    assert media.address(url) == url and media.role_of(url) == role


@pytest.mark.parametrize("value", ["", "x.jpg", "ftp://x/a.jpg", "http://", "http://x y/", "http://x:y/", "http://[x/",
                                   "javascript:alert(1)", "http://x/" + "a" * 2000])  # fmt: skip
def test_what_is_no_address(value: str) -> None:
    assert media.address(value) == ""


def ref(url: str, role: str = "view") -> MediaRef:
    return MediaRef(media.key_of(url), url, role)


def test_files_are_named_by_path_and_kept_once() -> None:
    urls = ["http://a.kr/1.jpg?x=1", "https://a.kr/1.jpg?x=1", "http://b.kr/1.jpg?x=1", "http://a.kr/2.jpg"]
    arranged = media.arrange(map(ref, urls), [], "painting")
    assert [one.key for one in arranged] == ["1.jpg?x=1", "b.kr/1.jpg?x=1", "2.jpg"]


def test_pages_posters_and_captions_find_their_places() -> None:
    pages = media.arrange([ref("http://x/1.jpg"), ref("http://x/2.jpg")], [], "book")
    assert [one.role for one in pages] == ["page", "page"]
    assert media.arrange([ref("http://x/1.jpg")], [], "book")[0].role == "view"
    files = [ref("http://x/a.mp4", "film"), ref("http://x/b.mp4", "film"), ref("http://x/b.jpg")]
    tracks = [media.Track("http://x/b.ko.vtt", "ko"), media.Track("http://x/en.vtt", "en", "http://x/b.mp4"),
              media.Track("http://x/other.vtt", "fr")]  # fmt: skip
    first, second, poster = media.arrange(files, tracks, "video")
    assert first.captions == (Caption("http://x/other.vtt", "fr"),)
    assert [one.lang for one in second.captions] == ["ko", "en"]
    assert poster.role == "poster"
