"""Notices: told once for each run in trouble, by mail and by POST, and what cannot be sent is not forgotten."""

from __future__ import annotations

import email
import json
import logging
import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from threading import Thread

import msgspec
import pytest

from harvest import ledger, notices, notices_sending, sources
from harvest.ledger import Report, RunState, WindowState
from harvest.notices_sending import Notice, Way
from harvest.reports import TROUBLE
from harvest.source import Source
from repository.errors import ConfigurationError, TransferError
from repository.memory import Memory
from repository.settings import Settings, to_toml
from tests.harvest.loopback import Answer, Request, serve


@pytest.fixture
def source(memory: Memory) -> str:
    with memory.database.write() as tx:
        sources.save(tx, Source("s", "새벽도서관", "Dawn Library", "http://x.example/oai", "lib"))
    return "s"


def end_run(memory: Memory, *, failed: bool = False, hold: str = "", kind: str = "full") -> int:
    """Put a run into the ledger that ended well, failed or is held."""
    with memory.database.write() as tx:
        number = ledger.open_run(tx, "s", kind, {"oai_dc": ""}, "")
        (window,) = ledger.windows(tx.conn, number)
        state = WindowState.FAILED if failed else WindowState.COMPLETE
        ledger.end(tx, window.id, state, "endpoint_busy: busy" if failed else "")
        ledger.close_run(tx, number, Report(hold=hold, notes={"size_wrong": 1}))
    return number


def with_settings(memory: Memory, **values: str) -> Memory:
    return Memory(
        msgspec.structs.replace(memory.settings, **values),
        memory.database,
        memory.blobs,
        memory.engine,
        memory.rules,
    )


@contextmanager
def mail_server(
    refuse: bool = False, host: str = "127.0.0.1"
) -> Iterator[tuple[int, list[EmailMessage], list[str]]]:
    """Run a small SMTP server (RFC 5321) on the loopback; gives its port, its mails, and the commands it heard."""
    mails: list[EmailMessage] = []
    heard: list[str] = []

    class Handler(socketserver.StreamRequestHandler):
        def say(self, line: str) -> None:
            self.wfile.write(f"{line}\r\n".encode())

        def handle(self) -> None:
            self.say("220 loopback ESMTP")
            while line := self.rfile.readline().decode().strip():
                heard.append(line)
                verb = line.split()[0].upper()
                if verb == "EHLO":
                    self.say("250-loopback")
                    self.say("250 AUTH PLAIN")
                elif verb == "AUTH":
                    self.say("535 no: hunter22!" if refuse else "235 ok")
                elif verb == "DATA":
                    self.say("354 go on")
                    body = b"".join(iter(self.rfile.readline, b".\r\n"))
                    mails.append(email.message_from_bytes(body, policy=default))
                    self.say("250 taken")
                elif verb == "QUIT":
                    self.say("221 bye")
                    return
                else:
                    self.say("250 ok")

    with socketserver.ThreadingTCPServer((host, 0), Handler) as server:
        server.daemon_threads = True
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server.server_address[1], mails, heard
        finally:
            server.shutdown()
            thread.join()


def test_without_an_address_a_notice_is_a_file(memory: Memory, source: str) -> None:
    number = end_run(memory, hold="too_many_gone")
    assert notices.tell(memory) == 0, "there is nobody to send it to"
    (path,) = (memory.settings.data_path / "notices").glob("*.json")
    told = json.loads(path.read_text("utf-8"))
    assert (told["run"], told["event"], told["source"]) == (number, "held", "s")
    assert "km harvest approve s" in told["text_ko"] and "사라진 기록이 너무 많아" in told["text_ko"]
    assert "so many records are gone" in told["text_en"].lower()
    assert notices.tell(memory) == 0


def test_a_mail_says_it_in_korean_first_and_in_english(memory: Memory, source: str) -> None:
    number = end_run(memory, failed=True)
    with mail_server() as (port, mails, heard):
        mine = with_settings(
            memory,
            notice_email="kim@example.org",
            smtp_url=f"smtp://me:hunter%20two@127.0.0.1:{port}",
            contact="desk@example.org",
        )
        assert (notices.tell(mine), notices.tell(mine)) == (1, 0)
    (mail,) = mails
    text = mail.get_content()
    assert (mail["To"], mail["From"]) == ("kim@example.org", "desk@example.org")
    assert mail["Message-ID"] == f"<run-{number}.s@127.0.0.1>"
    assert "수집하지 못했습니다" in mail["Subject"] and "the harvest failed" in mail["Subject"]
    assert text.index("서버가 바빠서") < text.index("The server is busy")
    assert any(line.startswith("AUTH PLAIN") for line in heard)


def test_a_post_carries_the_facts_as_json(memory: Memory, source: str) -> None:
    end_run(memory, failed=True)
    with serve(lambda _: Answer(status=204)) as running:
        assert notices.tell(with_settings(memory, notice_webhook=f"{running.url}/hook?key=1")) == 1
    (request,) = running.seen
    assert request.headers["content-type"] == "application/json"
    told = json.loads(request.form)
    assert (told["event"], told["source"], told["id"]) == ("failed", "s", f"run-{told['run']}")


def test_what_cannot_be_sent_waits_and_secrets_stay_out_of_the_log(
    memory: Memory, source: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for _ in range(2):
        end_run(memory, failed=True)
    answers = iter([500, 200, 302])

    def reply(_: Request) -> Answer:
        return Answer(status=next(answers), headers=(("Location", "/elsewhere"),))

    with serve(reply) as running, mail_server(refuse=True) as (port, mails, _):
        mine = with_settings(
            memory,
            notice_webhook=f"{running.url}/hunter22!",
            notice_email="kim@example.org",
            smtp_url=f"smtp://me:hunter22!@127.0.0.1:{port}",
        )
        assert [notices.tell(mine), notices.tell(mine)] == [0, 1]
        assert [request.target for request in running.seen] == ["/hunter22!"] * 3 and mails == []
    failures = [record for record in caplog.records if record.message == "notice not sent"]
    assert [vars(record)["code"] for record in failures] == [
        "mail_failed",
        "webhook_failed",
        "mail_failed",
        "webhook_failed",
    ]
    ours = [record for record in caplog.records if record.name.startswith(("harvest", "repository"))]
    assert not any("hunter22" in str(vars(record)) for record in ours)
    folder = memory.settings.data_path / "notices"
    assert [len(list((folder / way).glob("*"))) for way in ("mail", "webhook")] == [2, 1]


def test_one_way_that_fails_makes_the_other_repeat_nothing(memory: Memory, source: str) -> None:
    end_run(memory, failed=True)
    sent: list[str] = []

    def fail(_: Notice) -> None:
        raise TransferError("mail_failed", "가", "a")

    both = (Way("mail", fail), Way("webhook", lambda notice: sent.append(notice.id)))
    assert [notices.tell(memory, both) for _ in range(3)] == [1, 0, 0]
    assert len(sent) == 1


def test_killed_between_sending_and_marking_it_is_sent_again_and_never_lost(
    memory: Memory, source: str
) -> None:
    end_run(memory, failed=True)
    sent: list[str] = []

    def send_and_die(notice: Notice) -> None:
        sent.append(notice.id)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        notices.tell(memory, (Way("mail", send_and_die),))
    assert notices.tell(memory, (Way("mail", lambda notice: sent.append(notice.id)),)) == 1
    assert notices.tell(memory, (Way("mail", send_and_die),)) == 0
    assert len(sent) == 2 and len(set(sent)) == 1


def test_killed_before_the_mark_it_is_laid_out_again(
    memory: Memory, source: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = end_run(memory, failed=True)
    folder = memory.settings.data_path / "notices"
    write = notices._write

    def die_at_the_mark(path: Path, body: bytes) -> None:
        if path.parent == folder:
            raise KeyboardInterrupt
        write(path, body)

    sent: list[str] = []
    way = Way("mail", lambda notice: sent.append(notice.id))
    with monkeypatch.context() as patched:
        patched.setattr(notices, "_write", die_at_the_mark)
        with pytest.raises(KeyboardInterrupt):
            notices.tell(memory, (way,))
    assert (folder / "mail" / f"run-{number}.json").exists() and sent == []
    assert [notices.tell(memory, (way,)) for _ in range(2)] == [1, 0]


def test_recovery_is_told_once_and_good_runs_never(memory: Memory, source: str) -> None:
    told: list[str] = []
    ways = (Way("mail", lambda notice: told.append(notice.event)),)
    for failed in (False, False, True, True, False, False):
        end_run(memory, failed=failed)
        notices.tell(memory, ways)
    end_run(memory, failed=True, kind=ledger.REHEARSAL)
    notices.tell(memory, ways)
    assert told == ["failed", "failed", "recovered"]


def test_old_trouble_is_not_told_by_a_worker_that_was_away(memory: Memory, source: str) -> None:
    end_run(memory, failed=True)
    now = memory.database.clock()
    memory.database.clock = lambda: now + timedelta(days=8)
    assert notices.tell(memory) == 0


@pytest.mark.parametrize(
    "values",
    [
        {"notice_email": "kim@example.org"},
        {"notice_email": "kim@example.org", "smtp_url": "http://x"},
        {"notice_email": "kim@example.org", "smtp_url": "smtp://x:port"},
        {"notice_email": "kim@example.org\nBcc: all@example.org", "smtp_url": "smtp://x"},
        {"notice_webhook": "file:///etc/passwd"},
    ],
)
def test_settings_that_make_no_sense_are_refused(values: dict[str, str]) -> None:
    with pytest.raises(ConfigurationError, match="setting_invalid"):
        notices_sending.ways(Settings(**values))  # type: ignore[arg-type]  # texts only


def test_settings_written_to_a_file_hold_no_secret() -> None:
    written = to_toml(Settings(smtp_url="smtp://me:hunter22@x", notice_webhook="https://x/hunter22"))
    assert "hunter22" not in written and "smtp_url" in written


def test_every_trouble_has_its_words() -> None:
    assert set(notices.EVENTS) == {RunState(state).value for state in TROUBLE} | {"recovered"}


def test_a_password_is_not_sent_in_the_clear_through_the_net(memory: Memory, source: str) -> None:
    end_run(memory, failed=True)
    with mail_server(host="127.0.0.5") as (port, mails, heard):  # not one of the names of this machine
        mine = with_settings(
            memory, notice_email="kim@example.org", smtp_url=f"smtp://me:hunter22@127.0.0.5:{port}"
        )
        assert notices.tell(mine) == 0
    assert mails == [] and [line.split()[0].upper() for line in heard] == ["EHLO"]
