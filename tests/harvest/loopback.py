"""Real HTTP servers on the loopback, whose answers a test writes as a function of the request."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit


class Request(NamedTuple):
    """What came in: the raw target as sent, its headers, and the form of a POST."""

    target: str
    headers: dict[str, str]
    form: str = ""

    @property
    def arguments(self) -> dict[str, str]:
        """The decoded query, and the decoded form."""
        sent = f"{urlsplit(self.target).query}&{self.form}"
        return {name: values[0] for name, values in parse_qs(sent).items()}


class Answer(NamedTuple):
    """What goes out; with `cut` the connection ends after that many bytes of the body.

    `stream` makes the body while it is sent, for as long as the other side reads; its length is not announced.
    """

    body: bytes = b""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    cut: int | None = None
    stream: Iterable[bytes] | None = None


class Running(NamedTuple):
    """A server that runs, and the requests that it has seen."""

    url: str
    seen: list[Request]


@contextmanager
def serve(
    reply: Callable[[Request], Answer], tls: ssl.SSLContext | None = None, host: str = "127.0.0.1"
) -> Iterator[Running]:
    """Serve a reply function on a loopback address for as long as the context lasts."""
    seen: list[Request] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # else every body waits 40 ms for its head's acknowledgement

        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            form = self.rfile.read(length).decode()
            request = Request(self.path, {name.lower(): value for name, value in self.headers.items()}, form)
            seen.append(request)
            with suppress(
                ConnectionError, ssl.SSLError
            ):  # the other side may stop reading when it has enough
                self._send(reply(request))

        do_POST = do_GET

        def _send(self, answer: Answer) -> None:
            self.send_response_only(answer.status)  # without a date of its own
            for name, value in answer.headers:
                self.send_header(name, value)
            named = {name for name, _ in answer.headers}
            if not named & {"Transfer-Encoding", "Content-Length"} and answer.stream is None:
                self.send_header("Content-Length", str(len(answer.body)))
            if answer.cut is not None or answer.stream is not None:
                self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(answer.body[: answer.cut])
            for chunk in answer.stream or ():
                self.wfile.write(chunk)

        def log_message(self, *arguments: object) -> None:
            """Stay silent."""

    server = ThreadingHTTPServer((host, 0), Handler)
    server.daemon_threads = True
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield Running(f"{'https' if tls else 'http'}://{host}:{server.server_port}", seen)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
