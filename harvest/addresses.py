"""Where an address in a record may lead: never into our own network, unless its host is trusted by name.

A record is somebody else's text. The name is resolved here and every address that it has must be public; the
caller connects to the address that was checked, so that a name cannot change its mind in between.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Collection
from urllib.parse import urlsplit

import msgspec

from repository.problems import Problem, problem

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_UNICAST = ipaddress.ip_network("2000::/3")  # all IPv6 that was ever given out to the public (RFC 4291, 2.4)


class Checked(msgspec.Struct, frozen=True):
    """An address that may be asked: `url` names the host by its number, `host` is what to call it."""

    url: str
    host: str
    name: str


def check(url: str, trusted: Collection[str] = ()) -> Checked | Problem:
    """Resolve an address and judge it; `trusted` are host names, with or without a port."""
    try:
        parts = urlsplit(url)
        name, port = parts.hostname or "", parts.port
    except ValueError:  # a malformed port or IPv6 literal
        return problem("url_invalid", "url", url)
    if parts.scheme not in ("http", "https") or not name:
        return problem("url_invalid", "url", url)
    numbers = _resolve(name, port or (443 if parts.scheme == "https" else 80))
    if not numbers:
        return problem("media_unreachable", "url", f"{url} (no such host)")
    host = f"[{name}]" if ":" in name else name
    host = f"{host}:{port}" if port else host
    if not {name, host} & set(trusted) and not all(map(is_public, numbers)):
        return problem("media_refused_host", "url", url)
    number = f"[{numbers[0]}]" if ":" in numbers[0] else numbers[0]
    place = f"{number}:{port}" if port else number
    path = parts.path or "/"
    return Checked(f"{parts.scheme}://{place}{path}{'?' + parts.query if parts.query else ''}", host, name)


def is_public(number: str) -> bool:
    """Tell whether an IP address is one of the public internet, the IPv4 address inside an IPv6 one included."""
    found = ipaddress.ip_address(number.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour
        if found in _NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if found.teredo is not None or found not in _UNICAST:
            return False
    return found.is_global and not found.is_multicast


def _resolve(name: str, port: int) -> list[str]:
    """Give the IP addresses of a name, none when it has none."""
    try:
        found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return list(dict.fromkeys(str(address[4][0]) for address in found))
