"""How a search server is reached: addresses, name of the index, and who we are to it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from repository.errors import ConfigurationError

_INDEX = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}")


class Access(msgspec.Struct, frozen=True):
    """What the settings say of a server beside its address; `index` begins the names of all that is ours there.

    With a user and password, or with an API key, or with neither. `ca_file` holds the authority that signed the
    server's certificate, where it is none of the well-known. The timeout is of one request, a search or a
    step of a rebuild; `retries` is how often a lost connection is tried again, with another address if there is.
    """

    index: str = "korean-memory"
    user: str = ""
    password: str = ""
    api_key: str = ""
    ca_file: str = ""
    timeout_seconds: int = 10
    retries: int = 2

    def __repr__(self) -> str:
        return f"Access({self.index!r}, user={self.user!r})"

    def check(self, addresses: str) -> tuple[str, ...]:
        """Give the addresses, separated by commas in the settings.

        Raises ConfigurationError for an address that is none, or settings that contradict each other.
        """
        found = tuple(address.strip().rstrip("/") for address in addresses.split(",") if address.strip())
        for wrong in _faults(self, found):
            raise wrong
        return found


def _faults(access: Access, addresses: tuple[str, ...]) -> Iterable[ConfigurationError]:
    if not addresses or not all(map(_is_address, addresses)):
        yield ConfigurationError(
            "search_address_invalid",
            "KM_SEARCH는 tantivy이거나, 쉼표로 이은 http:// 또는 https:// 주소입니다. 주소에 암호를 적지 마세요.",
            "KM_SEARCH is tantivy, or http:// or https:// addresses with commas between; no password in them",
        )
    if not _INDEX.fullmatch(access.index):
        yield ConfigurationError(
            "search_index_invalid",
            "KM_SEARCH_INDEX는 로마자 소문자, 숫자, -, _로 80자까지입니다.",
            "KM_SEARCH_INDEX has small Latin letters, digits, - and _, at most 80",
        )
    if bool(access.user) != bool(access.password) or (access.user and access.api_key):
        yield ConfigurationError(
            "search_login_unclear",
            "검색 서버에는 KM_SEARCH_USER와 KM_SEARCH_PASSWORD를 함께, 아니면 KM_SEARCH_API_KEY만 정하세요.",
            "set KM_SEARCH_USER and KM_SEARCH_PASSWORD together, or KM_SEARCH_API_KEY alone",
        )
    if access.ca_file and not Path(access.ca_file).is_file():
        yield ConfigurationError(
            "search_ca_missing",
            f"인증 기관 파일이 없습니다: {access.ca_file}",
            f"there is no certificate authority file {access.ca_file}",
        )
    if access.timeout_seconds < 1 or access.retries < 0:
        yield ConfigurationError(
            "search_patience_invalid",
            "KM_SEARCH_TIMEOUT_SECONDS는 1 이상, KM_SEARCH_RETRIES는 0 이상입니다.",
            "KM_SEARCH_TIMEOUT_SECONDS is at least 1, KM_SEARCH_RETRIES at least 0",
        )


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return False
    plain = "@" not in parts.netloc and not parts.query and not parts.fragment
    return parts.scheme in ("http", "https") and bool(parts.hostname) and port != 0 and plain
