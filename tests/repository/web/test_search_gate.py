"""No form of a search tells more than the current decision allows, however old the index is.

Everything was open when it was indexed; then decisions and takedowns came, and no worker has run since.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest

from repository import decisions, takedowns
from repository.database import Transaction
from repository.item import Note, Title
from repository.rights.decision import Answer, Degree, LayerDecision, Ruling
from repository.search import query as queries
from repository.takedowns import TakedownKind
from repository.web import search_formats
from tests.repository.web import seed
from tests.repository.web.conftest import Site, make_app
from tests.repository.web.test_search_formats import PATHS, local

FORMS = {"html": "/search", "suffix": "/search.json", **PATHS}
CLOSED = {"nothing": "", "described": "d", "reduced": "dv", "reused": "dvr"}
DOWN = {f"down_{kind.value}": kind for kind in TakedownKind}
SECRET = "속깊은이야기"


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    seeded = seed.open_seeded(tmp_path_factory.mktemp("closed"))
    for name in ("open", "texts", *CLOSED, *DOWN):
        titles = [Title(f"비밀 {name}", "ko"), Title(f"Secret {name}", "en", "translated")]
        what = seed.draft(titles, "공공누리 제0유형")
        notes = (Note(f"{SECRET} {name}", "ko"),)
        described = msgspec.structs.replace(what.description, notes=notes)
        seed.put(seeded, name, msgspec.structs.replace(what, description=described))
    seed.index(seeded)
    with seeded.memory.database.write() as tx:
        for name, letters in CLOSED.items():
            reduced = name == "reduced"
            degree = Degree.REDUCED if reduced else Degree.OPEN
            seed.decide(tx, seeded.ids[name], letters, degree=degree, max_px=300 if reduced else 0)
        for name, kind in DOWN.items():
            takedowns.add(tx, seeded.ids[name], kind, "까닭입니다", "test")
        _close_texts(tx, seeded.ids["texts"])
    yield Site(seeded, make_app(seeded))
    seeded.memory.close()


def _close_texts(tx: Transaction, item: str) -> None:
    row = decisions.current_many(tx.conn, [item])[item]
    no = Ruling(Answer.NO, "L00")
    rulings = msgspec.structs.replace(row.decision.rulings, describe=no)
    layer = LayerDecision("text", "in-copyright", rulings)
    decisions.record(tx, item, msgspec.structs.replace(row.decision, layers=(layer,)), "test")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("question", ["", "q=비밀", f"q={SECRET}", "type=book", "sort=year"])
def test_a_form_names_only_what_may_be_named_now(form: str, question: str, closed: Site) -> None:
    answer = closed.client.get(f"{FORMS[form]}?{question}&size=50")
    text = answer.get_data(as_text=True)
    assert answer.status_code == 200
    ids = closed.seeded.ids
    assert ids["open"] in text
    for name in ("nothing", *DOWN):
        assert ids[name] not in text, name
        assert f"비밀 {name}" not in text and f"Secret {name}" not in text and f"{SECRET} {name}" not in text
        assert "까닭입니다" not in text
    for name in ("nothing", "described", *DOWN):
        assert not any(asset in text for asset in closed.seeded.files(name)), name
        assert f"/iiif/{ids[name]}/manifest.json" not in text
    if form not in ("iiif",):
        assert ids["described"] in text and ids["texts"] in text
    assert f"{SECRET} texts" not in text


def test_what_may_be_told_is_told(closed: Site) -> None:
    assert f"{SECRET} open" in closed.client.get("/search.atom?size=50").get_data(as_text=True)
    page = closed.page(f"/search?q={SECRET}")
    assert f"<mark>{SECRET}</mark> open" in page and f"{SECRET} texts" not in page


@pytest.mark.parametrize("form", PATHS)
def test_every_picture_and_manifest_that_a_form_names_answers(form: str, closed: Site) -> None:
    text = closed.client.get(f"{PATHS[form]}?size=50").get_data(as_text=True)
    named = {
        address
        for name in closed.seeded.ids
        for address in (
            f"http://memory.example/iiif/{closed.seeded.ids[name]}/manifest.json",
            *(f"http://memory.example/assets/{one}/thumbnail.jpg" for one in closed.seeded.files(name)),
        )
        if address in text
    }
    assert len(named) >= 4
    for address in named:
        assert closed.client.get(local(address)).status_code == 200, address


def test_a_decision_made_between_two_pages_of_a_file_is_kept_to(
    closed: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file is read page by page while it is sent; what is closed meanwhile is in none of the later ones."""
    monkeypatch.setattr(queries, "MOST_RESULTS", 1)
    monkeypatch.setattr(search_formats, "CSV_PAGES", 50)
    memory = closed.seeded.memory
    late = closed.seeded.ids["reused"]
    with closed.app.test_request_context("/search.csv"):
        answer = closed.app.full_dispatch_request()
        body = answer.iter_encoded()
        first = next(body)
        with memory.database.write() as tx:
            takedowns.add(tx, late, TakedownKind.REQUEST, "까닭", "test")
        rest = b"".join(body)
    assert first.startswith(b"\xef\xbb\xbf") and late.encode() not in rest
    assert closed.seeded.ids["open"].encode() in rest
    with memory.database.write() as tx:
        takedowns.lift(tx, late)
