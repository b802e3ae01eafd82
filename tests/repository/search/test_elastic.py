"""What is particular to Elasticsearch: who is let in, what it refuses, deaths, other machines, versions."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import httpx
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from repository import ports
from repository.errors import BadRequest, ConfigurationError, StoreError
from repository.search import tokens
from repository.search.access import Access
from repository.search.document import SearchDocument
from repository.search.elastic_mapping import VERSION, to_source
from repository.search.engine import SearchEngine
from repository.search.factory import open_engine
from repository.search.parts import InParts
from repository.search.query import Query, parse
from repository.settings import SECRETS, Settings
from tests.real_elasticsearch import Kit, prepare, running, start
from tests.repository.search.between import Asked, Told, between, read, refusal
from tests.repository.search.samples import document, item

ROOT = Path(__file__).resolve().parents[3]
PASSWORD = "열려라-open-1443"
REBUILDER = """
import sys, time
from pathlib import Path
from repository.search.access import Access
from repository.search.factory import open_engine
from tests.repository.search.samples import document, item
url, index, folder, last = sys.argv[1], sys.argv[2], Path(sys.argv[3]), int(sys.argv[4])
with open_engine(url, folder, access=Access(index=index, timeout_seconds=60)).rebuild() as beside:
    for at in range(0, last, 20):
        beside.put([document(item(str(n), f"책 {n}")) for n in range(at, at + 20)])
        sys.stdout.write("batch\\n"); sys.stdout.flush()
"""

Open = Callable[..., SearchEngine]


@pytest.fixture
def opened(elasticsearch_url: str, elasticsearch_index: str, tmp_path: Path) -> Open:
    """Open an engine on the test's own index, perhaps through another address or from another machine."""

    def opened(url: str = elasticsearch_url, folder: str = "index", **access: object) -> SearchEngine:
        given = msgspec.structs.replace(Access(index=elasticsearch_index, timeout_seconds=30), **access)
        return open_engine(url, tmp_path / folder, access=given)

    return opened


@pytest.fixture
def administer(elasticsearch_url: str) -> Iterator[httpx.Client]:
    """Speak to the server as its administrator does."""
    with httpx.Client(base_url=elasticsearch_url, timeout=60) as client:
        yield client


def books(first: int, last: int) -> list[SearchDocument]:
    """Make some books."""
    return [document(item(str(number), f"책 {number}")) for number in range(first, last)]


def names(administer: httpx.Client, index: str) -> list[str]:
    """Name the indices that begin so, the lease left out."""
    rows = administer.get("/_cat/indices", params={"format": "json", "expand_wildcards": "all"}).json()
    return sorted(row["index"] for row in rows if row["index"].startswith(f"{index}-v"))


# ---- who is let in ------------------------------------------------------------------------------------
class Secured(NamedTuple):
    """A server that asks who we are, over TLS, and the authority that signed its certificate."""

    url: str
    authority: Path


@pytest.fixture(scope="module")
def secured(elasticsearch_kit: Kit) -> Iterator[Secured]:
    """A server with a user in a file, and a certificate of its own."""
    tls = "xpack.security.http.ssl"
    own = {"discovery.type": "single-node", "xpack.security.enabled": "true", f"{tls}.enabled": "true"}
    paths = {f"{tls}.certificate": "server.pem", f"{tls}.key": "server.key"}
    folder, url = prepare(elasticsearch_kit, {**own, **paths})
    certificate(folder / "config")
    elasticsearch_kit.tool("elasticsearch-users", folder, "useradd", "km", "-p", PASSWORD, "-r", "superuser")
    with running(start(elasticsearch_kit, folder, url)) as node:
        yield Secured(node.url, folder / "config" / "server.pem")


def certificate(folder: Path) -> None:
    """Make a certificate that signs itself."""
    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    named = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    written = ["-keyout", str(folder / "server.key"), "-out", str(folder / "server.pem")]
    subprocess.run(["openssl", "req", "-x509", *curve, *written, *named], check=True, capture_output=True)


def test_a_user_is_let_in_over_tls_by_our_own_authority(secured: Secured, tmp_path: Path) -> None:
    access = Access(user="km", password=PASSWORD, ca_file=str(secured.authority), timeout_seconds=60)
    engine = open_engine(secured.url, tmp_path, access=access)
    assert engine.health().state == "empty"
    assert engine.put([document(item("one", "훈민정음"))]) == 1
    assert engine.search(Query("訓民正音")).total == 1
    with engine.rebuild() as beside:
        beside.put([document(item("two", "용비어천가"))])
    assert engine.search(Query("용비어천가")).total == 1
    assert engine.health().state == "ok"


@pytest.mark.parametrize(
    ("login", "code"),
    [
        ({"user": "km", "password": "wrong-secret"}, "search_login_refused"),
        ({}, "search_login_refused"),
        ({"api_key": "bm9uZTp3cm9uZy1zZWNyZXQ="}, "search_login_refused"),
        ({"user": "km", "password": PASSWORD, "ca_file": ""}, "search_tls"),
    ],
)
def test_others_are_told_why_not(
    secured: Secured, tmp_path: Path, caplog: pytest.LogCaptureFixture, login: dict[str, str], code: str
) -> None:
    access = msgspec.structs.replace(Access(ca_file=str(secured.authority), timeout_seconds=60), **login)
    engine = open_engine(secured.url, tmp_path, access=access)
    for attempt in (
        lambda: engine.search(Query("책")),
        engine.count,
        lambda: engine.put([document(item("one"))]),
    ):
        with pytest.raises(StoreError) as refused:
            attempt()
        assert refused.value.code == code
    health = engine.health()
    assert health.state == "unreachable"
    told = f"{refused.value!r} {refused.value.ko} {health} {caplog.text} {access!r}"
    assert not any(secret in told for secret in (PASSWORD, "wrong-secret", "bm9uZTp3cm9uZy1zZWNyZXQ="))


def test_an_api_key_is_sent_with_every_request(elasticsearch_url: str, opened: Open) -> None:
    seen: list[str] = []

    def meddle(asked: Asked, passed: Callable[[], Told]) -> Told:
        seen.append(asked.headers.get("authorization", ""))
        return passed()

    with between(elasticsearch_url, meddle) as url:
        engine = opened(url, api_key="a2V5OnNlY3JldA==")
        engine.put([document(item("one", "책"))])
        assert engine.search(Query("책")).total == 1
    assert set(seen) == {"ApiKey a2V5OnNlY3JldA=="}


@pytest.mark.parametrize(
    ("address", "access", "code"),
    [
        ("https://kim:secret@localhost:9200", Access(), "search_address_invalid"),
        ("ftp://localhost", Access(), "search_address_invalid"),
        ("http://localhost:9200,http://", Access(), "search_address_invalid"),
        ("http://localhost:port", Access(), "search_address_invalid"),
        ("http://localhost:9200", Access(index="Upper*"), "search_index_invalid"),
        ("http://localhost:9200", Access(user="kim"), "search_login_unclear"),
        ("http://localhost:9200", Access(user="kim", password="p", api_key="k"), "search_login_unclear"),
        ("http://localhost:9200", Access(ca_file="/nowhere/authority.pem"), "search_ca_missing"),
        ("http://localhost:9200", Access(timeout_seconds=0), "search_patience_invalid"),
        ("opensearch", Access(), "search_engine_unknown"),
    ],
)
def test_settings_that_cannot_be_meant_are_refused(
    tmp_path: Path, address: str, access: Access, code: str
) -> None:
    with pytest.raises(ConfigurationError) as refused:
        open_engine(address, tmp_path, access=access)
    assert refused.value.code == code
    assert "secret" not in str(refused.value)


def test_secrets_of_settings_are_never_shown() -> None:
    chosen = msgspec.structs.replace(Settings(), **dict.fromkeys(SECRETS, "hidden-value"))
    assert "hidden-value" not in repr(chosen)
    assert "search_index='korean-memory'" in repr(chosen)
    assert "hidden-value" not in repr(Access(user="kim", password="hidden-value", api_key="hidden-value"))


# ---- what it refuses ----------------------------------------------------------------------------------
def test_a_document_that_is_refused_is_named_and_the_others_are_written(opened: Open) -> None:
    engine = opened()
    wrong = msgspec.structs.replace(document(item("wrong", "책 하나")), earliest=10**12)
    with pytest.raises(StoreError) as refused:
        engine.put([document(item("one", "책 둘")), wrong, document(item("two", "책 셋"))])
    assert refused.value.code == "bulk_refused"
    assert wrong.id in refused.value.en and wrong.id in refused.value.ko
    assert item("one").id not in refused.value.en
    assert engine.search(Query("책")).total == 2


def test_what_it_is_too_busy_for_is_sent_again(
    elasticsearch_url: str, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("repository.search.elastic_client._FIRST_PAUSE", 0.01)
    sent: list[int] = []

    def meddle(asked: Asked, passed: Callable[[], Told]) -> Told:
        if "_bulk" not in asked.target:
            return passed()
        sent.append(asked.body.count(b'{"index"'))
        if len(sent) == 1:
            return refusal(429, "circuit_breaking_exception")
        told = passed()
        if len(sent) == 2:  # it wrote all, and says that it did not write some: they come again
            answer = read(told)
            for one in answer["items"][:3]:
                one["index"]["status"] = 429
                one["index"]["error"] = {"type": "es_rejected_execution_exception", "reason": "busy"}
            return told._replace(body=json.dumps(answer).encode())
        return told

    with between(elasticsearch_url, meddle) as url:
        assert opened(url).put(books(0, 10)) == 10
    assert sent == [10, 10, 3]
    assert opened().count() == 10


def test_writers_do_not_wait_for_ever(
    elasticsearch_url: str, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("repository.search.elastic_client._FIRST_PAUSE", 0.01)
    monkeypatch.setattr("repository.search.elastic_writer.PATIENCE", 0.2)

    def meddle(asked: Asked, passed: Callable[[], Told]) -> Told:
        return refusal(429, "es_rejected_execution_exception") if "_bulk" in asked.target else passed()

    with between(elasticsearch_url, meddle) as url, pytest.raises(StoreError) as refused:
        opened(url).put(books(0, 3))
    assert refused.value.code == "search_busy"


@pytest.mark.parametrize(
    ("block", "code"), [("write", "search_readonly"), ("read_only_allow_delete", "search_disk_full")]
)
def test_an_index_that_takes_no_writes_says_so_at_once_and_is_still_read(
    opened: Open, administer: httpx.Client, elasticsearch_index: str, block: str, code: str
) -> None:
    engine = opened()
    engine.put(books(0, 3))
    (name,) = names(administer, elasticsearch_index)
    administer.put(f"/{name}/_settings", json={f"index.blocks.{block}": True}).raise_for_status()
    began = time.monotonic()
    with pytest.raises(StoreError) as refused:
        engine.put(books(2, 5))
    assert refused.value.code == code
    assert time.monotonic() - began < 20
    assert engine.search(Query("책")).total == 3
    with pytest.raises(StoreError) as refused:
        engine.drop([item("0").id])
    assert refused.value.code == code
    administer.put(f"/{name}/_settings", json={f"index.blocks.{block}": None}).raise_for_status()
    assert engine.put(books(2, 5)) == 2


def test_a_server_that_is_away_is_told_of_soon(tmp_path: Path) -> None:
    engine = open_engine(f"http://127.0.0.1:{ports.any_free()}", tmp_path, access=Access(timeout_seconds=5))
    began = time.monotonic()
    for attempt in (
        lambda: engine.search(Query("책")),
        engine.count,
        lambda: list(engine.digests()),
        lambda: engine.put([document(item("one"))]),
        lambda: engine.drop(["one"]),
        lambda: engine.rebuild().__enter__(),
    ):
        with pytest.raises(StoreError) as refused:
            attempt()
        assert refused.value.code == "search_unreachable"
        assert "검색 서버" in refused.value.text("ko")
    assert engine.health().state == "unreachable"
    assert time.monotonic() - began < 20


def test_a_server_that_does_not_answer_is_not_waited_for(elasticsearch_url: str, opened: Open) -> None:
    released = threading.Event()

    def meddle(_asked: Asked, passed: Callable[[], Told]) -> Told:
        released.wait(30)
        return passed()

    with between(elasticsearch_url, meddle) as url:
        began = time.monotonic()
        with pytest.raises(StoreError) as refused:
            opened(url, timeout_seconds=1).search(Query("책"))
        assert refused.value.code == "search_timeout"
        assert time.monotonic() - began < 10
        released.set()


@pytest.mark.parametrize(
    ("status", "kind", "code"),
    [
        (500, "exception", "search_unavailable"),
        (503, "no_shard_available_action_exception", "search_unavailable"),
        (429, "es_rejected_execution_exception", "search_busy"),
        (400, "search_phase_execution_exception", "index_unreadable"),
    ],
)
def test_troubles_of_the_server_have_codes(
    elasticsearch_url: str, opened: Open, status: int, kind: str, code: str
) -> None:
    def meddle(_asked: Asked, _passed: Callable[[], Told]) -> Told:
        return refusal(status, kind)

    with between(elasticsearch_url, meddle) as url, pytest.raises(StoreError) as refused:
        opened(url).search(Query("책"))
    assert refused.value.code == code


def test_a_gateway_that_is_no_elasticsearch_has_a_code_too(elasticsearch_url: str, opened: Open) -> None:
    def meddle(_asked: Asked, _passed: Callable[[], Told]) -> Told:
        return Told(502, b"<html>Bad Gateway</html>", "text/html")

    with between(elasticsearch_url, meddle) as url:
        with pytest.raises(StoreError) as refused:
            opened(url).search(Query("책"))
        assert refused.value.code == "search_unavailable"
        assert opened(url).health().state == "unreachable"


def test_an_answer_in_part_is_none(elasticsearch_url: str, opened: Open) -> None:
    opened().put(books(0, 3))

    def meddle(asked: Asked, passed: Callable[[], Told]) -> Told:
        told = passed()
        return told._replace(body=told.body.replace(b'"timed_out":false', b'"timed_out":true'))

    with between(elasticsearch_url, meddle) as url, pytest.raises(StoreError) as refused:
        opened(url).search(Query("책"))
    assert refused.value.code == "search_unavailable"


# ---- rebuilds and other machines ----------------------------------------------------------------------
def rebuilder(url: str, index: str, folder: Path, last: int) -> subprocess.Popen[str]:
    """Start another process that rebuilds, and wait until its first batch is written."""
    command = [sys.executable, "-c", REBUILDER, url, index, str(folder), str(last)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "batch\n"
    return process


def test_kill_9_during_a_rebuild_keeps_the_live_index_and_the_next_one_clears_up(
    opened: Open, administer: httpx.Client, elasticsearch_url: str, elasticsearch_index: str, tmp_path: Path
) -> None:
    engine = opened()
    engine.put([document(item("live", "살아 있는 책"))])
    process = rebuilder(elasticsearch_url, elasticsearch_index, tmp_path / "index", 100_000)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert engine.search(Query("살아")).total == 1
    assert len(names(administer, elasticsearch_index)) == 2
    with engine.rebuild() as beside:
        beside.put(books(0, 100))
    assert engine.count() == 100
    assert len(names(administer, elasticsearch_index)) == 2  # the live one, and the one before it
    built = dict(engine.digests())
    with engine.rebuild() as beside:
        beside.put(books(0, 100))
    assert dict(engine.digests()) == built
    assert len(names(administer, elasticsearch_index)) == 2


def test_only_one_rebuild_runs_over_all_machines(
    opened: Open, elasticsearch_url: str, elasticsearch_index: str, tmp_path: Path
) -> None:
    process = rebuilder(elasticsearch_url, elasticsearch_index, tmp_path / "there", 100_000)
    try:
        for folder in ("here", "there"):
            with pytest.raises(StoreError) as refused, opened(folder=folder).rebuild():
                pass
            assert refused.value.code == "index_rebuild_running"
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
    with pytest.raises(StoreError), opened(folder="here").rebuild():
        pass  # the lease outlives its holder, but for the holder's own machine
    with opened(folder="there").rebuild() as beside:
        beside.put(books(0, 5))
    assert opened(folder="here").count() == 5


def test_a_lease_that_ended_is_free_and_its_holder_learns_that(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("repository.search.elastic_lease.SECONDS", 0)
    monkeypatch.setattr("repository.search.elastic_lease.RENEWED_AFTER", -1)
    with pytest.raises(StoreError) as lost, opened(folder="slow").rebuild() as late:
        monkeypatch.setattr("repository.search.elastic_lease.SECONDS", 300)
        with opened(folder="quick").rebuild() as beside:
            beside.put(books(0, 5))
            with pytest.raises(StoreError) as refused:
                late.put(books(5, 9))
            assert refused.value.code == "index_rebuild_running"
        late.put(books(5, 9))
    assert lost.value.code in ("index_rebuild_running", "index_unreadable")
    assert opened().count() == 5


def test_machines_that_write_first_at_once_make_one_index(
    opened: Open, administer: httpx.Client, elasticsearch_index: str
) -> None:
    engines = [opened(folder=str(number)) for number in range(4)]
    threads = [
        threading.Thread(target=engine.put, args=(books(10 * number, 10 * number + 10),))
        for number, engine in enumerate(engines)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(names(administer, elasticsearch_index)) == 1
    assert engines[0].count() == 40


def test_an_index_of_another_version_asks_for_a_rebuild(
    opened: Open, administer: httpx.Client, elasticsearch_index: str
) -> None:
    old = f"{elasticsearch_index}-v0.1"
    administer.put(f"/{old}-g000001", json={"aliases": {old: {}}}).raise_for_status()
    engine = opened()
    for attempt in (
        lambda: engine.search(Query("책")),
        lambda: engine.put(books(0, 1)),
        lambda: engine.drop(["one"]),
        engine.count,
        lambda: list(engine.digests()),
    ):
        with pytest.raises(StoreError) as refused:
            attempt()
        assert refused.value.code == "index_outdated"
    assert engine.health().state == "outdated"
    with engine.rebuild() as beside:
        beside.put(books(0, 1))
    assert engine.health().state == "ok"
    assert names(administer, elasticsearch_index) == [f"{elasticsearch_index}-v{VERSION}-g000002"]


def test_an_index_that_has_the_name_of_the_alias_is_unreadable_and_a_rebuild_mends_it(
    opened: Open, administer: httpx.Client, elasticsearch_index: str
) -> None:
    administer.put(f"/{elasticsearch_index}-v{VERSION}").raise_for_status()
    engine = opened()
    with pytest.raises(StoreError) as refused:
        engine.search(Query("책"))
    assert refused.value.code == "index_unreadable"
    assert "km rebuild index" in refused.value.text("ko")
    with engine.rebuild() as beside:
        beside.put(books(0, 1))
    assert engine.search(Query("책")).total == 1
    assert engine.health().state == "ok"


def test_an_index_that_was_deleted_is_not_made_by_writing_into_it(
    opened: Open, administer: httpx.Client, elasticsearch_index: str
) -> None:
    engine = opened()
    with pytest.raises(StoreError), engine.rebuild() as beside:
        (name,) = names(administer, elasticsearch_index)
        administer.delete(f"/{name}").raise_for_status()
        beside.put(books(0, 1))
    assert names(administer, elasticsearch_index) == []
    assert engine.health().state == "empty"


def test_what_it_holds_is_told_by_id(opened: Open) -> None:
    engine = opened()
    assert isinstance(engine, InParts)
    made = books(0, 3)
    assert engine.held([made[0].id]) == {}
    engine.put(made)
    asked = [*(item(f"none {number}").id for number in range(2000)), made[2].id, made[0].id]
    assert engine.held(asked) == {one.id: one.digest for one in (made[0], made[2])}


def test_a_body_of_given_tokens_is_that_of_the_document() -> None:
    long = "훈민정음을 새로 지었다. 訓民正音 해례본은 1446년에 나왔다!\n" * 3
    made = document(
        item("one", "훈민정음 해례본", "Hunmin chŏngŭm", makers=("정인지",), notes=(long, "짧은 말"))
    )
    assert json.loads(to_source(made, tokens.analysed(made))) == json.loads(to_source(made))


# ---- any question -------------------------------------------------------------------------------------
@given(text=st.one_of(st.text(max_size=500), st.text("가나訓民\"-*:()[]{}\\/+!^~?&|' ", max_size=80)))
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
def test_any_text_is_only_words_to_it(filled: SearchEngine, text: str) -> None:
    try:
        asked = parse({"q": [text]})
        assert filled.search(asked).total <= 3
    except BadRequest as refused:
        assert refused.code.startswith(("query_", "parameter_"))


@pytest.fixture
def filled(opened: Open) -> SearchEngine:
    """An engine that holds three books."""
    engine = opened()
    engine.put(books(0, 3))
    return engine


@pytest.mark.parametrize("word", ["樂不龍金李六女老路歷里良", "쀍뙑숣쭯깗", "seongnam"])
@pytest.mark.parametrize("apart", ["", " "])
def test_the_longest_questions_are_answered(filled: SearchEngine, word: str, apart: str) -> None:
    text = apart.join(word[place:] + word[:place] for _round in range(9) for place in range(len(word)))[:480]
    words = " ".join(dict.fromkeys(text.split()))[:480]
    assert filled.search(Query(words)).total == 0
