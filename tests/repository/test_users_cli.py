"""`km user`, as it is typed."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from wsgi import km

PASSWORD = "새벽 종소리가 들리는 언덕"
KIM = "kim@example.org"


def test_accounts_are_made_listed_and_changed(tmp_path: Path) -> None:
    def type_(*words: str, given: str = "", code: int = 0) -> Result:
        done = CliRunner().invoke(km, list(words), input=given, env={"KM_DATA": str(tmp_path)})
        assert done.exit_code == code, done.output
        assert PASSWORD not in done.output
        return done

    type_("init")
    new = ("user", "add", KIM, "--name", "김사서", "--role", "librarian")
    assert "password_short" in type_(*new, "--password-stdin", given="short\n", code=1).output
    type_(*new, given=f"{PASSWORD}\n{PASSWORD}\n")
    assert "person_known" in type_(*new, "--password-stdin", given=PASSWORD, code=1).output
    type_("user", "role", KIM, "operator", "viewer")
    type_("user", "password", KIM, "--password-stdin", given=f"{PASSWORD}!\n")
    type_("user", "disable", KIM)
    (found,) = json.loads(type_("user", "list", "--json").stdout)
    assert (found["roles"], found["active"], found["generation"]) == (["operator", "viewer"], False, 2)
    assert "argon2" not in json.dumps(found)
    type_("user", "enable", KIM)
    type_("user", "unlock", KIM)
    assert "person_unknown" in type_("user", "disable", "lee@example.org", code=1).output
    assert type_("user", "role", KIM, "king", code=2)
