from __future__ import annotations

import hashlib
import socket
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from harvest import addresses
from harvest.media_client import Fetched, Limits, NotModified, fetch, refetch
from repository.problems import Problem
from tests.harvest.loopback import Answer, Request, serve

BODY = bytes(range(256)) * 2000
HOSTS = ("127.0.0.1",)
TAG = (("ETag", '"one"'), ("Content-Type", "image/jpeg; charset=x"))


def get(
    reply: Callable[[Request], Answer], target: Path, path: str = "/a.jpg", **limits: float
) -> tuple[Fetched | Problem, list[Request]]:
    bounds = Limits(**{"silence": 3.0, **limits})  # type: ignore[arg-type]  # ints and floats
    with serve(reply) as server:
        found = fetch(server.url + path, target, hosts=HOSTS, limits=bounds, sleep=lambda _: None)
        return found, server.seen


def in_turn(answers: Iterable[Answer]) -> Callable[[Request], Answer]:
    """Answer one after the other, whatever is asked."""
    ready = iter(answers)
    return lambda _: next(ready)


def code(found: object) -> str:
    assert isinstance(found, Problem)
    return found.code


def test_a_file_arrives_whole_and_hashed(tmp_path: Path) -> None:
    target = tmp_path / "file"
    found, seen = get(
        lambda _: Answer(BODY, headers=(*TAG, ("Last-Modified", "x"))), target, "/그림 1.jpg?v=2"
    )
    assert found == Fetched(target, hashlib.sha256(BODY).hexdigest(), len(BODY), "image/jpeg", '"one"', "x")
    assert target.read_bytes() == BODY and list(tmp_path.iterdir()) == [target]
    assert seen[0].target == "/%EA%B7%B8%EB%A6%BC%201.jpg?v=2"
    assert seen[0].headers["accept-encoding"] == "identity"


def ranged(request: Request) -> Answer:
    """Cut every answer after 100,000 bytes; go on where asked."""
    start = int(request.headers.get("range", "bytes=0-")[6:-1])
    rest = BODY[start:]
    headers = (*TAG, ("Content-Range", f"bytes {start}-{len(BODY) - 1}/{len(BODY)}"))
    return Answer(rest, 206 if start else 200, headers if start else TAG, 100_000)


def test_a_cut_connection_goes_on_where_it_was(tmp_path: Path) -> None:
    found, seen = get(ranged, tmp_path / "file", attempts=10)
    assert isinstance(found, Fetched) and found.sha256 == hashlib.sha256(BODY).hexdigest()
    assert [request.headers.get("if-range") for request in seen[:2]] == [None, '"one"']
    assert len(seen) == 6


def test_a_file_that_changed_meanwhile_is_taken_from_its_start(tmp_path: Path) -> None:
    answers = iter([Answer(b"old" * 9999, headers=TAG, cut=5000), Answer(BODY)])
    found, _ = get(lambda _: next(answers), tmp_path / "file")
    assert isinstance(found, Fetched) and found.path.read_bytes() == BODY


@pytest.mark.parametrize("headers", [(), (("ETag", 'W/"weak"'),)])
def test_without_a_strong_validator_a_file_is_taken_from_its_start(
    headers: tuple[tuple[str, str], ...], tmp_path: Path
) -> None:
    answers = iter([Answer(BODY, headers=headers, cut=5000), Answer(BODY, headers=headers)])
    found, seen = get(lambda _: next(answers), tmp_path / "file")
    assert isinstance(found, Fetched) and found.path.read_bytes() == BODY
    assert "range" not in seen[1].headers


def test_what_arrived_serves_the_next_call(tmp_path: Path) -> None:
    with serve(ranged) as server:
        limits = Limits(silence=3.0, attempts=1)
        calls = [
            fetch(server.url + "/a.jpg", tmp_path / "file", hosts=HOSTS, limits=limits, sleep=lambda _: None)
            for _ in range(6)
        ]
        assert [code(found) for found in calls[:5]] == ["media_unreachable"] * 5
        assert isinstance(calls[5], Fetched) and calls[5].sha256 == hashlib.sha256(BODY).hexdigest()
        # A part of the answer that went on names no media type; it is that of the first.
        assert calls[5].media_type == "image/jpeg"
        starts = [request.headers.get("range") for request in server.seen]
    assert starts == [None, *(f"bytes={start}-" for start in range(100_000, 600_000, 100_000))]
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("spoilt", ["note", "address", "bytes"])
def test_a_part_that_cannot_be_told_is_taken_from_its_start(spoilt: str, tmp_path: Path) -> None:
    answers = iter([Answer(BODY, headers=TAG, cut=5000), Answer(BODY, headers=TAG)])
    with serve(lambda _: next(answers)) as server:
        limits = Limits(silence=3.0, attempts=1)
        fetch(server.url + "/a", tmp_path / "file", hosts=HOSTS, limits=limits)
        part, note = tmp_path / "file.part", tmp_path / "file.part.json"
        assert part.stat().st_size == 5000 and note.exists()
        if spoilt != "address":
            (note if spoilt == "note" else part).write_bytes(b"")
        path = "/b" if spoilt == "address" else "/a"
        found = fetch(server.url + path, tmp_path / "file", hosts=HOSTS, limits=limits)
        assert isinstance(found, Fetched) and found.path.read_bytes() == BODY
        assert "range" not in server.seen[1].headers


MOVED = (("Last-Modified", "Mon, 01 Jan 2024 00:00:00 GMT"),)


@pytest.mark.parametrize(
    ("date", "resumes"),
    [("Mon, 01 Jan 2024 00:00:01 GMT", True), ("Mon, 01 Jan 2024 00:00:00 GMT", False), ("soon", False)],
)
def test_a_time_serves_where_the_file_was_at_rest(date: str, resumes: bool, tmp_path: Path) -> None:
    answers = iter([Answer(BODY, headers=(*MOVED, ("Date", date)), cut=5000), Answer(BODY, headers=MOVED)])
    found, seen = get(lambda _: next(answers), tmp_path / "file")
    assert isinstance(found, Fetched) and found.path.read_bytes() == BODY
    assert seen[1].headers.get("if-range") == (MOVED[0][1] if resumes else None)


def test_a_part_of_another_length_or_tag_is_never_put_behind_ours(tmp_path: Path) -> None:
    end = len(BODY) - 1
    for wrong in (
        (("Content-Range", f"bytes 5000-{end}/{len(BODY) + 1}"),),
        (("Content-Range", f"bytes 5000-{end}/{len(BODY)}"), ("ETag", '"two"')),
    ):
        answers = [Answer(BODY, headers=TAG, cut=5000), Answer(b"x" * 9, 206, wrong), Answer(BODY)]
        found, seen = get(in_turn(answers), tmp_path / "file")
        assert isinstance(found, Fetched) and found.path.read_bytes() == BODY
        assert "range" not in seen[2].headers


def test_an_answer_shorter_than_asked_for_goes_on(tmp_path: Path) -> None:
    def piecemeal(request: Request) -> Answer:
        if "range" not in request.headers:
            return Answer(BODY, headers=TAG, cut=1000)
        start = int(request.headers["range"][6:-1])
        piece = BODY[start : start + 300_000]
        headers = (*TAG, ("Content-Range", f"bytes {start}-{start + len(piece) - 1}/{len(BODY)}"))
        return Answer(piece, 206, headers)

    found, seen = get(piecemeal, tmp_path / "file")
    assert isinstance(found, Fetched) and found.path.read_bytes() == BODY and len(seen) == 3


def test_a_part_nobody_asked_for_is_no_file(tmp_path: Path) -> None:
    headers = (*TAG, ("Content-Range", f"bytes 0-9/{len(BODY)}"))
    found, _ = get(lambda _: Answer(BODY[:10], 206, headers), tmp_path / "file")
    assert code(found) == "media_unreachable" and list(tmp_path.iterdir()) == []


def test_a_name_that_changes_its_mind_is_never_asked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The connection goes to the number that was checked, whatever the name means a moment later."""
    asked: list[object] = []
    real = socket.getaddrinfo

    def rebinding(name: str, *rest: Any, **named: Any) -> object:
        if name != "turning.example":
            return real(name, *rest, **named)
        asked.append(name)
        number = "127.0.0.1" if len(asked) == 1 else "169.254.169.254"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, 80))]

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    with serve(lambda _: Answer(BODY, headers=TAG)) as server:
        port = server.url.rpartition(":")[2]
        found = fetch(f"http://turning.example:{port}/a", tmp_path / "file", hosts=["turning.example"])
        assert isinstance(found, Fetched) and len(asked) == 1
        assert server.seen[0].headers["host"] == f"turning.example:{port}"


@pytest.mark.parametrize(
    "second", [Answer(BODY, 206, (("Content-Range", "bytes 7-9/10"),)), Answer(b"", 416)]
)
def test_a_wrong_range_is_taken_from_its_start(second: Answer, tmp_path: Path) -> None:
    answers = iter([Answer(BODY, headers=TAG, cut=5000), second, Answer(BODY, headers=TAG)])
    found, _ = get(lambda _: next(answers), tmp_path / "file")
    assert isinstance(found, Fetched) and found.path.read_bytes() == BODY


@pytest.mark.parametrize(
    ("status", "expected", "requests"),
    [
        (404, "media_gone", 1),
        (410, "media_gone", 1),
        (403, "media_unreachable", 1),
        (503, "media_unreachable", 3),
    ],
)
def test_refusals_are_problems(status: int, expected: str, requests: int, tmp_path: Path) -> None:
    found, seen = get(lambda _: Answer(b"no", status), tmp_path / "file")
    assert (code(found), len(seen), list(tmp_path.iterdir())) == (expected, requests, [])


def test_large_files_stop_at_the_limit(tmp_path: Path) -> None:
    announced, _ = get(lambda _: Answer(BODY), tmp_path / "file", bytes=1000)
    chunked = (("Transfer-Encoding", "chunked"),)
    body = b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in (BODY, BODY)) + b"0\r\n\r\n"
    silent, _ = get(lambda _: Answer(body, headers=chunked), tmp_path / "file", bytes=len(BODY) + 1)
    assert (code(announced), code(silent)) == ("media_refused_size", "media_refused_size")
    assert list(tmp_path.iterdir()) == []


def test_time_is_limited(tmp_path: Path) -> None:
    found, seen = get(lambda _: Answer(BODY), tmp_path / "file", seconds=-1.0)
    assert (code(found), len(seen)) == ("media_unreachable", 1)


def test_a_file_that_is_still_the_same(tmp_path: Path) -> None:
    def reply(request: Request) -> Answer:
        same = request.headers.get("if-none-match") == '"one"' or "if-modified-since" in request.headers
        return Answer(status=304) if same else Answer(BODY, headers=TAG)

    with serve(reply) as server:
        url, target = server.url + "/a", tmp_path / "file"
        assert isinstance(refetch(url, target, etag='"one"', hosts=HOSTS), NotModified)
        assert isinstance(refetch(url, target, last_modified="Mon, 01 Jan 2024", hosts=HOSTS), NotModified)
        assert isinstance(refetch(url, target, etag='"two"', hosts=HOSTS), Fetched)


def test_our_own_network_is_closed_unless_trusted(tmp_path: Path) -> None:
    with serve(lambda _: Answer(BODY)) as server:
        port = server.url.rpartition(":")[2]
        for host in (
            "127.0.0.1", "localhost", "[::1]", "[::]", "0", "2130706433", "017700000001", "0x7f.1", "127.1",
            "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]",
        ):  # fmt: skip
            assert code(fetch(f"http://{host}:{port}/", tmp_path / "file")) == "media_refused_host"
        assert isinstance(fetch(server.url, tmp_path / "file", hosts=[f"127.0.0.1:{port}"]), Fetched)
        assert code(fetch(server.url, tmp_path / "file", hosts=["127.0.0.1:1"])) == "media_refused_host"
    assert len(server.seen) == 1


def test_redirects_are_checked_alike_and_counted(tmp_path: Path) -> None:
    def to(target: str) -> Callable[[Request], Answer]:
        return lambda request: (
            Answer(BODY)
            if request.target == "/there"
            else Answer(status=302, headers=(("Location", target),))
        )

    assert isinstance(get(to("/there"), tmp_path / "file")[0], Fetched)
    assert code(get(to("/again"), tmp_path / "file")[0]) == "media_unreachable"
    for away, expected in (
        ("http://localhost/x", "media_refused_host"),
        ("http://169.254.169.254/latest/meta-data", "media_refused_host"),
        ("//[::ffff:a9fe:a9fe]/x", "media_refused_host"),
        ("http://[x/", "url_invalid"),
        ("file:///etc/passwd", "url_invalid"),
    ):
        assert code(get(to(away), tmp_path / "file")[0]) == expected


@pytest.mark.parametrize(
    "url", ["ftp://x/y", "file:///etc/passwd", "http://", "nothing", "http://[x/", "http://x:y/"]
)
def test_what_is_no_web_address_is_refused(url: str, tmp_path: Path) -> None:
    assert code(fetch(url, tmp_path / "file")) == "url_invalid"


def test_an_unknown_host_is_unreachable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert code(fetch("http://nowhere.example/a.jpg", tmp_path / "file")) == "media_unreachable"


@pytest.mark.parametrize(
    ("number", "public"),
    [
        ("8.8.8.8", True), ("2001:4860:4860::8888", True), ("64:ff9b::808:808", True),
        ("10.1.2.3", False), ("172.16.0.1", False), ("192.168.1.1", False), ("127.0.0.1", False), ("0.0.0.0", False),
        ("169.254.169.254", False), ("100.64.0.1", False), ("224.0.0.1", False), ("255.255.255.255", False),
        ("::1", False), ("::", False), ("fe80::1%eth0", False), ("fc00::1", False), ("ff02::1", False),
        ("::ffff:10.0.0.1", False), ("64:ff9b::a00:1", False), ("2002:7f00:1::", False), ("2001::1", False),
        ("::7f00:1", False), ("::a00:1", False), ("64:ff9b:1::a00:1", False), ("fec0::1", False),
        ("192.0.2.1", False), ("198.18.0.1", False), ("2001:db8::1", False),
    ],
)  # fmt: skip
def test_which_numbers_are_public(number: str, public: bool) -> None:
    assert addresses.is_public(number) is public


def test_a_name_with_one_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, 80)) for number in ("8.8.8.8", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    assert code(addresses.check("http://two.example/")) == "media_refused_host"


def test_the_connection_goes_to_the_number_that_was_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("8.8.8.8", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    checked = addresses.check("https://user:secret@pictures.example:8443/a?b=c#d")
    assert checked == addresses.Checked(
        "https://8.8.8.8:8443/a?b=c", "pictures.example:8443", "pictures.example"
    )
