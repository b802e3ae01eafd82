"""The tables of curation: every version of a collection, and of the data set's plans, releases and recalls."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, Table, Text, UniqueConstraint

from repository.tables import Serial, key, metadata, stamp

collection_version = Table(
    "collection_version",
    metadata,
    Column("collection", key(), primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("digest", key(), nullable=False),
    Column("content", LargeBinary, nullable=False),  # canonical JSON
    Column("state", key(), nullable=False),  # draft, published, withdrawn
    Column("by", key(128), nullable=False),
    Column("at", stamp(), nullable=False),
    Index(None, "collection", "state"),
)

plan = Table(
    "plan",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("name", key(), nullable=False),
    Column("version", key(), nullable=False),
    Column("digest", key(), nullable=False),  # empty until all rows are frozen
    Column("terms", LargeBinary, nullable=False),  # what was asked for: title, filters, profile
    Column("counts", LargeBinary, nullable=False),  # works, files, bytes, refusals by reason, shards
    Column("feed", BigInteger, nullable=False),  # the change number at which freezing began
    Column("at", stamp(), nullable=False),  # the only date that a release holds
    UniqueConstraint("name", "version"),
)

plan_row = Table(
    "plan_row",
    metadata,
    Column("plan", Serial, primary_key=True),
    Column("item", key(), primary_key=True),
    Column("chosen", Integer, nullable=False),  # 1: in the release; 0: refused
    Column("reason", key(), nullable=False, default=""),
    Column("item_digest", key(), nullable=False),
    Column("decision", BigInteger, nullable=False),
    Column("body", LargeBinary, nullable=False),  # the row as it is shipped; of a refusal, its reason
    Index(None, "plan", "chosen", "item"),
)

release = Table(
    "release",
    metadata,
    Column("name", key(), primary_key=True),
    Column("version", key(), primary_key=True),
    Column("plan", Serial, nullable=False),
    Column("state", key(), nullable=False),  # built, published, withdrawn, failed
    Column("root", key(), nullable=False),  # SHA-256 of the list of checksums
    Column("files", LargeBinary, nullable=False),  # name, bytes and SHA-256 of each file
    Column("error", Text, nullable=False, default=""),
    Column("at", stamp(), nullable=False),
)

revocation = Table(
    "revocation",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("item", key(), nullable=False),
    Column("assets", LargeBinary, nullable=False),  # their SHA-256
    Column("kind", key(), nullable=False),  # error, terms_changed, …; restored ends it
    Column("since", key(160), nullable=False),  # first release that held it
    Column("at", stamp(), nullable=False),
    UniqueConstraint("item", "kind", "at"),
)
