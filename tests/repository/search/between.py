"""A real server between us and Elasticsearch: it passes everything on, save where a test answers itself."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, NamedTuple

import httpx

PASSED_ON = ("content-type", "accept")


class Asked(NamedTuple):
    """What came in."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


class Told(NamedTuple):
    """What goes out."""

    status: int
    body: bytes
    kind: str = "application/vnd.elasticsearch+json;compatible-with=8"


Meddle = Callable[[Asked, Callable[[], Told]], Told]


def refusal(status: int, kind: str) -> Told:
    """Refuse a request as Elasticsearch does."""
    error = {"type": kind, "reason": "so said the test", "root_cause": [{"type": kind, "reason": ""}]}
    return Told(status, json.dumps({"error": error, "status": status}).encode())


def read(told: Told) -> Any:
    """Read an answer."""
    return json.loads(told.body)


@contextmanager
def between(url: str, meddle: Meddle) -> Iterator[str]:
    """Serve on loopback; `meddle` is given each request and how to pass it on. Gives the address."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            asked = Asked(self.command, self.path, headers, body)
            told = meddle(asked, lambda: _pass_on(url, asked))
            with suppress(ConnectionError):
                self.send_response(told.status)
                self.send_header("Content-Type", told.kind)
                self.send_header("X-Elastic-Product", "Elasticsearch")
                self.send_header("Content-Length", str(len(told.body)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(told.body)

        do_HEAD = do_POST = do_PUT = do_DELETE = do_GET

        def log_message(self, *arguments: object) -> None:
            """Stay silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _pass_on(url: str, asked: Asked) -> Told:
    kept = {name: value for name, value in asked.headers.items() if name in PASSED_ON}
    answer = httpx.request(asked.method, url + asked.target, headers=kept, content=asked.body, timeout=60)
    return Told(answer.status_code, answer.content, answer.headers.get("content-type", "application/json"))
