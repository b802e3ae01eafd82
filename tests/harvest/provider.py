"""A small OAI-PMH provider for tests: its records are a table that a test changes between two harvests."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from tests.harvest.loopback import Answer, Request

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>{date}</responseDate>
<request verb="ListRecords">http://provider.example/oai</request>"""
IDENTITY = """<Identify><repositoryName>x</repositoryName><earliestDatestamp>2020-01-01T00:00:00Z</earliestDatestamp>
<deletedRecord>persistent</deletedRecord><granularity>YYYY-MM-DDThh:mm:ssZ</granularity></Identify>"""
METADATA = """<metadata><oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">{fields}</oai_dc:dc></metadata>"""


@dataclass
class Row:
    """One record: its Dublin Core fields, its datestamp, and whether it is deleted or damaged."""

    fields: list[tuple[str, str]]
    datestamp: str = "2026-01-01T00:00:00Z"
    deleted: bool = False
    broken: bool = False


@dataclass
class Provider:
    """Answers ListRecords and GetRecord in oai_dc; `refuse` is how many tokens it will not know."""

    rows: dict[str, Row] = field(default_factory=dict)
    page_size: int = 3
    date: str = "2026-02-01T00:00:00Z"
    refuse: int = 0

    def add(self, identifier: str, title: str = "훈민정음", *more: tuple[str, str], **values: object) -> None:
        """Add or replace a record."""
        titles = [("title", title)] if title else []
        self.rows[identifier] = Row([*titles, *more], **values)  # type: ignore[arg-type]  # fields by name

    def reply(self, request: Request) -> Answer:
        """Answer one request."""
        asked = request.arguments
        if asked["verb"] == "Identify":
            return self._send(IDENTITY)
        if asked["verb"] == "GetRecord":
            row = self.rows.get(asked["identifier"])
            found = {asked["identifier"]: row} if row else {}
            return self._answer("GetRecord", found, "") if row else self._error("idDoesNotExist")
        start, from_ = 0, asked.get("from", "")
        if token := asked.get("resumptionToken", ""):
            if self.refuse:
                self.refuse -= 1
                return self._error("badResumptionToken")
            place, from_ = token.split("|")
            start = int(place)
        chosen = {name: row for name, row in sorted(self.rows.items()) if row.datestamp >= from_}
        if not chosen:
            return self._error("noRecordsMatch")
        page = dict(list(chosen.items())[start : start + self.page_size])
        more = start + self.page_size < len(chosen)
        return self._answer("ListRecords", page, f"{start + self.page_size}|{from_}" if more else "")

    def _answer(self, verb: str, page: dict[str, Row], token: str) -> Answer:
        body = "".join(self._record(name, row) for name, row in page.items())
        end = f"<resumptionToken>{token}</resumptionToken>" if verb == "ListRecords" else ""
        return self._send(f"<{verb}>{body}{end}</{verb}>")

    def _error(self, code: str) -> Answer:
        return self._send(f'<error code="{code}">no</error>')

    def _send(self, body: str) -> Answer:
        text = f"{HEAD.format(date=self.date)}{body}</OAI-PMH>"
        return Answer(text.encode(), headers=(("Content-Type", "text/xml"),))

    @staticmethod
    def _record(name: str, row: Row) -> str:
        status = ' status="deleted"' if row.deleted else ""
        header = (
            f"<header{status}><identifier>{name}</identifier><datestamp>{row.datestamp}</datestamp></header>"
        )
        fields = "".join(f"<dc:{tag}>{escape(value)}</dc:{tag}>" for tag, value in row.fields)
        if row.broken:
            fields += "<dc:title>a & b</dc:creator>"
        return f"<record>{header}{'' if row.deleted else METADATA.format(fields=fields)}</record>"
