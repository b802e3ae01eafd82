"""`km source check`: what a provider nobody knows is found to be, and the source file that comes of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner

from harvest import onboarding, onboarding_ask, onboarding_file, onboarding_words
from harvest.connector import Identity, Set
from harvest.oai_asking import Habits
from harvest.onboarding import Judged
from harvest.onboarding_ask import Asked, Sample, Verdict
from harvest.onboarding_words import Grade
from harvest.source import read_source_file
from repository.intake import Context
from repository.rights import table as rules
from tests.harvest.loopback import Answer, Request, serve
from tests.harvest.provider import Provider
from wsgi import km

NAMESPACE = "http://www.openarchives.org/OAI/2.0/oai_dc/"
FORMATS = (("oai_dc", NAMESPACE), ("mods", "http://www.loc.gov/mods/v3"), ("pdf", "http://x.example/pdf"))
MODS = """<metadata><mods xmlns="http://www.loc.gov/mods/v3"><titleInfo><title>{title}</title></titleInfo>
<typeOfResource>cartographic</typeOfResource><genre>지도</genre><originInfo><dateIssued>1861</dateIssued></originInfo>
<language><languageTerm type="code" authority="iso639-2b">kor</languageTerm></language>
<accessCondition type="use and reproduction">공공누리 제1유형</accessCondition></mods></metadata>"""


@dataclass
class Stranger(Provider):
    """A provider with two formats and two sets, which may ignore what it is asked for."""

    page_size: int = 10
    ignores: frozenset[str] = frozenset()
    once: bool = False
    shown: set[str] = field(default_factory=set)

    def reply(self, request: Request) -> Answer:
        """Answer one request, by the book but for what is ignored."""
        asked = request.arguments
        special: dict[str, Callable[[], Answer]] = {
            "ListSets": self._sets,
            "ListMetadataFormats": self._formats,
        }
        if make := special.get(asked["verb"]):
            return make()
        token = asked.get("resumptionToken", "")
        if token and self.once and token in self.shown:
            return self._error("badResumptionToken")
        self.shown.add(token)
        rows = dict(self.rows)
        kept = {
            name: row
            for name, row in self.rows.items()
            if ("until" in self.ignores or row.datestamp[:10] <= asked.get("until", "9999")[:10])
            and ("set" in self.ignores or asked.get("set", "") in ("", self.set_of(name)))
        }
        plain = {name: value for name, value in asked.items() if name != "from" or "from" not in self.ignores}
        self.rows = kept
        answer = super().reply(Request("?" + "&".join(f"{k}={v}" for k, v in plain.items()), {}))
        self.rows = rows
        body = answer.body.decode()
        if asked.get("metadataPrefix") == "mods":
            body = body.replace("<metadata><oai_dc:dc", MODS.format(title="지도") + "<!--").replace(
                "</oai_dc:dc></metadata>", "-->"
            )
        for name in kept:
            head = f"<identifier>{name}</identifier>"
            body = (
                body.replace("</header>", f"<setSpec>{self.set_of(name)}</setSpec></header>")
                if False
                else body
            )
            at = body.find(head)
            if at >= 0:
                end = body.index("</header>", at)
                body = f"{body[:end]}<setSpec>{self.set_of(name)}</setSpec>{body[end:]}"
        return Answer(body.encode(), headers=answer.headers)

    @staticmethod
    def set_of(name: str) -> str:
        """Even numbers are maps."""
        return "maps" if int(name.rpartition(":")[2]) % 2 == 0 else "books"

    def _sets(self) -> Answer:
        rows = "".join(
            f"<set><setSpec>{one}</setSpec><setName>{one}</setName></set>" for one in ("maps", "books")
        )
        return self._send(f"<ListSets>{rows}</ListSets>")

    def _formats(self) -> Answer:
        rows = "".join(
            f"<metadataFormat><metadataPrefix>{prefix}</metadataPrefix><schema>x</schema>"
            f"<metadataNamespace>{namespace}</metadataNamespace></metadataFormat>"
            for prefix, namespace in FORMATS
        )
        return self._send(f"<ListMetadataFormats>{rows}</ListMetadataFormats>")


def stranger(**values: Any) -> Stranger:
    made = Stranger(**values)
    for place in range(40):
        day = "2026-01-20" if place < 20 else "2024-05-05"
        made.add(
            f"oai:x:{place}",
            f"책 {place}",
            ("rights", "공공누리 제1유형" if place % 2 else "All rights reserved"),
            ("identifier", f"http://127.0.0.1:9/{place}.jpg"),
            datestamp=f"{day}T00:00:00Z",
        )
    return made


def check(tmp_path: Path, made: Provider, *words: str, code: int = 0) -> Any:
    """Type the command; gives what it answers as JSON."""
    with serve(made.reply) as running:
        command = ["source", "check", f"{running.url}/oai?verb=Identify", "--pace", "0", "--json", *words]
        done = CliRunner().invoke(km, command, env={"KM_DATA": str(tmp_path / "data")})
        assert done.exit_code == code, f"{done.exit_code} {done.output} {done.exception!r}"
        assert len(running.seen) <= onboarding_ask.REQUESTS
        answer = json.loads(done.stdout.splitlines()[-1]) if code != 1 or done.stdout else {}
    return answer | {"url": running.url}


def codes(found: Any) -> set[str]:
    return {said["code"] for said in found["found"]["said"]}


def test_a_good_provider_is_described_and_its_file_can_be_added(tmp_path: Path) -> None:
    out = tmp_path / "new.toml"
    answer = check(tmp_path, stranger(), "--out", str(out), code=1)  # 1: its files lie on a private host
    found = answer["found"]
    assert found["honours"] == {"from": "yes", "until": "yes", "set": "yes", "token": "yes"}
    assert found["prefixes"] == ["mods", "oai_dc"] and found["sets"] == {"maps": "maps", "books": "books"}
    assert {one["prefix"]: one["readable"] for one in found["formats"]} == {
        "oai_dc": True,
        "mods": True,
        "pdf": False,
    }
    assert found["media_hosts"] == {"127.0.0.1:9": found["media_hosts"]["127.0.0.1:9"]}
    assert found["public"] == {"127.0.0.1:9": False} and "media_private" in codes(answer)
    assert found["dates"] == {"year": found["missing"]["date"] + found["rights"][0]["count"]}
    assert found["rights"][0]["mark"] == "kogl-1" and found["rights"][0]["answers"]["describe"] == "yes"
    added = CliRunner().invoke(km, ["init"], env={"KM_DATA": str(tmp_path / "data")})
    added = CliRunner().invoke(km, ["source", "add", str(out)], env={"KM_DATA": str(tmp_path / "data")})
    assert added.exit_code == 0, added.output
    source = read_source_file(out).source
    assert (source.id, source.endpoint) == ("127-0-0-1", f"{answer['url']}/oai")
    assert source.prefixes == ("mods", "oai_dc") and source.pace == 1.0


def test_a_file_that_exists_is_never_overwritten(tmp_path: Path) -> None:
    out = tmp_path / "old.toml"
    out.write_text("mine", "utf-8")
    with serve(stranger().reply) as running:
        command = ["source", "check", f"{running.url}/oai", "--pace", "0", "--out", str(out)]
        done = CliRunner().invoke(km, command, env={"KM_DATA": str(tmp_path / "data")})
    assert done.exit_code == 1 and "file_not_written" in done.stderr
    assert out.read_text("utf-8") == "mine"


@pytest.mark.parametrize("ignored", ["from", "until", "set"])
def test_what_a_provider_ignores_is_found_out(tmp_path: Path, ignored: str) -> None:
    answer = check(tmp_path, stranger(ignores=frozenset({ignored})), code=1)
    assert answer["found"]["honours"][ignored] == "no"
    said = {one["code"]: one for one in answer["found"]["said"]}
    assert said[f"{ignored}_no"]["grade"] == "serious" and said["verdict_1"]


def test_a_token_that_holds_once_is_found_out(tmp_path: Path) -> None:
    assert check(tmp_path, stranger(once=True), code=1)["found"]["honours"]["token"] == "no"


def test_what_is_missing_and_broken_is_counted(tmp_path: Path) -> None:
    made = Provider(page_size=20)
    for place in range(9):
        made.add(f"oai:x:{place}", f"책 {place}", ("unheard", "값"))
    made.add("oai:x:7", "")
    made.add("oai:x:8", broken=True)
    found = check(tmp_path, made, code=1)["found"]
    assert found["missing"] == {"title": 1, "type": 8, "date": 8, "rights": 8}
    assert found["unread"] == {"dc:unheard": 7}
    said = {one["code"]: one for one in found["said"]}
    assert (
        said["quarantined"]["grade"] == "serious" and "record_not_wellformed 1" in said["quarantined"]["en"]
    )
    assert "8/8" in said["missing_rights_most"]["ko"] and found["exit"] == 1


@pytest.mark.parametrize(
    ("answer", "step"),
    [
        (Answer(b"<html>no</html>", 403), "step_identify"),
        (Answer(b"gone", 404), "step_records"),
        (Answer(b"", 302, (("Location", "http://elsewhere.example/"),)), "step_identify"),
    ],
)
def test_what_is_no_provider_cannot_be_used(tmp_path: Path, answer: Answer, step: str) -> None:
    class Wall(Provider):
        def reply(self, request: Request) -> Answer:
            return answer

    found = check(tmp_path, Wall(), code=2)
    assert {step, "no_records", "verdict_2"} <= codes(found)


def test_a_provider_without_records_cannot_be_used(tmp_path: Path) -> None:
    assert "no_records" in codes(check(tmp_path, Provider(), code=2))


def test_sets_without_end_do_not_use_up_the_requests(tmp_path: Path) -> None:
    class Endless(Stranger):
        def _sets(self) -> Answer:
            one = len(self.shown)
            self.shown.add(f"set {one}")
            rows = f"<set><setSpec>s{one}</setSpec><setName>s</setName></set>"
            return self._send(f"<ListSets>{rows}<resumptionToken>t{one}</resumptionToken></ListSets>")

    made = Endless()
    for place in range(3):
        made.add(f"oai:x:{place}")
    answer = check(tmp_path, made)
    found = answer["found"]
    assert found["requests"] < 20 and found["records"] > 0 and len(found["sets"]) == 5
    assert "Sets: 5+: s1 (s)" in next(one["en"] for one in found["said"] if one["code"] == "sets")


def test_the_check_ends_when_enough_was_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(onboarding_ask, "REQUESTS", 3)
    answer = check(tmp_path, stranger(), code=2)
    assert answer["found"]["requests"] == 3
    said = [one["ko"] for one in answer["found"]["said"] if one["code"] == "step_records"]
    assert said and all("요청 3번" in text for text in said)


def test_the_text_is_korean_first_and_shows_no_control_signs(tmp_path: Path) -> None:
    made = stranger()
    made.add("oai:x:2", "책", ("rights", "줄\u0085바꿈 {0} {value}"), datestamp="2026-01-20T00:00:00Z")
    with serve(made.reply) as running:
        command = ["source", "check", f"{running.url}/oai", "--pace", "0", "--prefix", "oai_dc"]
        done = CliRunner().invoke(km, command, env={"KM_DATA": str(tmp_path / "data")})
    assert done.exit_code == 1
    assert "- from을 따릅니다. (It honours from.)" in done.stdout
    assert 'prefixes = ["oai_dc"]' in done.stdout and "\u0085" not in done.stdout
    assert "줄 바꿈 {0} {value}" in done.stdout


def nothing(**values: Any) -> Asked:
    unknown = dict.fromkeys(("from", "until", "set", "token"), Verdict.UNKNOWN)
    asked = Asked("http://www.책.example/oai", None, (), (), (), unknown, (), Habits(), 0)
    return msgspec.structs.replace(asked, **values)


def judged(asked: Asked) -> Judged:
    return onboarding.judge(asked, onboarding.read(asked.samples, 50), {}, Context({}, rules.load(), 2026))


def test_judging_asks_nobody_and_ends_in_no_trace_when_there_is_nothing() -> None:
    found = judged(nothing())
    assert (found.exit, found.prefixes, found.records) == (2, (), 0)
    assert onboarding_file.propose(found).count("\n") > 10


@pytest.mark.parametrize(
    ("endpoint", "expected"),
    [
        ("http://www.oai.Library.example.kr:8080/oai", "library-example-kr"),
        ("http://127.0.0.1/oai", "127-0-0-1"),
        ("http://도서관.example/", "example"),
        ("http://도서관/", "source"),
    ],
)
def test_an_id_is_derived_from_the_host(endpoint: str, expected: str) -> None:
    assert onboarding_file.source_id(endpoint) == expected


def test_a_strangers_words_cannot_break_the_file(tmp_path: Path) -> None:
    identity = Identity(name='새"\n벽\\도서관\x7f', admin_emails=("a@b\n[x]",))
    odd = (Set('s"\nkind = "x', "이름\nprovider = 1"),)
    found = judged(nothing(identity=identity, sets=odd))
    path = tmp_path / "odd.toml"
    path.write_text(onboarding_file.propose(found), "utf-8")
    source = read_source_file(path).source
    assert (source.name_ko, source.kind, source.set) == ('새" 벽\\도서관', "oai", "")


@pytest.mark.parametrize(
    ("url", "endpoint"),
    [
        ("http://x.example/oai?verb=Identify", "http://x.example/oai"),
        ("http://x.example/oai?db=1&verb=ListRecords&metadataPrefix=oai_dc", "http://x.example/oai?db=1"),
        (" http://x.example/oai?db=1 ", "http://x.example/oai?db=1"),
    ],
)
def test_a_copied_address_is_brought_back_to_its_endpoint(url: str, endpoint: str) -> None:
    assert onboarding_ask.endpoint_of(url) == endpoint


def test_every_sentence_takes_the_same_values_in_both_languages() -> None:
    for code, row in onboarding_words.table().items():
        assert row.ko and row.en and row.grade in Grade, code
    steps = ("identify", "formats", "sets", "records", "from", "until", "set", "token")
    assert {f"step_{step}" for step in steps} <= onboarding_words.table().keys()
    assert Sample.__struct_fields__ == ("prefix", "place", "page")
