"""What people and machines write about files, long descriptions, and counts of who wrote and what is lacking.

Whether a text says more than a title is judged when a record is next read (`km rebuild items`).
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def key(length: int) -> sa.types.TypeEngine[str]:
    """Make a key column's type: compared by code point on both databases."""
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    nothing = "'[]'::bytea" if op.get_bind().dialect.name == "postgresql" else "x'5b5d'"
    op.add_column(
        "asset", sa.Column("description", sa.LargeBinary(), nullable=False, server_default=sa.text(nothing))
    )
    op.create_table(
        "picture_words",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("item", key(64), nullable=False),
        sa.Column("asset", key(64), nullable=False),
        sa.Column("field", key(64), nullable=False),
        sa.Column("lang", key(64), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("origin", key(64), nullable=False),
        sa.Column("model", key(128), nullable=False),
        sa.Column("made", key(10), nullable=False),
        sa.Column("replaced", sa.LargeBinary(), nullable=False),
        sa.Column("harvested", sa.LargeBinary(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", key(128), nullable=False),
        sa.Column("at", key(20), nullable=False),
        sa.Column("withdrawn", key(20), nullable=False),
        sa.Column("conflict", key(20), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_picture_words")),
    )
    op.create_index(op.f("ix_picture_words_item"), "picture_words", ["item"])
    op.create_index(op.f("ix_picture_words_conflict"), "picture_words", ["conflict"])
    _say_who_wrote()
    _count()


def _say_who_wrote() -> None:
    """Mark what is lacking; files of deleted items, and those that nobody looks at, need nothing."""
    op.execute("UPDATE asset SET alt_origin = '' WHERE role NOT IN ('page', 'view', 'film', 'sound')")
    op.execute(
        "UPDATE asset SET alt_origin = 'none' WHERE alt_origin = '' AND role IN ('page', 'view', 'film', 'sound')"
    )
    op.execute(
        "UPDATE asset SET alt_origin = '' WHERE EXISTS "
        "(SELECT 1 FROM item WHERE item.id = asset.item AND item.state <> 'live')"
    )


def _count() -> None:
    op.execute(
        "INSERT INTO counter (scope, kind, state, count) "
        "SELECT item.provider, 'words', asset.alt_origin, count(*) FROM asset JOIN item ON item.id = asset.item "
        "WHERE asset.alt_origin <> '' AND asset.state IN ('fetched', 'remote') "
        "GROUP BY item.provider, asset.alt_origin"
    )


def downgrade() -> None:
    op.execute("DELETE FROM counter WHERE kind = 'words'")
    op.execute("UPDATE asset SET alt_origin = '' WHERE alt_origin = 'none'")
    op.drop_table("picture_words")
    op.drop_column("asset", "description")
