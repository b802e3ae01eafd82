"""The OAI-PMH endpoints of the sample institutions, on the independent `oaipmh` package."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from lxml import etree
from oaipmh import common, error
from oaipmh.metadata import MetadataRegistry
from oaipmh.server import BatchingServer

from harvest.sample import formats
from harvest.sample.formats import Sent
from harvest.sample.works import Work, institutions, load, overridden

BATCH = 10
ENDPOINTS: Mapping[str, tuple[str, ...]] = {
    "library": ("oai_dc",),
    "museum": ("mods", "oai_dc"),
    "gallery": ("mods", "oai_dc"),
    "archive": ("edm",),
}
SETS = {
    "book": "책", "ceramics": "도자", "document": "문서", "film": "영상", "flower": "꽃", "genre": "풍속",
    "hangul": "한글", "landscape": "산수", "map": "지도", "minhwa": "민화", "modern": "근대", "music": "음악",
    "newspaper": "신문", "object": "유물", "painting": "그림", "photograph": "사진", "poetry": "시",
    "season": "세시풍속", "uigwe": "의궤",
}  # fmt: skip
_WRITERS: Mapping[str, tuple[Callable[[etree._Element, Sent], None], str, str]] = {
    "oai_dc": (
        formats.oai_dc,
        "http://www.openarchives.org/OAI/2.0/oai_dc.xsd",
        "http://www.openarchives.org/OAI/2.0/oai_dc/",
    ),
    "mods": (formats.mods, "http://www.loc.gov/standards/mods/v3/mods-3-7.xsd", "http://www.loc.gov/mods/v3"),
    "edm": (
        formats.edm,
        "https://www.europeana.eu/schemas/edm/EDM.xsd",
        "http://www.europeana.eu/schemas/edm/",
    ),
}


@dataclass(frozen=True, slots=True)
class Provider:
    """One endpoint, in the interface that `BatchingServer` asks for; its camel-case names are not ours."""

    source: str
    base: str
    data: Path
    tiny: bool = False

    def works(self) -> tuple[Work, ...]:
        """All works as they are now; overrides are read anew."""
        return overridden(load(self.source, self.tiny), self.data / "overrides.json")

    def identify(self) -> common.Identify:
        """Who answers. The earliest datestamp is that of the data, so the answer never moves."""
        return common.Identify(
            repositoryName=self._name,
            baseURL=f"{self.base}/{self.source}/oai",
            protocolVersion="2.0",
            adminEmails=[f"curator@{self.source}.sample.example"],
            earliestDatestamp=min(work.stamp for work in load(self.source, self.tiny)),
            deletedRecord="persistent",
            granularity="YYYY-MM-DDThh:mm:ssZ",
            compression=["identity"],
            toolkit_description=False,
        )

    def listMetadataFormats(self, identifier: str | None = None) -> list[tuple[str, str, str]]:
        """The formats of this endpoint; every record is given in all of them."""
        if identifier is not None:
            self._find(identifier)
        return [(prefix, *_WRITERS[prefix][1:]) for prefix in ENDPOINTS[self.source]]

    def listSets(self, cursor: int = 0, batch_size: int = BATCH) -> list[tuple[str, str, str]]:
        """The sets that hold anything, with Korean names."""
        used = sorted({spec for work in self.works() for spec in work.sets})
        return [(spec, SETS[spec], "") for spec in used][cursor : cursor + batch_size]

    def getRecord(self, metadataPrefix: str, identifier: str) -> tuple[Any, Sent, None]:
        """One record, or its deleted header."""
        self._check(metadataPrefix)
        return self._record(self._find(identifier))

    def listIdentifiers(self, **arguments: Any) -> list[Any]:
        """The headers of one batch."""
        return [_header(work) for work in self._batch(**arguments)]

    def listRecords(self, **arguments: Any) -> list[tuple[Any, Sent, None]]:
        """The records of one batch."""
        return [self._record(work) for work in self._batch(**arguments)]

    @property
    def _name(self) -> str:
        return institutions()[f"sample-{self.source}"].name_ko

    def _batch(
        self,
        metadataPrefix: str,
        set: str | None = None,
        from_: datetime | None = None,
        until: datetime | None = None,
        cursor: int = 0,
        batch_size: int = BATCH,
    ) -> list[Work]:
        self._check(metadataPrefix)
        return list(self._matching(set, from_, until))[cursor : cursor + batch_size]

    def _matching(self, spec: str | None, from_: datetime | None, until: datetime | None) -> Iterator[Work]:
        for work in self.works():
            inside = (from_ is None or work.stamp >= from_) and (until is None or work.stamp <= until)
            if inside and (spec is None or spec in work.sets):
                yield work

    def _record(self, work: Work) -> tuple[Any, Sent, None]:
        return _header(work), Sent(work, self.base, self._name), None

    def _find(self, identifier: str) -> Work:
        for work in self.works():
            if work.identifier == identifier:
                return work
        raise error.IdDoesNotExistError(f"no record {identifier}")

    def _check(self, prefix: str) -> None:
        if prefix not in ENDPOINTS[self.source]:
            raise error.CannotDisseminateFormatError(f"no format {prefix}")


def _header(work: Work) -> Any:
    return common.Header(None, work.identifier, work.stamp, work.sets, work.deleted)


def answer(provider: Provider, arguments: dict[str, str]) -> bytes:
    """The OAI-PMH answer to one request, with the damage on purpose done to it.

    A token that is not ours makes `BatchingServer` raise; that is answered as badResumptionToken.
    """
    registry = MetadataRegistry()
    for prefix in ENDPOINTS[provider.source]:
        registry.registerWriter(prefix, _WRITERS[prefix][0])
    server = BatchingServer(provider, registry, resumption_batch_size=BATCH)
    try:
        body: bytes = server.handleRequest(arguments)
    except (TypeError, ValueError) as fault:
        refused = error.BadResumptionTokenError(str(fault))
        body = server.handleException(arguments, (type(refused), refused, None))
    return _damaged(body, provider.works())


def _damaged(body: bytes, works: tuple[Work, ...]) -> bytes:
    """Undo the escaping in the titles of damaged records and misspell the tag behind, so that none can be mended."""
    for work in works:
        if work.damaged:
            for title in filter(None, (work.title, work.hanja, work.roman, work.english)):
                written = title.replace("&", "&amp;")
                body = body.replace(f"{written}</dc:title>".encode(), f"{title}</dc:titel>".encode())
    return body
