"""Hostile answers: each is refused within its limits and named, while the sources beside it are harvested whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from harvest import many, records, sources
from harvest.ledger import RunState
from harvest.many import Outcome
from harvest.source import Source
from harvest.transport import Limits, Waiting
from repository import institutions
from repository.institution import Institution
from repository.memory import Memory
from tests.harvest.faults import connections
from tests.harvest.faults.holder import Holder, Twist
from tests.harvest.loopback import Answer, Request, serve
from tests.harvest.test_provider_faults import client_options

LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><OAI-PMH>&c;</OAI-PMH>"""
OUTSIDE = (
    b"""<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><OAI-PMH>&x;</OAI-PMH>"""
)
LARGEST = 8 * 2**20


def always(answer: Answer) -> Twist:
    return lambda held, asked: answer


def deep(held: Holder, asked: Request) -> Answer:
    """Nest elements as deep as nobody reads."""
    return Answer(b"<OAI-PMH>" + b"<a>" * 100_000 + b"</a>" * 100_000 + b"</OAI-PMH>")


def endless_tokens(held: Holder, asked: Request) -> Answer:
    """A token always, a new one each time, and never anything new."""
    held.first("asked")
    return held.listed(held.chosen({})[:1], f"{held.done['asked']}|||")


def endless_sets(held: Holder, asked: Request) -> Answer:
    """A list that is cut short, of a provider that names sets without end."""
    if asked.arguments.get("verb") != "ListSets":
        return held.listed(held.chosen({})[:3], None, 'completeListSize="7"')
    held.first("sets", 10**9)
    number = held.done["sets"]
    rows = "".join(f"<set><setSpec>{number}-{n}</setSpec></set>" for n in range(500))
    return held.send(f"<ListSets>{rows}<resumptionToken>{number}</resumptionToken></ListSets>")


HOSTILE: dict[str, tuple[Twist, RunState, str]] = {
    "entities": (always(Answer(LAUGHS)), RunState.FAILED, "answer_unsafe"),
    "outside": (always(Answer(OUTSIDE)), RunState.FAILED, "answer_unsafe"),
    "gigabytes": (
        connections.endless(b"<OAI-PMH>", b"x" * 2**16, 163_840),
        RunState.FAILED,
        "answer_too_large",
    ),
    "bomb": (connections.bomb, RunState.FAILED, "answer_too_large"),
    "metadata-server": (
        connections.sent_to("http://169.254.169.254/latest"),
        RunState.FAILED,
        "redirect_refused",
    ),
    "page": (always(Answer(b"<html><body>Blocked</body></html>")), RunState.BLOCKED, "answer_not_oai"),
    "deep": (deep, RunState.FAILED, "answer_"),
    "tokens": (endless_tokens, RunState.INCOMPLETE, "pages_repeated"),
    "sets": (endless_sets, RunState.INCOMPLETE, "list_short"),
}


@pytest.fixture
def outcomes(memory: Memory) -> Iterator[dict[str, Outcome]]:
    """What came of harvesting all of them at once, each on a host of its own, and three good ones between."""
    names = [*HOSTILE]
    names[2:2], names[6:6], names[9:9] = ["good-1"], ["good-2"], ["good-3"]
    waiting = Waiting(sleep=lambda _: None)
    limits = Limits(bytes=LARGEST, seconds=30.0, attempts=2)
    with ExitStack() as stack, client_options(limits=limits, waiting=waiting):
        known = []
        for place, name in enumerate(names):
            twist = HOSTILE[name][0] if name in HOSTILE else Holder.answer
            held = Holder(says_size=name not in HOSTILE)

            def reply(request: Request, twist: Twist = twist, held: Holder = held) -> Answer:
                return twist(held, request)

            url = stack.enter_context(serve(reply, host=f"127.0.0.{place + 2}")).url
            known.append(Source(name, "가", "A", f"{url}/oai", "lib"))
        with memory.database.write() as tx:
            institutions.save(tx, Institution("lib", "새벽도서관", "Dawn Library"))
            for source in known:
                sources.save(tx, source)
        yield {outcome.source: outcome for outcome in many.harvest_all(memory, known, 4)}


def test_each_is_named_and_nothing_else_stops(memory: Memory, outcomes: dict[str, Outcome]) -> None:
    ended = {name: outcome.run for name, outcome in outcomes.items()}
    assert len(ended) == len(HOSTILE) + 3 and all(ended.values()), outcomes
    for name, (_, state, code) in HOSTILE.items():
        run = ended[name]
        assert run is not None and (run.state, code in run.error) == (state, True), (name, run)
    for number in (1, 2, 3):
        run = ended[f"good-{number}"]
        assert run is not None and (run.state, run.counts["new"]) == (RunState.COMPLETE, 7)
    with memory.database.read() as conn:
        assert sum(1 for _ in records.names(conn, "good-1", "oai_dc")) == 7
