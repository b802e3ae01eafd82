"""Faults of answers: block pages, damaged XML, wrong encodings, missing namespaces, records that are none."""

from __future__ import annotations

import itertools
from collections.abc import Callable

from harvest.ledger import RunState
from harvest.transport import Limits
from tests.harvest.faults.holder import (
    DC,
    FIRST_PAGE,
    OAI,
    OAI_DC,
    Holder,
    Row,
    Scenario,
    Twist,
    ids,
    token_of,
)
from tests.harvest.loopback import Answer, Request

CUT, FLAGGED, BLOCKED, FAILED = RunState.INCOMPLETE, RunState.REPAIRED, RunState.BLOCKED, RunState.FAILED
BLOCK_PAGE = "<!DOCTYPE html><html><body><h1>접근이 차단되었습니다</h1></body></html>".encode()
BOMB = (
    '<!DOCTYPE a [<!ENTITY a "가가가가가가가가">'
    + "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in itertools.pairwise("abcdefghi"))
    + "]>"
)


def instead(body: bytes, status: int = 200, *headers: tuple[str, str]) -> Twist:
    """Make a provider that always answers with this."""
    return lambda held, asked: Answer(body, status, headers)


def midway(body: bytes, status: int = 200, times: int = 1000) -> Twist:
    """Make a provider whose second page is this, for some requests or for good."""

    def twist(held: Holder, asked: Request) -> Answer:
        return Answer(body, status) if token_of(asked) and held.first("", times) else held.answer(asked)

    return twist


def altered(change: Callable[[bytes], bytes], *, headers: tuple[tuple[str, str], ...] | None = None) -> Twist:
    """Make a provider whose answers come out changed."""

    def twist(held: Holder, asked: Request) -> Answer:
        answer = held.answer(asked)
        return Answer(change(answer.body), answer.status, answer.headers if headers is None else headers)

    return twist


def replaced(old: str, new: str) -> Twist:
    """Make a provider that writes one thing as another."""
    return altered(lambda body: body.replace(old.encode(), new.encode()))


def sent(markup: str, meant: str) -> Callable[[], Holder]:
    """Make a provider one of whose titles is written so, and means that."""

    def make() -> Holder:
        held = Holder()
        held.rows["oai:x:4"] = Row(meant, sent=markup)
        return held

    return make


def labelled(label: str, encoding: str, *, header: str = "") -> Twist:
    """Make a provider whose answers are in one encoding and say another."""
    kind = "text/xml" + (f"; charset={header}" if header else "")
    return altered(
        lambda body: (
            body.decode().replace('encoding="UTF-8"', f'encoding="{label}"' if label else "").encode(encoding)
        ),
        headers=(("Content-Type", kind),),
    )


def one_in_cp949(body: bytes) -> bytes:
    return body.replace("훈민정음 4".encode(), "훈민정음 4".encode("cp949"))


def twice_encoded(body: bytes) -> bytes:
    return body.decode("latin_1").encode()


def prologs(body: bytes) -> bytes:
    return body.replace(b"<metadata>", b'<metadata><?xml version="1.0" encoding="UTF-8"?>')


def warned(body: bytes) -> bytes:
    return (
        b"<br />\n<b>Notice</b>: Undefined index: from in <b>/var/www/oai.php</b> on line <b>7</b><br />\n"
        + body
    )


def cut_with_its_length(body: bytes) -> bytes:
    return body[: body.find(b"</metadata>")]


def undeclared(body: bytes) -> bytes:
    return body.replace(f" {OAI_DC} {DC}".encode(), b"")


def unbound(body: bytes) -> bytes:
    return body.replace(f' xmlns="{OAI}"'.encode(), b"")


def without_end(body: bytes) -> bytes:
    """One record has no end."""
    return body.replace(b"4</dc:title></oai_dc:dc></metadata></record>", b"4</dc:title>")


def unnamed(body: bytes) -> bytes:
    return body.replace(b"<identifier>oai:x:4</identifier>", b"<identifier/>")


def bomb(body: bytes) -> bytes:
    return body.replace(b"?>", b"?>" + BOMB.encode(), 1).replace("훈민정음 0".encode(), b"&i;")


def external(body: bytes) -> bytes:
    doctype = b'?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    return body.replace(b"?>", doctype, 1).replace("훈민정음 0".encode(), b"&x;")


def long_title() -> Holder:
    held = Holder()
    held.rows["oai:x:4"] = Row(
        "책", sent="책</dc:title><dc:description>" + "가" * 4_000_000 + "</dc:description><dc:title>책"
    )
    return held


def deep(held: Holder, asked: Request) -> Answer:
    return replaced("훈민정음 4", "<dc:x>" * 2000 + "</dc:x>" * 2000)(held, asked)


def odd_names() -> Holder:
    names = ("http://x.kr/책 1", "책/2+3", "a b&c", "oai:x:%2F", "<i>", "x" * 512, "oai:x:1")
    return Holder({name: Row(f"훈민정음 {n}") for n, name in enumerate(names)})


SCENARIOS = (
    Scenario((16,), "a block page with status 200", instead(BLOCK_PAGE), BLOCKED, "answer_not_oai", frozenset()),
    Scenario((16,), "a block page with status 403", instead(BLOCK_PAGE, 403), BLOCKED, "answer_not_oai",
             frozenset()),
    Scenario((16,), "a challenge of a bot wall", instead(b"<html>Just a moment", 503, ("cf-mitigated",
             "challenge")),
             BLOCKED, "answer_not_oai", frozenset()),
    Scenario((16,), "an error in JSON with status 200", instead(b'{"error":"busy"}'), BLOCKED, "answer_not_oai",
             frozenset()),
    Scenario((16,), "a block page in the middle", midway(BLOCK_PAGE), CUT, "answer_not_oai", FIRST_PAGE),
    Scenario((16,), "an empty answer, once", midway(b"", times=1)),
    Scenario((19,), "control characters", state=FLAGGED, held=sent("훈민\x01\x1f정음\x0b4", "훈민정음 4"),
             counts={"repaired": 1}),
    Scenario((19,), "references to control characters", state=FLAGGED, held=sent("훈민&#x3;정음&#0;", "훈민정음")),
    Scenario((19,), "non-characters and lone surrogates", state=FLAGGED,
             held=sent("훈\ufffe민&#xD800;정음\uffff", "훈민정음")),
    Scenario((19,), "one character as two surrogates", state=FLAGGED, held=sent("&#xD842;&#xDFB7; 책", "𠮷 책")),
    Scenario((20,), "an ampersand that begins nothing", state=FLAGGED, held=sent("훈민 & 정음&", "훈민 & 정음&")),
    Scenario((20,), "entities of HTML", state=FLAGGED, held=sent("훈민&middot;정음&hellip;", "훈민·정음…")),
    Scenario((20,), "angle brackets that begin nothing", state=FLAGGED, held=sent("1 < 2 <훈민정음>",
             "1 < 2 <훈민정음>")),
    Scenario((20, 41), "tags that do not match", replaced("4</dc:title>", "4</dc:creator>"), FLAGGED,
             stored=ids(0, 1, 2, 3, 5, 6),
             quarantined=ids(4), counts={"quarantined": 1, "received": 7}),
    Scenario((21,), "a declaration in every record", altered(prologs), FLAGGED, counts={"repaired": 3}),
    Scenario((21,), "text behind the root", altered(lambda body: body + b"<!-- 0.3 s --><p>x & y"), FLAGGED),
    Scenario((21,), "blanks before the declaration", altered(lambda body: b"\r\n\r\n" + body), FLAGGED),
    Scenario((21,), "a warning of PHP before the declaration", altered(warned), FLAGGED),
    Scenario((21,), "a byte order mark", altered(lambda body: b"\xef\xbb\xbf" + body)),
    Scenario((22,), "cut off, once, by the server itself",
             midway(b'<?xml version="1.0"?><OAI-PMH><ListRecords><record>', times=1)),
    Scenario((22,), "cut off, always", altered(cut_with_its_length), FAILED, "answer_truncated", frozenset()),
    Scenario((22,), "a record without its end", altered(without_end), FLAGGED, stored=ids(0, 1, 2, 3, 5, 6),
             quarantined=ids(4)),
    Scenario((23,), "CP949 called UTF-8", labelled("UTF-8", "cp949"), FLAGGED),
    Scenario((23,), "CP949 called EUC-KR", labelled("EUC-KR", "cp949"), FLAGGED,
             held=sent("똠방각하와 훈민정음", "똠방각하와 훈민정음")),
    Scenario((23,), "EUC-KR called EUC-KR", labelled("EUC-KR", "euc_kr")),
    Scenario((23,), "EUC-KR called Latin-1", labelled("ISO-8859-1", "euc_kr"), FLAGGED),
    Scenario((23,), "UTF-8 called EUC-KR", labelled("EUC-KR", "utf_8"), FLAGGED),
    Scenario((23,), "UTF-8 called Latin-1", labelled("ISO-8859-1", "utf_8"), FLAGGED),
    Scenario((23,), "EUC-KR called nothing, but by the header", labelled("", "euc_kr", header="EUC-KR"), FLAGGED),
    Scenario((23,), "UTF-8 that the header calls EUC-KR", labelled("UTF-8", "utf_8", header="EUC-KR")),
    Scenario((23,), "UTF-16", labelled("UTF-16", "utf_16")),
    Scenario((23,), "one record in CP949", altered(one_in_cp949), FLAGGED, counts={"repaired": 1}),
    Scenario((23,), "one record of bad UTF-8", altered(lambda body: body.replace("음 4".encode(),
             b"\xec\x9d 4")), FLAGGED,
             stored=ids(0, 1, 2, 3, 5, 6), quarantined=ids(4)),
    Scenario((23,), "UTF-8 written twice", altered(twice_encoded), FLAGGED),
    Scenario((25,), "no namespace around", altered(unbound)),
    Scenario((25,), "the namespace of version 1.1", replaced("OAI/2.0/\"", "OAI/1.1/OAI_ListRecords\"")),
    Scenario((25,), "prefixes that nobody declared", altered(undeclared), FLAGGED),
    Scenario((25,), "records without content", replaced("<dc:title>훈민정음 4</dc:title>", ""), stored=ids(0, 1,
             2, 3, 5, 6), counts={"parked": 1}),
    Scenario((41,), "a record without an identifier", altered(unnamed), FLAGGED, stored=ids(0, 1, 2, 3, 5, 6),
             counts={"quarantined": 1}),
    Scenario((43,), "identifiers that are no addresses", held=odd_names),
    Scenario((44,), "a text of twelve million bytes", held=long_title),
    Scenario((44,), "an answer larger than the limit", state=FAILED, error="answer_too_large", stored=frozenset(),
             client={"limits": Limits(bytes=500)}),
    Scenario((), "two thousand elements deep", deep, FLAGGED, stored=ids(0, 1, 2, 3, 5, 6), quarantined=ids(4)),
    Scenario((), "an entity bomb", altered(bomb), FAILED, "answer_unsafe", frozenset()),
    Scenario((), "an external entity", altered(external), FAILED, "answer_unsafe", frozenset()),
)  # fmt: skip
