"""The real answers of the shared data, served again as OAI-PMH on the loopback, with its pictures as media.

Nothing is changed in an answer but the addresses of its files, which point here; records that were kept one
by one are put into pages, and those of the Bibliothèque nationale, which name no picture, are given one. What
the records say is read here once more, by other means than the harvest's, to be held against it.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from lxml import etree

from harvest.source import Source
from tests.harvest.loopback import Answer, Request, serve

HEAD = (
    '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2026-01-01T00:00:00Z</responseDate>'
    "<request>http://x.example/</request><ListRecords>"
)
ERROR = (
    '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2026-01-01T00:00:00Z</responseDate>'
    '<error code="{}"/></OAI-PMH>'
)
RECORD = "{http://www.openarchives.org/OAI/2.0/}record"
DC_TITLE = "{http://purl.org/dc/elements/1.1/}title"
MODS_TITLE = "./{*}metadata/{*}mods/{*}titleInfo/{*}title"
PAGE = 50
DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
CONTROL = re.compile(r"[\x7f-\x9f]")
PREFIXES = {"harvard": "mods", "mimo": "edm", "sickle": "oai_dc", "bnf": "oai_dc"}


class Told(NamedTuple):
    """What the answers say of one live record."""

    source: str
    identifier: str
    titles: frozenset[str]


class Shared(NamedTuple):
    """The shared folder, and the address under which its answers and pictures are served."""

    folder: Path
    base: str

    def pages(self, source: str) -> dict[str, bytes]:
        """Give the pages of a source by their resumption tokens; the first has the empty token."""
        return {"harvard": self._harvard, "mimo": self._mimo, "sickle": self._sickle, "bnf": self._bnf}[
            source
        ]()

    def _harvard(self) -> dict[str, bytes]:
        page = (self.folder / "oai" / "harvard_mods_oai-page.xml").read_bytes()
        token = etree.fromstring(page).findtext(".//{*}resumptionToken") or ""
        here = page.replace(b"https://nrs.harvard.edu", f"{self.base}/media".encode())
        here = here.replace(
            b'completeListSize="4147"', b'completeListSize="10"'
        )  # of them all there is one page
        return {"": here, token: ERROR.format("noRecordsMatch").encode()}

    def _mimo(self) -> dict[str, bytes]:
        records = []
        with zipfile.ZipFile(self.folder / "edm" / "mimo_records.zip") as files:
            for name in sorted(files.namelist()):
                body = DECLARATION.sub("", files.read(name).decode())
                body = body.replace("http://www.mimo-db.eu/media", f"{self.base}/media")
                header = f"<identifier>oai:mimo:{name}</identifier><datestamp>2026-01-01</datestamp>"
                records.append(f"<record><header>{header}</header><metadata>{body}</metadata></record>")
        return paged(records)

    def _sickle(self) -> dict[str, bytes]:
        names = ("ListRecords.xml", "ListRecords2.xml", "ListRecords3.xml", "ListRecords4.xml")
        found = {name: (self.folder / "oai" / "sickle" / name).read_bytes() for name in names}
        return {"": found.pop(names[0]), **found}

    def _bnf(self) -> dict[str, bytes]:
        records = []
        with zipfile.ZipFile(self.folder / "edm" / "bnf_with_xslt.zip") as files:
            for name in sorted(files.namelist()):
                body = DECLARATION.sub("", files.read(name).decode())
                picture = f"<relation>{self.base}/media/{Path(name).stem}.jpg</relation>"
                given = picture.replace("<relation>", '<relation xmlns="http://purl.org/dc/elements/1.1/">')
                records.append(body.replace("</oai_dc:dc>", f"{given}</oai_dc:dc>"))
        return paged(records)

    def told(self) -> list[Told]:
        """Read every live record's identifier and titles."""
        found: dict[tuple[str, str], Told] = {}
        for source in PREFIXES:
            for page in self.pages(source).values():
                for record in etree.fromstring(page).iter(RECORD):
                    identifier = (record.findtext("./{*}header/{*}identifier") or "").strip()
                    titles = [*record.iterfind(MODS_TITLE), *record.iter(DC_TITLE)]
                    said = frozenset(map(_text, titles))
                    if said:
                        found[source, identifier] = Told(source, identifier, said)
        return list(found.values())

    def source(self, name: str) -> Source:
        """Describe a source as it is registered, under the institution of the same name."""
        endpoint = f"{self.base}/{name}/oai"
        return Source(name, name, name, endpoint, name, (PREFIXES[name],), media_hosts=("127.0.0.1",))


def _text(element: etree._Element) -> str:
    """Give what an element says, its blanks as one each, without the control characters that no text may hold."""
    return " ".join(CONTROL.sub("", "".join(map(str, element.itertext()))).split())


def paged(records: list[str]) -> dict[str, bytes]:
    """Put records into pages of an answer, each naming the next by its place."""
    pages = {}
    for start in range(0, len(records), PAGE):
        token = str(start + PAGE) if start + PAGE < len(records) else ""
        end = f"<resumptionToken>{token}</resumptionToken></ListRecords></OAI-PMH>"
        body = "".join(records[start : start + PAGE])
        pages[str(start) if start else ""] = f"{HEAD}{body}{end}".encode()
    return pages


def pictures(folder: Path) -> list[Path]:
    """Give the pictures that stand in for the files named: sound ones of many formats."""
    images = folder / "images"
    found = [path for name in ("art", "formats", "loc", "skimage") for path in (images / name).iterdir()]
    return sorted(path for path in found if path.suffix != ".pdf")


def hostile(folder: Path) -> list[Path]:
    """Give the hostile pictures: broken, truncated, bombs, odd depths and colours."""
    return sorted((folder / "images" / "hostile").iterdir())


@contextmanager
def served(folder: Path) -> Iterator[Shared]:
    """Serve everything; what a Harvard record names is a hostile picture, anything else a sound one."""
    ready: list[Shared] = []
    sound, unsound = pictures(folder), hostile(folder)

    def reply(request: Request) -> Answer:
        path = urlsplit(request.target).path
        if path.startswith("/media/"):
            pool = unsound if "FMUS.ARN" in path else sound
            return Answer(pool[zlib.crc32(path.encode()) % len(pool)].read_bytes())
        asked, source = request.arguments, path.strip("/").partition("/")[0]
        known = ready[0].pages(source)
        token = asked.get("resumptionToken", "")
        if asked.get("verb") != "ListRecords" or token not in known:
            return Answer(ERROR.format("badResumptionToken" if token else "badVerb").encode())
        if not token and asked.get("metadataPrefix") != PREFIXES[source]:
            return Answer(ERROR.format("cannotDisseminateFormat").encode())
        return Answer(known[token])

    with serve(reply) as running:
        ready.append(Shared(folder, running.url))
        yield ready[0]
