"""One opened installation: settings, database, files, search engine and rules, handed to doors and run loops."""

from __future__ import annotations

from dataclasses import dataclass

from repository import intake
from repository.blobs import FolderBlobs
from repository.database import Clock, Database, Transaction, utc_now
from repository.intake import Context
from repository.knowing import knowledge_of
from repository.rights.table import RuleTable, load
from repository.search.access import Access
from repository.search.engine import SearchEngine
from repository.search.factory import open_engine
from repository.settings import Settings


@dataclass(frozen=True, slots=True)
class Memory:
    """Everything below the doors, opened once per process."""

    settings: Settings
    database: Database
    blobs: FolderBlobs
    engine: SearchEngine
    rules: RuleTable

    def context(self, tx: Transaction, actor: str = "rules") -> Context:
        """Read what intake needs to know in the transaction that uses it: a grant just made counts."""
        review = self.settings.require_privacy_review
        return intake.context_of(tx.conn, self.rules, int(tx.now[:4]), actor, review)

    def close(self) -> None:
        """Close what holds connections."""
        self.database.close()


def _access(settings: Settings) -> Access:
    return Access(
        index=settings.search_index,
        user=settings.search_user,
        password=settings.search_password,
        api_key=settings.search_api_key,
        ca_file=settings.search_ca_file,
        timeout_seconds=settings.search_timeout_seconds,
        retries=settings.search_retries,
    )


def open_memory(settings: Settings, clock: Clock = utc_now) -> Memory:
    """Open an installation; the data folder is made where it is missing, the schema is left as it is."""
    settings.data_path.mkdir(parents=True, exist_ok=True)
    database = Database(settings.database_url, clock)
    return Memory(
        settings=settings,
        database=database,
        blobs=FolderBlobs(settings.data_path / "files"),
        engine=open_engine(
            settings.search, settings.data_path / "index", knowledge_of(database), _access(settings)
        ),
        rules=load(),
    )
