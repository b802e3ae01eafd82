"""The two ways in which notices leave the house: a mail, and a POST of JSON. Failures never say the address.

Both go where the settings say, so that private hosts are allowed; passwords cross the net encrypted, or stay on
this machine.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable
from email.message import EmailMessage
from urllib.parse import SplitResult, unquote, urlsplit

import msgspec

from harvest.client import USER_AGENT
from harvest.transport import Limits, Transport
from repository.errors import ConfigurationError, TransferError
from repository.settings import Settings

SECONDS = 10.0
LOOPBACK = ("127.0.0.1", "::1", "localhost")


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
    if settings.notice_email or settings.smtp_url:
        server = _server(settings)
        sender = settings.contact or settings.notice_email
        found.append(Way("mail", lambda notice: mail(notice, server, sender, settings.notice_email)))
    if settings.notice_webhook:
        if urlsplit(settings.notice_webhook).scheme not in ("http", "https"):
            raise _wrong("notice_webhook", "http(s)")
        found.append(Way("webhook", lambda notice: post(notice, settings.notice_webhook)))
    return tuple(found)


def _server(settings: Settings) -> SplitResult:
    try:
        parts = urlsplit(settings.smtp_url)
        usable = parts.scheme in ("smtp", "smtps") and parts.hostname and (parts.port is None or parts.port)
    except ValueError:  # a port that is no number
        usable = None
    if not usable:
        raise _wrong("smtp_url", "smtp://user:password@host:587, smtps://user:password@host:465")
    if not all(_is_address(one) for one in (settings.notice_email, settings.contact or "a@b")):
        raise _wrong("notice_email", "name@example.org")
    return parts


def _is_address(text: str) -> bool:
    name, at, host = text.partition("@")
    return bool(name and at and host) and text.isprintable() and not set(text) & set(" ,;<>")


def mail(notice: Notice, server: SplitResult, sender: str, receiver: str) -> None:
    """Send a notice as a mail, in Korean and English; raises a TransferError."""
    message = EmailMessage()
    message["Subject"] = " ".join(notice.subject.split())
    message["From"], message["To"] = sender, receiver
    message["Message-ID"] = f"<{notice.id}.{notice.source}@{urlsplit(notice.url).hostname or 'localhost'}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(f"{notice.text_ko}\n\n{notice.text_en}\n\n{notice.url}\n")
    try:
        with _opened(server) as connection:
            if server.username:
                connection.login(unquote(server.username), unquote(server.password or ""))
            connection.send_message(message)
    except (OSError, smtplib.SMTPException) as error:
        # the cause may quote what was sent to it
        raise _failed("mail_failed", type(error).__name__) from None


def _opened(server: SplitResult) -> smtplib.SMTP:
    """Open a mail server: encrypted where it can be, and always where a password is sent through the net."""
    host, context = server.hostname or "", ssl.create_default_context()
    if server.scheme == "smtps":
        return smtplib.SMTP_SSL(host, server.port or 465, timeout=SECONDS, context=context)
    connection = smtplib.SMTP(host, server.port or 587, timeout=SECONDS)
    connection.ehlo()
    if connection.has_extn("starttls"):
        connection.starttls(context=context)
    elif server.username and host not in LOOPBACK:
        connection.close()
        raise smtplib.SMTPNotSupportedError("no STARTTLS")
    return connection


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


def _wrong(name: str, form: str) -> ConfigurationError:
    return ConfigurationError(
        "setting_invalid", f"설정 {name}의 형식은 {form}입니다.", f"setting {name} has the form {form}"
    )
