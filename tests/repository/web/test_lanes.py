"""A flood of combined filters holds up no more than its slots; a person is held up once, and nobody is counted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask.testing import FlaskClient

from repository.web import lanes
from tests.repository.web.conftest import Site

COMBINATION = "/search?type=book&holder=lib"
BROWSER = {"Accept": "text/html", "User-Agent": "Mozilla/5.0", "Sec-Fetch-Mode": "navigate"}


@contextmanager
def all_slots_taken(site: Site) -> Iterator[None]:
    """Hold every slot, as slow combinations would."""
    slots = site.app.extensions["search_lanes"] = lanes.Slots(1, rest=0)  # as of four threads
    taken = slots.take()
    assert taken is not None and slots.take() is None
    try:
        yield
    finally:
        slots.give_back(taken)


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
    site.app.extensions["search_lanes"] = lanes.Slots(1, rest=0)
    for _ in range(3):
        assert get(site.app.test_client(use_cookies=False), path)[0] in (200, 400)


def test_a_slot_rests_some_times_as_long_as_it_was_used() -> None:
    now = 100.0
    slots = lanes.Slots(2, rest=3.0, monotonic=lambda: now)
    first, second = slots.take(), slots.take()
    assert (first, second, slots.take()) == (100.0, 100.0, None)
    now = 101.0
    slots.give_back(100.0)
    assert slots.take() is None
    now = 103.9
    assert slots.take() is None
    now = 104.0
    assert slots.take() == 104.0 and slots.take() is None


def test_a_flood_gets_a_fifth_of_the_time_at_most() -> None:
    """However many ask, and however often, what is answered of them takes so much and no more."""
    now, busy = 0.0, 0.0
    slots = lanes.Slots(1, rest=lanes.REST, monotonic=lambda: now)
    while now < 1000:
        taken = slots.take()
        now += 0.5
        if taken is not None:
            busy += 0.5
            assert slots.take() is None  # there is always another
            slots.give_back(taken)
    assert busy / now == pytest.approx(1 / (1 + lanes.REST), abs=0.01)


def test_who_asks_alone_never_meets_a_slot_that_rests() -> None:
    now = 0.0
    slots = lanes.Slots(1, rest=3.0, monotonic=lambda: now)
    for _ in range(20):
        taken = slots.take()
        assert taken is not None
        now += 0.5
        slots.give_back(taken)
