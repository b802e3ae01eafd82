"""The store of people: accounts of staff, their roles, and the generation that their sessions belong to.

Everything that changes a person is written to the audit in the same transaction. Hashes of passwords never leave
this module but by `credentials`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, insert, select, update

from repository import audit, passwords
from repository.database import Transaction
from repository.errors import BadRequest, NotFound
from repository.identifiers import mint
from repository.item import digest
from repository.person import Person, Role
from repository.tables import person as table
from repository.tables import role
from repository.upsert import upsert

_ACTIVE, _DISABLED = "active", "disabled"
_EMAIL = re.compile(r"[^@\s\x00-\x1f\x7f]{1,64}@[^@\s\x00-\x1f\x7f]{1,189}")
_LONGEST_NAME = 200


class Secret(NamedTuple):
    """A new password that may be one, as it is kept: made before a transaction opens, for hashing takes its time."""

    hash: str


def secret(password: str, *own: str) -> Secret:
    """Check a new password and hash it; `own` are the person's words. Raises BadRequest as `passwords.check` does."""
    passwords.check(password, *own)
    return Secret(passwords.keep(password))


class Credentials(NamedTuple):
    """A person with the hash of the password; empty before the first one."""

    person: Person
    hash: str


def email_of(typed: str) -> str:
    """Give an e-mail address in the form in which it is kept and compared."""
    return unicodedata.normalize("NFC", typed).strip().casefold()


def add(
    tx: Transaction, email: str, name: str, roles: Iterable[Role], password: str | Secret, by: str
) -> Person:
    """Make an account; a password that is not hashed yet is hashed here.

    Raises BadRequest where the address, the name or the password cannot be, or the address has an account.
    """
    address, called = email_of(email), " ".join(name.split())
    if not _EMAIL.fullmatch(address):
        raise BadRequest(
            "email_invalid",
            f"전자우편 주소가 아닙니다: {email[:254]}",
            f"not an e-mail address: {email[:254]}",
        )
    if not 0 < len(called) <= _LONGEST_NAME or not called.isprintable():
        raise BadRequest(
            "name_invalid",
            f"이름은 1–{_LONGEST_NAME}자입니다.",
            f"a name has 1 to {_LONGEST_NAME} characters",
        )
    kept = _secret(password, address, called)
    made = mint("person", address)
    values = {
        "id": made,
        "name": called,
        "email": address,
        "password": kept.hash,
        "state": _ACTIVE,
        "at": tx.now,
        "generation": 0,
    }
    if not upsert(tx.conn, table, values):
        raise BadRequest(
            "person_known", f"이미 계정이 있습니다: {address}", f"there is an account already: {address}"
        )
    _give(tx, made, roles)
    found = _get(tx.conn, made)
    audit.record(tx, by, "person_added", made, after=digest(found), detail=_said(found))
    return found


def find(conn: Connection, person: str) -> Person | None:
    """Give a person by the id, or None."""
    found = _find(conn, table.c.id == person)
    return found.person if found else None


def credentials(conn: Connection, email: str) -> Credentials | None:
    """Give the person who logs in with an address, with the hash to verify, or None."""
    return _find(conn, table.c.email == email_of(email))


def by_email(conn: Connection, email: str) -> Person:
    """Give the person who logs in with an address; raises NotFound."""
    if (found := credentials(conn, email)) is None:
        raise NotFound("person_unknown", f"그런 계정이 없습니다: {email}", f"no such account: {email}")
    return found.person


def every(conn: Connection) -> list[Person]:
    """Give all people by their address; there are dozens, not millions."""
    roles: dict[str, list[Role]] = {}
    for row in conn.execute(select(role.c.person, role.c.role).order_by(role.c.role)):
        roles.setdefault(row.person, []).append(Role(row.role))
    rows = conn.execute(select(table).order_by(table.c.email))
    return [_person(row, roles.get(row.id, [])) for row in rows]


def set_password(tx: Transaction, person: Person, password: str | Secret, by: str) -> Person:
    """Give a person another password, which ends all sessions; raises BadRequest as `secret` does."""
    kept = _secret(password, person.email, person.name)
    changed = {"password": kept.hash, "generation": table.c.generation + 1}
    return _change(tx, person.id, changed, by, "password_changed")


def _secret(password: str | Secret, *own: str) -> Secret:
    return password if isinstance(password, Secret) else secret(password, *own)


def rehash(tx: Transaction, person: str, known: str, fresh: str) -> None:
    """Keep the same password's hash by the parameters of today, unless the hash `known` has been replaced since."""
    tx.conn.execute(
        update(table).where(table.c.id == person, table.c.password == known).values(password=fresh)
    )


def set_active(tx: Transaction, person: Person, active: bool, by: str) -> Person:
    """Let a person log in again, or disable the account, which ends all sessions."""
    changed = {"state": _ACTIVE if active else _DISABLED, "generation": table.c.generation + 1}
    return _change(tx, person.id, changed, by, "person_enabled" if active else "person_disabled")


def end_sessions(tx: Transaction, person: Person, by: str) -> None:
    """End all sessions of a person: a signed cookie cannot be called back one by one."""
    _change(tx, person.id, {"generation": table.c.generation + 1}, by, "logout")


def set_roles(tx: Transaction, person: Person, roles: Iterable[Role], by: str) -> Person:
    """Give a person exactly these roles; they are in force with the next request."""
    before = _get(tx.conn, person.id)
    tx.conn.execute(delete(role).where(role.c.person == person.id))
    _give(tx, person.id, roles)
    after = _get(tx.conn, person.id)
    audit.record(tx, by, "roles_changed", person.id, digest(before), digest(after), _said(after))
    return after


def _give(tx: Transaction, person: str, roles: Iterable[Role]) -> None:
    rows = [{"person": person, "role": one.value, "scope": ""} for one in sorted(set(roles))]
    if rows:
        tx.conn.execute(insert(role), rows)


def _change(tx: Transaction, person: str, changed: dict[str, Any], by: str, action: str) -> Person:
    before = _get(tx.conn, person)
    tx.conn.execute(update(table).where(table.c.id == person).values(changed))
    after = _get(tx.conn, person)
    audit.record(tx, by, action, person, digest(before), digest(after))
    return after


def _find(conn: Connection, which: Any) -> Credentials | None:
    row = conn.execute(select(table).where(which)).first()
    if row is None:
        return None
    roles = conn.execute(select(role.c.role).where(role.c.person == row.id).order_by(role.c.role)).scalars()
    return Credentials(_person(row, map(Role, roles)), row.password)


def _get(conn: Connection, person: str) -> Person:
    if (found := find(conn, person)) is None:
        raise NotFound("person_unknown", f"그런 계정이 없습니다: {person}", f"no such account: {person}")
    return found


def _person(row: Any, roles: Iterable[Role]) -> Person:
    return Person(row.id, row.name, row.email, tuple(roles), row.state == _ACTIVE, row.generation, row.at)


def _said(person: Person) -> str:
    return ", ".join(person.roles)
