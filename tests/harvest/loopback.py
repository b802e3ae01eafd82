"""Real HTTP servers on the loopback, whose answers a test writes as a function of the request."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit


class Request(NamedTuple):
    """What came in: the raw target as sent, and its headers."""

    target: str
    headers: dict[str, str]

    @property
    def arguments(self) -> dict[str, str]:
        """The decoded query."""
        return {name: values[0] for name, values in parse_qs(urlsplit(self.target).query).items()}


class Answer(NamedTuple):
    """What goes out; with `cut` the connection ends after that many bytes of the body."""

    body: bytes = b""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    cut: int | None = None


class Running(NamedTuple):
    """A server that runs, and the requests that it has seen."""

    url: str
    seen: list[Request]


@contextmanager
def serve(reply: Callable[[Request], Answer], tls: ssl.SSLContext | None = None) -> Iterator[Running]:
    """Serve a reply function for as long as the context lasts."""
    seen: list[Request] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            request = Request(self.path, {name.lower(): value for name, value in self.headers.items()})
            seen.append(request)
            answer = reply(request)
            self.send_response_only(answer.status)  # without a date of its own
            for name, value in answer.headers:
                self.send_header(name, value)
            if not any(name == "Transfer-Encoding" for name, _ in answer.headers):
                self.send_header("Content-Length", str(len(answer.body)))
            if answer.cut is not None:
                self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(answer.body[: answer.cut])

        def log_message(self, *arguments: object) -> None:
            """Stay silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield Running(f"{'https' if tls else 'http'}://127.0.0.1:{server.server_port}", seen)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
