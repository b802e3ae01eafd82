"""What librarians teach the search, what was asked and not found, and what the collection is like."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def key(length: int) -> sa.types.TypeEngine[str]:
    """Make a key column's type: compared by code point on both databases."""
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "synonym",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("name", key(100), nullable=False),
        sa.Column("other", key(100), nullable=False),
        sa.Column("relation", key(64), nullable=False),
        sa.Column("by", key(128), nullable=False),
        sa.Column("at", key(20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("withdrawn_by", key(128), nullable=False),
        sa.Column("withdrawn_at", key(20), nullable=False),
        sa.Column("withdrawn_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_synonym")),
    )
    op.create_index(op.f("ix_synonym_withdrawn_version_id"), "synonym", ["withdrawn_version", "id"])
    op.create_table(
        "search_miss",
        sa.Column("day", key(10), nullable=False),
        sa.Column("kind", key(64), nullable=False),
        sa.Column("text", key(100), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "kind", "text", name=op.f("pk_search_miss")),
    )
    op.create_table(
        "search_statistics",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", key(20), nullable=False),
        sa.Column("generation", key(64), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_search_statistics")),
    )
    op.create_table(
        "search_version",
        sa.Column("subject", key(64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_search_version")),
    )


def downgrade() -> None:
    op.drop_table("search_version")
    op.drop_table("search_statistics")
    op.drop_table("search_miss")
    op.drop_index(op.f("ix_synonym_withdrawn_version_id"), "synonym")
    op.drop_table("synonym")
