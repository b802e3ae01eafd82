"""All settings in one typed table, read once, from the environment (`KM_…`) over an optional TOML file.

This module is the only reader of the environment. `km init` writes the table, with its comments, to a file.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from repository.errors import ConfigurationError
from repository.shapes import Shape

PREFIX = "KM_"
SECRETS = frozenset({"secret_key", "smtp_url", "notice_webhook", "search_password", "search_api_key"})


class Settings(msgspec.Struct, frozen=True):
    """The values in force; `data` and the paths below it are folders, limits are in the unit their name says."""

    data: str = "var/data"
    vendor: str = "var/vendor"
    fonts: str = "var/fonts"
    database: str = ""
    search: str = "tantivy"
    search_index: str = "korean-memory"
    search_user: str = ""
    search_password: str = ""
    search_api_key: str = ""
    search_ca_file: str = ""
    search_timeout_seconds: int = 10
    search_retries: int = 2
    host: str = "127.0.0.1"
    port: int = 8090
    public_url: str = ""
    web_workers: int = 2
    web_threads: int = 4
    log_level: str = "INFO"
    log_json: bool = True
    trusted_proxies: int = 0
    media_max_mb: int = 2048
    media_max_megapixels: int = 400
    image_max_px: int = 6000
    sample_port: int = 8091
    contact: str = ""
    require_privacy_review: bool = False
    secret_key: str = ""
    session_idle_minutes: int = 60
    session_hours: int = 12
    harvest_at_once: int = 4
    notice_email: str = ""
    smtp_url: str = ""
    notice_webhook: str = ""
    reports_error_days: int = 14
    reports_knowledge_days: int = 30
    reports_removal_days: int = 7
    reports_hides_per_claimant: int = 2
    reports_hides_per_collection: int = 3
    reports_hides_per_day: int = 10
    reports_keep_days: int = 90

    def __repr__(self) -> str:
        shown = (name for name in self.__struct_fields__ if name not in SECRETS)
        return f"Settings({', '.join(f'{name}={getattr(self, name)!r}' for name in shown)})"

    @property
    def data_path(self) -> Path:
        """The folder that holds everything this installation must not lose."""
        return Path(self.data).resolve()

    @property
    def database_url(self) -> str:
        """The database's SQLAlchemy address; empty in the settings means SQLite in the data folder."""
        return self.database or f"sqlite:///{self.data_path / 'memory.sqlite'}"

    @property
    def site_url(self) -> str:
        """The site's public address without a final slash; empty in the settings means where it listens."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")


_SETTINGS = Shape(Settings)


class SettingHelp(NamedTuple):
    """What one setting means, for `km init` and the operators' page."""

    name: str
    help: str


HELP = (
    SettingHelp("data", "folder of the database, files, index and releases"),
    SettingHelp("vendor", "folder of the viewer and web fonts that set-up fetched"),
    SettingHelp("fonts", "folder of the fonts that the drawn samples use"),
    SettingHelp("database", "SQLAlchemy address (postgresql+psycopg://…); empty: SQLite in the data folder"),
    SettingHelp(
        "search", "search engine: tantivy, or addresses of an Elasticsearch cluster, with commas between"
    ),
    SettingHelp("search_index", "with what the names of our indices in Elasticsearch begin"),
    SettingHelp("search_user", "user of Elasticsearch; empty: none, or an API key"),
    SettingHelp("search_password", "password of that user"),
    SettingHelp("search_api_key", "API key of Elasticsearch, instead of a user"),
    SettingHelp(
        "search_ca_file", "file of the authority that signed its certificate; empty: the well-known ones"
    ),
    SettingHelp("search_timeout_seconds", "seconds after which Elasticsearch is not waited for any more"),
    SettingHelp(
        "search_retries", "how often a lost connection is tried again, at another address if there is one"
    ),
    SettingHelp("host", "address to listen on"),
    SettingHelp("port", "port to listen on"),
    SettingHelp("public_url", "address under which people reach the site; empty: where it listens"),
    SettingHelp("web_workers", "web processes"),
    SettingHelp("web_threads", "threads of each web process"),
    SettingHelp("log_level", "DEBUG, INFO, WARNING or ERROR"),
    SettingHelp("log_json", "logs as JSON lines (true) or as plain text (false)"),
    SettingHelp("trusted_proxies", "how many reverse proxies stand in front and set X-Forwarded-…"),
    SettingHelp("media_max_mb", "largest file that is fetched, in megabytes"),
    SettingHelp("media_max_megapixels", "largest picture that is opened, in megapixels"),
    SettingHelp("image_max_px", "longest side of a picture that the image service makes at once, in pixels"),
    SettingHelp("sample_port", "port on which the demonstration serves its invented institutions"),
    SettingHelp("contact", "e-mail address of the people who run the site, sent with every harvest request"),
    SettingHelp("require_privacy_review", "close training for everything whose privacy nobody has examined"),
    SettingHelp("secret_key", "signs the sessions of staff; empty: a random one kept in the data folder"),
    SettingHelp("session_idle_minutes", "minutes after which an unused session of staff ends"),
    SettingHelp("session_hours", "hours after which any session of staff ends"),
    SettingHelp("harvest_at_once", "how many sources are harvested at once, never two on one host"),
    SettingHelp("notice_email", "address to which harvests in trouble are told; needs smtp_url"),
    SettingHelp("smtp_url", "mail server, smtp://user:password@host:587 or smtps://user:password@host:465"),
    SettingHelp("notice_webhook", "http address to which harvests in trouble are posted as JSON"),
    SettingHelp("reports_error_days", "days within which a reported error is answered"),
    SettingHelp("reports_knowledge_days", "days within which what somebody told is answered"),
    SettingHelp("reports_removal_days", "days within which a request for removal is answered"),
    SettingHelp("reports_hides_per_claimant", "how many works one claimant can have hidden in a day"),
    SettingHelp("reports_hides_per_collection", "the same in one topic collection, whoever claims"),
    SettingHelp(
        "reports_hides_per_day", "the same in the whole site; 0: nothing is hidden before a person looks"
    ),
    SettingHelp(
        "reports_keep_days", "days after the answer for which a reporter's name, address and words are kept"
    ),
)


def _cast(name: str, text: str, kind: Any) -> Any:
    """Turn the text of an environment variable into the type of its setting."""
    if kind == "bool":
        if text.lower() in ("1", "true", "yes", "on"):
            return True
        if text.lower() in ("0", "false", "no", "off", ""):
            return False
    elif kind == "int":
        if text.strip().lstrip("-").isdecimal():
            return int(text)
    else:
        return text
    raise ConfigurationError(
        "setting_invalid",
        f"설정 {name}의 값이 올바르지 않습니다: {text}",
        f"setting {name} cannot be {text!r}",
    )


def _from_file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(
            "settings_unreadable", f"설정 파일을 읽을 수 없습니다: {path}", f"cannot read {path}: {error}"
        ) from error


def load(environment: Mapping[str, str] | None = None, file: Path | None = None) -> Settings:
    """Read the settings: defaults, then the TOML file (`KM_CONFIG` or `file`), then `KM_…` variables.

    Raises ConfigurationError for a name that does not exist or a value of the wrong type.
    """
    env = os.environ if environment is None else environment
    named = env.get(PREFIX + "CONFIG", "")
    path = file or (Path(named) if named else None)
    values = _from_file(path) if path else {}
    for name, kind in Settings.__annotations__.items():
        if (text := env.get(PREFIX + name.upper())) is not None:
            values[name] = _cast(name, text, kind)
    if unknown := sorted(set(values) - set(Settings.__annotations__)):
        raise ConfigurationError(
            "setting_unknown",
            f"없는 설정입니다: {', '.join(unknown)}",
            f"no such setting: {', '.join(unknown)}",
        )
    try:
        return _SETTINGS.of(values)
    except msgspec.ValidationError as error:
        raise ConfigurationError(
            "setting_invalid", f"설정 값이 올바르지 않습니다: {error}", str(error)
        ) from error


def to_toml(settings: Settings) -> str:
    """Write settings as a commented TOML file; secrets are not written, for everybody may read the file."""
    lines = ["# Korean Memory: settings. Environment variables KM_NAME override this file."]
    for row in HELP:
        value = "" if row.name in SECRETS else getattr(settings, row.name)
        text = (
            str(value).lower()
            if isinstance(value, bool)
            else repr(value)
            if isinstance(value, int)
            else (msgspec.json.encode(value).decode())
        )
        lines += ["", f"# {row.help}", f"{row.name} = {text}"]
    return "\n".join(lines) + "\n"
