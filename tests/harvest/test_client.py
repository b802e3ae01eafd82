from __future__ import annotations

import gzip
import itertools
import ssl
import subprocess
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.utils import formatdate
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from harvest.client import OaiClient
from harvest.oai_asking import Habits
from harvest.oai_xml import Page
from harvest.pacing import Pacer
from harvest.transport import Limits, Waiting
from repository.errors import TransferError
from tests.harvest.faults.holder import Holder
from tests.harvest.loopback import Answer, Request, Running, serve
from tests.harvest.test_oai_xml import names, page, record

XML = (("Content-Type", "text/xml; charset=utf-8"),)


class Waits(list[float]):
    """A sleep that only writes down how long."""

    def __call__(self, seconds: float) -> None:
        self.append(round(seconds, 3))


def watched(waits: Waits, **clocks: Callable[[], float]) -> Waiting:
    return Waiting(sleep=waits, jitter=lambda: 1.0, **clocks)


def always(answer: Answer) -> Callable[[Request], Answer]:
    return lambda _: answer


@contextmanager
def client(
    reply: Callable[[Request], Answer], waits: Waits | None = None, path: str = "/oai", **limits: float
) -> Iterator[tuple[OaiClient, Running]]:
    bounds = Limits(**{"seconds": 5.0, "attempts": 3, **limits})  # type: ignore[arg-type]  # ints and floats
    with (
        serve(reply) as server,
        OaiClient(
            server.url + path, limits=bounds, waiting=watched(Waits() if waits is None else waits)
        ) as oai,
    ):
        yield oai, server


def failure(oai: OaiClient, method: str = "") -> str:
    with pytest.raises(TransferError) as caught:
        getattr(oai, method)() if method else list(oai.pages("oai_dc"))
    return caught.value.code


def error(code: str) -> bytes:
    return f'<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><error code="{code}">x</error></OAI-PMH>'.encode()


def test_a_list_is_followed_to_its_end_and_tokens_are_encoded_once() -> None:
    tokens = {"": "a b+c%2F@가=", "a b+c%2F@가=": "2", "2": ""}

    def reply(request: Request) -> Answer:
        token = request.arguments.get("resumptionToken", "")
        sent = f"<resumptionToken>{tokens[token]}</resumptionToken>"
        return Answer(page(record(token or "0"), token=sent), headers=XML)

    with client(reply, path="/oai?key=1") as (oai, server):
        pages = list(oai.pages("oai_dc", set_="서울:책 1", from_="2026-01-01", until="2026-02-01"))
    assert [names(one) for one in pages] == [["0"], ["a b+c%2F@가="], ["2"]]
    assert server.seen[0].arguments == {
        "key": "1", "verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "서울:책 1",
        "from": "2026-01-01", "until": "2026-02-01",
    }  # fmt: skip
    assert "resumptionToken=a%20b%2Bc%252F%40%EA%B0%80%3D" in server.seen[1].target
    assert "metadataPrefix" not in server.seen[1].target
    assert "KoreanMemory" in server.seen[0].headers["user-agent"]


def test_a_list_goes_on_from_a_token() -> None:
    with client(lambda _: Answer(page(record("1")))) as (oai, server):
        list(oai.pages("oai_dc", from_="2026-01-01", token="t"))
    assert server.seen[0].arguments == {"verb": "ListRecords", "resumptionToken": "t"}


@pytest.mark.parametrize("tokens", [["a", "a"], ["a", "b", "c", "a"]])
def test_a_token_that_comes_again_ends_the_list(tokens: list[str]) -> None:
    left = iter(tokens)

    def reply(_: Request) -> Answer:
        return Answer(page(record("1"), token=f"<resumptionToken>{next(left)}</resumptionToken>"))

    arrived: list[Page] = []
    with client(reply) as (oai, server), pytest.raises(TransferError, match="token_repeated"):
        arrived.extend(oai.pages("oai_dc"))
    assert len(server.seen) == len(arrived) == len(tokens)


@pytest.mark.parametrize("status", [200, 400, 404, 422, 500])
def test_protocol_errors_are_read_under_any_status(status: int) -> None:
    with client(lambda _: Answer(error("noRecordsMatch"), status)) as (oai, server):
        (only,) = oai.pages("oai_dc")
        assert (only.error, only.records) == ("noRecordsMatch", ())
        assert [request.arguments["verb"] for request in server.seen] == [
            "ListRecords", "ListRecords", "Identify",
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("oai_code", "expected"),
    [("badResumptionToken", "token_refused"), ("badArgument", "protocol_error"), ("oops", "protocol_error")],
)
def test_other_protocol_errors_are_coded(oai_code: str, expected: str) -> None:
    with client(lambda _: Answer(error(oai_code))) as (oai, _):
        assert failure(oai) == expected


def test_get_record_takes_absence_as_an_outcome() -> None:
    with client(lambda _: Answer(error("idDoesNotExist"))) as (oai, server):
        assert oai.get_record("oai:x:1 2", "mods").error == "idDoesNotExist"
    assert "identifier=oai%3Ax%3A1%202" in server.seen[0].target


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ((("Retry-After", "7"),), 7.0),
        ((("Retry-After", "86400"),), 60.0),
        ((("Retry-After", formatdate(1000, usegmt=True)), ("Date", formatdate(970, usegmt=True))), 30.0),
        ((("Retry-After", formatdate(10, usegmt=True)),), 0.0),
        ((("Retry-After", "soon"),), 1.0),
        ((), 1.0),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
def test_both_forms_of_retry_after(
    headers: tuple[tuple[str, str], ...], expected: float, status: int
) -> None:
    answers = iter([Answer(b"busy", status, headers), Answer(page(record("1")))])
    waits = Waits()
    with client(lambda _: next(answers), waits, wait=60.0) as (oai, _):
        assert [names(one) for one in oai.pages("oai_dc")] == [["1"]]
    assert waits == ([expected] if expected else [])


@pytest.mark.parametrize(("status", "expected"), [(503, "endpoint_busy"), (502, "endpoint_failed")])
def test_attempts_are_bounded(status: int, expected: str) -> None:
    waits = Waits()
    with client(lambda _: Answer(b"", status), waits) as (oai, server):
        assert failure(oai) == expected
    assert (len(server.seen), waits) == (3, [1.0, 2.0])


def test_a_refusal_is_not_asked_again() -> None:
    wall = (("cf-mitigated", "challenge"),)
    for answer, expected in (
        (Answer(b"no", 403), "endpoint_failed"),
        (Answer(b"<!DOCTYPE html><html>no</html>", 403), "answer_not_oai"),
        (Answer(b"<html>Just a moment...</html>", 503, wall), "answer_not_oai"),
        (Answer(b"", 202, (("x-amzn-waf-action", "challenge"),)), "answer_not_oai"),
    ):
        with client(always(answer)) as (oai, server):
            assert failure(oai) == expected
        assert len(server.seen) == 1


def test_a_block_page_with_status_200_is_no_list() -> None:
    body = "<!DOCTYPE html><html><head><title>차단</title></head></html>".encode()
    with client(lambda _: Answer(body)) as (oai, server):
        assert failure(oai) == "answer_not_oai"
    assert len(server.seen) == 1


def test_a_cut_connection_and_a_cut_page_are_asked_for_again() -> None:
    whole = page(record("1"), record("2"))
    answers = iter([Answer(whole, cut=50), Answer(whole[:-60]), Answer(whole)])
    with client(lambda _: next(answers)) as (oai, _):
        assert [names(one) for one in oai.pages("oai_dc")] == [["1", "2"]]
    with client(lambda _: Answer(whole[:-60])) as (oai, server):
        assert failure(oai) == "answer_truncated"
    assert len(server.seen) == 3


@pytest.mark.parametrize("announced", [True, False])
def test_gzip_is_told_by_its_bytes(announced: bool) -> None:
    headers = (("Content-Encoding", "gzip"),) if announced else ()
    with client(lambda _: Answer(gzip.compress(page(record("1"))), headers=headers)) as (oai, server):
        assert [names(one) for one in oai.pages("oai_dc")] == [["1"]]
    assert server.seen[0].headers["accept-encoding"] == "gzip, zstd"
    with client(lambda _: Answer(page(record("1")), headers=(("Content-Encoding", "gzip"),))) as (oai, _):
        assert [names(one) for one in oai.pages("oai_dc")] == [["1"]]


def test_broken_gzip_is_a_cut_answer() -> None:
    packed = gzip.compress(page(record("1")))
    for body in (packed[:-20], packed[:20] + b"\xff\xff\xff" + packed[23:]):
        with client(always(Answer(body))) as (oai, _):
            assert failure(oai) == "answer_truncated"


def test_bombs_and_large_answers_stop_at_the_limit() -> None:
    pack = zlib.compressobj(9, wbits=31)
    bomb = b"".join([pack.compress(bytes(2**20)) for _ in range(200)]) + pack.flush()
    for body in (bomb, bytes(2**20 + 1)):
        with client(always(Answer(body)), bytes=2**20) as (oai, _):
            assert failure(oai) == "answer_too_large"


def test_redirects_stay_on_the_host_and_are_counted() -> None:
    def reply(request: Request) -> Answer:
        if request.target.startswith("/oai/x"):
            return Answer(page(record("1")))
        return Answer(status=301, headers=(("Location", request.target.replace("/oai", "/oai/x")),))

    with client(reply) as (oai, _):
        assert [names(one) for one in oai.pages("oai_dc")] == [["1"]]
    loop = Answer(status=302, headers=(("Location", "/again"),))
    with client(lambda _: loop, redirects=4) as (oai, server):
        assert failure(oai) == "redirect_refused"
    assert len(server.seen) == 5
    for away in ("http://example.org/oai", "http://127.0.0.1:9/oai", "file:///etc/passwd"):
        with client(always(Answer(status=302, headers=(("Location", away),)))) as (oai, _):
            assert failure(oai) == "redirect_refused"


def test_no_server_and_no_address_are_coded() -> None:
    for endpoint in ("http://127.0.0.1:9/oai", "gopher://x/oai", "http://[broken/oai", "not an address"):
        with OaiClient(endpoint, limits=Limits(attempts=2), waiting=watched(Waits())) as oai:
            assert failure(oai) == "endpoint_unreachable"


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_certificate_that_nobody_signed_is_refused(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = ["-nodes", "-keyout", str(key), "-out", str(certificate), "-days", "2", "-subj", "/CN=127.0.0.1"]
    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
    subprocess.run(["openssl", "req", "-x509", *curve, *made], check=True, capture_output=True)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate, key)
    with (
        serve(lambda _: Answer(page(record("1"))), tls) as server,
        OaiClient(server.url, limits=Limits(attempts=1)) as oai,
    ):
        assert failure(oai) == "endpoint_unreachable"
    assert not server.seen


def test_requests_keep_their_pace() -> None:
    waits = Waits()
    left = iter([page(record("1"), token="<resumptionToken>2</resumptionToken>"), page(record("2"))])
    with (
        serve(lambda _: Answer(next(left))) as server,
        OaiClient(server.url, pace=2.5, waiting=watched(waits, monotonic=lambda: 100.0)) as oai,
    ):
        list(oai.pages("oai_dc"))
    assert waits == [2.5]


def test_clients_of_one_host_share_its_pauses() -> None:
    waits, pacer = Waits(), Pacer()
    answers = iter([Answer(b"", 429, (("Retry-After", "9"),)), *[Answer(page(record("1")))] * 2])
    with serve(lambda _: next(answers)) as server:
        options: dict[str, Any] = {
            "waiting": watched(waits, monotonic=lambda: 50.0),
            "pacer": pacer,
            "pace": 2.0,
        }
        with OaiClient(server.url, limits=Limits(attempts=1), **options) as one:
            assert failure(one) == "endpoint_busy"
        with OaiClient(f"{server.url}/other", **options) as other:
            list(other.pages("oai_dc"))
    assert waits == [9.0]


def test_what_a_repository_says_of_itself(shared_data: Path) -> None:
    folder = shared_data / "oai" / "sickle"

    def reply(request: Request) -> Answer:
        return Answer((folder / f"{request.arguments['verb']}.xml").read_bytes())

    with client(reply) as (oai, _):
        identity = oai.identify()
        assert (identity.name, identity.deleted, identity.granularity) == (
            "A Test Repository", "persistent", "YYYY-MM-DD",
        )  # fmt: skip
        assert identity.admin_emails == ("john.doe@example.com",)
        assert ("mods", "http://www.loc.gov/mods/v3") in {(f.prefix, f.namespace) for f in oai.list_formats()}
        assert len({one.spec for one in oai.list_sets()}) > 50


def test_repositories_without_sets_or_formats() -> None:
    codes = {"ListSets": "noSetHierarchy", "ListMetadataFormats": "noMetadataFormats"}
    with client(lambda request: Answer(error(codes[request.arguments["verb"]]))) as (oai, _):
        assert (list(oai.list_sets()), oai.list_formats()) == ([], ())


def test_a_million_sets_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("harvest.client.SETS", 2_000)
    root = '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListSets>'
    numbers = itertools.count(1)

    def rows(page: int) -> str:
        return "".join(f"<set><setSpec>{page}-{n}</setSpec><setName>n</setName></set>" for n in range(500))

    def reply(_: Request) -> Answer:
        page = next(numbers)
        token = f"<resumptionToken>{page}</resumptionToken>"
        return Answer(f"{root}{rows(page)}{token}</ListSets></OAI-PMH>".encode())

    with client(reply) as (oai, server), pytest.raises(TransferError, match="list_too_long"):
        list(oai.list_sets())
    assert len(server.seen) == 5
    same = f"{root}{rows(0)}<resumptionToken>t</resumptionToken></ListSets></OAI-PMH>".encode()
    with client(lambda _: Answer(same)) as (oai, _), pytest.raises(TransferError, match="token_repeated"):
        list(oai.list_sets())


def test_every_verb_by_get_and_by_post() -> None:
    """What one client had to learn, the next knows."""

    def reply(request: Request) -> Answer:
        if not request.form:
            return Answer(b"", 405)
        return provider.answer(request)

    provider = Holder()
    for make in (provider.answer, reply):
        with client(make, path="/oai?key=1") as (oai, server):
            assert oai.identify().name == "새벽도서관"
            assert [names(one) for one in oai.pages("oai_dc")] == [
                names(one) for one in oai.identifiers("oai_dc")
            ]
            assert names(oai.get_record("oai:x:6", "oai_dc")) == ["oai:x:6"]
            assert not next(oai.identifiers("oai_dc")).records[0].payload
            assert failure(oai, "list_formats") == "protocol_error"
            assert all(request.arguments["key"] == "1" for request in server.seen)
        assert oai.habits.post == (make is reply)
        assert sum(not request.form for request in server.seen) == (1 if make is reply else len(server.seen))
    with serve(reply) as server, OaiClient(server.url, habits=Habits(post=True)) as oai:
        assert oai.identify().name == "새벽도서관"
        assert len(server.seen) == 1


def test_what_was_learnt_of_tokens_is_kept() -> None:
    def reply(request: Request) -> Answer:
        lacks = "resumptionToken" in request.arguments and "metadataPrefix" not in request.arguments
        return provider.error("badArgument") if lacks else provider.answer(request)

    provider = Holder()
    with client(reply) as (oai, server):
        assert len(list(oai.pages("oai_dc"))) == 3
        assert (len(server.seen), oai.habits) == (4, Habits(prefix=True))
        list(oai.pages("oai_dc"))
        assert len(server.seen) == 7
    with serve(reply) as server, OaiClient(server.url, habits=oai.habits) as oai:
        list(oai.pages("oai_dc"))
    assert len(server.seen) == 3


def test_a_list_that_ends_wrongly_keeps_its_last_token() -> None:
    """Whoever is killed between the last page and the error does not take the list for whole."""
    tokens = iter(['<resumptionToken completeListSize="9">t</resumptionToken>', ""])
    numbers = itertools.count()
    arrived: list[Page] = []

    def reply(_: Request) -> Answer:
        return Answer(page(record(str(next(numbers))), token=next(tokens)))

    with client(reply) as (oai, _), pytest.raises(TransferError, match="list_short"):
        arrived.extend(oai.pages("oai_dc"))
    assert [one.token for one in arrived] == ["t", "t"]


@pytest.mark.parametrize("received", [None, 3, 0])
def test_a_page_lost_between_two_harvests_is_noticed_by_its_cursor(received: int | None) -> None:
    with client(Holder(says_size=True).answer) as (oai, _):
        pages = oai.pages("oai_dc", token="3|||", received=received)
        if received == 0:
            with pytest.raises(TransferError, match="token_refused"):
                list(pages)
        else:
            assert [len(one.records) for one in pages] == [3, 1]


def test_dates_are_sent_in_a_form_that_is_understood() -> None:
    asked = {
        ("2026-02-01T09:00:00+09:00", ""): ("2026-02-01T00:00:00Z", None),
        ("2026-02-01T09:00:00.5Z", "2026-02-02"): ("2026-02-01", "2026-02-02"),
        ("2026-02-01T09:00:00", "2026-02-01T09:00:00"): ("2026-01-31", "2026-02-01"),
        ("2026-02-01T15:00:00", "2026-02-01T15:00:00"): ("2026-02-01", "2026-02-02"),
        ("20260201", "never"): ("2026-02-01", None),
        ("0001-01-01T00:00:00+09:00", ""): (None, None),
    }
    for given, sent in asked.items():
        with client(lambda _: Answer(page(record("1")))) as (oai, server):
            list(oai.pages("oai_dc", from_=given[0], until=given[1]))
        arguments = server.seen[0].arguments
        assert (arguments.get("from"), arguments.get("until")) == sent


def test_pauses_grow_are_spread_and_have_an_end() -> None:
    for jitter, expected in ((0.0, [0.5, 1.0, 2.0, 2.5]), (1.0, [1.0, 2.0, 4.0, 5.0])):
        waits = Waits()
        with (
            serve(lambda _: Answer(b"", 502)) as server,
            OaiClient(
                server.url,
                limits=Limits(attempts=5, wait=5.0),
                waiting=Waiting(sleep=waits, jitter=partial(float, jitter)),
            ) as oai,
        ):
            assert failure(oai) == "endpoint_failed"
        assert waits == expected


def test_the_four_real_list_pages(shared_data: Path) -> None:
    folder = shared_data / "oai" / "sickle"

    def reply(request: Request) -> Answer:
        return Answer((folder / request.arguments.get("resumptionToken", "ListRecords.xml")).read_bytes())

    pages: list[Page] = []
    with client(reply) as (oai, _), pytest.raises(TransferError, match="list_short"):
        pages.extend(oai.pages("oai_dc"))
    assert {name for one in pages for name in names(one)} == {
        "oai:test.example.com:1585310", "oai:test.example.com:1585322",
    }  # fmt: skip
    assert sum(len(one.records) + len(one.quarantined) for one in pages) == 8
