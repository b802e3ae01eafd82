"""Reading forms and making marks: pure parts, with the odd cases that people and programs bring."""

from __future__ import annotations

import pytest

from repository.reports import asking, marks
from repository.reports.words import Asked, Kind

KEY = "k" * 32
CLAIM = {"text": "사정", "name": "홍길동", "ground": "portrait", "capacity": "family"}


def faults(form: dict[str, str], kind: Kind = Kind.ERROR) -> list[str]:
    asked, found = asking.read(kind, "item", "ko", {"text": "글", **form}, ["a", "b"])
    assert (asked is None) == bool(found)
    return [fault.code for fault in found]


def test_what_is_whole_is_read() -> None:
    form = {"text": " 한\r\n글\x00\x1b[31m\u202e \n\n\n\n끝 ", "page": " 2 "}
    form |= {"x": "0", "y": "50", "w": "12.5", "h": "50"}
    asked, found = asking.read(Kind.ERROR, "item", "en", {**form, "email": " Kim@Example.org "}, ["a", "b"])
    assert found == () and asked is not None
    assert asked.text == "한\n글[31m \n\n끝"
    assert (asked.asset, asked.region, asked.email) == ("b", "pct:0,50,12.5,50", "kim@example.org")


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ({"text": " \x00\n"}, "report_text_missing"),
        ({"text": "가" * 4001}, "report_text_long"),
        ({"name": "가" * 101}, "report_name_long"),
        ({"email": "kim"}, "report_email_invalid"),
        ({"email": "kim@example.org\nBcc: all@example.org"}, "report_email_invalid"),
        ({"email": "한글@example.org"}, "report_email_invalid"),
        ({"email": "kim@localhost"}, "report_email_invalid"),
        ({"email": "k" * 65 + "@example.org"}, "report_email_invalid"),
        ({"email": '"a b"@example.org'}, "report_email_invalid"),
        ({"page": "0"}, "report_page_unknown"),
        ({"page": "3"}, "report_page_unknown"),
        ({"page": "²"}, "report_page_unknown"),
        ({"page": "9" * 5000}, "report_page_unknown"),
        ({"x": "1"}, "report_region_unreadable"),
        ({"x": "1", "y": "1", "w": "1", "h": "1"}, "report_region_unreadable"),
        ({"page": "1", "x": "60", "y": "0", "w": "50", "h": "1"}, "report_region_unreadable"),
        ({"page": "1", "x": "1e2", "y": "0", "w": "1", "h": "1"}, "report_region_unreadable"),
        ({"page": "1", "x": "0", "y": "0", "w": "0", "h": "1"}, "report_region_unreadable"),
        ({"page": "1", "x": "nan", "y": "0", "w": "1", "h": "1"}, "report_region_unreadable"),
    ],
)
def test_what_is_not_is_told_by_code(form: dict[str, str], code: str) -> None:
    assert faults(form) == [code]


def test_a_claim_says_who_asks_in_what_capacity_and_why() -> None:
    assert faults({}, Kind.REMOVAL) == [
        "report_ground_missing",
        "report_capacity_missing",
        "report_name_missing",
    ]
    assert faults(CLAIM, Kind.REMOVAL) == []
    assert faults({**CLAIM, "ground": "<script>"}, Kind.REMOVAL) == ["report_ground_missing"]


def test_a_region_of_an_address_fills_the_four_fields() -> None:
    assert asking.numbers_of("pct:1,2.5,3,4") == ("1", "2.5", "3", "4")
    for odd in ("", "1,2,3,4", "pct:1,2,3", "pct:1,2,3,999", "pct:a,b,c,d", "full"):
        assert asking.numbers_of(odd) == ()


# ---- marks
def test_a_form_is_of_its_kind_its_item_and_its_day() -> None:
    token = marks.form_token(KEY, "error", "item", 1000)
    assert marks.form_fault(KEY, token, "error", "item", 1003) == ""
    assert marks.form_fault(KEY, token, "error", "item", 1002) == "report_form_hasty"
    for key, kind, item, now in (
        (KEY, "removal", "item", 1003),
        (KEY, "error", "other", 1003),
        ("x" * 32, "error", "item", 1003),
        (KEY, "error", "item", 1001 + 24 * 3600),
    ):
        assert marks.form_fault(key, token, kind, item, now) == "report_form_stale"
    for odd in ("", "..", "1000.x.y", token[:-1], f"9{token}", "٣.a.b", "한글.한글.한글"):
        assert marks.form_fault(KEY, odd, "error", "item", 1003) == "report_form_stale"


def test_a_receipt_is_the_same_for_the_same_words_and_read_as_people_type_it() -> None:
    asked = Asked(Kind.ERROR, "item", "글", "ko")
    receipt = marks.receipt_of(KEY, "token", asked)
    assert receipt == marks.receipt_of(KEY, "token", asked)
    assert receipt != marks.receipt_of(KEY, "other", asked) != marks.receipt_of("x" * 32, "token", asked)
    kept = marks.receipt_digest(receipt)
    typed = marks.written(receipt).upper().replace("0", "O").replace("1", "I")
    assert kept == marks.receipt_digest(typed) == marks.receipt_digest(f" {receipt} ") != ""
    assert marks.receipt_digest(receipt[:-1] + "x") == "" or receipt.endswith("x")


def test_a_link_is_of_one_report_and_one_address_and_ends() -> None:
    token = marks.confirm_token(KEY, 12, "kim@example.org", 1000)
    over = 1001 + marks.CONFIRM_SECONDS
    assert marks.confirm_report(token) == 12
    assert marks.confirm_fault(KEY, token, "kim@example.org", 1001) == ""
    assert marks.confirm_fault(KEY, token, "kim@example.org", over) == "report_link_over"
    for odd, email in (
        (token, "lee@example.org"),
        (token, ""),
        (token.replace("12.", "13.", 1), "kim@example.org"),
    ):
        assert marks.confirm_fault(KEY, odd, email, 1001) == "report_link_wrong"
    assert [marks.confirm_report(odd) for odd in ("", "x.y", "-1.a", "٣.a", "9" * 40)] == [0] * 5


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("a@law.example.com", "b@other.example.com", True),
        ("a@kim.co.kr", "b@mail.kim.co.kr", True),
        ("a@kim.co.kr", "a@lee.co.kr", False),
        ("a@naver.com", "b@naver.com", False),
        ("k.i.m+1@gmail.com", "kim+2@googlemail.com", True),
        ("kim+1@naver.com", "kim@naver.com", True),
        ("a@naver.com", "a@daum.net", False),
    ],
)
def test_who_one_claimant_is(one: str, other: str, same: bool) -> None:
    assert (marks.claimant(KEY, one) == marks.claimant(KEY, other)) is same
    assert "@" not in marks.claimant(KEY, one) and marks.claimant(KEY, "") == ""
