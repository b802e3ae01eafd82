"""What the public reports, the mails that answer, and the allowances that keep floods out."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def key(length: int = 64) -> sa.types.TypeEngine[str]:
    """Make a key column's type: compared by code point on both databases."""
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def serial() -> sa.Column[int]:
    """Make the column of a row's number."""
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column("id", kind, autoincrement=True, nullable=False)


def upgrade() -> None:
    op.create_table(
        "report",
        serial(),
        sa.Column("receipt", key(), nullable=False),
        sa.Column("kind", key(), nullable=False),
        sa.Column("item", key(), nullable=False),
        sa.Column("asset", key(), nullable=False),
        sa.Column("region", key(), nullable=False),
        sa.Column("lang", key(), nullable=False),
        sa.Column("ground", key(), nullable=False),
        sa.Column("capacity", key(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", key(254), nullable=False),
        sa.Column("claimant", key(), nullable=False),
        sa.Column("at", key(20), nullable=False),
        sa.Column("due", key(20), nullable=False),
        sa.Column("confirmed", key(20), nullable=False),
        sa.Column("hidden", key(20), nullable=False),
        sa.Column("takedown", sa.BigInteger(), nullable=False),
        sa.Column("answered", key(20), nullable=False),
        sa.Column("outcome", key(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by", key(128), nullable=False),
        sa.Column("erased", key(20), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint("receipt", name=op.f("uq_report_receipt")),
    )
    op.create_index(op.f("ix_report_answered_due"), "report", ["answered", "due"])
    op.create_index(op.f("ix_report_item"), "report", ["item"])
    op.create_index(op.f("ix_report_hidden"), "report", ["hidden"])
    op.create_table(
        "mail",
        serial(),
        sa.Column("message", key(128), nullable=False),
        sa.Column("receiver", key(254), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", key(20), nullable=False),
        sa.Column("due", key(20), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("sent", key(20), nullable=False),
        sa.Column("failed", key(20), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail")),
    )
    op.create_index(op.f("ix_mail_sent_failed_due"), "mail", ["sent", "failed", "due"])
    op.create_table(
        "report_bucket",
        sa.Column("kind", key(), nullable=False),
        sa.Column("subject", key(), nullable=False),
        sa.Column("full", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "subject", name=op.f("pk_report_bucket")),
    )
    op.create_index(op.f("ix_report_bucket_full"), "report_bucket", ["full"])
    op.create_table(
        "report_salt",
        sa.Column("day", key(10), nullable=False),
        sa.Column("salt", key(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_report_salt")),
    )


def downgrade() -> None:
    op.drop_table("report_salt")
    op.drop_table("report_bucket")
    op.drop_table("mail")
    op.drop_table("report")
