"""The tables of the harvest: sources, the ledger of runs and windows, and every record as received."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, Table, Text, UniqueConstraint

from repository.tables import Serial, key, metadata, stamp

source = Table(
    "source",
    metadata,
    Column("id", key(), primary_key=True),
    Column("body", LargeBinary, nullable=False),  # the source's contract, as JSON
    Column("version", Integer, nullable=False),
    Column("state", key(), nullable=False),  # active, paused, removed
    Column("learnt", LargeBinary, nullable=False, default=b"{}"),
)

run = Table(
    "run",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("source", key(), ForeignKey("source.id"), nullable=False),
    Column("state", key(), nullable=False),  # running, complete, repaired, incomplete, held, blocked, failed
    Column("kind", key(), nullable=False),  # full, incremental or rehearsal
    Column("started", stamp(), nullable=False),
    Column("ended", stamp(), nullable=False, default=""),
    Column("error", Text, nullable=False, default=""),
    Column(
        "report", LargeBinary, nullable=False, default=b"{}", server_default="{}"
    ),  # ledger.Report, as JSON
    Column("compared", Integer, nullable=False, default=0, server_default="0"),  # all identifiers were
    Index(None, "source", "id"),
)

# What a rehearsal or a held run would do: records added, changed, deleted, gone.
run_change = Table(
    "run_change",
    metadata,
    Column("run", Serial, ForeignKey("run.id"), primary_key=True),
    Column("kind", key(), primary_key=True),
    Column("prefix", key(), primary_key=True),
    Column("local_id", key(512), primary_key=True),
)

window = Table(
    "window",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("run", Serial, ForeignKey("run.id"), nullable=False),
    Column("source", key(), nullable=False),
    Column("prefix", key(), nullable=False),
    Column("set", Text, nullable=False, default=""),
    Column("from", key(), nullable=False, default=""),
    Column("until", key(), nullable=False, default=""),
    Column("state", key(), nullable=False),  # open, complete, split, failed
    Column(
        "depth", Integer, nullable=False, default=0, server_default="0"
    ),  # how often it was cut out of another
    Column("token", Text, nullable=False, default=""),
    Column("pages", Integer, nullable=False, default=0),
    Column("attempts", Integer, nullable=False, default=0),
    Column(
        "size", Integer, nullable=False, default=0, server_default="0"
    ),  # of the list, as the provider said
    Column("fresh", Integer, nullable=False, default=0, server_default="0"),  # received since begun anew
    Column("outside", Integer, nullable=False, default=0, server_default="0"),  # came and were not asked for
    Column("received", Integer, nullable=False, default=0),
    Column("new", Integer, nullable=False, default=0),
    Column("changed", Integer, nullable=False, default=0),
    Column("unchanged", Integer, nullable=False, default=0),
    Column("deleted", Integer, nullable=False, default=0),
    Column("parked", Integer, nullable=False, default=0),
    Column("quarantined", Integer, nullable=False, default=0),
    Column("repaired", Integer, nullable=False, default=0),
    Column("response_date", key(), nullable=False, default=""),
    Column("error", Text, nullable=False, default=""),
    Index(None, "run"),
    Index(None, "source", "prefix", "id"),
)

record = Table(
    "record",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("item", key(), nullable=False),  # the identity of (source, local id)
    Column("source", key(), nullable=False),
    Column("local_id", key(512), nullable=False),
    Column("prefix", key(), nullable=False),
    Column("state", key(), nullable=False),  # live, deleted, parked
    Column("version", Integer, nullable=False),
    Column("read_by", key(), nullable=False, default=""),  # version of the crosswalks that read it last
    UniqueConstraint("source", "local_id", "prefix"),
    Index(None, "item"),
    Index(None, "source", "state", "id"),
)

record_version = Table(
    "record_version",
    metadata,
    Column("record", Serial, ForeignKey("record.id"), primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("payload", key(), nullable=False),  # digest, empty for a deletion
    Column("run", Serial, nullable=False),
    Column("datestamp", key(), nullable=False),
    Column("sets", Text, nullable=False, default=""),
    Column("deleted", Integer, nullable=False, default=0),
    Column("repairs", Integer, nullable=False, default=0),
)

payload = Table(
    "payload",
    metadata,
    Column("digest", key(), primary_key=True),
    Column("bytes", LargeBinary, nullable=False),  # zlib; empty once erased
    Column("size", Integer, nullable=False),
    Column("erased", stamp(), nullable=False, default=""),
    Column("erased_by", key(128), nullable=False, default=""),
    Column("erased_why", Text, nullable=False, default=""),
)

# Pages that had to be repaired, as they were sent; their bytes stand with the payloads.
repaired_page = Table(
    "repaired_page",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("run", Serial, nullable=False),
    Column("source", key(), nullable=False),
    Column("prefix", key(), nullable=False),
    Column("digest", key(), nullable=False),
    Column("repairs", Text, nullable=False),  # codes of harvest.oai_repair, joined by spaces
    Column("at", stamp(), nullable=False),
    UniqueConstraint("source", "digest"),
)

quarantine = Table(
    "quarantine",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("source", key(), nullable=False),
    Column("prefix", key(), nullable=False),
    Column("digest", key(), nullable=False),
    Column("local_id", Text, nullable=False, default=""),  # the identifier, where it could still be read
    Column("reason", Text, nullable=False),
    Column("run", Serial, nullable=False),
    Column("at", stamp(), nullable=False),
    Column("resolved", stamp(), nullable=False, default=""),
    UniqueConstraint("source", "prefix", "digest"),
    Index(None, "source", "resolved", "id"),
)

# What somebody asked the worker to do with a source, until it is done.
harvest_request = Table(
    "harvest_request",
    metadata,
    Column("source", key(), primary_key=True),
    Column("kind", key(), primary_key=True),  # harvest or rehearse
    Column("by", Text, nullable=False),
    Column("at", stamp(), nullable=False),
)

# The link to an institution's report: another counter makes another link, and the old one is worth nothing.
report_link = Table(
    "report_link",
    metadata,
    Column("institution", key(), primary_key=True),
    Column("counter", Integer, nullable=False),
    Column("at", stamp(), nullable=False),
)
