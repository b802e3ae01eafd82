"""A flood of combined filters holds up no more than its slots; a person is held up once, and nobody is counted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask.testing import FlaskClient

from tests.repository.web.conftest import Site

COMBINATION = "/search?type=book&holder=lib"
BROWSER = {"Accept": "text/html", "User-Agent": "Mozilla/5.0", "Sec-Fetch-Mode": "navigate"}


@contextmanager
def all_slots_taken(site: Site) -> Iterator[None]:
    """Hold every slot, as slow combinations would."""
    slots = site.app.extensions["search_lanes"]
    taken = 0
    while slots.acquire(blocking=False):
        taken += 1
    assert taken == 1  # of four threads
    try:
        yield
    finally:
        slots.release(taken)


def get(client: FlaskClient, path: str, address: str = "127.0.0.1") -> tuple[int, dict[str, str]]:
    """Ask as a browser does, from an address."""
    answer = client.get(path, headers=BROWSER, environ_base={"REMOTE_ADDR": address})
    return answer.status_code, dict(answer.headers)


def test_combinations_without_the_cookie_are_told_at_once_that_it_is_busy(site: Site) -> None:
    with all_slots_taken(site):
        for number in range(2, 30):
            status, headers = get(site.app.test_client(use_cookies=False), COMBINATION, f"127.0.0.{number}")
            assert status == 503
            assert headers["Retry-After"] == "2"
            assert headers["Cache-Control"] == "no-store"
        machine = site.app.test_client(use_cookies=False).get(COMBINATION)
        assert "Refresh" not in machine.headers


def test_a_person_comes_back_with_the_cookie_and_is_served(site: Site) -> None:
    person = site.client
    with all_slots_taken(site):
        status, headers = get(person, COMBINATION)
        assert (status, headers["Refresh"]) == (503, "0")
        assert "HttpOnly" in headers["Set-Cookie"]
        assert "reader=1;" in headers["Set-Cookie"]
        assert get(person, COMBINATION)[0] == 200
        assert get(person, COMBINATION + "&from=1400")[0] == 200


@pytest.mark.parametrize(
    "path", ["/search", "/search?q=%EC%B1%85", "/search?type=book", "/", "/api/v1/search?q=a"]
)
def test_what_is_no_combination_needs_no_slot(site: Site, path: str) -> None:
    with all_slots_taken(site):
        status, headers = get(site.app.test_client(use_cookies=False), path)
        assert status == 200
        assert "Set-Cookie" not in headers


@pytest.mark.parametrize("path", [COMBINATION, COMBINATION + "&size=x", "/search.csv?type=book&holder=lib"])
def test_a_slot_is_given_back_whatever_the_answer_was(site: Site, path: str) -> None:
    for _ in range(3):
        assert get(site.app.test_client(use_cookies=False), path)[0] in (200, 400)
