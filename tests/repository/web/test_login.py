"""The way into the workbench: who is let in, who waits, what ends a session; public pages know none of it."""

from __future__ import annotations

import re
import sqlite3
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from itsdangerous import TimestampSigner
from werkzeug.test import TestResponse

from repository import passwords, people
from repository.memory import open_memory
from repository.person import Action, Person, Role
from repository.settings import Settings
from repository.web import workbench
from repository.web.workbench import WorkbenchEntry
from tests.repository.web.conftest import Site, make_app
from tests.repository.web.seed import Seeded

EMAIL, PASSWORD = "kim@example.org", "새벽 종소리가 들리는 언덕"
LOGIN = "/workbench/login"


@pytest.fixture
def kim(fresh: Site) -> Person:
    with fresh.seeded.memory.database.write() as tx:
        return people.add(tx, EMAIL, "김사서", [Role.LIBRARIAN], PASSWORD, "test")


def token(client: FlaskClient, path: str = LOGIN) -> str:
    found = re.search('name="csrf_token" value="([^"]+)"', client.get(path).text)
    assert found
    return found[1]


def enter(
    client: FlaskClient, password: str = PASSWORD, email: str = EMAIL, onward: str = ""
) -> TestResponse:
    form = {"csrf_token": token(client), "email": email, "password": password}
    return client.post(LOGIN, data=form, query_string={"next": onward} if onward else {})


@pytest.fixture
def inside(fresh: Site, kim: Person) -> FlaskClient:
    client = fresh.client
    assert enter(client).location == "/workbench/"
    return client


def test_who_is_known_is_let_in_and_sees_what_they_may_do(fresh: Site, inside: FlaskClient) -> None:
    workbench.add(fresh.app, WorkbenchEntry("컬렉션", "Collections", "pages.home", Action.CURATE))
    workbench.add(fresh.app, WorkbenchEntry("계정", "Accounts", "pages.home", Action.ADMINISTER))
    page = inside.get("/workbench/?lang=en")
    assert page.status_code == 200 and "Collections" in page.text and "Accounts" not in page.text
    assert (page.headers["Cache-Control"], page.headers["X-Robots-Tag"]) == (
        "no-store",
        "noindex, nofollow, noai, noimageai",
    )


def test_the_cookie_is_of_the_workbench_only(fresh: Site, kim: Person) -> None:
    cookie = enter(fresh.client).headers["Set-Cookie"]
    assert {"HttpOnly", "Path=/workbench/", "SameSite=Lax"} <= set(cookie.split("; "))
    for path in ("/", "/search", "/institutions/", "/nothing", "/healthz"):
        answer = fresh.client.get(path, headers={"Cookie": cookie.partition(";")[0]})
        assert "Set-Cookie" not in answer.headers and "cookie" not in answer.headers.get("Vary", "").lower()


def test_a_form_from_elsewhere_is_refused(fresh: Site, kim: Person) -> None:
    answer = fresh.client.post(LOGIN, data={"email": EMAIL, "password": PASSWORD})
    assert answer.status_code == 400 and "양식이 오래되었거나" in answer.text


def test_a_session_planted_beforehand_is_worth_nothing(fresh: Site, kim: Person) -> None:
    client = fresh.client
    before = token(client)
    form = {"csrf_token": before, "email": EMAIL, "password": PASSWORD}
    assert client.post(LOGIN, data=form).status_code == 303
    assert client.post("/workbench/logout", data={"csrf_token": before}).status_code == 400


@pytest.mark.parametrize(
    "onward", ["https://evil.example/", "//evil.example/", "/workbench/\\evil", "/workbench/\r\nx", "/"]
)
def test_one_goes_on_within_the_workbench_only(fresh: Site, kim: Person, onward: str) -> None:
    assert enter(fresh.client, onward=onward).location == "/workbench/"


def test_one_goes_on_to_where_one_wanted(fresh: Site, kim: Person) -> None:
    client = fresh.client
    sent = client.get("/workbench/password?lang=en").location
    assert sent.startswith("/workbench/login?")
    assert enter(client, onward="/workbench/password?lang=en").location == "/workbench/password?lang=en"


@pytest.mark.parametrize("email", [EMAIL, "nobody@example.org"])
def test_after_five_failures_one_waits_whether_known_or_not(fresh: Site, kim: Person, email: str) -> None:
    client = fresh.client
    assert [enter(client, "wrong", email).status_code for _ in range(5)] == [422] * 5
    answer = enter(client, PASSWORD, email)
    assert answer.status_code == 429 and int(answer.headers["Retry-After"]) > 0


def test_every_refusal_verifies_one_hash_and_says_the_same(
    fresh: Site, kim: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    with fresh.seeded.memory.database.write() as tx:
        lee = people.add(tx, "lee@example.org", "이", [Role.VIEWER], PASSWORD, "test")
        people.set_active(tx, lee, False, "test")
    seen: list[str] = []
    real = passwords._HASHER

    class Spy:
        def verify(self, kept: str, password: str) -> bool:
            seen.append(kept.rpartition("p=4")[0])
            return real.verify(kept, password)

    monkeypatch.setattr(passwords, "_HASHER", Spy())
    said = set()
    for email, password in ((EMAIL, "wrong"), ("lee@example.org", PASSWORD), ("nobody@example.org", "x")):
        text = enter(fresh.client, password, email).text
        said.add(text[text.index('role="alert"') :][:120])
    assert len(said) == 1 and len(seen) == 3 and len(set(seen)) == 1


def test_disabling_ends_the_session_at_once(fresh: Site, kim: Person, inside: FlaskClient) -> None:
    with fresh.seeded.memory.database.write() as tx:
        people.set_active(tx, kim, False, "test")
        people.set_active(tx, kim, True, "test")
    assert inside.get("/workbench/").status_code == 303


def test_logging_out_ends_a_copied_session_too(fresh: Site, inside: FlaskClient) -> None:
    cookie = inside.get_cookie("km_workbench", path="/workbench/")
    assert cookie is not None
    done = inside.post("/workbench/logout", data={"csrf_token": token(inside, "/workbench/")})
    assert done.status_code == 303
    copied = fresh.client.get("/workbench/", headers={"Cookie": f"km_workbench={cookie.value}"})
    assert copied.status_code == 303


def test_another_password_ends_the_other_sessions_only(fresh: Site, kim: Person, inside: FlaskClient) -> None:
    other = fresh.client
    enter(other)
    form = {"csrf_token": token(inside, "/workbench/password"), "current": PASSWORD}
    for new, again, code in (
        ("short", "short", 422),
        (PASSWORD + "1", "x", 422),
        (PASSWORD + "1",) * 2 + (303,),
    ):
        assert (
            inside.post("/workbench/password", data=form | {"new": new, "again": again}).status_code == code
        )
    assert inside.get("/workbench/").status_code == 200 and other.get("/workbench/").status_code == 303


def test_without_a_role_nothing_opens(fresh: Site, kim: Person, inside: FlaskClient) -> None:
    with fresh.seeded.memory.database.write() as tx:
        people.set_roles(tx, kim, [], "test")
    assert inside.get("/workbench/").status_code == 403


def at(fresh: Site, moment: datetime) -> None:
    fresh.seeded.memory.database.clock = lambda: moment


def test_a_session_ends_after_its_hours_however_much_it_is_used(fresh: Site, kim: Person) -> None:
    start, hours = datetime.now(UTC), fresh.seeded.memory.settings.session_hours
    at(fresh, start)
    client = fresh.client
    enter(client)
    for hour in range(hours + 1):
        at(fresh, start + timedelta(hours=hour))
        assert client.get("/workbench/").status_code == 200, hour
    at(fresh, start + timedelta(hours=hours, seconds=1))
    assert client.get("/workbench/").status_code == 303


def test_a_session_that_is_not_used_ends(fresh: Site, kim: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    client = fresh.client
    enter(client)
    now, idle = time.time(), fresh.seeded.memory.settings.session_idle_minutes * 60
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _: int(now + idle - 5))
    assert client.get("/workbench/").status_code == 200  # and the cookie is new
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _: int(now + 2 * idle - 15))
    assert client.get("/workbench/").status_code == 200
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _: int(now + 4 * idle))
    assert client.get("/workbench/").status_code == 303


@pytest.mark.parametrize(
    ("address", "secure"), [("https://memory.example", True), ("http://memory.example", False)]
)
def test_behind_https_the_cookie_goes_over_https_only(tmp_path: Path, address: str, secure: bool) -> None:
    seeded = Seeded(open_memory(Settings(data=str(tmp_path), public_url=address)))
    seeded.memory.database.migrate()
    with seeded.memory.database.write() as tx:
        people.add(tx, EMAIL, "김사서", [Role.LIBRARIAN], PASSWORD, "test")
    cookie = enter(make_app(seeded).test_client()).headers["Set-Cookie"]
    seeded.memory.close()
    assert ("Secure" in cookie.split("; ")) is secure


def test_nobody_waits_for_a_hash(fresh: Site, kim: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashing takes a tenth of a second: on SQLite one would hold the only lock for it."""
    client = fresh.client
    enter(client)
    writing: list[bool] = []
    real, database = passwords.keep, fresh.seeded.memory.database

    def keep(password: str) -> str:
        with sqlite3.connect(database.url.removeprefix("sqlite:///"), timeout=0) as other:
            other.execute("BEGIN IMMEDIATE")  # fails where anybody else is writing
            other.rollback()
        writing.append(False)
        return real(password)

    monkeypatch.setattr(passwords, "keep", keep)
    form = {"csrf_token": token(client, "/workbench/password"), "current": PASSWORD}
    done = client.post("/workbench/password", data=form | {"new": PASSWORD + "1", "again": PASSWORD + "1"})
    assert done.status_code == 303
    monkeypatch.setattr(passwords, "is_stale", lambda _: True)
    assert enter(fresh.client, PASSWORD + "1").status_code == 303
    assert writing == [False, False]
