"""What is signed or derived by the installation's key: receipts, forms, links to confirm, and who a claimant is.

Nothing of it is kept but digests, so whoever reads the database can neither open a report nor confirm a claim.
Times are seconds of Unix time.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from functools import cache
from importlib.resources import files

from repository.identifiers import is_valid, mint, normalise
from repository.item import canonical
from repository.reports.words import Asked

HASTY_SECONDS = 3  # nobody fills in a form faster
FORM_SECONDS = 24 * 3600
CONFIRM_SECONDS = 3 * 24 * 3600
_GROUP = 4
# Where a country's domains are given out below a second level, the owner's name is the third.
_SECOND_LEVELS = frozenset(
    {"ac", "co", "com", "edu", "es", "go", "gov", "hs", "kg", "mil", "ms", "ne", "net", "or", "org", "pe", "re", "sc"}
)  # fmt: skip


def _sign(key: str, purpose: str, *parts: str) -> str:
    message = "\0".join((purpose, *parts)).encode()
    return hmac.new(key.encode(), message, hashlib.sha256).hexdigest()


# ---- forms
def form_token(key: str, kind: str, item: str, now: int) -> str:
    """Make the token of a form: what it is for, when it was given out, and a number used once."""
    nonce = secrets.token_hex(8)
    return f"{now}.{nonce}.{_sign(key, 'form', kind, item, str(now), nonce)[:32]}"


def form_fault(key: str, token: str, kind: str, item: str, now: int) -> str:
    """Give the code of what is wrong with a form's token (report_form_stale, report_form_hasty), or nothing."""
    given, _dot, rest = token.partition(".")
    nonce, _dot, signature = rest.partition(".")
    if not _is_signed(signature, _sign(key, "form", kind, item, given, nonce)[:32]) or not given.isdecimal():
        return "report_form_stale"
    age = now - int(given)
    if age > FORM_SECONDS:
        return "report_form_stale"
    return "report_form_hasty" if age < HASTY_SECONDS else ""


def _is_signed(given: str, right: str) -> bool:
    return hmac.compare_digest(given.encode(), right.encode())


# ---- receipts
def receipt_of(key: str, token: str, asked: Asked) -> str:
    """Make the receipt of what was said in a form: the same again where the same form is sent twice."""
    return mint("receipt", _sign(key, "receipt", token, canonical(asked).decode()))


def written(receipt: str) -> str:
    """Write a receipt for people, in groups."""
    return "-".join(receipt[start : start + _GROUP] for start in range(0, len(receipt), _GROUP))


def receipt_digest(typed: str) -> str:
    """Give the digest under which the report of a receipt is kept, or nothing where it can be none."""
    read = normalise("".join(typed.split()))[:64]
    return hashlib.sha256(f"receipt\0{read}".encode()).hexdigest() if is_valid(read) else ""


# ---- links to confirm
def confirm_token(key: str, report: int, email: str, now: int) -> str:
    """Make the link's token that confirms the address of a report until some days from now."""
    until = now + CONFIRM_SECONDS
    return f"{report}.{until}.{_sign(key, 'confirm', str(report), str(until), email)[:40]}"


def confirm_report(token: str) -> int:
    """Give the number of the report that a token names, 0 where it names none; nothing is proven by it."""
    number = token.partition(".")[0]
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 16 else 0


def confirm_fault(key: str, token: str, email: str, now: int) -> str:
    """Give the code of what is wrong with a link's token (report_link_wrong, report_link_over), or nothing."""
    number, _dot, rest = token.partition(".")
    until, _dot, signature = rest.partition(".")
    right = _sign(key, "confirm", number, until, email)[:40]
    if not email or not _is_signed(signature, right) or not until.isdecimal():
        return "report_link_wrong"
    return "report_link_over" if now > int(until) else ""


# ---- claimants
def claimant(key: str, email: str) -> str:
    """Give the digest of who claims: a domain is one claimant, but for those that give everybody an address."""
    return _sign(key, "claimant", _claimant(email)) if email else ""


def _claimant(email: str) -> str:
    local, _at, host = email.rpartition("@")
    domain = _registered(host)
    if domain not in _providers():
        return domain
    plain = local.partition("+")[0]
    if domain in ("gmail.com", "googlemail.com"):  # where dots mean nothing
        return f"{plain.replace('.', '')}@gmail.com"
    return f"{plain}@{domain}"


def _registered(host: str) -> str:
    """Give the domain that somebody registered, so that names made up below it are all one."""
    labels = host.strip(".").split(".")
    deep = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVELS
    return ".".join(labels[-3 if deep else -2 :])


@cache
def _providers() -> frozenset[str]:
    text = (files("repository.reports") / "data" / "mail_providers.txt").read_text("utf-8")
    return frozenset(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))
