"""What a source of each kind without OAI-PMH is told beside its address: a REST endpoint, a folder, a sheet."""

from __future__ import annotations

from urllib.parse import urlsplit

import msgspec

from harvest.crosswalks import mapped_rules

KINDS = ("oai", "rest", "files", "sheet")
SECRET = "secret:"


class _Options(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, rename={"from_": "from"}
):
    """Base of all options: a name that none of them has is refused."""


class Key(_Options, frozen=True):
    """Where the key goes: the name of a query parameter or of a header, and what stands before it there.

    `value` is `secret:NAME`, never the key itself.
    """

    value: str
    parameter: str = ""
    header: str = ""
    before: str = ""


class Paging(_Options, frozen=True):
    """How one page leads to the next: `page` or `offset` counts on, `cursor` or `link` stands in the answer.

    `parameter` bears the number or cursor, `first` is the first number; `size_parameter` bears `size`; `next` is
    the path of the cursor or link.
    """

    by: str = "none"
    parameter: str = ""
    first: int = 1
    size_parameter: str = ""
    size: int = 100
    next: str = ""


class Times(_Options, frozen=True):
    """The parameters that bound a list in time, and how they are written (strftime), `hours` east of UTC."""

    from_: str
    until: str = ""
    format: str = "%Y%m%d"
    hours: float = 0.0


class Errors(_Options, frozen=True):
    """Where an answer says that it is an error, beside the shape of Korea's public data portal, which is known.

    `ok` are the codes that are none, `empty` mean that there is nothing (more), `busy` are worth coming back for.
    """

    code: str = ""
    text: str = ""
    ok: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()
    busy: tuple[str, ...] = ()


class Rest(_Options, frozen=True):
    """A REST endpoint: paths into its answers and into its records.

    Several paths in `identifier` are joined by `:`. `detail` is the address of one record, with `{identifier}`.
    """

    records: str
    identifier: str | tuple[str, ...]
    datestamp: str = ""
    set: str = ""
    total: str = ""
    query: dict[str, str] = {}
    set_parameter: str = ""
    key: Key | None = None
    paging: Paging = Paging()
    times: Times | None = None
    errors: Errors = Errors()
    detail: str = ""


class Files(_Options, frozen=True):
    """A folder or zip of files: which of them, and where in a file of JSON the records are.

    `pattern` is matched with the path below the folder; without `identifier` the path is the identifier.
    """

    pattern: str = "*"
    records: str = ""
    identifier: str | tuple[str, ...] = ()
    datestamp: str = ""


class Sheet(_Options, frozen=True):
    """A sheet: `skip` rows, then `header` rows that name the columns, then one record a row.

    `fill` names columns whose empty cells repeat the one above, as merged cells do; `sheet` is the name of the
    worksheet, the first where none is given; `delimiter` is told by the file unless said.
    """

    identifier: str | tuple[str, ...]
    datestamp: str = ""
    skip: int = 0
    header: int = 1
    fill: tuple[str, ...] = ()
    sheet: str = ""
    delimiter: str = ""


def identifier_paths(said: str | tuple[str, ...]) -> tuple[str, ...]:
    """Give the paths that make up an identifier."""
    return (said,) if isinstance(said, str) else said


def check_rest(options: Rest, endpoint: str) -> str:
    """Say what is wrong with a REST source, or nothing."""
    wrong = (
        _check_key(options.key) or _check_paging(options.paging) or _check_detail(options.detail, endpoint)
    )
    paths = [
        options.records,
        *identifier_paths(options.identifier),
        options.datestamp,
        options.set,
        options.total,
    ]
    paths += [options.paging.next, options.errors.code, options.errors.text]
    return wrong or check_paths("rest", paths) or ("" if options.identifier else "rest.identifier is needed")


def check_paths(kind: str, paths: list[str]) -> str:
    """Say which path cannot be read, or nothing."""
    wrong = next(filter(None, map(mapped_rules.check_path, filter(None, paths))), "")
    return f"{kind}: {wrong}" if wrong else ""


def _check_key(key: Key | None) -> str:
    if key is None:
        return ""
    if not key.value.startswith(SECRET):
        return "rest.key.value must be secret:NAME; the key itself stands in secrets.toml"
    return (
        "" if bool(key.parameter) != bool(key.header) else "rest.key: one of parameter and header is needed"
    )


def _check_paging(paging: Paging) -> str:
    needed = {"none": "", "page": "parameter", "offset": "parameter", "cursor": "parameter", "link": "next"}
    if paging.by not in needed:
        return f"rest.paging.by {paging.by!r}; there are {', '.join(needed)}"
    if paging.by == "cursor" and not paging.next:
        return "rest.paging.next is needed"
    if needed[paging.by] and not getattr(paging, needed[paging.by]):
        return f"rest.paging.{needed[paging.by]} is needed"
    return (
        ""
        if paging.size > 0 and paging.first >= 0
        else "rest.paging: size and first are numbers from 1 and 0"
    )


def _check_detail(detail: str, endpoint: str) -> str:
    if not detail:
        return ""
    here, there = urlsplit(endpoint), urlsplit(detail)
    if (here.scheme, here.netloc) != (there.scheme, there.netloc):
        return "rest.detail must be on the endpoint's own host"
    return "" if "{identifier}" in detail else "rest.detail has no {identifier}"
