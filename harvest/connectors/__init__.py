"""The kinds of sources there are, and how each is opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec

from harvest import secrets
from harvest.client import OaiClient
from harvest.connector import Connector
from harvest.connectors import files, sheet
from harvest.connectors.rest import RestConnector
from harvest.connectors.rest_key import Secret
from harvest.oai_asking import Habits
from harvest.pacing import Pacer
from harvest.source import Source
from harvest.source_kinds import SECRET, Rest, Sheet
from harvest.transport import Limits, Transport


class Opening(msgspec.Struct, frozen=True):
    """What opening a connector takes beside the source: who asks, what was learnt, and the process's pacer.

    `data` is the data folder, where files are put and keys are kept.
    """

    user_agent: str
    habits: Habits
    pacer: Pacer
    data: Path


Opener = Callable[[Source, Opening], Connector]


def open_connector(source: Source, opening: Opening) -> Connector:
    """Open a source by its kind."""
    return KINDS[source.kind](source, opening)


def _oai(source: Source, opening: Opening) -> Connector:
    return OaiClient(
        source.endpoint,
        pace=source.pace,
        user_agent=opening.user_agent,
        headers=source.headers,
        ca_file=_ca_file(source),
        habits=opening.habits,
        pacer=opening.pacer,
    )


def _rest(source: Source, opening: Opening) -> Connector:
    """Open a REST endpoint; raises ConfigurationError where its key is not at hand."""
    options = source.rest or Rest("", "")
    transport = _transport(source, opening, Limits(), "application/json, application/xml;q=0.9, */*;q=0.1")
    return RestConnector(source, options, transport, _secret(options, opening), opening.habits)


def _files(source: Source, opening: Opening) -> Connector:
    return files.connector(source, opening.data, opening.habits)


def _sheet(source: Source, opening: Opening) -> Connector:
    transport = _transport(source, opening, sheet.limits(), "text/csv, */*;q=0.5")
    return sheet.connector(source, source.sheet or Sheet(""), opening.data, opening.habits, transport)


def _secret(options: Rest, opening: Opening) -> Secret:
    if options.key is None:
        return Secret()
    return Secret(options.key, secrets.find(opening.data, options.key.value.removeprefix(SECRET)))


def _transport(source: Source, opening: Opening, limits: Limits, accept: str) -> Transport:
    headers = {"User-Agent": opening.user_agent, "Accept": accept, **source.headers}
    return Transport(limits, headers, pace=source.pace, ca_file=_ca_file(source), pacer=opening.pacer)


def _ca_file(source: Source) -> Path | None:
    return Path(source.ca_file) if source.ca_file else None


KINDS: Mapping[str, Opener] = {"oai": _oai, "rest": _rest, "files": _files, "sheet": _sheet}
