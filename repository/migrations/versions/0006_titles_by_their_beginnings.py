"""How the first title of an item begins, for finding it where the index is away."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

LENGTH, CHUNK = 60, 1000
ITEM = sa.table("item", sa.column("id"), sa.column("body"), sa.column("title"))


def key(length: int) -> sa.types.TypeEngine[str]:
    """Make a key column's type: compared by code point on both databases."""
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    op.add_column("item", sa.Column("title", key(LENGTH), nullable=False, server_default=""))
    written = sa.update(ITEM).where(ITEM.c.id == sa.bindparam("item")).values(title=sa.bindparam("beginning"))
    for rows in _chunks(op.get_bind()):
        op.get_bind().execute(written, [{"item": row.id, "beginning": _beginning(row.body)} for row in rows])
    op.create_index(op.f("ix_item_state_title_id"), "item", ["state", "title", "id"])


def _chunks(conn: sa.Connection) -> Iterator[list[Any]]:
    last = ""
    while True:
        chunk = sa.select(ITEM.c.id, ITEM.c.body).where(ITEM.c.id > last).order_by(ITEM.c.id).limit(CHUNK)
        if not (rows := list(conn.execute(chunk).all())):
            return
        yield rows
        last = str(rows[-1].id)


def _beginning(body: bytes) -> str:
    titles = json.loads(body).get("description", {}).get("titles", [])
    first = titles[0]["value"] if titles else ""
    bare = "".join(unicodedata.normalize("NFKC", first.replace("\0", "")).casefold().split())
    return bare[:LENGTH]


def downgrade() -> None:
    op.drop_index(op.f("ix_item_state_title_id"), "item")
    op.drop_column("item", "title")
