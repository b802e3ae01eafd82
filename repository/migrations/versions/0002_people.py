"""People: sessions end by generation, and who fails to log in waits."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def key(length: int) -> sa.types.TypeEngine[str]:
    """Make a key column's type: compared by code point on both databases."""
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    op.add_column("person", sa.Column("generation", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "login_attempt",
        sa.Column("kind", key(64), nullable=False),
        sa.Column("subject", key(64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("at", key(20), nullable=False),
        sa.PrimaryKeyConstraint("kind", "subject", name=op.f("pk_login_attempt")),
    )
    with op.batch_alter_table("login_attempt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_login_attempt_at"), ["at"], unique=False)


def downgrade() -> None:
    op.drop_table("login_attempt")
    op.drop_column("person", "generation")
