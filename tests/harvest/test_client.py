from __future__ import annotations

import gzip
import ssl
import subprocess
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.utils import formatdate
from pathlib import Path

import pytest

from harvest.client import OaiClient
from harvest.oai_xml import Page
from harvest.transport import Limits
from repository.errors import TransferError
from tests.harvest.loopback import Answer, Request, Running, serve
from tests.harvest.test_oai_xml import names, page, record

XML = (("Content-Type", "text/xml; charset=utf-8"),)


class Waits(list[float]):
    """A sleep that only writes down how long."""

    def __call__(self, seconds: float) -> None:
        self.append(round(seconds, 3))


@contextmanager
def client(
    reply: Callable[[Request], Answer], waits: Waits | None = None, path: str = "/oai", **limits: float
) -> Iterator[tuple[OaiClient, Running]]:
    bounds = Limits(**{"seconds": 5.0, "attempts": 3, **limits})  # type: ignore[arg-type]  # ints and floats
    with (
        serve(reply) as server,
        OaiClient(server.url + path, limits=bounds, sleep=Waits() if waits is None else waits) as oai,
    ):
        yield oai, server


def failure(oai: OaiClient) -> str:
    with pytest.raises(TransferError) as caught:
        list(oai.pages("oai_dc"))
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
    reply = lambda _: Answer(page(record("1"), token=f"<resumptionToken>{next(left)}</resumptionToken>"))  # noqa: E731
    arrived: list[Page] = []
    with client(reply) as (oai, server), pytest.raises(TransferError, match="token_repeated"):
        arrived.extend(oai.pages("oai_dc"))
    assert len(server.seen) == len(arrived) == len(tokens)


@pytest.mark.parametrize("status", [200, 400, 404, 422, 500])
def test_protocol_errors_are_read_under_any_status(status: int) -> None:
    with client(lambda _: Answer(error("noRecordsMatch"), status)) as (oai, server):
        (only,) = oai.pages("oai_dc")
        assert (only.error, only.records) == ("noRecordsMatch", ())
        assert len(server.seen) == 1


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
    assert waits == [expected]


@pytest.mark.parametrize(("status", "expected"), [(503, "endpoint_busy"), (502, "endpoint_failed")])
def test_attempts_are_bounded(status: int, expected: str) -> None:
    waits = Waits()
    with client(lambda _: Answer(b"", status), waits) as (oai, server):
        assert failure(oai) == expected
    assert (len(server.seen), waits) == (3, [1.0, 2.0])


def test_a_refusal_is_not_asked_again() -> None:
    with client(lambda _: Answer(b"<html>no</html>", 403)) as (oai, server):
        assert failure(oai) == "endpoint_failed"
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
    assert server.seen[0].headers["accept-encoding"] == "gzip"
    with client(lambda _: Answer(page(record("1")), headers=(("Content-Encoding", "gzip"),))) as (oai, _):
        assert [names(one) for one in oai.pages("oai_dc")] == [["1"]]


def test_broken_gzip_is_a_cut_answer() -> None:
    packed = gzip.compress(page(record("1")))
    for body in (packed[:-20], packed[:20] + b"\xff\xff\xff" + packed[23:]):
        with client(lambda _, body=body: Answer(body)) as (oai, _):  # type: ignore[misc]  # bound per round
            assert failure(oai) == "answer_truncated"


def test_bombs_and_large_answers_stop_at_the_limit() -> None:
    pack = zlib.compressobj(9, wbits=31)
    bomb = b"".join([pack.compress(bytes(2**20)) for _ in range(200)]) + pack.flush()
    for body in (bomb, bytes(2**20 + 1)):
        with client(lambda _, body=body: Answer(body), bytes=2**20) as (oai, _):  # type: ignore[misc]
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
        with client(lambda _, to=away: Answer(status=302, headers=(("Location", to),))) as (oai, _):  # type: ignore[misc]
            assert failure(oai) == "redirect_refused"


def test_no_server_and_no_address_are_coded() -> None:
    for endpoint in ("http://127.0.0.1:9/oai", "gopher://x/oai", "http://[broken/oai", "not an address"):
        with OaiClient(endpoint, limits=Limits(attempts=2), sleep=Waits()) as oai:
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
    left = iter(["<resumptionToken>2</resumptionToken>", ""])
    with (
        serve(lambda _: Answer(page(record("1"), token=next(left)))) as server,
        OaiClient(server.url, pace=2.5, sleep=waits, monotonic=lambda: 100.0) as oai,
    ):
        list(oai.pages("oai_dc"))
    assert waits == [2.5]


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


def test_the_four_real_list_pages(shared_data: Path) -> None:
    folder = shared_data / "oai" / "sickle"

    def reply(request: Request) -> Answer:
        return Answer((folder / request.arguments.get("resumptionToken", "ListRecords.xml")).read_bytes())

    with client(reply) as (oai, _):
        pages = list(oai.pages("oai_dc"))
    assert {name for one in pages for name in names(one)} == {
        "oai:test.example.com:1585310", "oai:test.example.com:1585322",
    }  # fmt: skip
    assert sum(len(one.records) + len(one.quarantined) for one in pages) == 8
