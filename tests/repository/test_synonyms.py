"""Names that librarians teach: kept with who and when, withdrawn and never deleted; each change is a version."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from repository import audit, search_versions, synonyms
from repository.database import Database
from repository.errors import BadRequest, NotFound
from repository.synonyms import Synonym


def add(database: Database, name: str = "이황", other: str = "퇴계", relation: str = "pen_name") -> Synonym:
    with database.write() as tx:
        return synonyms.add(tx, name, other, relation, "김사서", "kim")


def version(database: Database) -> int:
    with database.read() as conn:
        return search_versions.numbers(conn).get(search_versions.SYNONYMS, 0)


def test_a_pair_is_kept_with_who_and_when_and_moves_the_version(database: Database) -> None:
    assert version(database) == 0
    added = add(database)
    assert (added.by, added.version, version(database)) == ("김사서", 1, 1) and added.at.endswith("Z")
    with database.read() as conn:
        assert synonyms.in_force(conn) == [added] == synonyms.history(conn)
        [line] = audit.newest(conn)
    assert (line.actor, line.action) == ("kim", "synonym_added") and "이황 = 퇴계 (pen_name)" in line.detail


def test_a_withdrawn_pair_stays_in_the_history(database: Database) -> None:
    added = add(database)
    with database.write() as tx:
        synonyms.withdraw(tx, added.id, "이사서", "lee")
    with database.read() as conn:
        [gone] = synonyms.history(conn)
        assert synonyms.in_force(conn) == []
        assert [line.action for line in audit.newest(conn)] == ["synonym_withdrawn", "synonym_added"]
    assert (gone.version, gone.withdrawn_version, gone.withdrawn_by) == (1, 2, "이사서")
    assert version(database) == 2
    with pytest.raises(NotFound), database.write() as tx:
        synonyms.withdraw(tx, added.id, "이사서", "lee")
    assert version(database) == 2
    assert add(database).id != added.id  # what was withdrawn may come back


def test_the_same_pair_is_refused_either_way_round(database: Database) -> None:
    add(database)
    for pair in (("이황", "퇴계"), ("퇴계", "이황")):
        with pytest.raises(BadRequest, match="synonym_known"):
            add(database, *pair)
    assert version(database) == 1


def test_the_list_has_an_end(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(synonyms, "MOST_OF_ONE_NAME", 2)
    add(database, "서울", "한성")
    add(database, "경성", "서울")
    with pytest.raises(BadRequest, match="synonyms_full"):
        add(database, "서울", "한양")


def test_those_who_add_at_once_get_versions_of_their_own(database: Database) -> None:
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda n: add(database, f"이름 {n}", f"다른 이름 {n}"), range(12)))
    assert sorted(one.version for one in made) == list(range(1, 13)) and version(database) == 12


def test_the_history_is_read_newest_first_in_pages(database: Database) -> None:
    made = [add(database, f"이름 {n}", f"다른 이름 {n}") for n in range(5)]
    with database.read() as conn:
        first = synonyms.history(conn, limit=3)
        rest = synonyms.history(conn, before=first[-1].id)
    assert [*first, *rest] == made[::-1]
