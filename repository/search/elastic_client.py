"""The connection to Elasticsearch: made from the settings, and its troubles in our words."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple, TypeVar
from urllib.parse import urlsplit

from elastic_transport import ConnectionTimeout, TlsError, TransportError
from elasticsearch import ApiError, Elasticsearch, OrjsonSerializer

from repository.errors import StoreError
from repository.search.access import Access
from repository.search.generations import unreadable

BUSY = 429
PATIENCE = 60.0  # seconds for which writing goes on trying where the server asks to wait
BULK_SECONDS = 60  # for one request that writes
_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 5.0
_PORTS = {"http": 80, "https": 443}
_T = TypeVar("_T")


def connect(addresses: tuple[str, ...], access: Access) -> Elasticsearch:
    """Make a client; nothing is sent yet."""
    options: dict[str, Any] = {}
    if access.user:
        login = f"{access.user}:{access.password}".encode()  # the client takes a pair, but of ASCII only
        options["basic_auth"] = base64.b64encode(login).decode()
    if access.api_key:
        options["api_key"] = access.api_key
    if access.ca_file:
        options["ca_certs"] = access.ca_file
    return Elasticsearch(
        [_with_port(address) for address in addresses],
        request_timeout=access.timeout_seconds,
        max_retries=access.retries,
        retry_on_timeout=False,
        retry_on_status=(),
        serializer=OrjsonSerializer(),
        **options,
    )


def _with_port(address: str) -> str:
    parts = urlsplit(address)
    return address if parts.port else parts._replace(netloc=f"{parts.netloc}:{_PORTS[parts.scheme]}").geturl()


class Absent(Exception):
    """There is no index of this version."""


class Refusal(NamedTuple):
    """What the server said of a request, or of one document of it, that it did not grant."""

    status: int
    kind: str
    reason: str = ""

    @property
    def is_absence(self) -> bool:
        """Tell whether there is no such index or alias."""
        return self.kind == "index_not_found_exception" or (self.status == 404 and "alias" in self.reason)

    @property
    def may_pass(self) -> bool:
        """Tell whether the same may be granted a little later."""
        return self.kind != "cluster_block_exception" and (self.status == BUSY or self.status >= 502)


def refusal_of(status: int, error: object) -> Refusal:
    """Read the error that an answer carries."""
    if not isinstance(error, Mapping):
        return Refusal(status, str(error)[:80])
    causes = error.get("root_cause") or [error]
    cause = causes[0] if isinstance(causes[0], Mapping) else error
    kind, reason = str(cause.get("type", "")), str(cause.get("reason", ""))
    return Refusal(status, kind or str(error.get("type", "")), reason[:300])


def refusal_in(error: ApiError) -> Refusal:
    """Read the error of a whole request."""
    body = error.body
    return refusal_of(error.meta.status, body.get("error") if isinstance(body, Mapping) else "")


def fault(refusal: Refusal) -> StoreError:
    """Make our error of a refusal."""
    told = f"{refusal.status} {refusal.kind}".strip()
    if refusal.kind == "cluster_block_exception" and "disk usage exceeded" in refusal.reason:
        return StoreError(
            "search_disk_full",
            "검색 서버의 디스크가 가득 차서 쓰지 못합니다. 자리를 비우면 저절로 따라잡습니다.",
            f"the search server's disk is full and it takes no writes ({told})",
        )
    if refusal.kind == "cluster_block_exception" and refusal.status != 503:
        return StoreError(
            "search_readonly",
            "검색 색인이 읽기 전용이라 쓰지 못합니다. 서버의 index.blocks 설정을 보세요.",
            f"the search index is read-only ({told}); see its index.blocks settings",
        )
    if refusal.status in (401, 403):
        return StoreError(
            "search_login_refused",
            "검색 서버가 우리를 들이지 않습니다. KM_SEARCH_USER, KM_SEARCH_PASSWORD나 KM_SEARCH_API_KEY를 보세요.",
            f"the search server does not let us in ({told}); see KM_SEARCH_USER, _PASSWORD, _API_KEY",
        )
    if refusal.status == BUSY:
        return StoreError(
            "search_busy",
            "검색 서버가 바쁩니다. 잠시 뒤 다시 해 주세요.",
            f"the search server is busy ({told})",
        )
    if refusal.status >= 500:
        return StoreError(
            "search_unavailable",
            "검색 서버가 지금 답하지 못합니다. 잠시 뒤 다시 해 주세요.",
            f"the search server cannot answer now ({told})",
        )
    return unreadable(told)


@contextmanager
def translated() -> Iterator[None]:
    """Turn the client's errors into ours. Raises Absent where there is no index of this version."""
    try:
        yield
    except ApiError as error:
        refusal = refusal_in(error)
        raise Absent if refusal.is_absence else fault(refusal) from error
    except TransportError as error:
        raise _unreached(error) from error


def _unreached(error: TransportError) -> StoreError:
    told = type(error.errors[0] if error.errors else error).__name__
    if isinstance(error, ConnectionTimeout):
        return StoreError(
            "search_timeout",
            "검색 서버가 제때 답하지 않았습니다. 잠시 뒤 다시 해 주세요.",
            f"the search server did not answer in time ({told})",
        )
    if isinstance(error, TlsError):
        return StoreError(
            "search_tls",
            "검색 서버의 인증서를 믿을 수 없습니다. KM_SEARCH_CA_FILE을 보세요.",
            f"the search server's certificate cannot be trusted ({told}); see KM_SEARCH_CA_FILE",
        )
    return StoreError(
        "search_unreachable",
        "검색 서버에 닿을 수 없습니다. 잠시 뒤 다시 해 주세요.",
        f"the search server cannot be reached ({told})",
    )


def pauses(patience: float) -> Iterator[float]:
    """Give the seconds to wait before each further attempt, until patience ends."""
    until, pause = time.monotonic() + patience, _FIRST_PAUSE
    while time.monotonic() + pause < until:
        yield pause
        pause = min(2 * pause, _LONGEST_PAUSE)


def patiently(call: Callable[[], _T], patience: float) -> _T:
    """Call the server, for so many seconds again and again where it is too busy to take a request."""
    for pause in pauses(patience):
        try:
            return call()
        except ApiError as error:
            if not refusal_in(error).may_pass:
                raise
        time.sleep(pause)
    return call()
