"""The two ways in which notices leave the house: a mail, and a POST of JSON. Failures never say the address.

Both go where the settings say, so that private hosts are allowed; passwords cross the net encrypted, or stay on
this machine.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import SplitResult, urlsplit

import msgspec

from harvest.client import USER_AGENT
from harvest.transport import Limits, Transport
from repository import mail as mails
from repository.errors import TransferError
from repository.mail import Mail
from repository.settings import Settings

SECONDS = 10.0


class Notice(msgspec.Struct, frozen=True):
    """What is told of one run; `event` is the run's state, or `recovered`. This is the JSON that is posted."""

    id: str
    event: str
    run: int
    source: str
    name_ko: str
    name_en: str
    ended: str
    subject: str
    text_ko: str
    text_en: str
    counts: dict[str, int]
    url: str


class Way(msgspec.Struct, frozen=True):
    """A way to send notices; `send` raises a TransferError where it fails."""

    name: str
    send: Callable[[Notice], None]


def ways(settings: Settings) -> tuple[Way, ...]:
    """Give the ways that the settings name; raises ConfigurationError where they make no sense."""
    found: list[Way] = []
    if settings.notice_email:
        server = _server(settings)
        sender = settings.contact or settings.notice_email
        found.append(Way("mail", lambda notice: mail(notice, server, sender, settings.notice_email)))
    if settings.notice_webhook:
        if urlsplit(settings.notice_webhook).scheme not in ("http", "https"):
            raise mails.wrong("notice_webhook", "http(s)")
        found.append(Way("webhook", lambda notice: post(notice, settings.notice_webhook)))
    return tuple(found)


def _server(settings: Settings) -> SplitResult:
    server = mails.server(settings)
    if not all(mails.is_address(one) for one in (settings.notice_email, settings.contact or "a@b")):
        raise mails.wrong("notice_email", "name@example.org")
    return server


def mail(notice: Notice, server: SplitResult, sender: str, receiver: str) -> None:
    """Send a notice as a mail, in Korean and English; raises a TransferError."""
    host = urlsplit(notice.url).hostname or "localhost"
    body = f"{notice.text_ko}\n\n{notice.text_en}\n\n{notice.url}\n"
    mails.send(Mail(f"<{notice.id}.{notice.source}@{host}>", sender, receiver, notice.subject, body), server)


def post(notice: Notice, address: str) -> None:
    """Post a notice as JSON; raises a TransferError."""
    limits = Limits(bytes=2**20, seconds=SECONDS, connect_seconds=SECONDS, redirects=0, attempts=1)
    transport = Transport(limits, {"User-Agent": USER_AGENT})
    body = msgspec.json.encode(notice)
    try:
        transport.ask(address, lambda _: False, body, {"Content-Type": "application/json"})
    except TransferError as error:
        raise _failed("webhook_failed", error.code) from None
    finally:
        transport.close()


def _failed(code: str, why: str) -> TransferError:
    return TransferError(code, f"알림을 보내지 못했습니다 ({why}).", f"the notice could not be sent ({why})")
