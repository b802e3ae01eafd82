"""REST endpoints: pages of every manner, keys that are never seen again, and errors that look like answers."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from email.utils import formatdate
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from harvest import secrets
from harvest.connectors import open_connector
from harvest.connectors.rest import RestConnector
from harvest.connectors.rest_key import Secret
from harvest.ledger import RunState
from harvest.oai_asking import Habits
from harvest.oai_xml import Page
from harvest.run import harvest
from harvest.source import Source
from harvest.source_kinds import Key, Rest
from harvest.transport import Limits, Transport, Waiting
from repository.errors import ConfigurationError, TransferError
from repository.memory import Memory
from tests.harvest.connectors.conftest import Register
from tests.harvest.connectors.given import mapped, opening, source_of, stored, written
from tests.harvest.loopback import Answer, Request, Running, serve

KEY = "aB3+cd/eF4=="
ENCODED = "aB3%2Bcd%2FeF4%3D%3D"
GATE = (
    "<OpenAPI_ServiceResponse><cmmMsgHeader><errMsg>SERVICE ERROR</errMsg><returnAuthMsg>{}</returnAuthMsg>"
    "<returnReasonCode>{}</returnReasonCode></cmmMsgHeader></OpenAPI_ServiceResponse>"
)
PORTAL = {
    "records": "response.body.items.item",
    "total": "response.body.totalCount",
    "identifier": "id",
    "paging": {"by": "page", "parameter": "pageNo", "size_parameter": "numOfRows", "size": 3},
}
HUBS = ("dlg", "getty", "ia", "lc", "mdl", "ms", "nypl")

Reply = Callable[[Request], Answer]


def as_json(value: object, *headers: tuple[str, str]) -> Answer:
    return Answer(json.dumps(value, ensure_ascii=False).encode(), headers=headers)


def portal(rows: list[dict[str, object]], request: Request) -> Answer:
    """Answer as Korea's public data portal does: one item is no list, and none are an empty text."""
    asked = request.arguments
    size = int(asked["numOfRows"])
    start = (int(asked["pageNo"]) - 1) * size
    page = rows[start : start + size]
    items = {"item": page[0] if len(page) == 1 else page} if page else ""
    header = {"resultCode": "00", "resultMsg": "NORMAL SERVICE."}
    return as_json({"response": {"header": header, "body": {"items": items, "totalCount": len(rows)}}})


@contextmanager
def connected(
    reply: Reply, options: Mapping[str, object], key: str = "", path: str = "/api"
) -> Iterator[tuple[RestConnector, Running]]:
    """Connect to an endpoint that answers so; no pause lasts."""
    with serve(reply) as running:
        source = source_of("rest", f"{running.url}{path}", rest=options)
        assert source.rest is not None
        now = [0.0]
        waiting = Waiting(lambda seconds: now.__setitem__(0, now[0] + seconds), lambda: now[0])
        transport = Transport(Limits(attempts=3), {"User-Agent": "tests"}, waiting=waiting)
        with RestConnector(
            source, source.rest, transport, Secret(source.rest.key, key), Habits()
        ) as connector:
            yield connector, running


def ids(pages: list[Page]) -> list[str]:
    return [record.identifier for page in pages for record in page.records]


def _given(answer: Answer, _: Request) -> Answer:
    return answer


def rows(number: int) -> list[dict[str, object]]:
    return [{"id": f"r{place}", "title": f"책 {place}", "kind": "고서"} for place in range(number)]


@pytest.mark.parametrize("number", [0, 1, 2, 3, 4, 6, 7])
def test_page_numbers_to_the_total_and_not_a_request_more(number: int) -> None:
    with connected(lambda request: portal(rows(number), request), PORTAL) as (connector, running):
        pages = list(connector.pages("json"))
    assert ids(pages) == [f"r{place}" for place in range(number)]
    assert len(running.seen) == max(1, -(-number // 3)) == len(pages)
    assert {page.complete_size for page in pages} == {number}
    assert (pages[-1].ended, pages[-1].error) == (True, "" if number else "noRecordsMatch")


def test_a_page_is_asked_for_again_from_its_token() -> None:
    with connected(lambda request: portal(rows(7), request), PORTAL) as (connector, _):
        first, *others = connector.pages("json")
        assert ids(list(connector.pages("json", token=first.token, received=3))) == ids(others)
        with pytest.raises(TransferError, match="token_refused"):
            list(connector.pages("json", token="elsewhere"))


def test_offsets_count_what_came_and_not_what_was_asked_for() -> None:
    def reply(request: Request) -> Answer:
        start = int(request.arguments["start"])
        return as_json({"rows": rows(5)[start : start + 2]})  # two, whatever was asked for

    options = {
        "records": "rows",
        "identifier": "id",
        "paging": {"by": "offset", "parameter": "start", "first": 0, "size_parameter": "n", "size": 100},
    }
    with connected(reply, options) as (connector, running):
        assert ids(list(connector.pages("json"))) == ["r0", "r1", "r2", "r3", "r4"]
    assert [request.arguments["start"] for request in running.seen] == ["0", "2", "4"]


def test_cursors_are_sent_back_encoded_once() -> None:
    cursors = {"": "a+b/=&", "a+b/=&": "둘", "둘": None}

    def reply(request: Request) -> Answer:
        cursor = request.arguments.get("cursor", "")
        return as_json({"rows": [{"id": f"of {cursor}"}], "meta": {"next": cursors[cursor]}})

    paging = {"by": "cursor", "parameter": "cursor", "next": "meta.next"}
    with connected(reply, {"records": "rows", "identifier": "id", "paging": paging}) as (connector, _):
        assert ids(list(connector.pages("json"))) == ["of", "of a+b/=&", "of 둘"]


def linked(next_: Callable[[Request], str]) -> tuple[Reply, Mapping[str, object]]:
    def reply(request: Request) -> Answer:
        return as_json({"rows": [{"id": request.arguments.get("page", "1")}], "next": next_(request)})

    key = {"value": "secret:K", "parameter": "serviceKey"}
    paging = {"by": "link", "next": "next"}
    return reply, {"records": "rows", "identifier": "id", "key": key, "paging": paging}


def test_links_are_followed_on_the_same_host_and_without_the_key_in_the_token() -> None:
    def next_(request: Request) -> str:
        return f"/api?page=2&page=2b&serviceKey={ENCODED}" if "page" not in request.arguments else ""

    with connected(*linked(next_), key=KEY) as (connector, running):
        pages = list(connector.pages("json"))
        assert ids(pages) == ["1", "2"]
    assert pages[0].token.endswith("/api?page=2&page=2b")
    assert [request.target.count(f"serviceKey={ENCODED}") for request in running.seen] == [1, 1]


@pytest.mark.parametrize(
    "target", ["http://127.0.0.1:1/api", "file:///etc/passwd", "//elsewhere.example/api"]
)
def test_links_elsewhere_are_refused(target: str) -> None:
    with connected(*linked(lambda _: target), key=KEY) as (connector, running):
        with pytest.raises(TransferError, match="redirect_refused"):
            list(connector.pages("json"))
        with pytest.raises(TransferError, match="token_refused"):
            list(connector.pages("json", token=target))
        assert len(running.seen) == 1


def test_a_server_that_ignores_the_page_number_never_ends_well() -> None:
    options = {"records": "rows", "identifier": "id", "paging": {"by": "page", "parameter": "p"}}
    with (
        connected(lambda _: as_json({"rows": rows(3)}), options) as (connector, _),
        pytest.raises(TransferError, match="pages_repeated"),
    ):
        list(connector.pages("json"))


def test_fewer_than_were_said_is_no_whole_list() -> None:
    answer = {"rows": rows(2), "n": 3}
    options = {"records": "rows", "identifier": "id", "total": "n"}
    with connected(lambda _: as_json(answer), options) as (connector, _):
        pages = connector.pages("json")
        assert len(next(pages).records) == 2
        with pytest.raises(TransferError, match="list_short"):
            next(pages)


@pytest.mark.parametrize("given", [KEY, ENCODED])
@pytest.mark.parametrize("place", ["parameter", "header"])
def test_both_forms_of_a_key_are_sent_encoded_once_and_are_nowhere_else(
    given: str, place: str, caplog: pytest.LogCaptureFixture
) -> None:
    def reply(request: Request) -> Answer:
        said = [KEY, ENCODED, ENCODED.lower(), KEY.replace("+", " ")]
        return as_json(
            {"rows": [{"id": "1", "self": f"/api?serviceKey={form}"} for form in said[:1]], "said": said}
        )

    key = {"value": "secret:K", place: "X-Key", "before": "Key "}
    caplog.set_level(logging.DEBUG, "harvest")
    with connected(reply, {"records": "rows", "identifier": "id", "key": key}, given) as (connector, running):
        (page,) = connector.pages("json")
    sent = running.seen[0]
    if place == "header":
        assert (sent.headers["x-key"], urlsplit(sent.target).query) == (f"Key {KEY}", "")
    else:
        assert sent.target.endswith(f"?X-Key=Key%20{ENCODED}") and sent.arguments["X-Key"] == f"Key {KEY}"
    assert page.records[0].payload == b'{"id":"1","self":"/api?serviceKey=***"}'
    assert KEY not in caplog.text and ENCODED not in caplog.text


@pytest.mark.parametrize(
    "answer",
    [
        Answer(status=302, headers=(("Location", f"http://elsewhere.example/?serviceKey={ENCODED}"),)),
        Answer(GATE.format(f"bad key {KEY}", "30").encode()),
        Answer(b'{"error": "' + ENCODED.encode() + b'"}', 500),
        Answer(b"not json, " + KEY.encode()),
    ],
)
def test_no_error_says_the_key(answer: Answer) -> None:
    options = {**PORTAL, "key": {"value": "secret:K", "parameter": "serviceKey"}}
    with connected(lambda _: answer, options, KEY) as (connector, _):
        with pytest.raises(TransferError) as error:
            list(connector.pages("json"))
        chain = [error.value, error.value.__cause__, error.value.__context__]
        said = "".join(f"{one} {vars(one)}" for one in chain if one is not None)
        assert KEY not in said and ENCODED not in said


@pytest.mark.parametrize(
    ("code", "expected", "requests"),
    [
        ("01", "service_failed", 3),
        ("04", "service_failed", 3),
        ("10", "answer_refused", 1),
        ("22", "quota_used_up", 1),
        ("23", "service_failed", 3),
        ("29", "key_refused", 1),
        ("30", "key_refused", 1),
        ("31", "key_refused", 1),
        ("32", "key_refused", 1),
        ("99", "service_failed", 3),
    ],
)
@pytest.mark.parametrize("form", ["gate", "json", "flat", "xml", "status"])
def test_errors_of_the_portal_are_told_apart(code: str, expected: str, requests: int, form: str) -> None:
    header = {"response": {"header": {"resultCode": code, "resultMsg": "X"}}}
    answer = {
        "gate": Answer(GATE.format("X", code).encode()),
        "json": as_json(header),
        "flat": as_json({"resultCode": code, "resultMsg": "X"}),
        "xml": Answer(f"<response><header><resultCode>{code}</resultCode></header></response>".encode()),
        "status": Answer(GATE.format("X", code).encode(), 403),
    }[form]
    with connected(lambda _: answer, PORTAL) as (connector, running):
        with pytest.raises(TransferError) as error:
            list(connector.pages("json"))
        assert (error.value.code, len(running.seen)) == (expected, requests)
        assert f"({code.lstrip('0')}: " in error.value.en and ("X)" in error.value.en or form == "xml")


def test_a_stumble_is_asked_over_and_nothing_more_is_the_end() -> None:
    answers = iter(
        [
            Answer(GATE.format("HTTP_ERROR", "04").encode()),
            Answer(b'{"response": {"bo'),
            as_json({"response": {"header": {"resultCode": "03"}}}),
        ]
    )
    with connected(lambda _: next(answers), PORTAL) as (connector, _):
        (page,) = connector.pages("json")
    assert (page.error, page.records, page.ended) == ("noRecordsMatch", (), True)


def test_errors_of_other_services_are_told_by_the_source_file() -> None:
    answers = {
        "INFO-000": "",
        "INFO-200": "noRecordsMatch",
        "ERROR-337": "quota_used_up",
        "ERROR-300": "answer_refused",
    }
    said = {
        "code": "R.CODE",
        "text": "R.MESSAGE",
        "ok": ["INFO-000"],
        "empty": ["INFO-200"],
        "busy": ["ERROR-337"],
    }
    for code, expected in answers.items():
        answer = as_json({"R": {"CODE": code, "MESSAGE": "?"}, "rows": [{"id": 1}]})
        options = {"records": "rows", "identifier": "id", "errors": said}
        with connected(partial(_given, answer), options) as (connector, _):
            try:
                (page,) = connector.pages("json")
            except TransferError as error:
                assert error.code == expected
            else:
                assert page.error == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"<!DOCTYPE html><html>wait</html>", "answer_blocked"),
        (b'{"message": "hello"}', "answer_unexpected"),
        (b'"hello"', "answer_unexpected"),
        (b'{"response": ', "answer_truncated"),
        (b"", "answer_truncated"),
        (b"[" * 100_000, "answer_truncated"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><response>&b;</response>', "answer_unsafe"),
    ],
)
def test_what_is_no_answer_is_never_an_empty_list(body: bytes, expected: str) -> None:
    with connected(lambda _: Answer(body), PORTAL) as (connector, _):
        with pytest.raises(TransferError) as error:
            list(connector.pages("json"))
        assert error.value.code == expected


def test_records_of_xml_are_read_by_the_same_paths() -> None:
    body = (
        "<response><header><resultCode>0</resultCode></header><body><items><item><id>1</id><title>책</title></item>"
        "<item><title>이름 없음</title></item></items><totalCount>2</totalCount></body></response>"
    )
    with connected(lambda _: Answer(body.encode()), {**PORTAL, "paging": {}}) as (connector, _):
        (page,) = connector.pages("xml")
    assert ids([page]) == ["1"] and [held.reason for held in page.quarantined] == ["identifier_missing"]
    assert (
        page.records[0].payload
        == (
            "<record><metadata><item><id>1</id><title>책</title></item></metadata><about></about></record>"
        ).encode()
    )


def test_names_of_several_parts_and_sets_and_datestamps_are_read() -> None:
    answer = {"rows": [{"a": 1, "b": {"c": "둘"}, "when": "20260101", "in": ["x", "y"]}, {"a": 1}]}
    options = {"records": "rows", "identifier": ["a", "b.c"], "datestamp": "when", "set": "in"}
    with connected(lambda _: as_json(answer), options) as (connector, _):
        (page,) = connector.pages("json")
    (record,) = page.records
    assert (record.identifier, record.datestamp, record.sets) == ("1:둘", "20260101", ("x", "y"))
    assert len(page.quarantined) == 1


def test_times_are_sent_as_the_service_writes_them() -> None:
    def reply(_: Request) -> Answer:
        return as_json({"rows": [{"id": 1}]}, ("Date", formatdate(1_767_225_600, usegmt=True)))

    times = {"from": "since", "until": "to", "format": "%Y%m%d%H", "hours": 9}
    options = {"records": "rows", "identifier": "id", "times": times, "set_parameter": "kind"}
    with connected(reply, options, path="/api?v=1") as (connector, running):
        said = connector.identify()
        assert (said.granularity, said.response_date) == ("YYYY-MM-DDThh:mm:ssZ", "2026-01-01T00:00:00Z")
        (page,) = connector.pages("json", "고서", "2026-01-01T20:00:00Z", "2026-01-03")
    assert page.response_date == "2026-01-01T00:00:00Z"
    assert running.seen[-1].arguments == {"v": "1", "kind": "고서", "since": "2026010205", "to": "2026010300"}


def test_without_times_a_list_is_never_bounded() -> None:
    with connected(lambda _: as_json({"rows": []}), {"records": "rows", "identifier": "id"}) as (
        connector,
        running,
    ):
        assert connector.identify().granularity == "" and running.seen == []
        list(connector.pages("json", from_="2026-01-01"))
        list(connector.identifiers("json"))
    assert [urlsplit(request.target).query for request in running.seen] == ["", ""]


def test_one_record_is_asked_for_where_it_has_an_address(tmp_path: Path) -> None:
    def reply(request: Request) -> Answer:
        return as_json({"id": request.target.rpartition("/")[2].replace("%2F", "/"), "title": "책"})

    with serve(reply) as running:
        options = {"records": "rows", "identifier": "id", "detail": f"{running.url}/one/{{identifier}}"}
        source = source_of("rest", f"{running.url}/api", rest=options)
        with closing(open_connector(source, opening(tmp_path))) as connector:
            assert ids([connector.get_record("a/1", "json")]) == ["a/1"]
    with (
        connected(reply, {"records": "rows", "identifier": "id"}) as (bare, _),
        pytest.raises(TransferError, match="method_refused"),
    ):
        bare.get_record("1", "json")


def keep_secret(data: Path, text: str, mode: int = 0o600) -> None:
    data.mkdir(parents=True, exist_ok=True)
    (data / secrets.FILE).write_text(text)
    (data / secrets.FILE).chmod(mode)


@pytest.mark.parametrize(
    ("text", "mode", "expected"),
    [
        ('K = "abcdefgh"', 0o644, "secrets_open"),
        ('K = "abcdefgh"', 0o620, "secrets_open"),
        ("K = abcdefgh", 0o600, "secrets_unreadable"),
        ('K = "short"', 0o600, "secret_unknown"),
        ('L = "abcdefgh"', 0o600, "secret_unknown"),
    ],
)
def test_secrets_are_refused_without_saying_them(tmp_path: Path, text: str, mode: int, expected: str) -> None:
    keep_secret(tmp_path, text, mode)
    with pytest.raises(ConfigurationError) as error:
        secrets.find(tmp_path, "K")
    assert error.value.code == expected and error.value.__cause__ is None
    assert "abcdefgh" not in f"{error.value.ko} {error.value.en}"


def test_a_secret_is_read_and_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="secrets_unreadable"):
        secrets.find(tmp_path, "K")
    keep_secret(tmp_path, 'K = "abcdefgh"')
    assert secrets.find(tmp_path, "K") == "abcdefgh"
    assert Key(value="secret:K").value == "secret:K" and Rest("", "").key is None


def portal_source(url: str, size: int = 3) -> Source:
    mapping = {"title": "title", "type": "kind", "identifier": "id"}
    key = {"value": "secret:K", "parameter": "serviceKey"}
    paging = {"by": "page", "parameter": "pageNo", "size_parameter": "numOfRows", "size": size}
    options = {**PORTAL, "key": key, "paging": paging}
    return source_of("rest", f"{url}/api", rest=options, mapping=mapping, most_gone=0.6)


def test_a_service_is_harvested_and_only_what_changed_is_written(
    memory: Memory, register: Register, caplog: pytest.LogCaptureFixture
) -> None:
    keep_secret(memory.settings.data_path, f'K = "{KEY}"')
    table = rows(7)
    with serve(lambda request: portal(table, request)) as running:
        register(portal_source(running.url))
        assert harvest(memory, "s", full=True).counts["new"] == 7
        before = written(memory)
        assert harvest(memory, "s", full=True).counts["unchanged"] == 7
        assert written(memory) == before
        table[1] = {**table[1], "title": "고친 책"}
        del table[2]
        harvest(memory, "s", full=True)
        assert {request.arguments["serviceKey"] for request in running.seen} == {KEY}
    found = stored(memory, "s")
    assert sorted(found) == ["r0", "r1", "r3", "r4", "r5", "r6"] and found["r1"].item.title == "고친 책"
    assert {row.item.description.type for row in found.values()} == {"book"}
    body = (memory.settings.data_path / "memory.sqlite").read_bytes()
    assert not any(form.encode() in body or form in caplog.text for form in (KEY, ENCODED))


def test_a_used_up_quota_leaves_the_run_to_go_on_later(memory: Memory, register: Register) -> None:
    keep_secret(memory.settings.data_path, f'K = "{KEY}"')
    used = [False]

    def reply(request: Request) -> Answer:
        over = used[0] and request.arguments["pageNo"] != "1"
        return Answer(GATE.format("LIMITED", "22").encode()) if over else portal(rows(7), request)

    with serve(reply) as running:
        register(portal_source(running.url))
        used[0] = True
        summary = harvest(memory, "s", full=True)
        assert summary.state is not RunState.COMPLETE and "quota_used_up" in summary.error
        used[0] = False
        assert harvest(memory, "s", full=True).state is RunState.COMPLETE
    assert len(stored(memory, "s")) == 7


def test_a_run_cut_short_goes_on_with_the_page_that_was_next(memory: Memory, register: Register) -> None:
    keep_secret(memory.settings.data_path, f'K = "{KEY}"')

    def die(_received: int) -> None:
        raise KeyboardInterrupt

    with serve(lambda request: portal(rows(7), request)) as running:
        register(portal_source(running.url, size=2))
        with pytest.raises(KeyboardInterrupt):
            harvest(memory, "s", full=True, progress=die)
        before = len(running.seen)
        assert harvest(memory, "s", full=True).counts["new"] == 7
        assert running.seen[before].arguments["pageNo"] == "2"
    assert len(stored(memory, "s")) == 7


def test_the_next_run_asks_from_the_services_own_clock(memory: Memory, register: Register) -> None:
    changed: list[dict[str, object]] = []

    def reply(request: Request) -> Answer:
        since = request.arguments.get("since", "")
        body = {"rows": changed if since >= "20251201" else rows(3)}
        return as_json(body, ("Date", formatdate(1_767_225_600, usegmt=True)))

    with serve(reply) as running:
        options = {"records": "rows", "identifier": "id", "times": {"from": "since", "until": "to"}}
        mapping = {"title": "title", "type": "kind"}
        register(source_of("rest", f"{running.url}/api", rest=options, mapping=mapping))
        assert harvest(memory, "s").counts["new"] == 3
        changed.append({"id": "r1", "title": "고친 책", "kind": "고서"})
        summary = harvest(memory, "s")
        assert (summary.counts["received"], summary.counts["changed"]) == (1, 1)
        assert "20251231" in [request.arguments.get("since") for request in running.seen]
    assert sorted(stored(memory, "s")) == ["r0", "r1", "r2"]


@pytest.mark.parametrize("name", HUBS)
def test_real_records_of_hubs_become_items(
    memory: Memory, register: Register, shared_data: Path, name: str
) -> None:
    """All seven hubs whose records are JSON, each with its saved mapping."""
    folder = shared_data / "hubs"

    def reply(request: Request) -> Answer:
        return Answer((folder / urlsplit(request.target).path.strip("/")).read_bytes())

    with serve(reply) as running:
        register(mapped(name, running.url))
        assert harvest(memory, name, full=True).counts["new"] == 1
    ((identifier, row),) = stored(memory, name).items()
    described = row.item.description
    assert identifier and row.item.title and described.identifiers and described.dates
    assert described.type == HUB_TYPES[name] and described.holder and described.claims


HUB_TYPES = {
    "dlg": "document",
    "getty": "photograph",
    "ia": "book",
    "lc": "map",
    "mdl": "photograph",
    "ms": "music",
    "nypl": "photograph",
}


def test_the_real_national_treasures_become_items(
    memory: Memory, register: Register, shared_data: Path
) -> None:
    treasures = json.loads((shared_data / "korean" / "gukbo.json").read_bytes())
    keep_secret(memory.settings.data_path, f'DATA_GO_KR = "{ENCODED}"')
    with serve(lambda request: portal(treasures, request)) as running:
        register(mapped("gukbo", running.url))
        summary = harvest(memory, "gukbo", full=True)
        pages = [request for request in running.seen if "pageNo" in request.arguments]
        assert len(pages) >= 5 and pages[0].arguments["serviceKey"] == KEY
    found = stored(memory, "gukbo")
    assert summary.counts["received"] == len(treasures) == 244
    assert len(found) == 244 and found.keys() == {row["ccbaCpno"] for row in treasures}
    told = {row["ccbaCpno"]: row["ccbaMnm1"] for row in treasures}
    for identifier, row in found.items():
        described = row.item.description
        assert row.item.title == " ".join(told[identifier].split())
        assert described.identifiers == (identifier,) and described.type == "object"
