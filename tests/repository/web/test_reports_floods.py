"""Floods from one address, from many, of claims: few are taken, the rest is refused kindly or waits for a person."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from repository.reports import limits, marks
from repository.reports.words import State
from repository.secret import key_of
from tests.repository.web import report_desk
from tests.repository.web.report_desk import CLAIM, Desk, codes, receipt

ERROR = {"text": "틀렸습니다."}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with report_desk.opened(tmp_path / "data", contact="desk@memory.example") as opened:
        yield opened


def form_of(desk: Desk, kind: str) -> tuple[str, str]:
    """Give a form's path and a token that is old enough."""
    item = desk.seeded.ids["0"]
    token = marks.form_token(key_of(desk.memory.settings), kind, item, int(desk.now[0].timestamp()) - 60)
    return f"/items/{item}/report?kind={kind}", token


@pytest.mark.parametrize(("lang", "said"), [("ko", "분 뒤에"), ("en", "in 6 min")])
def test_one_address_sends_a_few_and_is_told_when_it_may_again(desk: Desk, lang: str, said: str) -> None:
    size, seconds = limits.BUCKETS["address"]
    path, token = form_of(desk, "error")
    with desk.client(lang=lang) as client:
        for number in range(size):
            receipt(client.post(path, data={"token": token, "text": str(number)}))
        answer = client.post(path, data={"token": token, **ERROR})
        assert answer.status_code == 429 and codes(answer) == ["report_flood"]
        assert 0 < int(answer.headers["Retry-After"]) <= seconds
        assert said in answer.text and "desk@memory.example" in answer.text
        assert ERROR["text"] in answer.text, "what was typed is still there"
    with desk.client("127.0.0.77") as other:
        receipt(other.post(path, data={"token": token, **ERROR}))
    desk.later(seconds=seconds)
    with desk.client() as client:
        receipt(client.post(path, data={"token": token, **ERROR, "name": "다시"}))


def test_many_addresses_fill_the_sites_share_of_one_kind_only(desk: Desk) -> None:
    """Sixteen addresses at once, each with ten reports: no more is taken than the whole site takes."""
    path, token = form_of(desk, "error")
    found: list[int] = []

    def flood(address: str) -> None:
        with desk.client(address) as client:
            for number in range(10):
                text = f"{address} {number}"
                found.append(client.post(path, data={"token": token, "text": text}).status_code)

    threads = [threading.Thread(target=flood, args=(f"127.0.1.{place}",)) for place in range(1, 17)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    size = limits.BUCKETS["site"].size
    assert Counter(found) == {200: size, 429: 160 - size}
    with desk.client("127.0.2.1") as client:
        removal, fresh = form_of(desk, "removal")
        receipt(client.post(removal, data={"token": fresh, **CLAIM}))


def test_a_mailbox_is_not_flooded_through_our_forms(desk: Desk) -> None:
    path, token = form_of(desk, "error")
    size = limits.BUCKETS["receiver"].size
    answers = []
    for number in range(size + 3):
        with desk.client(f"127.0.3.{number + 1}") as client:
            typed = {"token": token, "text": str(number), "email": "victim@naver.com"}
            answers.append(client.post(path, data=typed).status_code)
    assert answers == [200] * size + [429] * 3
    assert len(desk.mails()) == size


def test_a_hundred_confirmed_claims_in_an_afternoon_hide_the_few_allowed(tmp_path: Path) -> None:
    with report_desk.opened(tmp_path / "data", items=12, pages=1) as desk:
        most = desk.memory.settings.reports_hides_per_day
        states = afternoon(desk, 100)
        assert states == {State.HIDDEN: most, State.WAITING: 100 - most}
        open_items = 0
        with desk.client() as client:
            for name in map(str, range(12)):
                open_items += client.get(f"/items/{desk.seeded.ids[name]}").status_code == 200
        assert open_items >= 12 - most
        waiting = [one for one in desk.reports() if one.state is State.WAITING]
        assert len(waiting) == 100 - most and all(one.confirmed and not one.hides for one in waiting)


def afternoon(desk: Desk, claims: int) -> Counter[State]:
    """Claim, each time from another address, another mailbox and another domain, and confirm each claim."""
    left = list(desk.seeded.ids)
    for number in range(claims):
        desk.later(minutes=2)
        item = desk.seeded.ids[left[number % len(left)]]
        key, now = key_of(desk.memory.settings), int(desk.now[0].timestamp())
        token = marks.form_token(key, "removal", item, now - 60)
        email = f"kim@domain{number}.example"
        path = f"/items/{item}/report?kind=removal"
        with desk.client(f"127.0.4.{number + 1}") as client:
            answer = client.post(path, data={"token": token, **CLAIM, "email": email})
            receipt(answer)
            link = httpx.URL(desk.confirm_link()).params["link"]
            assert client.post("/reports/confirm", data={"link": link}).status_code == 200
        if desk.newest().hides:
            left = [name for name in left if desk.seeded.ids[name] != item]
    return Counter(one.state for one in desk.reports())


def test_one_claimant_with_many_addresses_of_a_domain_is_one(tmp_path: Path) -> None:
    with report_desk.opened(tmp_path / "data", items=4, pages=1) as desk:
        for number in range(4):
            desk.claim(str(number), email=f"kim{number}@a{number}.claims.example")
        states = Counter(one.state for one in desk.reports())
        most = desk.memory.settings.reports_hides_per_claimant
        assert states == {State.HIDDEN: most, State.WAITING: 4 - most}
