"""People: passwords, roles, sessions that end, and waiting after failures; the same on both databases."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime, timedelta

import pytest

from repository import attempts, audit, passwords, people
from repository.database import Database
from repository.errors import BadRequest, NotFound
from repository.person import MAY, Action, Person, Role, may

PASSWORD = "새벽 종소리가 들리는 언덕"


def add(database: Database, *roles: Role) -> Person:
    with database.write() as tx:
        return people.add(tx, "Kim@Example.org ", "김사서", roles or [Role.LIBRARIAN], PASSWORD, "test")


def test_an_account_is_found_and_its_password_verified(database: Database) -> None:
    made = add(database)
    with database.read() as conn:
        found = people.credentials(conn, "KIM@example.org")
        assert people.find(conn, made.id) == made and people.every(conn) == [made]
    assert found is not None and passwords.verify(found.hash, PASSWORD)
    assert not passwords.verify(found.hash, PASSWORD + "x") and not passwords.verify("", PASSWORD)
    with pytest.raises(BadRequest, match="person_known"):
        add(database)
    with database.read() as conn, pytest.raises(NotFound):
        people.by_email(conn, "lee@example.org")


def test_what_ends_sessions_moves_the_generation_and_is_audited(database: Database) -> None:
    made = add(database)
    with database.write() as tx:
        assert people.set_password(tx, made, PASSWORD + "!", "test").generation == 1
        disabled = people.set_active(tx, made, False, "test")
        people.end_sessions(tx, made, made.id)
        roles = people.set_roles(tx, made, [Role.VIEWER, Role.VIEWER], "test").roles
    assert (disabled.active, disabled.generation, roles) == (False, 2, (Role.VIEWER,))
    assert not any(may(disabled, action) for action in Action)
    with database.read() as conn:
        lines = audit.newest(conn, subject=made.id)
        older = audit.newest(conn, before=lines[1].id, limit=2)
    assert [line.action for line in lines] == [
        "roles_changed", "logout", "person_disabled", "password_changed", "person_added",
    ]  # fmt: skip
    assert older == lines[2:4] and lines[1].before != lines[1].after
    assert PASSWORD not in str(lines) and "argon2" not in str(lines)


def test_every_action_is_somebodys_and_none_may_all() -> None:
    assert set().union(*MAY.values()) == set(Action)
    assert all(Action.SEE in actions and actions != set(Action) for actions in MAY.values())


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("짧은비밀번호", "password_short"),
        ("x" * 1025, "password_long"),
        ("QwertyUiop123", "password_common"),
        ("kim@example.org", "password_own"),
    ],
)
def test_a_weak_password_is_refused(password: str, code: str) -> None:
    with pytest.raises(BadRequest) as caught:
        passwords.check(password, "kim@example.org")
    assert caught.value.code == code


def test_a_password_is_the_same_from_every_keyboard() -> None:
    kept = passwords.keep("가나다라마바사아자차카타")
    assert passwords.verify(kept, unicodedata.normalize("NFD", "가나다라마바사아자차카타"))
    assert not passwords.is_stale(kept) and not passwords.is_stale(passwords.NOBODY)


def test_failures_make_wait_twice_as_long_and_are_forgiven(database: Database) -> None:
    now = datetime(2026, 11, 25, tzinfo=UTC)
    clock = [now]
    database.clock = lambda: clock[0]

    def attempt(email: str = "nobody@example.org", address: str = "192.0.2.1") -> int:
        with database.write() as tx:
            return attempts.begin(tx, email, address)

    assert [attempt() for _ in range(6)] == [0, 0, 0, 0, 0, 30]
    clock[0] += timedelta(seconds=30)
    assert [attempt(), attempt()] == [0, 60]
    with database.write() as tx:
        assert attempts.forgive(tx, "Nobody@example.org")
        assert not attempts.forgive(tx, "nobody@example.org")
    assert attempt() == 0
    with database.write() as tx:
        attempts.succeed(tx, "nobody@example.org", "192.0.2.1")
    assert [attempt(f"{n}@example.org") for n in range(30)].count(0) < 30
    assert attempt("other@example.org", "2001:db8::1") == 0
    clock[0] += timedelta(days=2)
    assert attempt() == 0
