"""The description for programs is held against the code that answers them."""

from __future__ import annotations

from typing import Any

import pytest

from repository.search.query import PARAMETERS
from repository.web import search_csv, search_formats
from tests.repository.web.conftest import Site
from tests.repository.web.seed import ROOT


@pytest.fixture
def described(site: Site) -> dict[str, Any]:
    answer = site.client.get("/api/openapi.json")
    assert answer.status_code == 200 and answer.headers["Access-Control-Allow-Origin"] == "*"
    found: dict[str, Any] = answer.get_json()
    return found


def test_every_parameter_of_a_search_is_described_and_no_other(described: dict[str, Any]) -> None:
    names = [one.name for one in PARAMETERS]
    for path, operations in described["paths"].items():
        told = [one["name"] for one in operations["get"]["parameters"]]
        assert told == (names if path != "/search.atom" else [*names, "lang"]), path


def test_every_path_answers_with_the_type_and_headers_that_it_names(
    described: dict[str, Any], site: Site
) -> None:
    assert described["openapi"] == "3.1.0" and described["servers"] == [{"url": "http://memory.example"}]
    assert len(described["paths"]) == 4
    for path, operations in described["paths"].items():
        answer = site.client.get(f"{path}?size=2")
        told = operations["get"]["responses"]["200"]
        assert list(told["content"]) == [answer.mimetype]
        assert set(told["headers"]) - set(answer.headers.keys()) <= {"X-Next-Cursor"}
        for name, header in told["headers"].items():
            if "const" in header["schema"]:
                assert answer.headers[name] == str(header["schema"]["const"])
        refused = site.client.get(f"{path}?size=x")
        assert set(refused.get_json()) == set(described["components"]["schemas"]["Fault"]["properties"])


def test_bounds_are_those_of_the_door(described: dict[str, Any], site: Site) -> None:
    for one in described["paths"]["/api/v1/search"]["get"]["parameters"]:
        schema = one["schema"].get("items", one["schema"])
        for value, good in _at_the_bounds(schema):
            answer = site.client.get("/api/v1/search", query_string={one["name"]: value})
            cursor = one["name"] == "cursor" and answer.get_json().get("code") == "cursor_invalid"
            assert (answer.status_code == 200) is good or cursor, (one["name"], value[:20])


def _at_the_bounds(schema: dict[str, Any]) -> list[tuple[str, bool]]:
    if schema["type"] == "integer":
        low, high = schema["minimum"], schema["maximum"]
        return [(str(low), True), (str(high), True), (str(low - 1), False), (str(high + 1), False)]
    if "default" in schema:
        return [*((one, True) for one in schema["enum"]), ("none-of-these", False)]
    return [("가" * schema["maxLength"], True), ("가" * (schema["maxLength"] + 1), False)]


def test_every_reference_leads_somewhere(described: dict[str, Any]) -> None:
    text = str(described)
    for name in described["components"]["schemas"]:
        assert text.count(f"#/components/schemas/{name}'") or name in ("Answer",)
    assert {"Answer", "FoundItem", "Fault", "Reason", "Links"} <= set(described["components"]["schemas"])
    assert "self" in described["components"]["schemas"]["Links"]["properties"]


def test_data_users_learn_every_address_column_header_and_parameter() -> None:
    text = (ROOT / "docs" / "data-users.md").read_text("utf-8")
    told = (
        *(f"`{name}`" for name in search_csv.COLUMNS),
        *(f"`{one.name}`" for one in PARAMETERS),
        *(f"`{name}`" for name in ("Link", "X-Total-Count", "X-Next-Cursor", *search_formats.LIMITS)),
        "`/api/v1/search`",
        "`/search.atom`",
        "`/search.csv`",
        "`/iiif/search/collection.json`",
        "`/api/openapi.json`",
    )
    assert [one for one in told if one not in text] == []
