"""`km reports`: what the public reported, its answers, and forgetting what is not needed any more."""

from __future__ import annotations

from collections.abc import Mapping

import click
import msgspec

from repository.cli_support import Open, emit, json_option, who
from repository.database import timestamp
from repository.reports import answering, store
from repository.reports.tidying import tidy
from repository.reports.words import (
    CAPACITIES,
    GROUNDS,
    KINDS,
    OUTCOMES,
    STATES,
    Both,
    Kind,
    Outcome,
    Report,
    State,
)
from repository.urls import Urls

_OPEN = "open"
_kind = click.option("--kind", type=click.Choice([one.value for one in Kind]), help="Only this kind.")


@click.group()
def reports() -> None:
    """Reports of the public: errors, what people know, requests for removal."""


@reports.command("list")
@click.option(
    "--state",
    type=click.Choice([_OPEN, "all", *(one.value for one in State)]),
    default=_OPEN,
    help="Only in this state.",
)
@_kind
@click.option("--item", default="", help="Only on this item.")
@click.option("--overdue", is_flag=True, help="Only open ones whose deadline is over.")
@click.option("--limit", default=100, help="How many at most.")
@json_option
@click.pass_obj
def list_reports(
    opened: Open, state: str, kind: str | None, item: str, overdue: bool, limit: int, as_json: bool
) -> None:
    """List reports, those first that are to be answered first; claims that wait for a person have state waiting.

    Example: km reports list --kind removal --state waiting
    """
    memory = opened()
    wanted = State(state) if state not in (_OPEN, "all") else None
    now = timestamp(memory.database.clock())
    with memory.database.read() as conn:
        found = store.listed(
            conn, wanted, Kind(kind) if kind else None, item, now if overdue else "", limit, state != _OPEN
        )
    emit(as_json, [_brief(one) for one in found], "\n".join(_line(one, now) for one in found))


@reports.command("show")
@click.argument("number", type=int)
@json_option
@click.pass_obj
def show(opened: Open, number: int, as_json: bool) -> None:
    """Show one report whole, with the name and address of who sent it: for the staff only.

    Example: km reports show 12
    """
    with opened().database.read() as conn:
        found = store.find(conn, number)
    emit(as_json, msgspec.structs.asdict(found) | {"state": found.state}, _whole(found))


@reports.command("answer")
@click.argument("number", type=int)
@click.option(
    "--outcome", required=True, type=click.Choice([one.value for one in Outcome]), help="What was decided."
)
@click.option("--text", required=True, help="The answer, which the reporter reads.")
@click.option("--restore", is_flag=True, help="Lift the takedown that this report led to, and no other.")
@click.option("--by", default=who, help="Who answers.")
@json_option
@click.pass_obj
def answer(opened: Open, number: int, outcome: str, text: str, restore: bool, by: str, as_json: bool) -> None:
    """Answer a report; the reporter is mailed where an address was given.

    An accepted request for removal takes its thing down for good, whether it was hidden first or waited.

    Example: km reports answer 12 --outcome declined --restore --text "확인해 보니 권리 기간이 끝난 자료입니다."
    """
    memory = opened()
    with memory.database.write() as tx:
        done = answering.answer(
            tx,
            memory.context(tx, by),
            number,
            Outcome(outcome),
            text,
            Urls(memory.settings.site_url),
            restore=restore,
        )
    emit(as_json, _brief(done), _line(done, done.answered))


@reports.command("tidy")
@json_option
@click.pass_obj
def tidy_reports(opened: Open, as_json: bool) -> None:
    """Empty personal data that is not needed any more; the worker does it every hour.

    Example: km reports tidy
    """
    memory = opened()
    done = tidy(memory.database, memory.settings.reports_keep_days)
    emit(as_json, {"rows": done}, f"지운 줄 / rows: {done}")


def _brief(report: Report) -> dict[str, object]:
    """Lay out what a list tells of a report: nothing that somebody typed, and nobody's name."""
    shown = ("id", "kind", "item", "asset", "region", "ground", "capacity", "at", "due", "hidden", "answered")
    return {name: getattr(report, name) for name in shown} | {
        "state": report.state,
        "hides": report.hides,
        "outcome": report.outcome,
    }


def _line(report: Report, now: str) -> str:
    late = "  늦음/overdue" if not report.answered and report.due < now else ""
    ground = f"  {_both(GROUNDS, report.ground)}" if report.ground else ""
    told = f"{report.id}  {_both(KINDS, report.kind)}{ground}  {_both(STATES, report.state)}"
    return f"{told}  {report.item}{f'/{report.asset}' if report.asset else ''}  ~{report.due[:10]}{late}"


def _both(words: Mapping[str, Both], code: str) -> str:
    return "/".join(words.get(code, (code,)))


def _whole(report: Report) -> str:
    rows = (
        ("받은 때/received", report.at),
        ("부분/region", report.region),
        ("이름/name", report.name),
        ("주소/e-mail", report.email),
        ("자격/capacity", _both(CAPACITIES, report.capacity) if report.capacity else ""),
        ("확인/confirmed", report.confirmed),
        ("가림/hidden", f"{report.hidden or '-'} (takedown {report.takedown})" if report.takedown else ""),
        ("되돌림/restored", report.lifted),
        ("결정/outcome", _both(OUTCOMES, report.outcome) if report.outcome else ""),
        ("답/answer", report.answer),
        ("답한 이/answered by", f"{report.answered_by} {report.answered}".strip()),
        ("지움/erased", report.erased),
    )
    lines = [f"{name}: {value}" for name, value in rows if value]
    return "\n".join([_line(report, report.at), *lines, "", report.text])
