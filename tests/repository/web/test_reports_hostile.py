"""Whatever is typed into a form, an address or a query: an answer or a refusal by code, and nothing that runs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, Page

from repository.reports import answering, asking, limits, marks
from repository.reports.limits import Bucket
from repository.reports.words import Outcome
from repository.secret import key_of
from repository.urls import Urls
from tests.repository.web import report_desk
from tests.repository.web.report_desk import CLAIM, Desk
from wsgi import km

# Whatever of it is taken for markup says so in the page's title.
SCRIPT = (
    "'\"></textarea></title></script><script>document.title='pwned'</script>"
    "<img src=x onerror=\"document.title='pwned'\">"
)
SVG = (
    "<svg onload=\"document.title='pwned'\">{{7*7}}${7*7}<% 7*7 %>\r\nBcc: all@example.org\r\n\r\n"
    "javascript:document.title='pwned'"
)
# What a template, a database or a traceback would say.
LEAKS = re.compile(r"Traceback|jinja2|sqlalchemy|psycopg|sqlite3|werkzeug", re.IGNORECASE)
FIELDS = (*asking.FIELDS, "token", "homepage", "do")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk without limits, so that every string comes through to the end."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(limits, "BUCKETS", dict.fromkeys(limits.BUCKETS, Bucket(10**6, 1)))
        with report_desk.opened(tmp_path_factory.mktemp("hostile"), pages=1) as opened:
            yield opened


@pytest.fixture(scope="module")
def strings(shared_data: Path) -> list[str]:
    """The naughty strings, and three files that are no words."""
    folder = shared_data / "hostile"
    listed: list[str] = json.loads((folder / "blns.json").read_text("utf-8"))
    files = [
        (folder / name).read_text("utf-8", "replace")[:3000]
        for name in ("dtd.xml", "external.xml", "xmlbomb.xml")
    ]
    return [*listed, *files, SCRIPT, SVG, "\x00", "\ud83d"]


def form_of(desk: Desk, kind: str) -> dict[str, str]:
    item = desk.seeded.ids["0"]
    now = int(desk.now[0].timestamp())
    return {"token": marks.form_token(key_of(desk.memory.settings), kind, item, now - 60), **CLAIM}


def look(answer: httpx.Response, asked: str) -> None:
    """Hold an answer against what every answer is."""
    assert answer.status_code < 500, (asked, answer.status_code)
    leak = LEAKS.search(answer.text)
    assert leak is None or leak[0].lower() in asked.lower(), (asked, leak)
    if len(asked) > 3 and "<" in asked and "html" in answer.headers.get("Content-Type", ""):
        assert asked not in answer.text, "what was typed stands in the page as it is"


def encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def test_naughty_strings_in_every_field(desk: Desk, strings: list[str]) -> None:
    """Each string in one field after another, so that every field gets many of them."""
    taken = 0
    with desk.client() as client:
        for place, text in enumerate(strings):
            kind = ("error", "knowledge", "removal")[place % 3]
            name = FIELDS[place // 3 % len(FIELDS)]
            fields = {**form_of(desk, kind), name: text}
            body = b"&".join(
                quote(one).encode() + b"=" + quote(encoded(value)).encode() for one, value in fields.items()
            )
            path = f"/items/{desk.seeded.ids['0']}/report?kind={kind}"
            headers = {"Content-Type": "application/x-www-form-urlencoded"}
            answer = client.post(path, content=body, headers=headers)
            look(answer, text)
            taken += answer.status_code == 200
    assert taken > len(strings) // 3
    assert len(desk.reports()) > 50


def test_naughty_strings_in_every_query_and_path(desk: Desk, strings: list[str]) -> None:
    item = desk.seeded.ids["0"]
    asked = [
        *(f"/items/{item}/report?{name}={{}}" for name in ("kind", "lang", "asset", "region")),
        f"/items/{item}/report?kind=error&region=pct:1,1,1,1&asset={{}}",
        "/items/{}/report?kind=error", "/reports/{}", "/reports/?receipt={}", "/reports/?lang={}",
        "/reports/confirm?link={}",
    ]  # fmt: skip
    with desk.client() as client:
        for place, text in enumerate(strings):
            typed = quote(encoded(text[:500]), safe="")
            answer = client.get(asked[place % len(asked)].format(typed))
            look(answer, text)
            if "Location" in answer.headers:
                assert answer.headers["Location"].startswith(("/reports/", "/items/")), answer.headers[
                    "Location"
                ]
        for text in strings[::7]:
            look(client.post("/reports/confirm", data={"link": text.replace("\ud83d", "")}), text)
        for path in ("/reports/confirm", f"/items/{item}/report"):
            assert client.post(path, content=b"\xff=\xfe").status_code in (400, 415)
            assert client.put(path).status_code == 405


@pytest.mark.parametrize("text", [SCRIPT, SVG])
def test_a_script_in_any_field_runs_on_no_page(desk: Desk, browser: Browser, text: str) -> None:
    """Policy or no policy: the pages are opened in a browser that is told to run whatever is there."""
    page = browser.new_context(bypass_csp=True).new_page()
    path = f"{desk.base}/items/{desk.seeded.ids['0']}/report?kind=removal"
    for name in ("text", "name", "email", "page", "x", "ground", "token"):
        typed_into(page, path, name, text)
        look_harmless(page)
    harmless = {**form_of(desk, "removal"), "text": text, "name": text[: asking.LONGEST_NAME]}
    with desk.client() as client:
        number = report_desk.receipt(client.post(path.removeprefix(desk.base), data=harmless))
    page.goto(desk.base + desk.confirm_link())
    look_harmless(page)
    with desk.memory.database.write() as tx:
        context, newest = desk.memory.context(tx, "kim"), desk.newest().id
        answering.answer(tx, context, newest, Outcome.DECLINED, text, Urls(""), restore=False)
    for where in (f"/reports/{number}", "/reports/", f"/reports/{quote(text, safe='')}"):
        page.goto(desk.base + where)
        look_harmless(page)
    told = desk.mails()
    assert all(mail.get_content_type() == "text/plain" and "Bcc" not in mail for mail in told)
    page.context.close()


def typed_into(page: Page, path: str, name: str, text: str) -> None:
    """Send a form with a text in one field, whatever kind of field it is."""
    page.goto(path)
    with page.expect_navigation():
        page.evaluate(
            """([name, text]) => {
              const form = document.querySelector('form.told-form');
              form.noValidate = true;
              for (const field of form.querySelectorAll(`[name=${name}]`)) field.remove();
              const field = document.createElement('textarea');
              field.name = name; field.value = text; form.append(field);
              form.requestSubmit();
            }""",
            [name, text],
        )


def look_harmless(page: Page) -> None:
    assert page.title() and "pwned" not in page.title()
    assert page.evaluate("document.querySelectorAll('img[src=x], svg[onload]').length") == 0


def test_a_terminal_is_told_no_control_characters(desk: Desk) -> None:
    odd = "\x1b]0;pwned\x07\x1b[31m\x9b31m붉은\u202e글"
    with desk.client() as client:
        path = f"/items/{desk.seeded.ids['0']}/report?kind=removal"
        sent = client.post(path, data={**form_of(desk, "removal"), "text": odd, "name": odd})
        assert sent.status_code == 200
    number = str(desk.newest().id)
    data = {"KM_DATA": desk.memory.settings.data}
    for words in (["show", number], ["show", number, "--json"], ["list"], ["list", "--json"]):
        done = CliRunner().invoke(km, ["reports", *words], env=data)
        assert done.exit_code == 0 and not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", done.output), (
            words
        )
