"""The tables of reports and of the mails that answer them, in the one metadata of the core."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, Table, Text

from repository.tables import Serial, key, metadata, stamp

# What the public reported of an item; kept under the digest of its receipt, which nobody but the reporter has.
# Name, address and words are emptied some days after the answer.
report = Table(
    "report",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("receipt", key(), nullable=False, unique=True),
    Column("kind", key(), nullable=False),  # error, knowledge, removal
    Column("item", key(), nullable=False),
    Column("asset", key(), nullable=False, default=""),
    Column("region", key(), nullable=False, default=""),  # of the asset, as pct:x,y,w,h
    Column("lang", key(), nullable=False),
    Column("ground", key(), nullable=False, default=""),
    Column("capacity", key(), nullable=False, default=""),
    Column("text", Text, nullable=False),
    Column("name", Text, nullable=False, default=""),
    Column("email", key(254), nullable=False, default=""),
    Column("claimant", key(), nullable=False, default=""),  # digest of the address, or of its domain
    Column("at", stamp(), nullable=False),
    Column("due", stamp(), nullable=False),
    Column("confirmed", stamp(), nullable=False, default=""),
    Column("hidden", stamp(), nullable=False, default=""),
    Column("takedown", BigInteger, nullable=False, default=0),
    Column("answered", stamp(), nullable=False, default=""),
    Column("outcome", key(), nullable=False, default=""),  # accepted or declined
    Column("answer", Text, nullable=False, default=""),
    Column("answered_by", key(128), nullable=False, default=""),
    Column("erased", stamp(), nullable=False, default=""),
    Index(None, "answered", "due"),
    Index(None, "item"),
    Index(None, "hidden"),
)

# Mails on their way out; what was sent keeps no address and no words.
mail = Table(
    "mail",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("message", key(128), nullable=False),  # the Message-ID, the same at every attempt
    Column("receiver", key(254), nullable=False),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("at", stamp(), nullable=False),
    Column("due", stamp(), nullable=False),  # not before; moved before each attempt
    Column("attempts", Integer, nullable=False, default=0),
    Column("sent", stamp(), nullable=False, default=""),
    Column("failed", stamp(), nullable=False, default=""),
    Index(None, "sent", "failed", "due"),
)

# Passing, not precious: how much of a flood's allowance is used up, by digests with the salt of the day.
report_bucket = Table(
    "report_bucket",
    metadata,
    Column("kind", key(), primary_key=True),
    Column("subject", key(), primary_key=True),
    Column("full", BigInteger, nullable=False),  # the second (Unix time) at which it is full again
    Index(None, "full"),
)

report_salt = Table(
    "report_salt",
    metadata,
    Column("day", key(10), primary_key=True),
    Column("salt", key(), nullable=False),
)
