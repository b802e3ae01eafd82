"""The modules that reckon most, as machine code, where set-up could compile them (mypyc): the same files, sooner.

The folder of what was compiled is named by a digest of the sources, so a module that was changed since runs as it
is written, and so does everything where nothing was compiled. `repository.setup.compiling` compiles.
"""

from __future__ import annotations

import sys
from functools import cache
from hashlib import sha256
from importlib import util
from pathlib import Path
from sysconfig import get_config_var

ROOT = Path(__file__).resolve().parent.parent
# None that reads objects of a library whose types are only described: compiled code believes what they say.
MODULES = tuple(
    f"repository.search.{name}"
    for name in (
        "analysis", "counting", "folding", "hanja", "highlight", "jamo", "kept", "keyboard", "long_texts",
        "morphemes", "passages", "prefixes", "ranking", "roman", "scoring", "titles", "tokens",
    )
)  # fmt: skip
SHARED = "*__mypyc.*"  # the code of all of them; the module files only name it


def source(module: str) -> Path:
    """Give the file of a module, from the root."""
    return Path(*module.split(".")).with_suffix(".py")


@cache
def folder() -> Path:
    """Give where the compiled modules lie, if they do."""
    digest = sha256(str(get_config_var("EXT_SUFFIX")).encode())
    for module in MODULES:
        digest.update((ROOT / source(module)).read_bytes())
    return ROOT / "var" / "compiled" / digest.hexdigest()[:16]


def places(package: str) -> list[str]:
    """Give where compiled modules of a package lie: one folder, or none where nothing is compiled."""
    found = folder() / Path(*package.split("."))
    if not found.is_dir():
        return []
    _share()
    return [str(found)]


@cache
def _share() -> None:
    """Open the file that the compiled modules look for by its name alone."""
    (path,) = folder().glob(SHARED)
    name = path.name.partition(".")[0]
    spec = util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    sys.modules[name] = module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
