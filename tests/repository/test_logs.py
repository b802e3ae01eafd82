"""Structured logs: facts as fields, never a secret."""

from __future__ import annotations

import json
import logging
import sys

from repository.logs import JsonFormatter


def line(**extra: object) -> dict[str, object]:
    record = logging.makeLogRecord(
        {"msg": "harvest ended", "levelname": "INFO", "name": "harvest.run", **extra}
    )
    found = json.loads(JsonFormatter().format(record))
    assert isinstance(found, dict)
    return found


def test_a_message_is_fixed_and_its_facts_are_fields() -> None:
    found = line(source="sample-library", received=12)
    assert (found["message"], found["source"], found["received"]) == ("harvest ended", "sample-library", 12)


def test_what_sounds_like_a_secret_is_never_written() -> None:
    found = line(api_key="abc", Authorization="Bearer abc", password="abc", resumptionToken="abc")
    assert "abc" not in json.dumps(found)


def test_a_trace_is_kept_in_one_line() -> None:
    try:
        raise ValueError("여기")
    except ValueError:
        found = line(exc_info=sys.exc_info())
    assert "ValueError: 여기" in str(found["trace"])
