"""What the search knows is renewed while a process runs: within seconds, by one cheap look, without a rebuild."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import event

from repository import knowing, search_versions, synonyms
from repository.database import Database
from repository.memory import open_memory
from repository.search.embedded import EmbeddedEngine
from repository.search.lexicon import EMPTY, Lexicon, Other
from repository.search.query import Query
from repository.settings import Settings
from tests.repository.search.samples import document, item


def add(database: Database, name: str, other: str) -> int:
    with database.write() as tx:
        return synonyms.add(tx, name, other, "synonym", "kim", "kim").id


def test_a_new_pair_is_known_once_the_patience_is_over(database: Database) -> None:
    clock, asked = [0.0], []
    found = knowing.Renewed(
        database, search_versions.SYNONYMS, knowing.lexicon_of, EMPTY, 2.0, lambda: clock[0]
    )
    assert found().others("가나다") == ()
    number = add(database, "가나다", "라마바")
    event.listen(database.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    assert found().others("가나다") == () and asked == []
    clock[0] = 2.0
    assert found().others("가나다") == (Other("라마바", "synonym"),)
    clock[0] = 4.0
    before = len([one for one in asked if one.startswith("SELECT")])
    found()
    assert len([one for one in asked if one.startswith("SELECT")]) == before + 1
    with database.write() as tx:
        synonyms.withdraw(tx, number, "kim", "kim")
    clock[0] = 6.0
    assert found().others("가나다") == ()


def test_a_database_without_the_tables_or_away_leaves_what_was_known(tmp_path: Path) -> None:
    bare = Database(f"sqlite:///{tmp_path / 'bare.sqlite'}")
    first = Lexicon([("이황", "퇴계", "pen_name")])
    found = knowing.Renewed(bare, search_versions.SYNONYMS, knowing.lexicon_of, first, 0.0)
    assert found() is first
    bare.close()


def test_the_engine_of_an_installation_finds_by_a_name_that_was_just_added(tmp_path: Path) -> None:
    memory = open_memory(Settings(data=str(tmp_path)))
    memory.database.migrate()
    memory.engine.put([document(item("one", "퇴계선생문집"))])
    assert isinstance(memory.engine, EmbeddedEngine)
    assert memory.engine._knowledge.lexicon().others("도래솔집") == ()
    add(memory.database, "도래솔집", "퇴계선생문집")
    again = open_memory(Settings(data=str(tmp_path)))
    assert isinstance(again.engine, EmbeddedEngine)
    lexicon = again.engine._knowledge.lexicon()
    assert [one.name for one in lexicon.others("도래솔집")] == ["퇴계선생문집"]
    assert Other("박지원", "ho") in lexicon.others("연암")  # of the list that is shipped
    assert again.engine.search(Query("퇴계선생문집")).total == 1
    memory.close()
    again.close()
