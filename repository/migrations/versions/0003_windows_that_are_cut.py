"""Windows that are cut, what a run concluded and would change, and pages that had to be repaired."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NUMBERS = ("depth", "size", "fresh", "outside")


def key(length: int) -> sa.types.TypeEngine[str]:
    """Make a key column's type: compared by code point on both databases."""
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    with op.batch_alter_table("window", schema=None) as batch_op:
        for name in NUMBERS:
            batch_op.add_column(sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("run", schema=None) as batch_op:
        batch_op.add_column(sa.Column("report", sa.LargeBinary(), nullable=False, server_default="{}"))
        batch_op.add_column(sa.Column("compared", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "run_change",
        sa.Column("run", SERIAL, nullable=False),
        sa.Column("kind", key(64), nullable=False),
        sa.Column("prefix", key(64), nullable=False),
        sa.Column("local_id", key(512), nullable=False),
        sa.ForeignKeyConstraint(["run"], ["run.id"], name=op.f("fk_run_change_run")),
        sa.PrimaryKeyConstraint("run", "kind", "prefix", "local_id", name=op.f("pk_run_change")),
    )
    op.create_table(
        "repaired_page",
        sa.Column("id", SERIAL, autoincrement=True, nullable=False),
        sa.Column("run", SERIAL, nullable=False),
        sa.Column("source", key(64), nullable=False),
        sa.Column("prefix", key(64), nullable=False),
        sa.Column("digest", key(64), nullable=False),
        sa.Column("repairs", sa.Text(), nullable=False),
        sa.Column("at", key(20), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_repaired_page")),
        sa.UniqueConstraint("source", "digest", name=op.f("uq_repaired_page_source_digest")),
    )


def downgrade() -> None:
    op.drop_table("repaired_page")
    op.drop_table("run_change")
    with op.batch_alter_table("run", schema=None) as batch_op:
        batch_op.drop_column("compared")
        batch_op.drop_column("report")
    with op.batch_alter_table("window", schema=None) as batch_op:
        for name in NUMBERS:
            batch_op.drop_column(name)
