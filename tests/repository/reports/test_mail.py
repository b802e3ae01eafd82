"""Mails on their way out, over real SMTP (RFC 5321) on the loopback and into a folder; a worker that is killed."""

from __future__ import annotations

import email
import os
import signal
import socketserver
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from threading import Event, Thread

import pytest

from repository import mail
from repository.database import Database
from repository.errors import ConfigurationError, TransferError
from repository.mail import Mail
from repository.reports import outbox
from repository.settings import Settings

MAIL = Mail("<a1@memory.example>", "desk@example.org", "kim@example.org", "접수 번호", "잘 받았습니다.\n")
START = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
WORKER = """
import sys
from datetime import datetime
from repository import mail
from repository.database import Database
from repository.reports import outbox
from repository.settings import Settings
database = Database(sys.argv[1], lambda: datetime.fromisoformat(sys.argv[3]))
outbox.send_due(database, "desk@example.org", mail.way(Settings(smtp_url=sys.argv[2])))
"""


@contextmanager
def smtp(
    rcpt: str = "250 ok", taken: Callable[[], None] = lambda: None
) -> Iterator[tuple[str, list[EmailMessage]]]:
    """Serve SMTP: `rcpt` is the answer to a receiver, `taken` is called between a mail's end and the server's yes."""
    mails: list[EmailMessage] = []

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self._say("220 loopback")
            while line := self.rfile.readline().decode().strip():
                verb = line.split()[0].upper()
                if verb == "DATA":
                    self._say("354 go on")
                    body = b"".join(iter(self.rfile.readline, b".\r\n"))
                    mails.append(email.message_from_bytes(body, policy=default))
                    taken()
                self._say(rcpt if verb == "RCPT" else "250 ok")  # also to QUIT, which should be 221

        def _say(self, line: str) -> None:
            self.wfile.write(f"{line}\r\n".encode())

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield f"smtp://127.0.0.1:{server.server_address[1]}", mails
        finally:
            server.shutdown()
            thread.join()


def test_a_mail_goes_by_smtp_and_says_that_a_program_wrote_it() -> None:
    with smtp() as (address, mails):
        mail.way(Settings(smtp_url=address))(MAIL)
    (got,) = mails
    assert (got["From"], got["To"], got["Subject"]) == (MAIL.sender, MAIL.receiver, MAIL.subject)
    assert (got["Message-ID"], got["Auto-Submitted"]) == (MAIL.message, "auto-generated")
    assert got.get_content().splitlines() == MAIL.body.splitlines() and got.get_content_type() == "text/plain"


@pytest.mark.parametrize(
    ("said", "code"), [("550 no such user", "mail_refused"), ("450 later", "mail_failed")]
)
def test_a_receiver_that_is_refused_for_good_is_told_from_one_for_now(said: str, code: str) -> None:
    with smtp(said) as (address, mails), pytest.raises(TransferError) as caught:
        mail.way(Settings(smtp_url=address))(MAIL)
    assert caught.value.code == code and mails == []
    assert "kim" not in str(caught.value) and "no such user" not in str(caught.value)


def test_without_a_server_it_is_one_file_however_often_it_is_written(tmp_path: Path) -> None:
    way = mail.way(Settings(data=str(tmp_path)))
    for _ in range(2):
        way(MAIL)
    (path,) = (tmp_path / "mail").iterdir()
    got = email.message_from_bytes(path.read_bytes(), policy=default)
    assert (
        path.suffix == ".eml"
        and got["To"] == MAIL.receiver
        and got.get_content().strip() == MAIL.body.strip()
    )


def test_nobody_names_a_way_out_of_the_folder(tmp_path: Path) -> None:
    odd = Mail("<../../x@y/..>", *(MAIL.sender, MAIL.receiver, "제목\r\nBcc: all@example.org", MAIL.body))
    mail.way(Settings(data=str(tmp_path / "data")))(odd)
    (path,) = (tmp_path / "data" / "mail").iterdir()
    assert "Bcc" not in email.message_from_bytes(path.read_bytes(), policy=default)
    assert [one.name for one in tmp_path.iterdir()] == ["data"]


def test_settings_that_make_no_sense_are_refused() -> None:
    for values in ({"smtp_url": "http://x"}, {"smtp_url": "smtp://x:port"}, {"smtp_url": "smtp://"}):
        with pytest.raises(ConfigurationError, match="setting_invalid"):
            mail.way(Settings(**values))  # type: ignore[arg-type]  # texts only
    with pytest.raises(ConfigurationError, match="setting_invalid"):
        mail.sender(Settings(contact="nobody\nBcc: all@example.org"))
    assert mail.sender(Settings(public_url="https://memory.example")) == "no-reply@memory.example"


def test_a_worker_killed_at_the_worst_moment_loses_nothing(database: Database) -> None:
    """The server has the mail and has not said so: nobody can know, so it comes once more, under the same name."""
    database.clock = lambda: START
    with database.write() as tx:
        outbox.put(tx, "kim@example.org", "접수 번호", "글", "https://memory.example")
    has_it, dead = Event(), Event()

    def hold() -> None:
        has_it.set()
        dead.wait(30)

    with smtp(taken=hold) as (address, mails):
        words = [sys.executable, "-c", WORKER, database.url, address]
        worker = subprocess.Popen([*words, START.isoformat()])
        assert has_it.wait(60)
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait(30)
        dead.set()
        for later in (1, 3, 30):  # not yet; once more; not again
            moment = START + timedelta(minutes=later)
            subprocess.run([*words, moment.isoformat()], check=True, timeout=120)
    assert len(mails) == 2 and mails[0]["Message-ID"] == mails[1]["Message-ID"]
