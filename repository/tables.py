"""The tables of the core, as one SQLAlchemy metadata that both arms add theirs to.

Timestamps are UTC text to the second (`2026-11-24T01:02:03Z`): equal on both databases, and sortable.
Precious tables are append-only or keep their history; derived ones are rebuilt by `km rebuild`. Key columns
compare by code point on both databases (`C` collation on PostgreSQL), so keyset pages agree.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    CompoundSelect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    literal,
    select,
)
from sqlalchemy.types import TypeEngine

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite numbers rows by INTEGER PRIMARY KEY only; PostgreSQL wants 64 bits said.
Serial = BigInteger().with_variant(Integer, "sqlite")


def key(length: int = 64) -> TypeEngine[str]:
    """Make the type of a key column, which compares by code point everywhere."""
    return String(length).with_variant(String(length, collation="C"), "postgresql")


def stamp() -> TypeEngine[str]:
    """Make the type of a UTC timestamp."""
    return key(20)


# ---- precious -------------------------------------------------------------------------------------------
institution = Table(
    "institution",
    metadata,
    Column("id", key(), primary_key=True),
    Column("name_ko", Text, nullable=False),
    Column("name_en", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

identity = Table(
    "identity",
    metadata,
    Column("item", key(), primary_key=True),
    Column("source", key(), nullable=False),
    Column("local_id", key(512), nullable=False),
    Column("state", key(), nullable=False),  # live, deleted or parked: the known of `km status`
    Column("at", stamp(), nullable=False),
    UniqueConstraint("source", "local_id"),
    Index(None, "source", "state", "item"),
)

alias = Table(
    "alias",
    metadata,
    Column("old", key(), primary_key=True),
    Column("new", key(), nullable=False),
    Column("kind", key(), nullable=False),  # merged, moved, reused
    Column("reason", Text, nullable=False),
    Column("at", stamp(), nullable=False),
    Column("by", key(128), nullable=False),
)

asset = Table(
    "asset",
    metadata,
    Column("id", key(), primary_key=True),
    Column("item", key(), nullable=False),
    Column("key", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("role", key(), nullable=False),
    Column("state", key(), nullable=False),
    Column("media_type", key(), nullable=False, default=""),
    Column("width", Integer, nullable=False, default=0),
    Column("height", Integer, nullable=False, default=0),
    Column("seconds", Float, nullable=False, default=0.0),
    Column("bytes", BigInteger, nullable=False, default=0),
    Column("sha256", key(), nullable=False, default=""),
    Column("etag", Text, nullable=False, default=""),
    Column("fetched_at", stamp(), nullable=False, default=""),
    Column("revision", Integer, nullable=False, default=0),
    Column("attempts", Integer, nullable=False, default=0),
    Column("parent", key(), nullable=False, default=""),
    Column("lang", key(), nullable=False, default=""),
    Column("label", Text, nullable=False, default=""),
    Column("alt", LargeBinary, nullable=False, default=b"[]"),
    Column("alt_origin", key(), nullable=False, default=""),
    Column("claims", LargeBinary, nullable=False, default=b"[]"),
    Column("problem", key(), nullable=False, default=""),
    Column("description", LargeBinary, nullable=False, default=b"[]"),
    Index(None, "item", "sequence"),
    Index(None, "state", "id"),
    Index(None, "sha256"),
)

# What people and machines wrote about files, one language of one field a row.
picture_words = Table(
    "picture_words",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("item", key(), nullable=False),
    Column("asset", key(), nullable=False),
    Column("field", key(), nullable=False),  # alt, description
    Column("lang", key(), nullable=False),
    Column("value", Text, nullable=False),
    Column("origin", key(), nullable=False),  # person, machine
    Column("model", key(128), nullable=False, default=""),
    Column("made", key(10), nullable=False),
    Column("replaced", LargeBinary, nullable=False),  # the institution's texts it was laid over
    Column("harvested", LargeBinary, nullable=False),  # those texts as they stand now
    Column("reason", Text, nullable=False),
    Column("by", key(128), nullable=False),
    Column("at", stamp(), nullable=False),
    Column("withdrawn", stamp(), nullable=False, default=""),
    Column("conflict", stamp(), nullable=False, default=""),
    Index(None, "item"),
    Index(None, "conflict"),
)

correction = Table(
    "correction",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("item", key(), nullable=False),
    Column("field", key(), nullable=False),
    Column("value", LargeBinary, nullable=False),  # canonical JSON of the whole field
    Column("replaced", LargeBinary, nullable=False),  # the harvested value it was laid over
    Column("harvested", LargeBinary, nullable=False),  # the harvested value as it stands now
    Column("reason", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("by", key(128), nullable=False),
    Column("at", stamp(), nullable=False),
    Column("withdrawn", stamp(), nullable=False, default=""),
    Column("conflict", stamp(), nullable=False, default=""),
    Index(None, "item", "field"),
    Index(None, "conflict"),
)

decision = Table(
    "decision",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("subject", key(), nullable=False),
    Column("digest", key(), nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("actor", key(128), nullable=False),
    Column("at", stamp(), nullable=False),
    Index(None, "subject", "id"),
)

current_decision = Table(
    "current_decision",
    metadata,
    Column("subject", key(), primary_key=True),
    Column("decision", Serial, ForeignKey("decision.id"), nullable=False),
)

takedown = Table(
    "takedown",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("subject", key(), nullable=False),
    Column("kind", key(), nullable=False),  # error, rights, privacy, terms_changed, request
    Column("reason", Text, nullable=False),
    Column("by", key(128), nullable=False),
    Column("at", stamp(), nullable=False),
    Column("lifted", stamp(), nullable=False, default=""),
    Index(None, "subject", "lifted"),
)

sets = Table(
    "set",
    metadata,
    Column("id", key(), primary_key=True),
    Column("kind", key(), nullable=False),  # collection, dataset
    Column("title_ko", Text, nullable=False),
    Column("title_en", Text, nullable=False),
    Column("cover", key(), nullable=False, default=""),
    Column("position", Integer, nullable=False, default=0),
    Column("digest", key(), nullable=False),
    Column("published", stamp(), nullable=False),
    Index(None, "kind", "position", "id"),
)

set_member = Table(
    "set_member",
    metadata,
    Column("set", key(), ForeignKey("set.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("item", key(), nullable=False),
    Column("reason_ko", Text, nullable=False, default=""),
    Column("reason_en", Text, nullable=False, default=""),
    Index(None, "item", "set"),
)

feed = Table(
    "feed",
    metadata,
    Column("id", Integer, primary_key=True),  # one row: locking it is what puts commits in order
    Column("number", BigInteger, nullable=False),
    Column("at", stamp(), nullable=False),
)

change = Table(
    "change",
    metadata,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("item", key(), nullable=False),
    Column("kind", key(), nullable=False),
    Column("at", stamp(), nullable=False),
)

cursor = Table(
    "cursor",
    metadata,
    Column("reader", key(), primary_key=True),
    Column("number", BigInteger, nullable=False),
)

person = Table(
    "person",
    metadata,
    Column("id", key(), primary_key=True),
    Column("name", Text, nullable=False),
    Column("email", key(254), nullable=False, unique=True),
    Column("password", Text, nullable=False, default=""),
    Column("state", key(), nullable=False),  # active or disabled
    Column("at", stamp(), nullable=False),
    # Moved by whatever ends all sessions of a person: a session that names another generation is over.
    Column("generation", Integer, nullable=False, default=0, server_default="0"),
)

role = Table(
    "role",
    metadata,
    Column("person", key(), ForeignKey("person.id"), primary_key=True),
    Column("role", key(), primary_key=True),
    Column("scope", key(), primary_key=True, default=""),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("actor", key(128), nullable=False),
    Column("action", key(), nullable=False),
    Column("subject", key(), nullable=False),
    Column("before", key(), nullable=False, default=""),
    Column("after", key(), nullable=False, default=""),
    Column("detail", Text, nullable=False, default=""),
    Column("at", stamp(), nullable=False),
    Index(None, "subject", "id"),
)

# Names that librarians say are one: the list as it was at version n holds what was added up to n, and was not
# withdrawn up to n.
synonym = Table(
    "synonym",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("name", key(100), nullable=False),
    Column("other", key(100), nullable=False),
    Column("relation", key(), nullable=False, default="synonym"),
    Column("by", key(128), nullable=False),
    Column("at", stamp(), nullable=False),
    Column("version", Integer, nullable=False),
    Column("withdrawn_by", key(128), nullable=False, default=""),
    Column("withdrawn_at", stamp(), nullable=False, default=""),
    Column("withdrawn_version", Integer, nullable=False, default=0),
    Index(None, "withdrawn_version", "id"),
)

# Passing, not precious: what was asked and not found, without who asked or when in the day.
search_miss = Table(
    "search_miss",
    metadata,
    Column("day", key(10), primary_key=True),
    Column("kind", key(), primary_key=True),  # nothing, or relaxed: found only by some of its sounds
    Column("text", key(100), primary_key=True),
    Column("count", Integer, nullable=False),
)

# Passing, not precious: who failed to log in, for as long as it makes them wait.
login_attempt = Table(
    "login_attempt",
    metadata,
    Column("kind", key(), primary_key=True),  # account or address
    Column("subject", key(), primary_key=True),  # digest of an e-mail address; network address
    Column("failures", Integer, nullable=False),
    Column("at", stamp(), nullable=False),
    Index(None, "at"),
)

# ---- derived --------------------------------------------------------------------------------------------
item = Table(
    "item",
    metadata,
    Column("id", key(), primary_key=True),
    Column("digest", key(), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("datestamp", stamp(), nullable=False, default=""),
    Column("created", stamp(), nullable=False, default=""),
    Column("source", key(), nullable=False),
    Column("provider", key(), nullable=False),
    Column("holder", key(), nullable=False),
    Column("state", key(), nullable=False),  # live or deleted (a tombstone)
    Column("title", key(60), nullable=False, default=""),  # how the first one begins, folded, without blanks
    Column("body", LargeBinary, nullable=False),
    Column("assets_revision", Integer, nullable=False, default=0),
    Index(None, "datestamp", "id"),
    Index(None, "state", "title", "id"),
    Index(None, "holder", "state", "id"),
    Index(None, "provider", "state", "id"),
    Index(None, "state", "created", "id"),
)

manifest = Table(
    "manifest",
    metadata,
    Column("item", key(), primary_key=True),
    Column("basis", key(), nullable=False),  # digest of item, assets and decision that it was built from
    Column("body", LargeBinary, nullable=False),
)

problem = Table(
    "problem",
    metadata,
    Column("subject", key(), primary_key=True),  # the item id of the record
    Column("prefix", key(), primary_key=True),  # the format of the record, or what else found it
    Column("position", Integer, primary_key=True),
    Column("source", key(), nullable=False),
    Column("code", key(), nullable=False),
    Column("field", Text, nullable=False, default=""),
    Column("value", Text, nullable=False, default=""),
    Index(None, "source", "code"),
)

counter = Table(
    "counter",
    metadata,
    Column("scope", key(), primary_key=True),  # a source or an institution
    Column("kind", key(), primary_key=True),  # identity, item, asset, words
    Column("state", key(), primary_key=True),
    Column("count", BigInteger, nullable=False),
)

# What the whole collection is like, counted with each rebuild of the index; the newest and the one before.
search_statistics = Table(
    "search_statistics",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("at", stamp(), nullable=False),
    Column("generation", key(), nullable=False),
    Column("body", LargeBinary, nullable=False),
)

# One number for each list that processes hold in memory: moved in the transaction that changes the list.
search_version = Table(
    "search_version",
    metadata,
    Column("subject", key(), primary_key=True),  # synonyms, statistics
    Column("number", Integer, nullable=False),
)


def subjects_of(item: str) -> CompoundSelect[tuple[str]]:
    """Select what decisions and takedowns may be about of an item: the item itself, and every file of it."""
    return select(asset.c.id).where(asset.c.item == item).union_all(select(literal(item)))
