"""`km search`, as it is typed."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from repository import search_misses
from repository.cli_search import search
from repository.cli_support import Commands
from repository.memory import open_memory
from repository.settings import Settings


def test_misses_are_listed_and_names_are_taught(tmp_path: Path) -> None:
    memory = open_memory(Settings(data=str(tmp_path)))
    memory.database.migrate()
    group = Commands("km", {"search": search})

    def type_(*words: str, code: int = 0) -> Result:
        done = CliRunner().invoke(group, ["search", *words], obj=lambda: memory)
        assert done.exit_code == code, done.output
        return done

    with memory.database.write() as tx:
        search_misses.add(tx, {("퇴계", "nothing"): 3, ("율곡", "relaxed"): 5, ("한 번", "nothing"): 1})
    assert [one["text"] for one in json.loads(type_("misses", "--json").stdout)] == ["율곡", "퇴계"]
    assert "퇴계" in type_("misses", "--kind", "nothing").stdout
    added = json.loads(
        type_("synonyms", "add", "이황", "퇴계", "--relation", "pen_name", "--json", "--by", "kim").stdout
    )
    assert (added["by"], added["relation"]) == ("kim", "pen_name")
    assert "synonym_known" in type_("synonyms", "add", "퇴계", "이황", code=1).output
    assert "synonym_same" in type_("synonyms", "add", "퇴계", "퇴 계", code=1).output
    type_("synonyms", "add", "이이", "율곡", "--relation", "father", code=2)
    assert "이황 = 퇴계" in type_("synonyms", "list").stdout
    type_("synonyms", "withdraw", str(added["id"]))
    assert "synonym_unknown" in type_("synonyms", "withdraw", str(added["id"]), code=1).output
    assert json.loads(type_("synonyms", "list", "--json").stdout) == []
    assert "withdrawn" in type_("synonyms", "list", "--all").stdout
    memory.close()
