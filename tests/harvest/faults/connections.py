"""Faults of connections: busy and broken servers, compression, redirects, refused agents, certificates, limits."""

from __future__ import annotations

import gzip
import itertools
import zlib
from collections.abc import Callable, Iterator
from email.utils import formatdate

import zstandard

from harvest.ledger import RunState
from harvest.transport import Limits, Waiting
from tests.harvest.faults.holder import FIRST_PAGE, Holder, Row, Scenario, Twist, of_lists, spread, token_of
from tests.harvest.loopback import Answer, Request

CUT, FAILED = RunState.INCOMPLETE, RunState.FAILED
NOTHING: frozenset[str] = frozenset()
DATES = (("Retry-After", formatdate(1030, usegmt=True)), ("Date", formatdate(1000, usegmt=True)))


def busy(status: int, *headers: tuple[str, str], times: int = 1) -> Twist:
    """Make a provider that refuses some requests, from the second page on."""

    def twist(held: Holder, asked: Request) -> Answer:
        refused = token_of(asked) and held.first("", times)
        return Answer(b"<html>busy</html>", status, headers) if refused else held.answer(asked)

    return twist


def poisoned(held: Holder, asked: Request) -> Answer:
    """The page with the fifth record always fails, whatever the window, and so does the record itself."""
    answer = held.answer(asked)
    return Answer(b"", 500) if "훈민정음 4".encode() in answer.body else answer


def packed(pack: Callable[[bytes], bytes], *headers: tuple[str, str]) -> Twist:
    """Make a provider that compresses, whatever was asked for."""

    def twist(held: Holder, asked: Request) -> Answer:
        answer = held.answer(asked)
        return Answer(pack(answer.body), answer.status, (*answer.headers, *headers))

    return twist


def broken_gzip(held: Holder, asked: Request) -> Answer:
    """Compression is broken, and may be declined."""
    answer = held.answer(asked)
    if "gzip" not in asked.headers.get("accept-encoding", ""):
        return answer
    return answer._replace(body=gzip.compress(answer.body)[:-30])


def dropped(held: Holder, asked: Request) -> Answer:
    """The connection breaks in the middle of an answer, once."""
    answer = held.answer(asked)
    return answer._replace(cut=40) if held.first() else answer


def shorter_than_said(held: Holder, asked: Request) -> Answer:
    answer = held.answer(asked)
    length = ("Content-Length", str(len(answer.body) + 500))
    return answer._replace(headers=(*answer.headers, length), cut=len(answer.body))


def only_us(held: Holder, asked: Request) -> Answer:
    """A firewall lets nobody in who does not say who he is."""
    return held.answer(asked) if "KoreanMemory" in asked.headers["user-agent"] else Answer(b"", 403)


def only_with_key(held: Holder, asked: Request) -> Answer:
    return held.answer(asked) if asked.headers.get("x-api-key") == "k" else Answer(b"", 401)


def errors_by_status(held: Holder, asked: Request) -> Answer:
    """Protocol errors come with an HTTP status, no match with 404, and even lists with 500."""
    answer = held.answer(asked)
    return answer._replace(status=404 if b"<error" in answer.body else 500)


def unmoved(held: Holder) -> None:
    """Let nothing match a second time."""
    held.date = "2026-03-01T00:00:00Z"


def moved(status: int) -> Twist:
    """Make a provider that moved to another path."""

    def twist(held: Holder, asked: Request) -> Answer:
        if asked.target.startswith("/oai/new"):
            return held.answer(asked)
        return Answer(status=status, headers=(("Location", asked.target.replace("/oai", "/oai/new", 1)),))

    return twist


def posted(held: Holder, asked: Request) -> Answer:
    """Only POST is taken, and it is sent on."""
    if not asked.form:
        return Answer(b"", 405)
    return moved(302)(held, asked)


def long_tokens(held: Holder, asked: Request) -> Answer:
    """The tokens are longer than what the server takes as an address."""
    if len(asked.target) > 2000:
        return Answer(b"", 414)
    page = held.arguments({**asked.arguments, "resumptionToken": token_of(asked).strip("x")})
    start = int(page.get("start", 0))
    more = start + 3 < len(held.rows)
    token = held.token(start + 3, {}) + "x" * 3000 if more else ""
    return held.listed(held.chosen(page)[start : start + 3], token)


def sent_to(target: str) -> Twist:
    """Make a provider that sends everybody somewhere."""
    return lambda held, asked: Answer(status=302, headers=(("Location", target),))


def endless(head: bytes, chunk: bytes, times: int) -> Twist:
    """Make a provider whose answer goes on for very long."""

    def twist(held: Holder, asked: Request) -> Answer:
        return Answer(stream=itertools.chain([head], itertools.repeat(chunk, times)))

    return twist


def bomb(held: Holder, asked: Request) -> Answer:
    pack = zlib.compressobj(9, wbits=31)
    return Answer(b"".join(pack.compress(bytes(2**20)) for _ in range(64)) + pack.flush())


def clock() -> Callable[[], float]:
    """Make a clock on which a second passes whenever somebody looks."""
    ticks = itertools.count()
    return lambda: float(next(ticks))


def drip(held: Holder, asked: Request) -> Answer:
    """A byte at a time, for as long as it is read."""

    def bytes_of() -> Iterator[bytes]:
        for number in range(5_000_000):  # under load many bytes arrive at once
            yield bytes([held.send("").body[number % 40]])

    return Answer(stream=bytes_of())


def patient() -> Waiting:
    return Waiting(sleep=lambda _: None, monotonic=clock())


SCENARIOS = (
    Scenario((14,), "busy, without a word when", busy(503), waits=(1.0,)),
    Scenario((14,), "busy for seven seconds", busy(503, ("Retry-After", "7")), waits=(7.0,)),
    Scenario((14,), "busy until a date", busy(503, *DATES), waits=(30.0,)),
    Scenario((14,), "busy for a day", busy(503, ("Retry-After", "86400")), waits=(300.0,)),
    Scenario((14,), "too many requests", busy(429, ("Retry-After", "2"), times=2), waits=(2.0, 2.0)),
    Scenario((14,), "busy for good", busy(429, times=99), CUT, "endpoint_busy", FIRST_PAGE),
    Scenario((15,), "a page fails twice", busy(502, times=2), waits=(1.0, 2.0)),
    Scenario((15,), "a page that times out", busy(504), waits=(1.0,)),
    Scenario((15,), "one record kills every page it is on", poisoned, CUT, "records_missing: oai:x:4",
             held=spread, quarantined=frozenset({"oai:x:4"})),
    Scenario((15,), "one record kills every list it is on", of_lists(poisoned), held=spread),
    Scenario((17,), "only who says his name is let in", only_us),
    Scenario((17,), "a header is wanted", only_with_key, client={"headers": {"X-Api-Key": "k"}}),
    Scenario((17,), "a header is wanted and not known", only_with_key, FAILED, "endpoint_failed", NOTHING),
    Scenario((18,), "answers under the status of an error", errors_by_status, then=unmoved),
    Scenario((24,), "gzip that nobody announced", packed(gzip.compress)),
    Scenario((24,), "gzip, announced", packed(gzip.compress, ("Content-Encoding", "gzip"))),
    Scenario((24,), "gzip in two members",
             packed(lambda body: gzip.compress(body[:99]) + gzip.compress(body[99:]))),
    Scenario((24,), "announced as gzip and plain", packed(bytes, ("Content-Encoding", "gzip"))),
    Scenario((24,), "Zstandard, announced", packed(zstandard.compress, ("Content-Encoding", "zstd"))),
    Scenario((24,), "Zstandard that nobody announced", packed(zstandard.compress)),
    Scenario((24,), "deflate, announced as gzip", packed(zlib.compress, ("Content-Encoding", "gzip"))),
    Scenario((24,), "broken gzip that may be declined", broken_gzip),
    Scenario((24,), "broken gzip, always", packed(lambda body: gzip.compress(body)[:-30]), FAILED,
             "answer_truncated", NOTHING),
    Scenario((24,), "broken Zstandard, always", packed(lambda body: zstandard.compress(body)[:-30]), FAILED,
             "answer_truncated", NOTHING),
    Scenario((39,), "moved, on the same host", moved(301)),
    Scenario((39,), "moved for now, with the method kept", moved(307)),
    Scenario((39,), "POST only, and moved", posted),
    Scenario((39,), "sent round in a circle", sent_to("/oai"), FAILED, "redirect_refused", NOTHING),
    Scenario((39,), "sent to another host", sent_to("http://169.254.169.254/latest"), FAILED,
             "redirect_refused", NOTHING),
    Scenario((39,), "sent to no address", sent_to("http://[nowhere:x/"), FAILED, "endpoint_unreachable", NOTHING),
    Scenario((40,), "a certificate that nobody here trusts", state=FAILED, error="endpoint_unreachable",
             stored=NOTHING, tls=True),
    Scenario((40,), "the same, trusted by the source's file", tls=True, client={"ca_file": "trusted"}),
    Scenario((44,), "ten gigabytes", endless(b"<OAI-PMH>", b"x" * 2**16, 163_840), FAILED, "answer_too_large",
             NOTHING,
             client={"limits": Limits(bytes=2**20)}),
    Scenario((44,), "a bomb of gzip", bomb, FAILED, "answer_too_large", NOTHING,
             client={"limits": Limits(bytes=2**20)}),
    Scenario((), "a connection that breaks once", dropped),
    Scenario((), "less than the length that was said", shorter_than_said, FAILED, "endpoint_unreachable", NOTHING),
    Scenario((), "a byte at a time", drip, FAILED, "answer_too_slow", NOTHING,
             client={"limits": Limits(seconds=20.0, attempts=2), "waiting": patient()}),
    Scenario((), "tokens too long for an address", long_tokens),
    Scenario((), "a title of one record on each page",
             held=lambda: Holder({f"x{n}": Row(f"책 {n}") for n in range(5)}, page_size=1)),
)  # fmt: skip
