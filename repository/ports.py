"""Whether a port is free: asked before a server starts, because its own complaint is a page of traces."""

from __future__ import annotations

import socket

from repository.errors import ConfigurationError


def check_free(host: str, port: int) -> None:
    """Raise ConfigurationError where somebody listens on the port already."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise ConfigurationError(
                "port_taken",
                f"{host}:{port}를 쓸 수 없습니다. KM_PORT로 다른 번호를 정하세요.",
                f"cannot listen on {host}:{port} ({error.strerror}); choose another with KM_PORT",
            ) from error


def any_free(host: str = "127.0.0.1") -> int:
    """Give a port that is free now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])
