"""The way of mails out of the house: through the SMTP server of the settings, or into a folder where none is set.

An adapter: it goes where the settings say, so that private hosts are allowed; passwords cross the net encrypted, or
stay on this machine. Failures never say the address, the server or what was sent.
"""

from __future__ import annotations

import os
import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

import msgspec

from repository.errors import ConfigurationError, TransferError
from repository.settings import Settings

FOLDER = "mail"
SECONDS = 10.0
LOOPBACK = ("127.0.0.1", "::1", "localhost")


class Mail(msgspec.Struct, frozen=True):
    """A mail of plain text; `message` is its Message-ID (RFC 5322, 3.6.4), the same at every attempt to send it."""

    message: str
    sender: str
    receiver: str
    subject: str
    body: str


Send = Callable[[Mail], None]


def way(settings: Settings) -> Send:
    """Give the way that the settings name; raises ConfigurationError where they make no sense.

    What it gives raises TransferError, with mail_refused where the receiver will never be reached.
    """
    if not settings.smtp_url:
        folder = settings.data_path / FOLDER
        return lambda mail: lay(mail, folder)
    opened = server(settings)
    return lambda mail: send(mail, opened)


def sender(settings: Settings) -> str:
    """Give the address that mails come from; raises ConfigurationError where it is none."""
    given = settings.contact or f"no-reply@{urlsplit(settings.site_url).hostname or 'localhost'}"
    if not is_address(given):
        raise wrong("contact", "name@example.org")
    return given


def server(settings: Settings) -> SplitResult:
    """Read the address of the mail server; raises ConfigurationError."""
    try:
        parts = urlsplit(settings.smtp_url)
        usable = parts.scheme in ("smtp", "smtps") and parts.hostname and (parts.port is None or parts.port)
    except ValueError:  # a port that is no number
        usable = None
    if not usable:
        raise wrong("smtp_url", "smtp://user:password@host:587, smtps://user:password@host:465")
    return parts


def is_address(text: str) -> bool:
    """Tell whether a text can stand as an address in a mail's head."""
    name, at, host = text.partition("@")
    return bool(name and at and host) and text.isprintable() and not set(text) & set(" ,;<>")


def wrong(name: str, form: str) -> ConfigurationError:
    """Make the error of a setting that has not the form it must have."""
    return ConfigurationError(
        "setting_invalid", f"설정 {name}의 형식은 {form}입니다.", f"setting {name} has the form {form}"
    )


def send(mail: Mail, server: SplitResult) -> None:
    """Send a mail; raises TransferError."""
    try:
        connection = _opened(server)
        try:
            if server.username:
                connection.login(unquote(server.username), unquote(server.password or ""))
            connection.send_message(_message(mail))
        finally:
            # whatever is said to a goodbye, the mail is taken or refused by now
            with suppress(OSError, smtplib.SMTPException):
                connection.quit()
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _said in error.recipients.values()]
        for_good = bool(codes) and all(500 <= code < 600 for code in codes)
        raise _failed("mail_refused" if for_good else "mail_failed", type(error).__name__) from None
    except (OSError, smtplib.SMTPException) as error:
        # the cause may quote what was sent to it
        raise _failed("mail_failed", type(error).__name__) from None


def lay(mail: Mail, folder: Path) -> None:
    """Write a mail into a folder under a name of its Message-ID; written again it is the same file."""
    name = "".join(one if one.isalnum() or one in "-." else "_" for one in mail.message.strip("<>"))
    path = folder / f"{name}.eml"
    new = path.with_suffix(".new")
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with new.open("wb") as file:
            file.write(_message(mail).as_bytes(policy=SMTP))
            file.flush()
            os.fsync(file.fileno())
        new.rename(path)
    except OSError as error:
        raise _failed("mail_failed", type(error).__name__) from None


def _message(mail: Mail) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = " ".join(mail.subject.split())
    message["From"], message["To"] = mail.sender, mail.receiver
    message["Message-ID"] = mail.message
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.body)
    return message


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


def _failed(code: str, why: str) -> TransferError:
    return TransferError(code, f"메일을 보내지 못했습니다 ({why}).", f"the mail could not be sent ({why})")
