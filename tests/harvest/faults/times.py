"""Faults of meaning: times and their granularity, deletions, sets, addresses, and what changes between two runs."""

from __future__ import annotations

import re

from harvest.ledger import RunState
from tests.harvest.faults.holder import Holder, Row, Scenario, ids, of_lists, spread, token_of
from tests.harvest.faults.tokens import changed
from tests.harvest.loopback import Answer, Request

SPEC = "서울:책 1+2%"


def days_only(held: Holder, asked: Request) -> Answer:
    """Anything finer than a day is an argument too fine."""
    fine = any("T" in asked.arguments.get(name, "") for name in ("from", "until"))
    return held.error("badArgument") if fine else held.answer(asked)


def no_dates(held: Holder, asked: Request) -> Answer:
    """There are no dates to ask by, and everything comes always."""
    return held.error("badArgument") if asked.arguments.get("from") else held.answer(asked)


def wants_from(held: Holder, asked: Request) -> Answer:
    listing = asked.arguments["verb"] == "ListRecords" and not token_of(asked)
    return held.error("noRecordsMatch") if listing and not asked.arguments.get("from") else held.answer(asked)


def wants_time(held: Holder, asked: Request) -> Answer:
    days = len(asked.arguments.get("from", "")) == 10
    return held.error("badArgument") if days else wants_from(held, asked)


def wants_day(held: Holder, asked: Request) -> Answer:
    return days_only(held, asked) if asked.arguments.get("from") else wants_from(held, asked)


def recent_by_default(held: Holder, asked: Request) -> Answer:
    """Without dates only the last days come, as at KCI."""
    page = held.arguments(asked.arguments)
    return held.page({**page, "from": page.get("from") or "2026-01-05"})


def strict_dates(held: Holder, asked: Request) -> Answer:
    """Only times in UTC, to the second, are understood."""
    from_ = asked.arguments.get("from", "")
    right = re.fullmatch(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?", from_) is not None
    return held.answer(asked) if not from_ or right else held.error("badArgument")


def shouted_deletion(held: Holder, asked: Request) -> Answer:
    """A deletion is shouted, and says all the same what was deleted."""
    answer = held.answer(asked)
    gone = Row("훈민정음 4").metadata().encode()
    body = answer.body.replace(b'status="deleted"', b'status=" DELETED "')
    name = b"<identifier>oai:x:4</identifier>"
    return answer._replace(body=re.sub(b"(" + name + b".*?</header>)", lambda found: found[1] + gone, body))


def undated(held: Holder, asked: Request) -> Answer:
    answer = held.answer(asked)
    return answer._replace(body=re.sub(rb"<datestamp>[^<]*</datestamp>", b"", answer.body))


def without_sets(held: Holder, asked: Request) -> Answer:
    """Sets are there, and no list of them."""
    return Answer(b"", 500) if asked.arguments["verb"] == "ListSets" else held.answer(asked)


def dated(date: str) -> Holder:
    """Make a provider whose clock writes so; its records are of the day before it began."""
    return Holder(
        date=date, rows={f"oai:x:{n}": Row(f"훈민정음 {n}", "2026-01-01T00:00:00Z") for n in range(7)}
    )


def stamped(*stamps: str) -> Holder:
    """Make a provider that writes datestamps so."""
    return Holder({f"oai:x:{n}": Row(f"훈민정음 {n}", stamp) for n, stamp in enumerate(stamps)})


def sets(spec: str) -> Holder:
    return Holder({f"oai:x:{n}": Row(f"훈민정음 {n}", sets=(spec,)) for n in range(7)})


def only_four(held: Holder, asked: Request) -> Answer:
    """Ask in a set of odd letters, and only exactly that is a set."""
    spec = asked.arguments.get("set", SPEC)
    return held.answer(asked) if spec == SPEC else held.error("noRecordsMatch")


def deleted(held: Holder) -> None:
    held.rows["oai:x:4"] = Row("", "2026-02-01T00:00:00Z", deleted=True)


def vanished(held: Holder) -> None:
    del held.rows["oai:x:4"]


def halved(held: Holder) -> None:
    for n in range(3, 7):
        del held.rows[f"oai:x:{n}"]


def out_of_the_set(held: Holder) -> None:
    held.rows["oai:x:4"] = Row("훈민정음 4", "2026-02-01T00:00:00Z", sets=("other",))


def touched(held: Holder) -> None:
    """Give every record a new datestamp and nothing else."""
    for row in held.rows.values():
        row.datestamp = "2026-02-01T00:00:00Z"


def added_at_once(held: Holder) -> None:
    """Add a record, dated by a clock that is some minutes slower than the one that answers."""
    held.rows["oai:x:7"] = Row("늦은 책", "2026-01-31T23:50:00Z")


def added_in_korea(held: Holder) -> None:
    """Add a record an hour after a first run whose time was written in Korean time, without saying so."""
    held.rows["oai:x:7"] = Row("새 책", "2026-02-01T01:00:00Z")


def renamed(held: Holder) -> None:
    """Move to another server, and give everything a new identifier."""
    held.rows = {f"oai:new:{n}": Row(f"훈민정음 {n}", "2026-02-01T00:00:00Z") for n in range(7)}


SCENARIOS = (
    Scenario((26,), "seconds promised, days wanted", days_only, then=changed, counts={"received": 1,
             "changed": 1}),
    Scenario((26,), "seconds promised, records dated by days", held=lambda: stamped(*["2026-01-01"] * 7),
             then=changed),
    Scenario((26, 29), "no dates to ask by", no_dates, then=changed, counts={"unchanged": 6, "changed": 1}),
    Scenario((27,), "datestamps of every kind", held=lambda: stamped("20210311", "", "2026-01-01T00:00:00",
             "1.1.2026",
             "2026-01-01T09:00:00+09:00", "2026-01-01", "어제")),
    Scenario((27,), "no datestamps", undated),
    Scenario((27,), "a clock with an offset", strict_dates, held=lambda: dated("2026-02-01T09:00:00+09:00"),
             then=changed),
    Scenario((27,), "a clock with fractions", strict_dates, held=lambda: dated("2026-02-01T00:00:00.123Z"),
             then=changed),
    Scenario((27,), "a clock that says nothing", strict_dates, held=lambda: dated(""), then=changed),
    Scenario((27,), "a clock that says nonsense", strict_dates, held=lambda: dated("Sun Feb 1"), then=changed),
    Scenario((28,), "the earliest datestamp is too late", held=lambda: Holder(earliest="2026-01-20T00:00:00Z")),
    Scenario((28,), "no earliest datestamp", held=lambda: Holder(earliest="")),
    Scenario((29,), "nothing comes without a date", wants_from),
    Scenario((28, 29), "nothing comes without a date, and the earliest is too late", wants_from,
             held=lambda: Holder(earliest="2026-01-20T00:00:00Z")),
    Scenario((29,), "days are refused, and nothing comes without a time", wants_time),
    Scenario((29,), "nothing comes without a day", wants_day),
    Scenario((29,), "only the last days come without dates", of_lists(recent_by_default), held=spread),
    Scenario((30,), "a clock ahead of its records", then=added_at_once),
    Scenario((30,), "local time that does not say so", strict_dates, held=lambda: dated("2026-02-01T09:00:00"),
             then=added_in_korea),
    Scenario((31,), "the newest comes first",
             held=lambda: stamped(*(f"2026-01-0{7 - n}T00:00:00Z" for n in range(7))), then=changed,
             counts={"received": 1}),
    Scenario((32,), "every datestamp is bumped", then=touched, counts={"received": 7, "unchanged": 7}),
    Scenario((33,), "a deletion is kept", then=deleted, counts={"deleted": 1, "received": 1}),
    Scenario((33,), "a deletion is not kept", then=vanished, full=True, counts={"deleted": 1}),
    Scenario((34,), "a deletion in capitals, with content", shouted_deletion, then=deleted, counts={"deleted": 1}),
    Scenario((34,), "a deletion without a date", undated, then=deleted, full=True, counts={"deleted": 1}),
    Scenario((35,), "out of the set, but still there", held=lambda: sets("a"), source={"set": "a"},
             then=out_of_the_set,
             full=True, counts={"deleted": 1}),
    Scenario((36,), "no list of sets", without_sets, held=lambda: sets("a"), source={"set": "a"}),
    Scenario((36,), "records of sets where there are none", held=lambda: sets("a:b")),
    Scenario((37,), "a set of odd letters", only_four, held=lambda: sets(SPEC), source={"set": SPEC}),
    Scenario((38,), "another address in Identify", wants_from),
    Scenario((43,), "everything has a new name", state=RunState.HELD, error="identifiers_renamed",
             stored=ids(*range(7)), then=renamed, full=True, counts={"received": 0}),
    Scenario((47,), "fewer than last time", state=RunState.HELD, error="too_many_gone",
             stored=ids(*range(7)), then=halved, full=True, counts={"deleted": 0}),
)  # fmt: skip
