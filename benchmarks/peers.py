"""Sickle and oaipmh-scythe in the hands of an honest, simple user: as they come, and with sensible options.

He lists the records, keeps each under its identifier, drops what is called deleted, and begins the next list at the
time that the provider said in the last. An answer "nothing matches" is an empty list to him; every other exception
is trouble that he hears of.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from oaipmh_scythe import Scythe, exceptions
from oaipmh_scythe.config import HTTPConfig, RetryConfig
from oaipmh_scythe.iterator import OAIItemIterator
from sickle import Sickle
from sickle.oaiexceptions import NoRecordsMatch

from harvest.client import USER_AGENT

DATE = ".//{http://www.openarchives.org/OAI/2.0/}responseDate"
RETRIED = (429, 500, 502, 503, 504)
RETRIES, PATIENCE, TIMEOUT = 3, 1, 5


class Contract(NamedTuple):
    """What is known of a provider beforehand: its address, a set, headers that it wants, a certificate to trust."""

    endpoint: str
    set: str = ""
    headers: Mapping[str, str] = {}
    ca_file: str = ""


class Kept(NamedTuple):
    """What the user holds after a list, by identifier, and when the provider said it was."""

    titles: dict[str, str]
    date: str


Peer = Callable[[Contract, str, dict[str, str]], Kept]


def sickle_default(contract: Contract, from_: str, held: dict[str, str]) -> Kept:
    """List with Sickle as its documentation begins."""
    return _sickle(Sickle(contract.endpoint), contract, from_, held)


def sickle_sensible(contract: Contract, from_: str, held: dict[str, str]) -> Kept:
    """List with Sickle, retries, a timeout, a name of one's own, and what the provider is known to want."""
    client = Sickle(
        contract.endpoint,
        max_retries=RETRIES,
        retry_status_codes=RETRIED,
        default_retry_after=PATIENCE,
        timeout=TIMEOUT,
        headers={"User-Agent": USER_AGENT, **contract.headers},
        verify=contract.ca_file or True,
    )
    return _sickle(client, contract, from_, held)


def _sickle(client: Any, contract: Contract, from_: str, held: dict[str, str]) -> Kept:
    asked = {"metadataPrefix": "oai_dc", "from": from_, "set": contract.set}
    try:
        listed = client.ListRecords(**{name: value for name, value in asked.items() if value})
    except NoRecordsMatch:
        return Kept(held, from_)
    date = listed.oai_response.xml.findtext(DATE) or ""
    return Kept(_keep(listed, held), date)


def scythe_default(contract: Contract, from_: str, held: dict[str, str]) -> Kept:
    """List with oaipmh-scythe as its documentation begins."""
    with Scythe(contract.endpoint) as client:
        return _scythe(client, contract, from_, held)


def scythe_sensible(contract: Contract, from_: str, held: dict[str, str]) -> Kept:
    """List with oaipmh-scythe, retries of both kinds, a timeout, and what the provider is known to want."""
    retry = RetryConfig(RETRIES, RETRIED, PATIENCE, retry_on_transport_error=True)
    if contract.ca_file:
        os.environ["SSL_CERT_FILE"] = contract.ca_file  # it takes no certificates otherwise
    web = HTTPConfig(timeout=TIMEOUT, user_agent=USER_AGENT)
    with Scythe(contract.endpoint, http_config=web, retry_config=retry) as client:
        client.client.headers.update(contract.headers)
        return _scythe(client, contract, from_, held)


def _scythe(client: Scythe, contract: Contract, from_: str, held: dict[str, str]) -> Kept:
    asked = {"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": from_, "set": contract.set}
    try:
        listed = OAIItemIterator(client, {name: value for name, value in asked.items() if value})
    except exceptions.NoRecordsMatch:
        return Kept(held, from_)
    answer: Any = listed.oai_response
    date = answer.xml.findtext(DATE) or ""
    return Kept(_keep(listed, held), date)


def _keep(listed: Iterable[Any], held: dict[str, str]) -> dict[str, str]:
    for record in listed:
        if record.header.deleted:
            held.pop(record.header.identifier, None)
        else:
            held[record.header.identifier] = (record.metadata.get("title") or [""])[0] or ""
    return held


PEERS: Mapping[str, Peer] = {
    "Sickle 0.7.0": sickle_default,
    "Sickle, options": sickle_sensible,
    "scythe 0.16.0": scythe_default,
    "scythe, options": scythe_sensible,
}
