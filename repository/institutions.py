"""The store of institutions: who holds the originals and who sends us records; often not the same."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection, delete, select

from repository.database import Transaction
from repository.item import canonical
from repository.tables import institution as table
from repository.upsert import upsert


class Institution(msgspec.Struct, frozen=True, omit_defaults=True):
    """One institution. `roles` are holder and provider; `names` are further names that records use for it.

    `public` says that it is a public body, which alone may grant KOGL marks. `grants` and `denials` are the
    uses (display, download, train) that its contract names; where both are silent the claims alone decide.
    `invented` institutions and all they hold are samples and are shown as such.
    """

    id: str
    name_ko: str
    name_en: str
    kind: str = ""
    roles: tuple[str, ...] = ("holder", "provider")
    names: tuple[str, ...] = ()
    public: bool = True
    grants: tuple[str, ...] = ()
    denials: tuple[str, ...] = ()
    view_px: int = 0
    invented: bool = False
    about_ko: str = ""
    about_en: str = ""
    hours_ko: str = ""
    hours_en: str = ""
    contact: str = ""
    url: str = ""

    def name(self, language: str) -> str:
        """Give its name in the reader's language."""
        return self.name_ko if language.startswith("ko") else self.name_en

    def answers_to(self, name: str) -> bool:
        """Tell whether a record that says this name means this institution."""
        said = " ".join(name.split()).casefold()
        return any(
            said == " ".join(own.split()).casefold() for own in (self.name_ko, self.name_en, *self.names)
        )


def save(tx: Transaction, institution: Institution) -> None:
    """Write an institution, new or changed."""
    values = {
        "id": institution.id,
        "name_ko": institution.name_ko,
        "name_en": institution.name_en,
        "body": canonical(institution),
    }
    upsert(tx.conn, table, values, ["name_ko", "name_en", "body"])


def remove(tx: Transaction, institution: str) -> None:
    """Forget an institution (samples only: real ones stay, for their items' sake)."""
    tx.conn.execute(delete(table).where(table.c.id == institution))


def every(conn: Connection) -> dict[str, Institution]:
    """Give all institutions by id; there are hundreds, not millions."""
    rows = conn.execute(select(table.c.id, table.c.body).order_by(table.c.id))
    return {row.id: msgspec.json.decode(row.body, type=Institution) for row in rows}


def find(conn: Connection, institution: str) -> Institution | None:
    """Give one institution, or None."""
    body = conn.execute(select(table.c.body).where(table.c.id == institution)).scalar()
    return None if body is None else msgspec.json.decode(body, type=Institution)
