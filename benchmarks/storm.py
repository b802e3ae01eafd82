"""A storm of crawlers over combinations of filters: what people notice of it.

    python -m benchmarks.storm

The site runs as `km serve` runs it, over an invented collection. People walk through it: home, a search, a filter,
two filters, an item; each keeps cookies and thinks between pages. Then crawlers come with the names of browsers,
from many loopback addresses, without cookies, as fast as they are allowed here. Compared is the p95 of people's
pages, quiet and in the storm (to stay within 2 times).
"""

from __future__ import annotations

import argparse
import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from itertools import cycle
from urllib.parse import urlencode

import httpx

from benchmarks.installation import installation, name_of
from benchmarks.measure import say
from benchmarks.provider import running
from harvest.run import harvest
from repository.rebuild import rebuild_index
from repository.search.document import FACETS
from repository.search.engine import FacetCount
from repository.search.query import Query
from tests.serving import site

PEOPLE, CRAWLERS = 4, 16
THINKING = 0.25  # seconds between two pages of a person
RATE = 60.0  # questions a second of all crawlers together
WORDS = ("지도", "한양", "일기", "全州", "Jeju", "사진첩", "풍속도", "백자")
BROWSER = (
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
)
Facets = dict[str, tuple[FacetCount, ...]]


class Crowd:
    """Some askers in threads, until they are stopped; each goes on until `ended`."""

    def __init__(self) -> None:
        self.ended = threading.Event()
        self.taken: list[float] = []
        self.answers: Counter[int] = Counter()
        self._threads: list[threading.Thread] = []

    def join_in(self, count: int, one: Callable[[Crowd, int], None]) -> None:
        """Begin with so many askers."""
        self._threads = [threading.Thread(target=one, args=(self, number)) for number in range(count)]
        for thread in self._threads:
            thread.start()

    def leave(self) -> None:
        """Stop, and wait for the last answers."""
        self.ended.set()
        for thread in self._threads:
            thread.join()

    def ask(self, client: httpx.Client, address: str) -> httpx.Response:
        """Ask, and note how long it took and what the answer was."""
        began = time.perf_counter()
        answer = client.get(address)
        self.taken.append(time.perf_counter() - began)
        self.answers[answer.status_code] += 1
        return answer


def client(base: str, number: int) -> httpx.Client:
    """Open a client with an address of its own and the name of a browser."""
    address = f"127.0.{number // 200 + 1}.{number % 200 + 2}"
    headers = {"User-Agent": BROWSER, "Accept": "text/html", "Sec-Fetch-Mode": "navigate"}
    # Nothing is encrypted; reading certificates for each client would take the processor from the site.
    transport = httpx.HTTPTransport(local_address=address, verify=False)
    return httpx.Client(base_url=base, headers=headers, transport=transport, timeout=60)


def person(base: str, facets: Facets) -> Callable[[Crowd, int], None]:
    """Make somebody who walks through the site."""

    def walk(crowd: Crowd, number: int) -> None:
        drawn = random.Random(number)
        with client(base, number) as asking:
            for page in cycle(("/", "word", "filter", "two", "item")):
                if crowd.ended.wait(drawn.uniform(0, 2 * THINKING)):
                    return
                answer = crowd.ask(asking, _address(page, drawn, facets))
                if answer.headers.get("Refresh") == "0":  # as a browser does
                    crowd.ask(asking, str(answer.url))

    return walk


def _address(page: str, drawn: random.Random, facets: Facets) -> str:
    if page == "word":
        return "/search?" + urlencode({"q": drawn.choice(WORDS)})
    if page in ("filter", "two"):
        return "/search?" + urlencode(_filters(drawn, facets, 1 if page == "filter" else 2))
    return "/" if page == "/" else f"/search?{urlencode({'q': drawn.choice(WORDS), 'sort': 'year'})}"


def _filters(drawn: random.Random, facets: Facets, count: int) -> list[tuple[str, str]]:
    names = drawn.sample([name for name in FACETS if facets.get(name)], count)
    return [(name, drawn.choice(facets[name]).value) for name in names]


def crawler(base: str, facets: Facets) -> Callable[[Crowd, int], None]:
    """Make a crawler, which comes from another address each time."""

    def crawl(crowd: Crowd, number: int) -> None:
        drawn = random.Random(1000 + number)
        while not crowd.ended.wait(CRAWLERS / RATE):
            with client(base, drawn.randrange(1000, 40_000)) as asking:
                filters = _filters(drawn, facets, drawn.randint(2, 4))
                crowd.ask(asking, "/search?" + urlencode([*filters, ("q", drawn.choice(WORDS))]))

    return crawl


def watch(base: str, facets: Facets, seconds: float) -> Crowd:
    """Let people walk for some time; gives what they met."""
    people = Crowd()
    people.join_in(PEOPLE, person(base, facets))
    time.sleep(seconds)
    people.leave()
    return people


def p95(taken: list[float]) -> float:
    """Give the 95th percentile, in milliseconds."""
    return sorted(taken)[int(len(taken) * 0.95)] * 1000


def main() -> None:
    """Fill, serve, watch in quiet and in the storm."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--records", type=int, default=6000)
    parser.add_argument("--seconds", type=float, default=40)
    given = parser.parse_args()
    with running(given.records, 3) as provider, installation(provider) as memory:
        for number in range(1, len(provider.sizes) + 1):
            harvest(memory, name_of(number))
        rebuild_index(memory)
        facets = memory.engine.search(Query(size=1)).facets
        with site(memory.settings.data_path) as base:
            watch(base, facets, given.seconds / 4)  # warming
            quiet = watch(base, facets, given.seconds)
            crawlers = Crowd()
            crawlers.join_in(CRAWLERS, crawler(base, facets))
            stormy = watch(base, facets, given.seconds)
            crawlers.leave()
    before, during = p95(quiet.taken), p95(stormy.taken)
    say(f"people, quiet: {len(quiet.taken)} pages, p95 {before:.0f} ms, {dict(quiet.answers)}")
    say(f"people, storm: {len(stormy.taken)} pages, p95 {during:.0f} ms, {dict(stormy.answers)}")
    say(f"ratio {during / before:.2f}")
    say(f"crawlers: {len(crawlers.taken) / given.seconds:.0f} a second, {dict(crawlers.answers)}")


if __name__ == "__main__":
    main()
