"""Threads take turns in the order in which they came, and nobody waits for ever."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

from repository.search.turns import Turns

PATIENT = 30.0


def test_one_at_a_time_in_the_order_of_coming() -> None:
    turns, order, inside = Turns(PATIENT), [], 0
    most = 0

    def work(number: int) -> None:
        nonlocal inside, most
        with turns.turn() as came:
            assert came
            inside += 1
            most = max(most, inside)
            order.append(number)
            inside -= 1

    with turns.turn():
        workers = []
        for number in range(8):
            workers.append(threading.Thread(target=work, args=(number,)))
            workers[-1].start()
            while len(turns._waiting) <= number:
                time.sleep(0.001)
    for worker in workers:
        worker.join()
    assert order == list(range(8)) and most == 1


def test_who_gives_a_turn_on_comes_after_those_who_wait() -> None:
    turns, came = Turns(PATIENT), []

    def work(number: int) -> None:
        for _ in range(50):
            with turns.turn():
                came.append(number)
                time.sleep(0.0005)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    busy = came[8:-8]  # all four are there
    assert len(came) == 200 and not any(one == other for one, other in pairwise(busy))


def test_who_waits_too_long_goes_on_beside_the_other() -> None:
    turns = Turns(0.05)
    with turns.turn() as first, ThreadPoolExecutor(1) as pool:
        assert first and pool.submit(lambda: _came(turns)).result(PATIENT) is False
    assert _came(turns) and not turns._waiting


def test_a_turn_is_given_on_after_an_error() -> None:
    turns = Turns(PATIENT)
    try:
        with turns.turn():
            raise ValueError
    except ValueError:
        pass
    assert _came(turns)


def _came(turns: Turns) -> bool:
    with turns.turn() as came:
        return came
