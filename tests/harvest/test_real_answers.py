"""Whole real answers, served as they are over HTTP: what becomes items, what is set aside and why, what changed."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import pytest

from harvest import records, run, sources, status
from harvest.ledger import Run, RunState
from harvest.source import Source
from repository import findings, institutions, items
from repository.identities import find as find_identity
from repository.institution import Institution
from repository.item import TYPES, Description
from repository.memory import Memory, open_memory
from repository.settings import Settings
from tests.harvest.loopback import Answer, Request, serve

OAI = b"http://www.openarchives.org/OAI/2.0/"
DATE = b"2026-01-09T00:00:00Z"
# A prefix, so that what stands inside without a namespace stays without one.
HEAD = b'<o:OAI-PMH xmlns:o="%b"><o:responseDate>%b</o:responseDate><o:ListRecords>' % (OAI, DATE)
TAIL = b"</o:ListRecords></o:OAI-PMH>"
HEADER = b"<o:record><o:header><o:identifier>oai:x:%b</o:identifier><o:datestamp>2026-01-01</o:datestamp></o:header>"
DECLARATION = re.compile(rb"\A\s*<\?xml\s[^<>]*\?>")
BEGIN = re.compile(rb"<(?:\w+:)?record\b[^<>]*>\s*<(?:\w+:)?header\b")
END = re.compile(rb"</(?:\w+:)?record\s*>")
IDENTIFIER = re.compile(rb"<(?:\w+:)?identifier\b[^<>]*>([^<]*)<")
STAMP = re.compile(rb"<(?:\w+:)?datestamp\b[^<>]*>([^<]*)<")
TOKEN = re.compile(rb"<resumptionToken\b.*?</resumptionToken>", re.DOTALL)
ALL = 1_000  # more than all answers together hold
AGENT = "agent_not_thing+metadata_foreign"


@dataclass
class Holding:
    """A provider that has the records of one answer; everything that it says is cut from the answer's bytes."""

    page: bytes
    granularity: str = "YYYY-MM-DDThh:mm:ssZ"
    asked: list[str] = field(default_factory=list)

    @property
    def head(self) -> bytes:
        """What stands before the first record."""
        found = BEGIN.search(self.page)
        return self.page[: found.start() if found else 0]

    @property
    def rows(self) -> list[bytes]:
        """The records, with the blanks behind them."""
        starts = [found.start() for found in BEGIN.finditer(self.page)]
        return [
            self.page[start:stop]
            for start, stop in zip(starts, [*starts[1:], self._closed(starts[-1])], strict=True)
        ]

    @property
    def tail(self) -> bytes:
        """What stands behind the last record."""
        return self.page[len(self.head) + sum(map(len, self.rows)) :]

    def _closed(self, last: int) -> int:
        return [found.end() for found in END.finditer(self.page, last)][-1]

    def answer(self, request: Request) -> Answer:
        """Answer a request."""
        asked = request.arguments
        verb = asked.get("verb", "")
        self.asked.append(verb)
        if verb == "Identify":
            return said(
                b"<Identify><repositoryName>x</repositoryName><earliestDatestamp>1990-01-01</earliestDatestamp>"
                b"<deletedRecord>no</deletedRecord><granularity>%b</granularity></Identify>"
                % self.granularity.encode()
            )
        if verb == "GetRecord":
            same = [row for row in self.rows if name_of(row) == asked["identifier"]]
            whole = self.head + b"".join(same) + self.tail
            renamed = whole.replace(b"ListRecords>", b"GetRecord>")
            return Answer(renamed) if same else said(b'<error code="idDoesNotExist"/>')
        from_ = asked.get("from", "").encode()
        rows = [row for row in self.rows if stamp_of(row) >= from_]
        if verb not in ("ListRecords", "ListIdentifiers") or not rows:
            return said(b'<error code="%b"/>' % (b"noRecordsMatch" if not rows else b"badVerb"))
        if verb == "ListRecords":
            return Answer(self.head + b"".join(rows) + self.tail)
        headers = (
            b"<header><identifier>%b</identifier><datestamp>%b</datestamp></header>"
            % (first(IDENTIFIER, row), stamp_of(row))
            for row in rows
        )
        return said(b"<ListIdentifiers>%b</ListIdentifiers>" % b"".join(headers))

    def change(self, number: int, old: bytes, new: bytes, stamp: bytes = b"") -> str:
        """Change the content of a record, and its datestamp; gives the record's identifier."""
        row = self.rows[number]
        assert old in row
        changed = row.replace(old, new)
        if stamp:
            changed = changed.replace(b">%b<" % stamp_of(row), b">%b<" % stamp, 1)
        self.page = self.page.replace(row, changed, 1)
        return name_of(row)


def first(pattern: re.Pattern[bytes], row: bytes) -> bytes:
    """Give what a pattern finds."""
    match = pattern.search(row)
    assert match is not None
    return match[1].strip()


def name_of(row: bytes) -> str:
    """Give a record's identifier."""
    return first(IDENTIFIER, row).decode()


def stamp_of(row: bytes) -> bytes:
    """Give a record's datestamp."""
    return first(STAMP, row)


def said(body: bytes) -> Answer:
    """Say something small."""
    return Answer(
        b'<OAI-PMH xmlns="%b"><responseDate>%b</responseDate><request/>%b</OAI-PMH>' % (OAI, DATE, body)
    )


def wrapped(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Put records that were kept one by one into an answer; their bytes stay as they are, without declarations."""
    rows = []
    for name, raw in files:
        bare = DECLARATION.sub(b"", raw)
        if BEGIN.match(bare.lstrip()):
            rows.append(bare if b"metadata>" in bare else enclosed(bare))
        else:
            rows.append(HEADER % name.encode() + b"<o:metadata>%b</o:metadata></o:record>" % bare)
    return HEAD + b"".join(rows) + TAIL


def enclosed(record: bytes) -> bytes:
    """Put what stands in a record beside its header into `metadata`, where the protocol has it (section 2.5)."""
    end = record.rindex(b"</record>")
    return record[:end].replace(b"</header>", b"</header><metadata>", 1) + b"</metadata>" + record[end:]


def zipped(path: Path) -> list[tuple[str, bytes]]:
    """Read the records of an archive."""
    with zipfile.ZipFile(path) as files:
        return [(name, files.read(name)) for name in sorted(files.namelist())]


class Site(NamedTuple):
    """An installation, and providers that run, by their names."""

    memory: Memory
    held: dict[str, Holding]

    def stored(self, source: str) -> dict[str, Description]:
        """Give what is live of a source, by the source's identifiers."""
        with self.memory.database.read() as conn:
            found = [row.item for row in items.newest(conn, ALL) if row.item.source == source]
        return {item.local_id: item.description for item in found}

    def codes(self, source: str, identifier: str) -> set[str]:
        """Give the codes of the problems of one record."""
        with self.memory.database.read() as conn:
            item = find_identity(conn, source, identifier)
            assert item is not None
            return {found.problem.code for found in findings.of_subject(conn, item)}

    def problems(self, source: str) -> dict[str, int]:
        """Count the problems of a source by their codes."""
        with self.memory.database.read() as conn:
            return findings.counts(conn, source)

    def aside(self, source: str) -> list[tuple[str, str]]:
        """Name what is set aside of a source: how, and why."""
        with self.memory.database.read() as conn:
            return [(row.kind, row.reason) for row in status.set_aside(conn, source)]

    def repairs(self, source: str) -> set[str]:
        """Give the codes of what was repaired in a source's answers."""
        with self.memory.database.read() as conn:
            return {code for page in records.repaired_pages(conn, source) for code in page.repairs}

    def sums(self, source: str) -> status.SourceStatus:
        """Sum up a source."""
        with self.memory.database.read() as conn:
            return next(row for row in status.of_all(conn) if row.source == source)


@contextmanager
def sited(data: Path, pages: dict[str, Holding], prefixes: dict[str, str]) -> Iterator[Site]:
    """Open an installation in which providers that run are registered."""
    memory = open_memory(Settings(data=str(data)))
    memory.database.migrate()

    def reply(request: Request) -> Answer:
        return pages[request.target.split("/")[1]].answer(request)

    with serve(reply) as running:
        with memory.database.write() as tx:
            institutions.save(tx, Institution("lib", "도서관", "Library"))
            for name in pages:
                endpoint = f"{running.url}/{name}/oai"
                sources.save(tx, Source(name, name, name, endpoint, "lib", (prefixes.get(name, "x"),)))
        yield Site(memory, pages)
    memory.close()


def bare_files(folder: Path) -> dict[str, Path]:
    """Name the files of one record each."""
    return {path.stem: path for name in ("hubs", "formats") for path in sorted((folder / name).glob("*.xml"))}


PREFIXES = {"nsdl": "nsdl_dc", "arxiv": "arXiv", "harvard": "mods", "inspire": "marcxml", "mimo": "edm"}


def answers(folder: Path) -> dict[str, Holding]:
    """Make a provider of each real answer; of Harvard's list only one page was kept, so that it ends there."""
    oai = folder / "oai"
    harvard = TOKEN.sub(b"", (oai / "harvard_mods_oai-page.xml").read_bytes())
    whole = {
        "nsdl": Holding((oai / "nsdl_GoodResponseSinglePage.xml").read_bytes()),
        "arxiv": Holding((oai / "arxiv_cs.xml").read_bytes(), "YYYY-MM-DD"),
        "harvard": Holding(harvard, "YYYY-MM-DD"),
        "inspire": Holding((oai / "inspire_marcxml.xml").read_bytes()),
        "mimo": Holding(wrapped(zipped(folder / "edm" / "mimo_records.zip")), "YYYY-MM-DD"),
    }
    single = {
        name: Holding(wrapped([(name, path.read_bytes())]), "YYYY-MM-DD")
        for name, path in bare_files(folder).items()
    }
    return whole | single


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, shared_data: Path) -> Iterator[Site]:
    """An installation with a provider of each real answer."""
    with sited(tmp_path_factory.mktemp("answers"), answers(shared_data), PREFIXES) as given:
        yield given


def check(site: Site, source: str) -> tuple[Run, Counter[tuple[str, str]]]:
    """Harvest a source: every item has a title, its identifier and a type that says how it was told; sums hold.

    Gives the run, and how many items have which type, told how: said, type_derived or type_unknown.
    """
    done = run.harvest(site.memory, source)
    kinds: Counter[tuple[str, str]] = Counter()
    sent = [name_of(row) for row in site.held[source].rows]
    for identifier, description in site.stored(source).items():
        assert identifier in sent
        assert description.titles[0].value.strip()
        codes = site.codes(source, identifier)
        (how,) = codes & {"type_derived", "type_unknown"} or {"said"}
        assert description.type in TYPES and (description.type == "unknown") == (how == "type_unknown")
        kinds[description.type, how] += 1
    sums = site.sums(source)
    assert sums.sums_hold
    assert done.counts["received"] == sum(done.counts[kind] for kind in status.RECEIPTS) == len(sent)
    assert "ListIdentifiers" in site.held[source].asked
    return done, kinds


def kept(problems: dict[str, int], *codes: str) -> dict[str, int]:
    """Keep the counts of some codes."""
    return {code: problems.get(code, 0) for code in codes}


def test_nsdl_162_of_162(site: Site) -> None:
    """All are told to be texts, a class too wide to be a type; what is asked for its terms of use is a claim."""
    done, kinds = check(site, "nsdl")
    assert (done.state, done.counts["new"]) == (RunState.COMPLETE, 162)
    assert kinds == {("document", "type_derived"): 162}
    assert kept(site.problems("nsdl"), "field_not_consumed", "date_unparsed", "type_derived") == {
        "field_not_consumed": 162,  # lar:readiness
        "date_unparsed": 0,
        "type_derived": 162,
    }
    (claim,) = site.stored("nsdl")["oai:nsdl.org:2200/20061003062336249T"].claims
    assert (claim.layer, "commercial purpose" in claim.value) == ("text", True)
    assert site.aside("nsdl") == []


def test_arxiv_46_of_46(site: Site) -> None:
    done, kinds = check(site, "arxiv")
    assert (done.state, done.counts["new"]) == (RunState.COMPLETE, 46)
    assert kinds == {("document", "type_derived"): 46}
    assert kept(site.problems("arxiv"), "field_not_consumed", "date_unparsed") == {
        "field_not_consumed": 2,  # proxy
        "date_unparsed": 0,
    }
    stored = site.stored("arxiv")
    assert sum(len(row.agents) for row in stored.values()) == 131
    assert sum(note.kind == "abstract" for row in stored.values() for note in row.notes) == 46
    assert all(row.claims for row in stored.values())
    assert stored["oai:arXiv.org:1101.4388"].identifiers == ("1101.4388", "10.1016/j.acha.2012.03.009")
    assert site.aside("arxiv") == []


def test_harvard_10_of_10(site: Site) -> None:
    done, kinds = check(site, "harvard")
    assert (done.state, done.counts["new"]) == (RunState.COMPLETE, 10)
    assert kinds == {("unknown", "type_unknown"): 10}
    assert kept(site.problems("harvard"), "field_not_consumed", "type_unknown") == {
        "field_not_consumed": 30,  # three extensions each
        "type_unknown": 10,
    }
    assert site.aside("harvard") == []


def test_edm_195_of_195(site: Site) -> None:
    done, kinds = check(site, "mimo")
    assert (done.state, done.counts["new"]) == (RunState.COMPLETE, 195)
    assert kinds == {("object", "type_derived"): 195}
    assert kept(site.problems("mimo"), "field_not_consumed", "date_unparsed", "media_missing") == {
        "field_not_consumed": 0,
        "date_unparsed": 1,
        "media_missing": 0,
    }
    assert site.aside("mimo") == []


def test_conferences_without_a_title_of_their_own_are_parked(site: Site) -> None:
    """INSPIRE's two records describe conferences (MARC field 111) and no thing."""
    done, _ = check(site, "inspire")
    assert (done.counts["received"], done.counts["parked"]) == (2, 2)
    assert site.aside("inspire") == [("parked", "title_missing")] * 2


@pytest.mark.parametrize(
    ("name", "kind", "how", "unread"),
    [
        ("bhl", "book", "said", 0),
        ("ct", "document", "said", 0),
        ("gpo", "book", "said", 7),
        ("in", "sound", "said", 0),
        ("ma", "photograph", "said", 0),
        ("nc", "document", "type_derived", 0),
        ("ohio", "document", "type_derived", 0),
        ("rumsey", "map", "said", 0),
        ("virginias", "document", "type_derived", 0),
        ("wi", "document", "type_derived", 0),
        ("michigan_bad", "photograph", "type_derived", 0),
        ("gutenberg", "unknown", "type_unknown", 68),
        ("finna_marc_geo", "map", "said", 9),
        ("finna_marc_links", "document", "type_derived", 3),
        ("finna_qdc1", "document", "said", 2),
    ],
)
def test_one_well_formed_record_of_each_hub(site: Site, name: str, kind: str, how: str, unread: int) -> None:
    done, kinds = check(site, name)
    assert (done.state, done.counts["new"], kinds) == (RunState.COMPLETE, 1, {(kind, how): 1})
    assert site.problems(name).get("field_not_consumed", 0) == unread
    assert (site.aside(name), site.repairs(name)) == ([], set())


@pytest.mark.parametrize(
    ("name", "kind", "how", "title"),
    [
        ("mwdl", "photograph", "type_derived", "Folio: To Do Something With the Sky"),
        ("tn", "document", "type_derived", "Title"),
        ("txdl", "video", "said", "Shad E. Graham papers Film Reel 1"),
    ],
)
def test_broken_namespaces_are_repaired_and_flagged(
    site: Site, name: str, kind: str, how: str, title: str
) -> None:
    done, kinds = check(site, name)
    assert (done.state, done.counts["new"], kinds) == (RunState.REPAIRED, 1, {(kind, how): 1})
    assert [row.titles[0].value for row in site.stored(name).values()] == [title]
    assert (site.repairs(name), site.aside(name)) == ({"namespace"}, [])
    with site.memory.database.read() as conn:
        (page,) = records.repaired_pages(conn, name)
        assert records.quarantined_bytes(conn, page.digest) == site.held[name].page  # as sent


@pytest.mark.parametrize(
    ("name", "kind", "reason"),
    [
        ("feedbooks", "parked", "metadata_foreign"),  # Atom
        ("si", "parked", "metadata_foreign"),  # the Smithsonian's own
        ("finna_eaccpf1", "parked", AGENT),
        ("orbis-cascade", "quarantined", "record_not_wellformed"),  # prefixes that nobody can know
    ],
)
def test_what_is_no_item_is_set_aside_with_a_reason(site: Site, name: str, kind: str, reason: str) -> None:
    done, kinds = check(site, name)
    assert (done.counts[kind], kinds, site.aside(name)) == (1, {}, [(kind, reason)])
    identifier = name_of(site.held[name].rows[0])
    with site.memory.database.read() as conn:
        assert status.raw_of(conn, name, identifier)


def test_broken_records_do_no_harm_to_their_neighbours(tmp_path: Path, shared_data: Path) -> None:
    """All files of one record each on one page: it is cut into its records, and each ends as it does alone.

    Wisconsin's stays out, because it bears the identifier of Ohio's.
    """
    files = [(name, path.read_bytes()) for name, path in bare_files(shared_data).items() if name != "wi"]
    with sited(tmp_path, {"all": Holding(wrapped(files))}, {}) as site:
        done, _ = check(site, "all")
        counts = done.counts
        assert (done.state, counts["received"], counts["new"]) == (RunState.REPAIRED, 21, 17)
        assert (counts["parked"], counts["quarantined"]) == (3, 1)
        assert site.repairs("all") == {"salvaged", "namespace"}
        assert Counter(site.aside("all")) == {
            ("parked", "metadata_foreign"): 2,
            ("parked", AGENT): 1,
            ("quarantined", "record_not_wellformed"): 1,
        }


class Change(NamedTuple):
    """A change of the bytes of one record, and the field of the item that it changes."""

    number: int
    old: bytes
    new: bytes
    field: str


CHANGES = {
    "nsdl": (
        Change(0, b"Molecular Structure of", b"The Structure of", "titles"),
        Change(80, b"<dc:description>", b"<dc:description>Again: ", "notes"),
        Change(161, b"<dc:language>English<", b"<dc:language>Korean<", "languages"),
    ),
    "arxiv": (
        Change(1, b"licenses/nonexclusive-distrib/1.0/", b"licenses/other/1.0/", "claims"),
        Change(45, b"<title>", b"<title>On ", "titles"),
    ),
    "harvard": (Change(3, b"<mods:title>Plate 4.", b"<mods:title>Plate IV.", "titles"),),
    "mimo": (
        Change(7, b"</dc:title>", b", again</dc:title>", "titles"),
        Change(100, b">Birckholtz</dc:creator>", b">Birkholz</dc:creator>", "agents"),
    ),
}


@pytest.mark.parametrize("full", [True, False])
@pytest.mark.parametrize("source", CHANGES)
def test_a_second_harvest_shows_exactly_what_changed(
    tmp_path: Path, shared_data: Path, source: str, full: bool
) -> None:
    """Whether everything is asked for, or what is newer; a datestamp alone is no change."""
    held = answers(shared_data)[source]
    with sited(tmp_path, {source: held}, PREFIXES) as site:
        run.harvest(site.memory, source)
        before = site.stored(source)
        newer = b"2027-01-01" if held.granularity == "YYYY-MM-DD" else b"2027-01-01T00:00:00Z"
        changed = {
            held.change(one.number, one.old, one.new, b"" if full else newer): one.field
            for one in CHANGES[source]
        }
        touched = held.change(2, b"datestamp", b"datestamp", newer)
        done = run.harvest(site.memory, source, full=full)
        after = site.stored(source)
        assert after.keys() == before.keys() and touched not in changed
        assert differences(before, after) == changed
        total = len(before) if full else len(changed) + 1
        assert (done.counts["received"], done.counts["changed"]) == (total, len(changed))
        assert (done.counts["unchanged"], done.counts["new"]) == (total - len(changed), 0)
        assert site.sums(source).sums_hold


def differences(before: dict[str, Description], after: dict[str, Description]) -> dict[str, str]:
    """Name the fields in which descriptions differ, by identifier."""
    return {
        identifier: ", ".join(
            name
            for name in Description.__struct_fields__
            if getattr(old, name) != getattr(after[identifier], name)
        )
        for identifier, old in before.items()
        if old != after[identifier]
    }
