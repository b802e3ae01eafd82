"""What programs may ask, as OpenAPI 3.1: made from the very tables and types that the doors read and answer with."""

from __future__ import annotations

from typing import Any

import msgspec

from repository.item import TYPES
from repository.search.query import PARAMETERS, Parameter, Query
from repository.urls import Urls
from repository.web import search_csv, search_json
from repository.web.robots import MOST_FILTERS
from repository.web.search_formats import LIMITS, MEDIA_TYPES

_REF = "#/components/schemas/{name}"
_HEADERS = {
    "Link": "self, first and next page, and the same search in other forms (RFC 8288)",
    "X-Total-Count": "how many items were found",
    "X-Next-Cursor": "the `cursor` of the next page, where there is one",
}
_LANG = {
    "name": "lang",
    "in": "query",
    "description": "언어 · language of a feed",
    "schema": {"type": "string", "enum": ["ko", "en"]},
}


def document(site: Urls) -> dict[str, Any]:
    """Describe the doors of search."""
    _refs, schemas = msgspec.json.schema_components(
        (search_json.Answer, search_json.Fault), ref_template=_REF
    )
    bare = Urls()
    paths = {
        bare.search_api(): ("json", "검색, JSON으로 · a search as JSON", _json_schema("Answer")),
        bare.search_as("atom"): ("atom", "검색, 피드로 · a search as a feed (RFC 4287)", {"type": "string"}),
        bare.search_as("csv"): ("csv", _csv_words(), {"type": "string"}),
        bare.iiif_search(): (
            "iiif",
            "검색, IIIF 컬렉션으로 · a search as a IIIF Presentation 3 collection",
            {"type": "object"},
        ),
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Korean Memory",
            "version": "1",
            "description": "로그인도 열쇠도 필요 없습니다. Nothing here needs a login or a key. "
            f"Only declared robots are limited: to {MOST_FILTERS} filters at once.",
        },
        "servers": [{"url": site.base}],
        "paths": {path: {"get": _operation(*what)} for path, what in paths.items()},
        "components": {"schemas": schemas},
    }


def _json_schema(name: str) -> dict[str, Any]:
    return {"$ref": _REF.format(name=name)}


def _csv_words() -> str:
    columns = "; ".join(f"{name}: {said}" for name, said in search_csv.COLUMNS.items())
    return f"검색, CSV로 · a search as CSV (RFC 4180), columns {columns}"


def _operation(form: str, words: str, schema: dict[str, Any]) -> dict[str, Any]:
    told = {name: _header(said, "string") for name, said in _HEADERS.items()}
    told |= {name: _header("a limit", "integer", limit) for name, limit in LIMITS.items()}
    parameters = [parameter(one) for one in PARAMETERS] + ([_LANG] if form == "atom" else [])
    fault = {"application/json": {"schema": _json_schema("Fault")}}
    return {
        "operationId": f"search_{form}",
        "summary": words,
        "parameters": parameters,
        "responses": {
            "200": {
                "description": "찾은 것 · what was found",
                "headers": told,
                "content": {MEDIA_TYPES[form]: {"schema": schema}},
            },
            "304": {"description": "바뀌지 않음 · not modified"},
            "400": {"description": "알아들을 수 없는 값 · a value that cannot be meant", "content": fault},
            "429": {"description": "로봇이 너무 많은 조건을 고름 · too many filters, for robots only"},
        },
    }


def _header(said: str, kind: str, value: int | None = None) -> dict[str, Any]:
    fixed = {"const": value} if value is not None else {}
    return {"description": said, "schema": {"type": kind, **fixed}}


def parameter(one: Parameter) -> dict[str, Any]:
    """Describe one parameter of a search."""
    schema = _schema(one)
    return {
        "name": one.name,
        "in": "query",
        "description": f"{one.ko} · {one.en}",
        "schema": {"type": "array", "items": schema} if one.many else schema,
        **({"style": "form", "explode": True} if one.many else {}),
    }


def _schema(one: Parameter) -> dict[str, Any]:
    if one.numbers is not None:
        default = {"default": Query().size} if one.name == "size" else {}
        return {"type": "integer", "minimum": one.numbers[0], "maximum": one.numbers[-1], **default}
    if one.choices:
        return {"type": "string", "enum": list(one.choices), "default": one.choices[0]}
    known = {"enum": list(TYPES)} if one.name == "type" else {}
    return {"type": "string", "maxLength": one.longest, **known}
