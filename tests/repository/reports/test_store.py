"""Reports, allowances and mails in both databases: kept once, counted while held, answered, erased."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import select

from repository import audit, intake, sets, takedowns
from repository.database import Database
from repository.errors import BadRequest, NotFound, TransferError
from repository.institution import Institution
from repository.intake import Context
from repository.item import Claim, Description, ItemDraft, Title
from repository.mail import Mail
from repository.reports import answering, figures, hiding, limits, outbox, store
from repository.reports.hiding import Limits
from repository.reports.tables import mail, report_bucket
from repository.reports.tidying import tidy
from repository.reports.words import Asked, Kind, Outcome, Report, State
from repository.rights.table import load
from repository.sets import Member, PublishedSet
from repository.tables import alias
from repository.takedowns import TakedownKind
from repository.urls import Urls

START = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
SITE = Urls("https://memory.example")
CONTEXT = Context({"lib": Institution("lib", "도서관", "Library", "library")}, load(), 2026, "kim")


class Clock:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock(database: Database) -> Iterator[Clock]:
    moving = Clock()
    database.clock = moving
    yield moving


def put(database: Database, name: str) -> str:
    with database.write() as tx:
        return intake.accept(tx, CONTEXT, "s", "lib", name, draft(name)).item


def draft(name: str) -> ItemDraft:
    claims = (Claim("공공누리 제1유형", layer="work", field="dc:rights"),)
    return ItemDraft(Description(titles=(Title(name, "ko"),), type="book", claims=claims), ())


def ask(database: Database, item: str, email: str = "kim@naver.com", kind: Kind = Kind.REMOVAL) -> int:
    asked = Asked(kind, item, "사정", "ko", name="김", email=email, ground="copyright", capacity="self")
    with database.write() as tx:
        return store.add(tx, asked, f"{item}{email}{kind}"[:64], email, 7)


def confirm(database: Database, number: int, most: Limits) -> Report:
    with database.write() as tx:
        return hiding.confirm(tx, CONTEXT, number, most)


def answer(database: Database, number: int, outcome: Outcome, *, restore: bool = False) -> Report:
    with database.write() as tx:
        return answering.answer(tx, CONTEXT, number, outcome, "답", SITE, restore=restore)


def downs(database: Database, subject: str) -> list[TakedownKind]:
    with database.read() as conn:
        return [down.kind for down in takedowns.in_force(conn, [subject])]


WIDE = Limits(claimant=9, collection=9, day=9)


def test_a_report_is_found_by_its_receipt_and_by_its_number(database: Database, clock: Clock) -> None:
    item = put(database, "a")
    with database.write() as tx:
        number = store.add(tx, Asked(Kind.ERROR, item, "글", "en"), "digest", "", 14)
    with database.read() as conn:
        assert store.by_receipt(conn, "digest") == store.find(conn, number)
        assert store.by_receipt(conn, "") is None and store.by_receipt(conn, "other") is None
        assert store.find(conn, number).due == "2026-12-10T09:00:00Z"
        with pytest.raises(NotFound, match="report_unknown"):
            store.find(conn, number + 1)


def test_those_due_first_come_first_and_states_part_them(database: Database, clock: Clock) -> None:
    first, second, third = (put(database, name) for name in "abc")
    claims = [ask(database, item, f"{item}@naver.com") for item in (first, second, third)]
    told = ask(database, first, "", Kind.ERROR)
    confirm(database, claims[0], WIDE)
    confirm(database, claims[1], Limits(9, 9, 0))
    with database.read() as conn:
        found = {state: [one.id for one in store.listed(conn, state)] for state in State}
        assert found == {
            State.RECEIVED: [claims[2], told], State.HIDDEN: [claims[0]],
            State.WAITING: [claims[1]], State.ANSWERED: [],
        }  # fmt: skip
        assert [one.id for one in store.listed(conn, kind=Kind.ERROR)] == [told]
        assert [one.id for one in store.listed(conn, item=first)] == [claims[0], told]
        assert store.listed(conn, overdue="2026-12-01T00:00:00Z") == []
        assert len(store.listed(conn, overdue="2026-12-31T00:00:00Z")) == 4
    answer(database, claims[1], Outcome.DECLINED)
    with database.read() as conn:
        assert [one.id for one in store.listed(conn, State.ANSWERED)] == [claims[1]]
        assert [one.id for one in store.listed(conn, answered=False)] == [claims[0], claims[2], told]
        assert store.listed(conn)[-1].id == claims[1], "what is answered comes last"


def test_a_claim_hides_once_and_comes_back_alone(database: Database, clock: Clock) -> None:
    item = put(database, "a")
    number = ask(database, item)
    with database.write() as tx:
        takedowns.add(tx, item, TakedownKind.ERROR, "까닭", "kim")
    first = confirm(database, number, WIDE)
    assert first.state is State.HIDDEN and confirm(database, number, WIDE) == first
    assert downs(database, item) == [TakedownKind.REQUEST, TakedownKind.ERROR]
    with pytest.raises(BadRequest, match="report_still_hidden"):
        answer(database, number, Outcome.DECLINED)
    done = answer(database, number, Outcome.DECLINED, restore=True)
    assert (done.state, done.hides) == (State.ANSWERED, False)
    assert downs(database, item) == [TakedownKind.ERROR], "the other one stays"
    with pytest.raises(BadRequest, match="report_not_hidden"):
        answer(database, number, Outcome.DECLINED, restore=True)
    with database.read() as conn:
        lines = [line.action for line in audit.newest(conn, subject=f"report-{number}")]
    assert lines == ["report_declined", "report_confirmed"]


def test_what_a_person_gave_back_is_not_hidden_by_itself_again(database: Database, clock: Clock) -> None:
    item = put(database, "a")
    number = ask(database, item)
    confirm(database, number, WIDE)
    answer(database, number, Outcome.DECLINED, restore=True)
    clock.now += timedelta(days=30)
    assert confirm(database, ask(database, item, "other@naver.com"), WIDE).state is State.WAITING


@pytest.mark.parametrize("hidden", [True, False])
def test_an_accepted_claim_stays_down_for_its_own_reason(
    database: Database, clock: Clock, hidden: bool
) -> None:
    item = put(database, "a")
    number = ask(database, item)
    confirm(database, number, WIDE if hidden else Limits(0, 0, 0))
    assert answer(database, number, Outcome.ACCEPTED).hides
    assert downs(database, item) == [TakedownKind.RIGHTS]
    assert not answer(database, number, Outcome.DECLINED, restore=True).hides
    assert downs(database, item) == []


def test_only_claims_are_confirmed_and_answered_ones_hide_nothing(database: Database, clock: Clock) -> None:
    item = put(database, "a")
    assert not confirm(database, ask(database, item, kind=Kind.ERROR), WIDE).confirmed
    number = ask(database, item)
    answer(database, number, Outcome.DECLINED)
    assert not confirm(database, number, WIDE).hides and downs(database, item) == []


def test_claimants_collections_and_the_day_have_their_limits(database: Database, clock: Clock) -> None:
    names = [put(database, str(number)) for number in range(8)]
    with database.write() as tx:
        shown = PublishedSet("set", "collection", "모음", "Set", names[0], 1, "")
        sets.publish(tx, shown, [Member(item) for item in names[2:5]])
    most = Limits(claimant=2, collection=1, day=4)

    def hides(place: int, email: str) -> bool:
        return confirm(database, ask(database, names[place], email), most).hides

    assert [hides(place, "one@naver.com") for place in (0, 1, 5)] == [True, True, False]
    assert [hides(place, f"{place}@naver.com") for place in (2, 3, 4)] == [True, False, False]
    assert [hides(place, f"{place}@naver.com") for place in (6, 7)] == [True, False]
    clock.now += timedelta(days=1, seconds=1)
    assert hides(3, "late@naver.com"), "the next day there is room again"


def test_claims_confirmed_at_once_are_counted_one_after_another(database: Database, clock: Clock) -> None:
    numbers = [ask(database, put(database, str(number)), f"{number}@naver.com") for number in range(8)]
    found: list[Report] = []
    threads = [
        threading.Thread(
            target=lambda number=number: found.append(confirm(database, number, Limits(9, 9, 3)))
        )
        for number in numbers
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Counter(one.state for one in found) == {State.HIDDEN: 3, State.WAITING: 5}


def test_a_report_survives_the_next_harvest_and_follows_its_item(database: Database, clock: Clock) -> None:
    item = put(database, "a")
    number = ask(database, item)
    with database.write() as tx:
        changed = intake.accept(tx, CONTEXT, "s", "lib", "a", draft("고친 제목"))
    assert changed.item == item
    onward = put(database, "b")
    with database.write() as tx:
        tx.conn.execute(
            alias.insert().values(old=item, new=onward, kind="merged", reason="", at=tx.now, by="kim")
        )
    assert confirm(database, number, WIDE).hides
    assert downs(database, onward) == [TakedownKind.REQUEST] and downs(database, item) == []
    with database.read() as conn:
        assert [one.id for one in store.listed(conn, item=onward)] == [number]


# ---- allowances
def take(database: Database, address: str, kind: Kind = Kind.ERROR, email: str = "") -> int:
    with database.write() as tx:
        return limits.take(tx, limits.of_report(kind, address, email))


def test_a_bucket_empties_fills_and_stands_for_one_address(database: Database, clock: Clock) -> None:
    size, seconds = limits.BUCKETS["address"]
    assert [take(database, "192.0.2.1") for _ in range(size)] == [0] * size
    assert take(database, "192.0.2.1") == seconds
    with database.read() as conn:
        now = "2026-11-26T09:00:00Z"
        wanted = limits.of_report(Kind.ERROR, "192.0.2.1", "")
        assert limits.left(conn, wanted, now) == seconds
        assert limits.left(conn, limits.of_report(Kind.ERROR, "192.0.2.2", ""), now) == 0
        kept = conn.execute(select(report_bucket.c.subject)).scalars().all()
    assert not any("192.0.2.1" in subject for subject in kept)
    clock.now += timedelta(seconds=seconds)
    assert [take(database, "192.0.2.1"), take(database, "192.0.2.1")] == [0, seconds]


def test_many_addresses_empty_the_sites_bucket_of_one_kind(database: Database, clock: Clock) -> None:
    size = limits.BUCKETS["site"].size
    assert [take(database, f"2001:db8:{number:x}::1") for number in range(size)] == [0] * size
    assert take(database, "192.0.2.1") > 0
    assert take(database, "192.0.2.1", Kind.REMOVAL) == 0, "a flood of errors leaves room for removals"


def test_a_mailbox_gets_few_mails_from_however_many_addresses(database: Database, clock: Clock) -> None:
    size = limits.BUCKETS["receiver"].size
    waits = [take(database, f"192.0.2.{number}", email="kim@naver.com") for number in range(size + 1)]
    assert waits[:-1] == [0] * size and waits[-1] > 0


def test_a_refusal_takes_nothing(database: Database, clock: Clock) -> None:
    for number in range(limits.BUCKETS["receiver"].size):
        take(database, f"192.0.2.{number}", email="kim@naver.com")
    for _ in range(20):
        assert take(database, "192.0.2.200", email="kim@naver.com")
    assert take(database, "192.0.2.200") == 0


def test_the_salt_of_the_day_is_thrown_away(database: Database, clock: Clock) -> None:
    take(database, "192.0.2.1")
    clock.now += timedelta(days=1)
    with database.write() as tx:
        assert limits.forget(tx) == 3
        assert tx.conn.execute(select(report_bucket)).all() == []


# ---- mails
def lay(database: Database, *receivers: str) -> None:
    with database.write() as tx:
        for receiver in receivers:
            outbox.put(tx, receiver, "제목", "글", "https://memory.example")


def test_a_mail_is_sent_once_and_forgets_to_whom(database: Database, clock: Clock) -> None:
    lay(database, "a@example.org", "b@example.org")
    sent: list[Mail] = []
    assert outbox.send_due(database, "desk@example.org", sent.append) == 2
    assert outbox.send_due(database, "desk@example.org", sent.append) == 0
    assert [(one.sender, one.receiver) for one in sent] == [
        ("desk@example.org", "a@example.org"), ("desk@example.org", "b@example.org"),
    ]  # fmt: skip
    assert all(one.message.endswith("@memory.example>") for one in sent)
    with database.read() as conn:
        rows = conn.execute(select(mail.c.receiver, mail.c.subject, mail.c.body)).all()
    assert rows == [("", "", "")] * 2


def test_what_fails_is_tried_again_later_and_given_up_at_last(database: Database, clock: Clock) -> None:
    lay(database, "a@example.org")
    tried: list[datetime] = []

    def fail(_: Mail) -> None:
        tried.append(clock.now)
        raise TransferError("mail_failed", "가", "a")

    for _ in range(24 * 60 * 7):
        outbox.send_due(database, "desk@example.org", fail)
        clock.now += timedelta(minutes=1)
    rests = [later - earlier for earlier, later in pairwise(tried)]
    assert rests[:3] == [timedelta(minutes=2), timedelta(minutes=4), timedelta(minutes=8)]
    assert max(rests) == timedelta(hours=6) and START + timedelta(days=5) <= tried[-1] < START + timedelta(
        days=6
    )


def test_an_address_that_is_refused_for_good_is_given_up_at_once(database: Database, clock: Clock) -> None:
    lay(database, "a@example.org")

    def refuse(_: Mail) -> None:
        raise TransferError("mail_refused", "가", "a")

    outbox.send_due(database, "desk@example.org", refuse)
    clock.now += timedelta(days=1)
    assert outbox.send_due(database, "desk@example.org", lambda _: None) == 0


def test_killed_while_sending_it_is_sent_again_with_its_own_name(database: Database, clock: Clock) -> None:
    lay(database, "a@example.org")
    sent: list[str] = []

    def die(one: Mail) -> None:
        sent.append(one.message)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        outbox.send_due(database, "desk@example.org", die)
    assert outbox.send_due(database, "desk@example.org", die) == 0, "its turn is over for now"
    clock.now += timedelta(minutes=3)
    assert outbox.send_due(database, "desk@example.org", lambda one: sent.append(one.message)) == 1
    assert len(sent) == 2 and len(set(sent)) == 1


def test_two_workers_send_nothing_twice(database: Database, clock: Clock) -> None:
    lay(database, *(f"{number}@example.org" for number in range(12)))
    sent: list[str] = []
    workers = [
        threading.Thread(
            target=outbox.send_due, args=(database, "d@example.org", lambda one: sent.append(one.receiver))
        )
        for _ in range(3)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(sent) == sorted(f"{number}@example.org" for number in range(12))


# ---- erasing and counting
def test_personal_data_is_erased_some_days_after_the_answer(database: Database, clock: Clock) -> None:
    item = put(database, "a")
    answered, left = ask(database, item), ask(database, item, "lee@naver.com")
    answer(database, answered, Outcome.DECLINED)
    clock.now += timedelta(days=89)
    assert tidy(database, 90) == 0
    clock.now += timedelta(days=2)
    assert tidy(database, 90) == 1
    with database.read() as conn:
        gone, kept = store.find(conn, answered), store.find(conn, left)
    assert (gone.name, gone.email, gone.text, gone.answer) == ("", "", "", "")
    assert gone.erased and gone.ground == "copyright" and gone.state is State.ANSWERED
    assert (kept.name, kept.email, kept.text, kept.erased) == ("김", "lee@naver.com", "사정", "")


def test_figures_count_days_by_kind(database: Database, clock: Clock) -> None:
    item = put(database, "a")
    for days in (1, 3, 8):
        number = ask(database, item, f"{days}@naver.com")
        began, clock.now = clock.now, clock.now + timedelta(days=days)
        answer(database, number, Outcome.DECLINED)
        clock.now = began
    ask(database, item, "open@naver.com")
    clock.now += timedelta(days=8)
    now, since = "2026-12-04T09:00:00Z", "2025-12-04T09:00:00Z"
    with database.read() as conn:
        counted = {one.kind: one for one in figures.of(store.spans(conn, since), store.open_now(conn, now))}
    assert counted[Kind.REMOVAL] == figures.Figures(Kind.REMOVAL, 4, 3, 1, 1, 3, 8)
    assert counted[Kind.ERROR] == figures.Figures(Kind.ERROR, 0, 0, 0, 0, None, None)


def test_an_answer_is_mailed_in_the_language_of_who_asked(database: Database, clock: Clock) -> None:
    item = put(database, "a")
    answer(database, ask(database, item), Outcome.DECLINED)
    sent: list[Mail] = []
    outbox.send_due(database, "d@example.org", sent.append)
    assert sent[0].receiver == "kim@naver.com" and "받아들이지 않았습니다" in sent[0].body
    assert f"https://memory.example/items/{item}?lang=ko" in sent[0].body and "사정" not in sent[0].body
    for text in ("", " \x00", "가" * 4001):
        with database.write() as tx, pytest.raises(BadRequest, match="report_answer_length"):
            answering.answer(tx, CONTEXT, 1, Outcome.DECLINED, text, SITE, restore=False)
