"""A small site that takes reports, over real HTTP, with a clock that the test moves; and what a person does there."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import httpx
import msgspec

from repository import gate, items, jobs
from repository.gate import Access
from repository.item import Title
from repository.memory import Memory
from repository.reports import store
from repository.reports.words import Report
from tests import serving
from tests.repository.web import seed
from tests.repository.web.conftest import make_app
from tests.repository.web.seed import Seeded

START = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
CLAIM = {
    "text": "제가 찍은 사진입니다.",
    "name": "홍길동",
    "email": "hong@naver.com",
    "ground": "copyright",
    "capacity": "self",
}
_TOKEN = re.compile(r'name="token" value="([^"]+)"')
_RECEIPT = re.compile(r'id="receipt">([^<]+)<')
_LINK = re.compile(r"http://\S+/reports/confirm\?\S+")


@dataclass
class Desk:
    """A site that answers at an address, what was seeded, and the time that it is there."""

    seeded: Seeded
    base: str
    now: list[datetime] = field(default_factory=lambda: [START])

    @property
    def memory(self) -> Memory:
        """The installation."""
        return self.seeded.memory

    def later(self, **span: float) -> None:
        """Let time pass."""
        self.now[0] += timedelta(**span)

    def client(self, local: str = "", lang: str = "ko") -> httpx.Client:
        """Open a client, from an address of the loopback if one is given."""
        transport = httpx.HTTPTransport(local_address=local or None, verify=False)  # no certificates to read
        headers = {"Accept": "text/html", "Accept-Language": lang}
        return httpx.Client(base_url=self.base, transport=transport, headers=headers, timeout=30)

    def open_form(self, client: httpx.Client, path: str) -> str:
        """Open a form, and wait as long as one takes to fill it in; gives its token."""
        page = client.get(path)
        assert page.status_code == 200, (path, page.status_code)
        self.later(seconds=5)
        return token_of(page)

    def send(
        self, kind: str, of: str, fields: Mapping[str, str], client: httpx.Client | None = None
    ) -> httpx.Response:
        """Fill in and send a form on an item."""
        path = f"/items/{self.seeded.ids[of]}/report?kind={kind}"
        with client or self.client() as opened:
            token = self.open_form(opened, path)
            return opened.post(path, data={"token": token, **fields})

    def mails(self) -> list[EmailMessage]:
        """Let the worker send what is due, and read all mails that were ever laid down, in their order."""
        return [read_mail(path) for path in self._laid()]

    def _laid(self) -> list[Path]:
        jobs.send_mails(self.memory)
        laid = (self.memory.settings.data_path / "mail").glob("*.eml")
        return sorted(laid, key=lambda path: path.stat().st_mtime_ns)

    def confirm_link(self) -> str:
        """Give the newest mail's link to confirm, as a path of this site."""
        return str(confirm_link(read_mail(self._laid()[-1]))).removeprefix("http://memory.example")

    def claim(self, of: str, **fields: str) -> int:
        """Claim an item's removal and confirm the address; gives the report's number."""
        answer = self.send("removal", of, {**CLAIM, **fields})
        assert answer.status_code == 200, answer.text
        link = self.confirm_link()
        with self.client() as client:
            done = client.post("/reports/confirm", data={"link": httpx.URL(link).params["link"]})
        assert done.status_code == 200, done.text
        return self.newest().id

    def newest(self) -> Report:
        """Give the report that came last."""
        return max(self.reports(), key=lambda one: one.id)

    def reports(self) -> list[Report]:
        """Give all reports."""
        with self.memory.database.read() as conn:
            return store.listed(conn, limit=store.MOST)


def found(pattern: re.Pattern[str], text: str, group: int = 1) -> str:
    """Find what must be there."""
    match = pattern.search(text)
    assert match, text
    return match[group]


def read_mail(path: Path) -> EmailMessage:
    """Read a mail that was laid into the folder."""
    return email.message_from_bytes(path.read_bytes(), policy=default)


def confirm_link(mail: EmailMessage) -> httpx.URL:
    """Read the link to confirm out of a mail."""
    return httpx.URL(found(_LINK, mail.get_content(), 0))


def token_of(page: httpx.Response) -> str:
    """Read the token of a form."""
    return found(_TOKEN, page.text)


def access(desk: Desk, name: str) -> Access:
    """Give the access to an item as it is now."""
    with desk.memory.database.read() as conn:
        stored = items.find(conn, desk.seeded.ids[name])
        assert stored is not None
        return gate.load(conn, [stored])[stored.item.id]


def receipt(answer: httpx.Response) -> str:
    """Read the receipt of a page that gives one."""
    assert answer.status_code == 200, (answer.status_code, answer.text)
    return found(_RECEIPT, answer.text)


def codes(answer: httpx.Response) -> list[str]:
    """Read the codes of what a form was refused for."""
    return re.findall(r'<li data-code="([^"]+)"', answer.text)


@contextmanager
def opened(folder: Path, items: int = 1, pages: int = 2, **settings: Any) -> Iterator[Desk]:
    """Serve a site with some open items (named 0, 1, …) over real HTTP while the block runs."""
    seeded = seed.open_seeded(folder)
    seeded.memory = _with_settings(seeded.memory, **settings)
    for number in range(items):
        titles = [Title(f"사진 {number}", "ko"), Title(f"Photograph {number}", "en", "translated")]
        seed.put(seeded, str(number), seed.draft(titles, "공공누리 제1유형", pages=pages))
    seed.index(seeded)
    with serving.application(make_app(seeded)) as base:
        desk = Desk(seeded, base)
        seeded.memory.database.clock = lambda: desk.now[0]
        yield desk
    seeded.memory.close()


def _with_settings(memory: Memory, **settings: Any) -> Memory:
    changed = msgspec.structs.replace(memory.settings, **settings)
    return Memory(changed, memory.database, memory.blobs, memory.engine, memory.rules)
