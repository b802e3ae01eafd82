"""What somebody asked the worker to do with a source, and the links to institutions' reports."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def key(length: int) -> sa.types.TypeEngine[str]:
    """Make a key column's type: compared by code point on both databases."""
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "harvest_request",
        sa.Column("source", key(64), nullable=False),
        sa.Column("kind", key(64), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", key(20), nullable=False),
        sa.PrimaryKeyConstraint("source", "kind", name=op.f("pk_harvest_request")),
    )
    op.create_table(
        "report_link",
        sa.Column("institution", key(64), nullable=False),
        sa.Column("counter", sa.Integer(), nullable=False),
        sa.Column("at", key(20), nullable=False),
        sa.PrimaryKeyConstraint("institution", name=op.f("pk_report_link")),
    )


def downgrade() -> None:
    op.drop_table("report_link")
    op.drop_table("harvest_request")
