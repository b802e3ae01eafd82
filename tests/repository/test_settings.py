"""Settings: one table, three places, clear words for what is wrong."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from repository.errors import ConfigurationError
from repository.settings import HELP, Settings, load, to_toml


def test_the_environment_wins_over_the_file_and_the_file_over_the_defaults(tmp_path: Path) -> None:
    file = tmp_path / "memory.toml"
    file.write_text('port = 9000\nhost = "0.0.0.0"\n')
    settings = load({"KM_CONFIG": str(file), "KM_PORT": "9001", "KM_LOG_JSON": "no"})
    assert (settings.port, settings.host, settings.log_json, settings.web_workers) == (
        9001,
        "0.0.0.0",
        False,
        2,
    )


@pytest.mark.parametrize(
    ("environment", "code"),
    [
        ({"KM_PORT": "eighty"}, "setting_invalid"),
        ({"KM_LOG_JSON": "perhaps"}, "setting_invalid"),
        ({"KM_CONFIG": "/nowhere.toml"}, "settings_unreadable"),
    ],
)
def test_what_cannot_be_used_is_said(environment: dict[str, str], code: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        load(environment)
    assert caught.value.code == code and caught.value.text("ko") != caught.value.text("en")


def test_an_unknown_name_in_the_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "memory.toml"
    file.write_text("prot = 9000\n")
    with pytest.raises(ConfigurationError, match="setting_unknown"):
        load({}, file)


def test_every_setting_is_explained_and_the_written_file_reads_back(tmp_path: Path) -> None:
    assert [row.name for row in HELP] == list(Settings.__struct_fields__)
    text = to_toml(Settings(port=1234))
    assert tomllib.loads(text)["port"] == 1234
    file = tmp_path / "memory.toml"
    file.write_text(text, "utf-8")
    assert load({}, file) == Settings(port=1234)


def test_addresses_follow_from_the_settings() -> None:
    assert Settings(data="/x").database_url == "sqlite:////x/memory.sqlite"
    assert Settings(public_url="https://memory.example/").site_url == "https://memory.example"
