"""Logging in: counted, verified, and never telling whether an account exists."""

from __future__ import annotations

from repository import attempts, audit, passwords, people
from repository.database import Database
from repository.errors import Closed
from repository.person import Person


class LoginRefused(Closed):
    """A login that is refused; `wait` is in seconds, 0 where one may try again at once."""

    def __init__(self, code: str, ko: str, en: str, wait: int = 0) -> None:
        super().__init__(code, ko, en)
        self.wait = wait


def log_in(database: Database, email: str, password: str, address: str, action: str = "login") -> Person:
    """Give the person whose address and password these are; every refusal takes as long and says the same.

    Raises LoginRefused with the codes login_wrong and login_wait.
    """
    with database.write() as tx:
        wait = attempts.begin(tx, email, address)
    if wait:
        raise LoginRefused(
            "login_wait",
            f"여러 번 틀렸습니다. {wait}초 뒤에 다시 해 주세요.",
            f"Too many failed attempts. Please try again in {wait} seconds.",
            wait,
        )
    with database.read() as conn:
        found = people.credentials(conn, email)
    right = passwords.verify(found.hash if found else "", password)
    if found is None or not right or not found.person.active:
        raise LoginRefused(
            "login_wrong",
            "전자우편 주소나 비밀번호가 맞지 않습니다.",
            "The e-mail address or the password is wrong.",
        )
    # Hashing takes its time: nobody waits for it behind a transaction.
    fresh = passwords.keep(password) if passwords.is_stale(found.hash) else ""
    with database.write() as tx:
        attempts.succeed(tx, email, address)
        if fresh:
            people.rehash(tx, found.person.id, found.hash, fresh)
        audit.record(tx, found.person.id, action, found.person.id)
    return found.person
