"""A new generation in Elasticsearch in parts: processes write into one index that answers nobody yet.

The index takes the documents of all parts, and a file on this machine says of each that all of it is there. An
index is known by the identity that the server gave it, since another machine may have deleted it and made one of
the same name: then nothing of it stands, and the rebuild begins anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from elasticsearch import Elasticsearch

from repository.search.document import SearchDocument
from repository.search.elastic_client import Absent, translated
from repository.search.elastic_generations import ElasticGenerations, building
from repository.search.elastic_lease import Lease
from repository.search.elastic_mapping import VERSION, to_source
from repository.search.elastic_writer import MOST_BYTES, Step, write
from repository.search.engine import Results
from repository.search.generations import unreadable
from repository.search.parts import delete_folders, write_whole
from repository.search.query import Query
from repository.search.tokens import Tokens
from repository.shapes import Shape

_GENERATION = "generation.json"
_FOLDERS = "beside-elastic-v"


class _Generation(msgspec.Struct, frozen=True):
    """The generation that is being built."""

    name: str
    identity: str


class _Standing(msgspec.Struct, frozen=True):
    """What was written of a part: into which generation, and how many documents."""

    identity: str
    documents: int


_GENERATIONS = Shape(_Generation)
_STANDING = Shape(_Standing)


class ElasticBeside:
    """See `repository.search.parts.Beside`; `ask` puts a question to one generation."""

    def __init__(
        self,
        client: Elasticsearch,
        generations: ElasticGenerations,
        lease: Lease,
        folder: Path,
        ask: Callable[[str, Query], Results],
    ) -> None:
        self._client = client
        self._generations = generations
        self._lease = lease
        self._ask = ask
        self._joined = ""
        self.folder = folder / f"{_FOLDERS}{VERSION}"

    @property
    def building(self) -> str:
        """The name of the generation that an unfinished rebuild here wants, or nothing."""
        made = self._made()
        return made.name if made else ""

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Be the only rebuild over all machines while the block runs."""
        with _there(), self._lease.held():
            yield

    def begin(self) -> None:
        """Find the generation that an earlier rebuild made, or make one, and delete what others left.

        One that took its place already is found too: of that rebuild only the last steps are done again.
        """
        with _there():
            made = self._made()
            if made is None or self._generations.identity(made.name) != made.identity:
                self.forget()
                name = self._generations.fresh()  # before the old is deleted, so that no name comes again
                made = _Generation(name, self._generations.identity(name))
                self.folder.mkdir(parents=True)
                write_whole(self.folder / _GENERATION, msgspec.json.encode(made))
            self._generations.sweep(keep=made.name)

    def renew(self) -> None:
        """Say that the rebuild lives, where it is time to."""
        with _there():
            self._lease.renew()

    @contextmanager
    def part(self, number: int) -> Iterator[ElasticPart]:
        """Write one part; written twice, it is there once, for a document's id is its place."""
        if (made := self._made()) is None:
            raise unreadable("no generation is being built")
        with _there():
            part = ElasticPart(self._client, building(made.name))
            yield part
            part.send()
        write_whole(self._path(number), msgspec.json.encode(_Standing(made.identity, part.documents)))

    def counted(self, number: int) -> Path:
        """Give the file in which what was counted of a part is kept."""
        return self.folder / f"counted-{number:06d}"

    def standing(self) -> frozenset[int]:
        """Tell which parts stand."""
        return frozenset(self._standing())

    def join(self) -> str:
        """Have everything found that was written. Raises StoreError, and forgets all, where it is less than that."""
        self.renew()
        name, expected = self.building, sum(self._standing().values())
        with _there():
            found = self._generations.count(name)
            if found < expected and name not in self._generations.state().live:
                self.forget()
                raise unreadable(f"{name} holds {found} of the {expected} documents that were written")
        self._joined = name
        return name

    def search(self, query: Query) -> Results:
        """Ask the joined generation."""
        self.renew()
        with _there():
            return self._ask(self._joined, query)

    def swap(self) -> None:
        """Make the joined generation the live one, and forget the parts."""
        if not self._joined:
            raise unreadable("nothing was joined")
        self.renew()
        with _there():
            if self._joined not in self._generations.state().live:
                self._generations.swap(self._joined)
        self.forget()

    def forget(self) -> None:
        """Forget the parts, of other versions too; the next `begin` deletes their generation."""
        delete_folders(self.folder.parent, f"{_FOLDERS}*")

    def _made(self) -> _Generation | None:
        try:
            return _GENERATIONS.read((self.folder / _GENERATION).read_bytes())
        except (FileNotFoundError, msgspec.DecodeError):
            return None

    def _standing(self) -> dict[int, int]:
        """Give how many documents each part has that stands; what a dying process wrote of another is none."""
        made, found = self._made(), {}
        for path in self.folder.glob("part-??????"):
            try:
                part = _STANDING.read(path.read_bytes())
            except msgspec.DecodeError:
                continue
            if made and part.identity == made.identity:
                found[int(path.name[5:])] = part.documents
        return found

    def _path(self, number: int) -> Path:
        return self.folder / f"part-{number:06d}"


class ElasticPart:
    """See `repository.search.parts.Part`; `documents` is how many were sent."""

    def __init__(self, client: Elasticsearch, alias: str) -> None:
        self._client = client
        self._alias = alias
        self._steps: list[Step] = []
        self._size = 0
        self.documents = 0

    def add(self, document: SearchDocument, tokens: Tokens) -> None:
        """Write a document that was analysed already, together with others."""
        step = Step(document.id, to_source(document, tokens))
        if self._size + step.size() > MOST_BYTES:
            self.send()
        self._steps.append(step)
        self._size += step.size()

    def send(self) -> None:
        """Send what waits. Raises StoreError where the server does not take all of it."""
        write(self._client, self._alias, self._steps)
        self.documents += len(self._steps)
        self._steps, self._size = [], 0


@contextmanager
def _there() -> Iterator[None]:
    """Turn the client's errors into ours, also where the generation was deleted meanwhile."""
    try:
        with translated():
            yield
    except Absent as error:
        raise unreadable("the generation that was being built is gone") from error
