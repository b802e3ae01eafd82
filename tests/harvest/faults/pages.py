"""Faults of pages: capped, doubled, missing, sorted anew, or the answer to another question."""

from __future__ import annotations

from harvest.ledger import RunState
from tests.harvest.faults.holder import (
    FIRST_PAGE,
    Holder,
    Row,
    Scenario,
    Twist,
    ids,
    of_lists,
    sized,
    spread,
    token_of,
)
from tests.harvest.loopback import Answer, Request

CUT = RunState.INCOMPLETE


def capped(held: Holder, asked: Request) -> Answer:
    """OAK: a window gives so many, and never a token."""
    return held.listed(held.chosen(asked.arguments)[:3], None)


def capped_with_size(held: Holder, asked: Request) -> Answer:
    rows = held.chosen(asked.arguments)
    return held.listed(rows[:3], None, f'completeListSize="{len(rows)}"')


def token_forgets_set(held: Holder, asked: Request) -> Answer:
    """The pages behind the first are of all sets."""
    page = held.arguments(asked.arguments)
    return held.page({**page, "set": ""} if token_of(asked) else page)


def marked(*marks: str) -> Twist:
    """Make a provider that says such things of its lists, page by page."""

    def twist(held: Holder, asked: Request) -> Answer:
        start = int(held.arguments(asked.arguments).get("start", 0))
        mark = marks[min(start // held.page_size, len(marks) - 1)]
        answer = held.answer(asked)
        return answer._replace(
            body=answer.body.replace(b"<resumptionToken ", f"<resumptionToken {mark}".encode())
        )

    return twist


def sorted_anew(held: Holder, asked: Request) -> Answer:
    """Each page has an order of its own: two records come twice, two never."""
    page = held.arguments(asked.arguments)
    start = int(page.get("start", 0))
    rows = held.chosen(page)
    if len(rows) < 7:
        return held.answer(asked)
    order = {0: [0, 1, 2], 3: [1, 2, 3], 6: [4]}[start]
    size = 'completeListSize="7"' if held.says_size else ""
    return held.listed([rows[n] for n in order], held.token(start + 3, {}) if start < 6 else "", size)


def overlapping(held: Holder, asked: Request) -> Answer:
    """Each page begins with the last record of the one before, and nothing is missing."""
    page = held.arguments(asked.arguments)
    start = int(page.get("start", 0))
    rows = held.chosen(page)
    more = start + 3 < len(rows)
    size = 'completeListSize="7"'
    return held.listed(rows[max(start - 1, 0) : start + 3], held.token(start + 3, {}) if more else "", size)


def dead_when_deep(held: Holder, asked: Request) -> Answer:
    """Behind the second page the server takes too long."""
    deep = int(held.arguments(asked.arguments).get("start", 0)) > 3
    return Answer(b"", 504) if deep else held.answer(asked)


def another_answer(held: Holder, asked: Request) -> Answer:
    """Under load every second page is the answer to another question."""
    return held.send(held.identity()) if token_of(asked) else held.answer(asked)


def reused(held: Holder, asked: Request) -> Answer:
    """Two different records bear one identifier, on the last page."""
    answer = held.answer(asked)
    last = b"<ListRecords><record><header><identifier>oai:x:6<"
    other = b"<ListRecords>" + Row("다른 책").markup("oai:x:6").encode()
    return answer._replace(body=answer.body.replace(last, other + last.removeprefix(b"<ListRecords>")))


def ignores_set(held: Holder, asked: Request) -> Answer:
    page = held.arguments(asked.arguments)
    return held.page({**page, "set": ""})


def boxed(held: Holder, asked: Request) -> Answer:
    """The records stand one level too deep."""
    answer = held.answer(asked)
    body = answer.body.replace(b"<ListRecords>", b"<ListRecords><records>").replace(
        b"<resumption", b"</records><resumption"
    )
    return answer._replace(body=body)


def changes_while_harvested(held: Holder, asked: Request) -> Answer:
    """A record that came on the first page is changed, and moves behind the last."""
    page = held.arguments(asked.arguments)
    start = int(page.get("start", 0))
    if start == 3:
        held.rows["oai:x:0"] = Row("고친 훈민정음", "2026-01-31T00:00:00Z")
    rows = sorted(held.chosen(page), key=lambda pair: (pair[1].datestamp, pair[0]))
    begin = start - (1 if start else 0)  # everything behind the changed record has moved up by one
    end = begin + 3
    return held.listed(rows[begin:end], held.token(start + 3, {}) if end < len(rows) else "")


def crowded(held: Holder, asked: Request) -> Answer:
    """Too many scrolls are open, says the server, in words of its own."""
    text = '{"reason": "Trying to create too many scroll contexts. Must be less than or equal to: [500]"}'
    return Answer(text.encode(), 500) if held.first("", 2) else held.answer(asked)


def crowded_by_protocol(held: Holder, asked: Request) -> Answer:
    return held.error("InternalException") if token_of(asked) and held.first("", 2) else held.answer(asked)


def unknown_error(held: Holder, asked: Request) -> Answer:
    return held.error("unknownError") if token_of(asked) else held.answer(asked)


def no_such_format_midway(held: Holder, asked: Request) -> Answer:
    return held.error("cannotDisseminateFormat") if token_of(asked) else held.answer(asked)


def lacks_mods(held: Holder, asked: Request) -> Answer:
    """Two of the records cannot be had in MODS; the list breaks off where the first of them stands."""
    wanted = asked.arguments.get("metadataPrefix", "mods") == "mods"
    if asked.arguments["verb"] == "ListRecords" and wanted and token_of(asked):
        return held.error("cannotDisseminateFormat")
    poor = asked.arguments.get("identifier") in ("oai:x:4", "oai:x:5")
    return held.error("cannotDisseminateFormat") if poor and wanted else held.answer(asked)


def in_small_sets() -> Holder:
    """Make a provider whose records are all of one day, in four sets, and two that came before."""
    held = Holder({f"oai:x:{n}": Row(f"훈민정음 {n}", sets=("abcd"[n // 2],)) for n in range(7)})
    held.rows |= {
        f"oai:x:0{n}": Row(f"먼저 온 책 {n}", "2025-01-01T00:00:00Z", sets=("a",)) for n in range(2)
    }
    return held


def in_sets() -> Holder:
    return Holder({f"oai:x:{n}": Row(f"훈민정음 {n}", sets=("a" if n < 4 else "b",)) for n in range(7)})


SCENARIOS = (
    Scenario((5,), "capped, without token or size", of_lists(capped), held=spread),
    Scenario((5,), "capped, all of one day, and the sets are whole", of_lists(capped), held=in_small_sets),
    Scenario((5,), "capped, the size tells", of_lists(capped_with_size), CUT, "list_short", FIRST_PAGE),
    Scenario((5,), "capped, the size tells, small windows are whole", of_lists(capped_with_size), held=spread),
    Scenario((6,), "later pages are of all sets", of_lists(token_forgets_set), held=in_sets, source={"set": "a"},
             notes=frozenset({"filter_ignored"})),
    Scenario((6,), "the set is ignored", of_lists(ignores_set), held=in_sets, source={"set": "a"},
             notes=frozenset({"filter_ignored"})),
    Scenario((11,), "the size is too large", marked('completeListSize="90"'), notes=frozenset({"size_wrong"})),
    Scenario((11,), "the size is too small", marked('completeListSize="2"')),
    Scenario((11,), "the size is what is left", marked('completeListSize="7"', 'completeListSize="4"',
             'completeListSize="1"')),
    Scenario((11,), "the cursor is a page number", marked('cursor="1"', 'cursor="2"', 'cursor="3"')),
    Scenario((11,), "size and cursor are words", marked('cursor="-" completeListSize="many"')),
    Scenario((12,), "sorted anew at every page", of_lists(sorted_anew, "ListRecords")),
    Scenario((12,), "sorted anew at every page, with a size", of_lists(sorted_anew, "ListRecords"), held=sized),
    Scenario((12,), "sorted anew, identifiers too", of_lists(sorted_anew), CUT, "list_unstable", ids(0, 1, 2, 3,
             4)),
    Scenario((12,), "pages overlap and the size is right", of_lists(overlapping)),
    Scenario((13,), "dead behind the second page", dead_when_deep, CUT, "endpoint_failed", ids(0, 1, 2, 3, 4, 5)),
    Scenario((13,), "dead when deep, small windows are not", dead_when_deep, held=spread),
    Scenario((42,), "a format that some records lack", of_lists(no_such_format_midway, "ListRecords")),
    Scenario((42,), "a format that some records lack, and oai_dc is there", lacks_mods, source={"prefixes": (
             "mods",)}),
    Scenario((45,), "too many scrolls", crowded, waits=(1.0, 2.0)),
    Scenario((45, 46), "an error of its own, for a while", crowded_by_protocol, waits=(1.0, 2.0)),
    Scenario((46,), "an error of its own, for good", unknown_error, CUT, "protocol_error", FIRST_PAGE),
    Scenario((), "an answer to another question", another_answer, CUT, "protocol_error", FIRST_PAGE),
    Scenario((), "records one level too deep", boxed, RunState.REPAIRED, stored=frozenset(),
             counts={"quarantined": 3}),
    Scenario((43,), "one identifier for two records", reused, CUT, "identifier_reused"),
    Scenario((), "a record changes while it is harvested", changes_while_harvested, counts={"new": 7,
             "changed": 1}),
)  # fmt: skip
