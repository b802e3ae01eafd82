"""Faults of tokens: they expire, repeat, forget what they carry, or stand in the wrong place."""

from __future__ import annotations

from harvest.ledger import RunState
from tests.harvest.faults.holder import (
    FIRST_PAGE,
    Holder,
    Row,
    Scenario,
    ids,
    of_lists,
    sized,
    spread,
    token_of,
)
from tests.harvest.loopback import Answer, Request

CUT = RunState.INCOMPLETE
ODD_TOKEN = "a b+c%2F@가=/?&;<é>!"


def expired_once(held: Holder, asked: Request) -> Answer:
    if token_of(asked) and held.first():
        return held.error("badResumptionToken")
    return held.answer(asked)


def expired_under_another_code(held: Holder, asked: Request) -> Answer:
    return held.error("badArgument", 400) if token_of(asked) and held.first("", 3) else held.answer(asked)


def expired_always(held: Holder, asked: Request) -> Answer:
    return held.error("badResumptionToken") if token_of(asked) else held.answer(asked)


def same_token(held: Holder, asked: Request) -> Answer:
    return held.page({**held.arguments(asked.arguments), "start": "0"})


def same_page(held: Holder, asked: Request) -> Answer:
    """Every token is new, and every page the first."""
    held.first()
    return held.listed(held.chosen({})[:3], f"{held.done['']}|||")


def same_page_of_every_window(held: Holder, asked: Request) -> Answer:
    """A window of one page is right."""
    return held.page({**held.arguments(asked.arguments), "start": "0"})


def empty_pages(held: Holder, asked: Request) -> Answer:
    """Two pages without a record, in the middle of the list."""
    page = held.arguments(asked.arguments)
    if token_of(asked) and held.first("", 2):
        return held.listed([], f"{page['start']}||{held.done['']}|")
    return held.page({**page, "until": ""})


def endless_tokens(held: Holder, asked: Request) -> Answer:
    held.first()
    return held.listed([], f"{held.done['']}|||")


def no_token_at_the_end(held: Holder, asked: Request) -> Answer:
    answer = held.answer(asked)
    return answer._replace(body=answer.body.replace(b"<resumptionToken ></resumptionToken>", b""))


def empty_token_with_marks(held: Holder, asked: Request) -> Answer:
    answer = held.answer(asked)
    marks = b'<resumptionToken cursor="6" completeListSize="7" expirationDate="2026-02-01T00:00:00Z"/>'
    return answer._replace(body=answer.body.replace(b"<resumptionToken ></resumptionToken>", marks))


def token_forgotten(held: Holder, asked: Request) -> Answer:
    """The second page says how many there are, and says no token."""
    page = held.arguments(asked.arguments)
    answer = held.page(page)
    if token_of(asked):
        return held.listed(held.chosen(page)[3:6], "", 'completeListSize="7"')
    return answer


def behind_the_list(held: Holder, asked: Request) -> Answer:
    """The token stands behind the list, as in an answer of KCI."""
    answer = held.answer(asked).body
    start, end = answer.find(b"<resumptionToken"), answer.find(b"</ListRecords>")
    token = answer[start:end] if start >= 0 else b""
    return Answer(answer.replace(token, b"").replace(b"</ListRecords>", b"</ListRecords>" + token))


def last_page_empty(held: Holder, asked: Request) -> Answer:
    page = held.arguments(asked.arguments)
    start = int(page.get("start", 0))
    rows = held.chosen(page)[start : start + held.page_size]
    return held.listed(rows, f"{start + len(rows)}|||" if rows else None)


def last_page_no_match(held: Holder, asked: Request) -> Answer:
    page = held.arguments(asked.arguments)
    rows = held.chosen(page)[int(page.get("start", 0)) :]
    return last_page_empty(held, asked) if rows else held.error("noRecordsMatch")


def no_match_midway(held: Holder, asked: Request) -> Answer:
    return held.error("noRecordsMatch") if token_of(asked) else held.answer(asked)


def token_forgets_from(held: Holder, asked: Request) -> Answer:
    page = held.arguments(asked.arguments)
    return held.page({**page, "from": ""} if token_of(asked) else page)


def wants_prefix(held: Holder, asked: Request) -> Answer:
    lacks = token_of(asked) and asked.arguments.get("metadataPrefix") != "oai_dc"
    return held.error("badArgument") if lacks else held.answer(asked)


def wants_prefix_and_set(held: Holder, asked: Request) -> Answer:
    lacks = token_of(asked) and (asked.arguments.get("metadataPrefix"), asked.arguments.get("set")) != (
        "oai_dc",
        "a",
    )
    return held.error("badArgument") if lacks else held.answer(asked)


def odd_tokens(held: Holder, asked: Request) -> Answer:
    """Tokens hold what has to be quoted, and what looks quoted already."""
    token = token_of(asked)
    if not token:
        return held.listed(held.chosen({})[:3], ODD_TOKEN)
    return held.listed(held.chosen({})[3:], None) if token == ODD_TOKEN else held.error("badResumptionToken")


def tokens_as_they_stand(held: Holder, asked: Request) -> Answer:
    """The host reads its tokens undecoded."""
    sent = asked.target.partition("resumptionToken=")[2]
    if not sent:
        return held.listed(held.chosen({})[:3], "2026-01-01T00:00:00Z/3:oai_dc")
    if sent == "2026-01-01T00:00:00Z/3:oai_dc":
        return held.listed(held.chosen({})[3:], None)
    return held.error("badResumptionToken")


def opaque_tokens(held: Holder, asked: Request) -> Answer:
    """The token looks like a request of its own, and is none."""
    token = 'http://x.invalid/oai?verb=ListRecords&from=2030-01-01&"cursor":9'
    if not token_of(asked):
        return held.listed(held.chosen({})[:3], token)
    return (
        held.listed(held.chosen({})[3:], None)
        if token_of(asked) == token
        else held.error("badResumptionToken")
    )


def cursor_moves(held: Holder, asked: Request) -> Answer:
    """A scroll: whatever token is shown, the next page comes; one answer is cut on its way."""
    page = held.arguments(asked.arguments)
    if not token_of(asked):
        held.done["at"] = 0
    start = held.done["at"]
    held.done["at"] += held.page_size
    answer = held.page({**page, "start": str(start)})
    return answer._replace(cut=90) if start == 3 and held.first("cut") else answer


def cursor_spent(held: Holder, asked: Request) -> Answer:
    """A token is good for one answer, and one answer is lost."""
    if token_of(asked) and not held.first(f"{held.done['lost']}{token_of(asked)}"):
        return held.error("badResumptionToken")
    answer = held.answer(asked)
    return answer._replace(cut=90) if token_of(asked).startswith("3") and held.first("lost") else answer


def cut_once(held: Holder, asked: Request) -> Answer:
    answer = held.answer(asked)
    return answer._replace(cut=90) if token_of(asked) and held.first() else answer


def one_cursor(held: Holder, asked: Request) -> Answer:
    """A new list makes the tokens of the one before worthless."""
    if not token_of(asked):
        held.first("lists")
    number, _, token = token_of(asked).partition("!")
    if number and int(number) != held.done["lists"]:
        return held.error("badResumptionToken")
    page = held.arguments({**asked.arguments, "resumptionToken": token})
    made = held.page(page)
    return made._replace(
        body=made.body.replace(
            b"<resumptionToken >", b"<resumptionToken >%d!" % held.done["lists"], 1
        ).replace(b">%d!<" % held.done["lists"], b"><")
    )


def all_in_a() -> Holder:
    return Holder({f"oai:x:{n}": Row(f"훈민정음 {n}", sets=("a",)) for n in range(7)})


def changed(held: Holder) -> None:
    """Change one record after the first run."""
    held.rows["oai:x:3"] = Row("고친 훈민정음", "2026-02-01T00:00:00Z")


SCENARIOS = (
    Scenario((1,), "a token has expired once", expired_once, counts={"new": 7, "unchanged": 3}),
    Scenario((1,), "a token has expired, under the code of an argument", expired_under_another_code),
    Scenario((1,), "no token is ever taken", expired_always, CUT, "token_refused", FIRST_PAGE),
    Scenario((2,), "the same page and token for ever", same_token, CUT, "token_repeated", FIRST_PAGE),
    Scenario((2,), "the same page under new tokens for ever", same_page, CUT, "pages_repeated", FIRST_PAGE),
    Scenario((2,), "round and round, but small windows are right", of_lists(same_page_of_every_window),
             held=spread),
    Scenario((2,), "empty pages in the middle", empty_pages),
    Scenario((2,), "empty pages for ever", endless_tokens, RunState.FAILED, "pages_repeated", frozenset()),
    Scenario((3,), "an empty token at the end"),
    Scenario((3,), "no token at the end", no_token_at_the_end),
    Scenario((3,), "an empty token with attributes", empty_token_with_marks),
    Scenario((3, 5), "a page forgets its token, the size tells", token_forgotten, CUT, "list_short", ids(0, 1,
             2, 3, 4, 5)),
    Scenario((3,), "the token behind the list", behind_the_list),
    Scenario((4,), "the last token leads to an empty page", last_page_empty),
    Scenario((4,), "the last token leads to no match", last_page_no_match),
    Scenario((4,), "no match before the size is reached", no_match_midway, CUT, "list_short", FIRST_PAGE,
             held=sized),
    Scenario((6,), "later pages forget the date", token_forgets_from, held=spread, then=changed),
    Scenario((7,), "the prefix goes with the token", wants_prefix),
    Scenario((7,), "prefix and set go with the token", wants_prefix_and_set, held=all_in_a, source={"set": "a"}),
    Scenario((8,), "a token with everything that is quoted", odd_tokens),
    Scenario((8,), "a token that must not be quoted", tokens_as_they_stand),
    Scenario((9,), "a token that looks like a request", opaque_tokens),
    Scenario((10,), "a scroll that moves at every request", cursor_moves),
    Scenario((10,), "a scroll that moves, with cursors", cursor_moves, held=sized),
    Scenario((10,), "a token is good for one answer", cursor_spent),
    Scenario((10,), "a token may be shown twice", cut_once, counts={"new": 7, "unchanged": 0}),
    Scenario((45,), "one list at a time", one_cursor),
)  # fmt: skip
