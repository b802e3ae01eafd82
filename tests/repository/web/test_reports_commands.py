"""`km reports` as the staff type it: list, show, answer, tidy; for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.repository.web import report_desk
from tests.repository.web.report_desk import CLAIM, Desk
from wsgi import km


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with report_desk.opened(tmp_path_factory.mktemp("staff"), items=3, pages=1) as opened:
        yield opened


def type_(desk: Desk, *words: str, code: int = 0) -> Result:
    done = CliRunner().invoke(km, ["reports", *words], env={"KM_DATA": desk.memory.settings.data})
    assert done.exit_code == code, f"{words}: {done.exit_code}\n{done.output}{done.exception!r}"
    return done


def read(desk: Desk, *words: str) -> Any:
    return json.loads(type_(desk, *words, "--json").stdout.splitlines()[-1])


def test_the_staff_read_and_answer(desk: Desk) -> None:
    desk.now[0] = datetime.now(UTC)  # the commands have the clock of the machine, so the desk has it too
    desk.send("error", "0", {"text": "제목이 틀립니다."})
    error, claim = desk.newest().id, desk.claim("1")
    assert [one["id"] for one in read(desk, "list")] == [claim, error], "what is due first comes first"
    assert [one["id"] for one in read(desk, "list", "--state", "hidden", "--kind", "removal")] == [claim]
    assert read(desk, "list", "--overdue") == [] and read(desk, "list", "--state", "waiting") == []
    listed = type_(desk, "list").stdout
    assert "게시 중단 요청/Ask for removal" in listed and "저작권/Copyright" in listed
    assert CLAIM["name"] not in listed and CLAIM["email"] not in listed and CLAIM["text"] not in listed
    shown = type_(desk, "show", str(claim)).stdout
    assert all(word in shown for word in (CLAIM["name"], CLAIM["email"], CLAIM["text"]))
    assert read(desk, "show", str(claim))["state"] == "hidden"
    refused = type_(desk, "answer", str(claim), "--outcome", "declined", "--text", "아닙니다.", code=1)
    assert "report_still_hidden" in refused.output and "--restore" in refused.output
    done = read(desk, "answer", str(claim), "--outcome", "accepted", "--text", "내렸습니다.", "--by", "kim")
    assert (done["state"], done["hides"], done["outcome"]) == ("answered", True, "accepted")
    given = read(desk, "answer", str(claim), "--outcome", "declined", "--text", "돌려놓습니다.", "--restore")
    assert not given["hides"]
    assert [one["id"] for one in read(desk, "list")] == [error]
    assert {one["id"] for one in read(desk, "list", "--state", "all")} == {error, claim}
    assert "report_unknown" in type_(desk, "show", "999", code=1).output
    assert "rows" in read(desk, "tidy")
    assert read(desk, "show", str(claim))["name"] == CLAIM["name"], "it is needed for some days yet"
    desk.now[0] = datetime.now(UTC) + timedelta(minutes=1)
    bodies = [mail.get_content() for mail in desk.mails()]
    assert "내렸습니다." in bodies[-2] and "돌려놓습니다." in bodies[-1]
