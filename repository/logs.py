"""Structured logs: one JSON object a line on standard error, with the facts that a message carries."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime

_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName", "color_message"}
_SECRET = ("password", "secret", "token", "authorization", "cookie", "key")


class JsonFormatter(logging.Formatter):
    """Write a log record as JSON; values whose name sounds like a secret are never written."""

    def format(self, record: logging.LogRecord) -> str:
        """Give the line of one record."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= {name: _safe(name, value) for name, value in vars(record).items() if name not in _STANDARD}
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def _safe(name: str, value: object) -> object:
    return "…" if any(word in name.lower() for word in _SECRET) else value


def configure(level: str, *, as_json: bool) -> None:
    """Send all logs to standard error, in one of two forms."""
    handler = logging.StreamHandler(sys.stderr)
    plain = logging.Formatter("%(levelname)s %(name)s: %(message)s")
    handler.setFormatter(JsonFormatter() if as_json else plain)
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for chatty in ("alembic", "httpcore", "httpx", "pyvips"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
