"""The house's one rule and its neighbours, held against the imports of every module."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("repository", "harvest", "curation")
LONGEST_MODULE = 400
LONGEST_FUNCTION = 50

# A vendor's library is imported by its adapter and nowhere else; each name may stand under several paths.
VENDORS = {
    "tantivy": ("repository/search/embedded",),
    "elasticsearch": ("repository/search/elastic",),
    "pyvips": ("repository/iiif/",),
    "av": ("repository/iiif/", "harvest/sample/"),
    "pypdfium2": ("repository/iiif/",),
    "iiif_prezi3": ("repository/iiif/",),
    "rdflib": ("repository/linked_data/",),
    "oaipmh": ("harvest/sample/",),
    "PIL": ("repository/iiif/", "repository/colours", "harvest/sample/"),
    "pyarrow": ("curation/release/",),
    "flask": (
        "repository/web/",
        "curation/views",
        "curation/__init__",
        "harvest/site",
        "harvest/health",
        "harvest/report_page",
        "curation/downloads",
        "curation/answers",
    ),
    "click": (
        "repository/cli",
        "repository/users_cli",
        "repository/setup/",
        "harvest/cli",
        "harvest/corrections_cli",
        "harvest/media_cli",
        "harvest/source_cli",
        "harvest/institution_cli",
        "harvest/demo",
        "curation/collections_cli",
        "curation/datasets_cli",
        "harvest/sample/",
    ),
    "httpx": ("harvest/",),
    "openpyxl": ("harvest/connectors/xlsx_rows",),
    "argon2": ("repository/passwords",),
    "flask_login": ("repository/web/",),
    "flask_wtf": ("repository/web/",),
}
SQL = (
    "repository/database",
    "repository/tables",
    "repository/upsert",
    "repository/migrations",
    "harvest/tables",
    "curation/tables",
)
PROJECTIONS = ("search", "iiif", "oai", "linked_data")
WORDS = (
    "item",
    "asset",
    "institution",
    "dates",
    "names",
    "identifiers",
    "problems",
    "errors",
    "shapes",
    "urls",
)


def modules() -> list[Path]:
    """Find every module of the three packages."""
    return sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


@cache
def tree(path: Path) -> ast.Module:
    """Parse a module once."""
    return ast.parse(path.read_text("utf-8"))


def imports(path: Path) -> Iterator[str]:
    """Give the dotted names that a module imports; `from package import module` is the module, not the package."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                yield full if is_module(full) else node.module


@cache
def is_module(name: str) -> bool:
    """Tell whether a dotted name is a module or package of ours."""
    stem = ROOT / name.replace(".", "/")
    return stem.with_suffix(".py").exists() or (stem / "__init__.py").exists()


def place(path: Path) -> str:
    """Name a module by its path from the root, without the ending."""
    return str(path.relative_to(ROOT)).removesuffix(".py")


def is_store(path: Path) -> bool:
    """Tell whether a module works on tables, and is not one of those that make or migrate them."""
    on_tables = any(name.split(".")[1:2] == ["tables"] for name in imports(path))
    return on_tables and not place(path).startswith(SQL)


@pytest.mark.parametrize("path", modules(), ids=place)
def test_no_arm_knows_the_other_and_the_core_knows_neither(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0]
    forbidden = {"repository": ("harvest", "curation"), "harvest": ("curation",), "curation": ("harvest",)}[
        package
    ]
    reached = {name.split(".")[0] for name in imports(path)}
    assert reached.isdisjoint({*forbidden, "wsgi", "tests"})


@pytest.mark.parametrize("path", modules(), ids=place)
def test_vendors_are_imported_by_their_adapters_only(path: Path) -> None:
    reached = {name.split(".")[0] for name in imports(path)}
    strangers = [name for name in reached & VENDORS.keys() if not place(path).startswith(VENDORS[name])]
    assert strangers == []


def test_projections_and_stores_never_meet() -> None:
    stores = {place(path).replace("/", ".") for path in modules() if is_store(path)}
    for path in modules():
        parts = path.relative_to(ROOT).parts
        if parts[0] == "repository" and len(parts) > 2 and parts[1] in PROJECTIONS:
            assert stores.isdisjoint(imports(path)), place(path)
        if place(path).replace("/", ".") in stores:
            shelves = {".".join(name.split(".")[:2]) for name in imports(path)}
            assert shelves.isdisjoint({f"repository.{name}" for name in PROJECTIONS}), place(path)


def test_words_and_rules_know_nothing_above_them() -> None:
    allowed = {f"repository.{word}" for word in WORDS}
    for path in modules():
        parts = path.relative_to(ROOT).with_suffix("").parts
        if parts[0] != "repository":
            continue
        rules = parts[1] == "rights"
        if rules or (len(parts) == 2 and parts[1] in WORDS):
            reached = {
                ".".join(name.split(".")[:2]) for name in imports(path) if name.startswith("repository.")
            }
            assert reached <= allowed | ({"repository.rights"} if rules else set()), place(path)


@pytest.mark.parametrize("path", modules(), ids=place)
def test_no_clock_and_no_environment_below_the_doors(path: Path) -> None:
    source = path.read_text("utf-8")
    if place(path) not in ("repository/settings",) and not place(path).startswith("repository/setup"):
        assert "os.environ" not in source and "getenv" not in source
    if not place(path).startswith(
        ("repository/database", "repository/web/", "curation/views", "repository/logs")
    ):
        assert "datetime.now(" not in source and "utcnow(" not in source


@pytest.mark.parametrize("path", modules(), ids=place)
def test_types_to_read_are_made_ready_while_modules_load(path: Path) -> None:
    """See `repository.shapes`: readied at first use, by several threads, they end the process."""
    calls = [ast.unparse(node) for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]
    late = [
        call
        for call in calls
        if call.startswith("msgspec.convert(")
        or (call.startswith("msgspec.json.decode(") and "type=" in call)
    ]
    assert not late or place(path) == "repository/shapes"
    inside = [
        node
        for function in ast.walk(tree(path))
        if isinstance(function, ast.FunctionDef | ast.Lambda)
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Shape"
    ]
    assert inside == []


def test_there_are_no_cycles() -> None:
    names = {place(path).replace("/", ".").removesuffix(".__init__"): path for path in modules()}
    graph = {
        name: {found for found in imports(path) if found in names and found != name}
        for name, path in names.items()
    }
    done: set[str] = set()

    def walk(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " -> ".join((*trail, name))
        if name not in done:
            for found in sorted(graph[name]):
                walk(found, (*trail, name))
            done.add(name)

    for name in sorted(graph):
        walk(name, ())


@pytest.mark.parametrize("path", modules(), ids=place)
def test_rooms_are_small(path: Path) -> None:
    if "migrations" not in place(path):
        assert len(path.read_text("utf-8").splitlines()) <= LONGEST_MODULE
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                assert length <= LONGEST_FUNCTION, f"{node.name}: {length}"


@pytest.mark.parametrize("path", modules(), ids=place)
def test_broad_handlers_stand_in_the_two_run_loops_only(path: Path) -> None:
    broad = [
        node
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler)
        and (
            node.type is None
            or (isinstance(node.type, ast.Name) and node.type.id in ("Exception", "BaseException"))
        )
    ]
    assert not broad or place(path) == "repository/worker"
