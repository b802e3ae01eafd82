"""The first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def key(length: int) -> sa.types.TypeEngine[str]:
    """Make a key column's type: compared by code point on both databases."""
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "alias",
        sa.Column("old", key(64), nullable=False),
        sa.Column("new", key(64), nullable=False),
        sa.Column("kind", key(64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", key(20), nullable=False),
        sa.Column("by", key(128), nullable=False),
        sa.PrimaryKeyConstraint("old", name=op.f("pk_alias")),
    )
    op.create_table(
        "asset",
        sa.Column("id", key(64), nullable=False),
        sa.Column("item", key(64), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("role", key(64), nullable=False),
        sa.Column("state", key(64), nullable=False),
        sa.Column("media_type", key(64), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("sha256", key(64), nullable=False),
        sa.Column("etag", sa.Text(), nullable=False),
        sa.Column("fetched_at", key(20), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("parent", key(64), nullable=False),
        sa.Column("lang", key(64), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("alt", sa.LargeBinary(), nullable=False),
        sa.Column("alt_origin", key(64), nullable=False),
        sa.Column("claims", sa.LargeBinary(), nullable=False),
        sa.Column("problem", key(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asset")),
    )
    with op.batch_alter_table("asset", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_asset_item_sequence"), ["item", "sequence"], unique=False)
        batch_op.create_index(batch_op.f("ix_asset_sha256"), ["sha256"], unique=False)
        batch_op.create_index(batch_op.f("ix_asset_state_id"), ["state", "id"], unique=False)

    op.create_table(
        "audit",
        sa.Column("id", SERIAL, autoincrement=True, nullable=False),
        sa.Column("actor", key(128), nullable=False),
        sa.Column("action", key(64), nullable=False),
        sa.Column("subject", key(64), nullable=False),
        sa.Column("before", key(64), nullable=False),
        sa.Column("after", key(64), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("at", key(20), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_subject_id"), ["subject", "id"], unique=False)

    op.create_table(
        "change",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("item", key(64), nullable=False),
        sa.Column("kind", key(64), nullable=False),
        sa.Column("at", key(20), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_change")),
    )
    op.create_table(
        "collection_version",
        sa.Column("collection", key(64), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("digest", key(64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("state", key(64), nullable=False),
        sa.Column("by", key(128), nullable=False),
        sa.Column("at", key(20), nullable=False),
        sa.PrimaryKeyConstraint("collection", "n", name=op.f("pk_collection_version")),
    )
    with op.batch_alter_table("collection_version", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_collection_version_collection_state"), ["collection", "state"], unique=False
        )

    op.create_table(
        "correction",
        sa.Column("id", SERIAL, autoincrement=True, nullable=False),
        sa.Column("item", key(64), nullable=False),
        sa.Column("field", key(64), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.Column("replaced", sa.LargeBinary(), nullable=False),
        sa.Column("harvested", sa.LargeBinary(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("by", key(128), nullable=False),
        sa.Column("at", key(20), nullable=False),
        sa.Column("withdrawn", key(20), nullable=False),
        sa.Column("conflict", key(20), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
    )
    with op.batch_alter_table("correction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_correction_conflict"), ["conflict"], unique=False)
        batch_op.create_index(batch_op.f("ix_correction_item_field"), ["item", "field"], unique=False)

    op.create_table(
        "counter",
        sa.Column("scope", key(64), nullable=False),
        sa.Column("kind", key(64), nullable=False),
        sa.Column("state", key(64), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("scope", "kind", "state", name=op.f("pk_counter")),
    )
    op.create_table(
        "cursor",
        sa.Column("reader", key(64), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("reader", name=op.f("pk_cursor")),
    )
    op.create_table(
        "decision",
        sa.Column("id", SERIAL, autoincrement=True, nullable=False),
        sa.Column("subject", key(64), nullable=False),
        sa.Column("digest", key(64), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("actor", key(128), nullable=False),
        sa.Column("at", key(20), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_subject_id"), ["subject", "id"], unique=False)

    op.create_table(
        "feed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("at", key(20), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed")),
    )
    op.create_table(
        "identity",
        sa.Column("item", key(64), nullable=False),
        sa.Column("source", key(64), nullable=False),
        sa.Column("local_id", key(512), nullable=False),
        sa.Column("state", key(64), nullable=False),
        sa.Column("at", key(20), nullable=False),
        sa.PrimaryKeyConstraint("item", name=op.f("pk_identity")),
        sa.UniqueConstraint("source", "local_id", name=op.f("uq_identity_source_local_id")),
    )
    with op.batch_alter_table("identity", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_identity_source_state_item"), ["source", "state", "item"], unique=False
        )

    op.create_table(
        "institution",
        sa.Column("id", key(64), nullable=False),
        sa.Column("name_ko", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_institution")),
    )
    op.create_table(
        "item",
        sa.Column("id", key(64), nullable=False),
        sa.Column("digest", key(64), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("datestamp", key(20), nullable=False),
        sa.Column("created", key(20), nullable=False),
        sa.Column("source", key(64), nullable=False),
        sa.Column("provider", key(64), nullable=False),
        sa.Column("holder", key(64), nullable=False),
        sa.Column("state", key(64), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("assets_revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item")),
    )
    with op.batch_alter_table("item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_item_datestamp_id"), ["datestamp", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_item_holder_state_id"), ["holder", "state", "id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_item_provider_state_id"), ["provider", "state", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_item_state_created_id"), ["state", "created", "id"], unique=False
        )

    op.create_table(
        "manifest",
        sa.Column("item", key(64), nullable=False),
        sa.Column("basis", key(64), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("item", name=op.f("pk_manifest")),
    )
    op.create_table(
        "payload",
        sa.Column("digest", key(64), nullable=False),
        sa.Column("bytes", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("erased", key(20), nullable=False),
        sa.Column("erased_by", key(128), nullable=False),
        sa.Column("erased_why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_payload")),
    )
    op.create_table(
        "person",
        sa.Column("id", key(64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", key(254), nullable=False),
        sa.Column("password", sa.Text(), nullable=False),
        sa.Column("state", key(64), nullable=False),
        sa.Column("at", key(20), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
    )
    op.create_table(
        "plan",
        sa.Column("id", SERIAL, autoincrement=True, nullable=False),
        sa.Column("name", key(64), nullable=False),
        sa.Column("version", key(64), nullable=False),
        sa.Column("digest", key(64), nullable=False),
        sa.Column("terms", sa.LargeBinary(), nullable=False),
        sa.Column("counts", sa.LargeBinary(), nullable=False),
        sa.Column("feed", sa.BigInteger(), nullable=False),
        sa.Column("at", key(20), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        sa.UniqueConstraint("name", "version", name=op.f("uq_plan_name_version")),
    )
    op.create_table(
        "plan_row",
        sa.Column("plan", SERIAL, nullable=False),
        sa.Column("item", key(64), nullable=False),
        sa.Column("chosen", sa.Integer(), nullable=False),
        sa.Column("reason", key(64), nullable=False),
        sa.Column("item_digest", key(64), nullable=False),
        sa.Column("decision", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("plan", "item", name=op.f("pk_plan_row")),
    )
    with op.batch_alter_table("plan_row", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_plan_row_plan_chosen_item"), ["plan", "chosen", "item"], unique=False
        )

    op.create_table(
        "problem",
        sa.Column("subject", key(64), nullable=False),
        sa.Column("prefix", key(64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source", key(64), nullable=False),
        sa.Column("code", key(64), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("subject", "prefix", "position", name=op.f("pk_problem")),
    )
    with op.batch_alter_table("problem", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_problem_source_code"), ["source", "code"], unique=False)

    op.create_table(
        "quarantine",
        sa.Column("id", SERIAL, autoincrement=True, nullable=False),
        sa.Column("source", key(64), nullable=False),
        sa.Column("prefix", key(64), nullable=False),
        sa.Column("digest", key(64), nullable=False),
        sa.Column("local_id", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("run", SERIAL, nullable=False),
        sa.Column("at", key(20), nullable=False),
        sa.Column("resolved", key(20), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quarantine")),
        sa.UniqueConstraint("source", "prefix", "digest", name=op.f("uq_quarantine_source_prefix_digest")),
    )
    with op.batch_alter_table("quarantine", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_quarantine_source_resolved_id"), ["source", "resolved", "id"], unique=False
        )

    op.create_table(
        "record",
        sa.Column("id", SERIAL, autoincrement=True, nullable=False),
        sa.Column("item", key(64), nullable=False),
        sa.Column("source", key(64), nullable=False),
        sa.Column("local_id", key(512), nullable=False),
        sa.Column("prefix", key(64), nullable=False),
        sa.Column("state", key(64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("read_by", key(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record")),
        sa.UniqueConstraint("source", "local_id", "prefix", name=op.f("uq_record_source_local_id_prefix")),
    )
    with op.batch_alter_table("record", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_record_item"), ["item"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_record_source_state_id"), ["source", "state", "id"], unique=False
        )

    op.create_table(
        "release",
        sa.Column("name", key(64), nullable=False),
        sa.Column("version", key(64), nullable=False),
        sa.Column("plan", SERIAL, nullable=False),
        sa.Column("state", key(64), nullable=False),
        sa.Column("root", key(64), nullable=False),
        sa.Column("files", sa.LargeBinary(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("at", key(20), nullable=False),
        sa.PrimaryKeyConstraint("name", "version", name=op.f("pk_release")),
    )
    op.create_table(
        "revocation",
        sa.Column("id", SERIAL, autoincrement=True, nullable=False),
        sa.Column("item", key(64), nullable=False),
        sa.Column("assets", sa.LargeBinary(), nullable=False),
        sa.Column("kind", key(64), nullable=False),
        sa.Column("since", key(160), nullable=False),
        sa.Column("at", key(20), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revocation")),
        sa.UniqueConstraint("item", "kind", "at", name=op.f("uq_revocation_item_kind_at")),
    )
    op.create_table(
        "set",
        sa.Column("id", key(64), nullable=False),
        sa.Column("kind", key(64), nullable=False),
        sa.Column("title_ko", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=False),
        sa.Column("cover", key(64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("digest", key(64), nullable=False),
        sa.Column("published", key(20), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_set")),
    )
    with op.batch_alter_table("set", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_set_kind_position_id"), ["kind", "position", "id"], unique=False)

    op.create_table(
        "source",
        sa.Column("id", key(64), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", key(64), nullable=False),
        sa.Column("learnt", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
    )
    op.create_table(
        "takedown",
        sa.Column("id", SERIAL, autoincrement=True, nullable=False),
        sa.Column("subject", key(64), nullable=False),
        sa.Column("kind", key(64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", key(128), nullable=False),
        sa.Column("at", key(20), nullable=False),
        sa.Column("lifted", key(20), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_takedown")),
    )
    with op.batch_alter_table("takedown", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_takedown_subject_lifted"), ["subject", "lifted"], unique=False)

    op.create_table(
        "current_decision",
        sa.Column("subject", key(64), nullable=False),
        sa.Column("decision", SERIAL, nullable=False),
        sa.ForeignKeyConstraint(["decision"], ["decision.id"], name=op.f("fk_current_decision_decision")),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_current_decision")),
    )
    op.create_table(
        "record_version",
        sa.Column("record", SERIAL, nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("payload", key(64), nullable=False),
        sa.Column("run", SERIAL, nullable=False),
        sa.Column("datestamp", key(64), nullable=False),
        sa.Column("sets", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Integer(), nullable=False),
        sa.Column("repairs", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["record"], ["record.id"], name=op.f("fk_record_version_record")),
        sa.PrimaryKeyConstraint("record", "n", name=op.f("pk_record_version")),
    )
    op.create_table(
        "role",
        sa.Column("person", key(64), nullable=False),
        sa.Column("role", key(64), nullable=False),
        sa.Column("scope", key(64), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_role_person")),
        sa.PrimaryKeyConstraint("person", "role", "scope", name=op.f("pk_role")),
    )
    op.create_table(
        "run",
        sa.Column("id", SERIAL, autoincrement=True, nullable=False),
        sa.Column("source", key(64), nullable=False),
        sa.Column("state", key(64), nullable=False),
        sa.Column("kind", key(64), nullable=False),
        sa.Column("started", key(20), nullable=False),
        sa.Column("ended", key(20), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["source"], ["source.id"], name=op.f("fk_run_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run")),
    )
    with op.batch_alter_table("run", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_run_source_id"), ["source", "id"], unique=False)

    op.create_table(
        "set_member",
        sa.Column("set", key(64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("item", key(64), nullable=False),
        sa.Column("reason_ko", sa.Text(), nullable=False),
        sa.Column("reason_en", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["set"], ["set.id"], name=op.f("fk_set_member_set")),
        sa.PrimaryKeyConstraint("set", "position", name=op.f("pk_set_member")),
    )
    with op.batch_alter_table("set_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_set_member_item_set"), ["item", "set"], unique=False)

    op.create_table(
        "window",
        sa.Column("id", SERIAL, autoincrement=True, nullable=False),
        sa.Column("run", SERIAL, nullable=False),
        sa.Column("source", key(64), nullable=False),
        sa.Column("prefix", key(64), nullable=False),
        sa.Column("set", sa.Text(), nullable=False),
        sa.Column("from", key(64), nullable=False),
        sa.Column("until", key(64), nullable=False),
        sa.Column("state", key(64), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("received", sa.Integer(), nullable=False),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("deleted", sa.Integer(), nullable=False),
        sa.Column("parked", sa.Integer(), nullable=False),
        sa.Column("quarantined", sa.Integer(), nullable=False),
        sa.Column("repaired", sa.Integer(), nullable=False),
        sa.Column("response_date", key(64), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["run"], ["run.id"], name=op.f("fk_window_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_window")),
    )
    with op.batch_alter_table("window", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_window_run"), ["run"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_window_source_prefix_id"), ["source", "prefix", "id"], unique=False
        )
    feed = sa.table("feed", sa.column("id"), sa.column("number"), sa.column("at"))
    op.execute(feed.insert().values(id=1, number=0, at=""))


def downgrade() -> None:
    raise RuntimeError("the first schema is the oldest one")
