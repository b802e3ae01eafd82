"""The command that compiles the modules that `repository.compiled` names, where the machine has a C compiler.

python -m repository.setup.compiling
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from repository import compiled

READY = ".ready"  # what make looks for


@click.command()
def main() -> None:
    """Compile, unless that was done, and forget what was compiled of earlier sources.

    Example: python -m repository.setup.compiling
    """
    place = compiled.folder()
    if not place.exists():
        if missing := what_is_missing():
            click.echo(f"Modules are not compiled, so search and rebuilds take longer: {missing} is missing.")
            return
        place.parent.mkdir(parents=True, exist_ok=True)
        _compile(place)
        click.echo(f"{len(compiled.MODULES)} modules compiled.")
    for earlier in place.parent.iterdir():
        if earlier.is_dir() and earlier != place:
            shutil.rmtree(earlier)
    (place.parent / READY).touch()


def what_is_missing() -> str:
    """Name what compiling wants and the machine has not."""
    compiler = str(sysconfig.get_config_var("CC") or "cc").split()[0]
    if not shutil.which(compiler):
        return f"a C compiler ({compiler})"
    header = Path(sysconfig.get_path("include")) / "Python.h"
    return "" if header.exists() else f"the development package of Python ({header})"


def _compile(place: Path) -> None:
    """Compile a copy of the sources, and let what came of it get its name when all of it is there."""
    with TemporaryDirectory(prefix=".compiling-", dir=place.parent) as made:
        work = Path(made) / "sources"
        shutil.copytree(
            compiled.ROOT / "repository", work / "repository", ignore=shutil.ignore_patterns("__pycache__")
        )
        shutil.copy(compiled.ROOT / "setup.cfg", work)
        sources = [str(compiled.source(module)) for module in compiled.MODULES]
        environment = {**os.environ, "MYPYC_OPT_LEVEL": "3", "MYPYC_DEBUG_LEVEL": "0"}
        done = subprocess.run(
            [sys.executable, "-m", "mypyc", *sources],
            cwd=work,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise click.ClickException(f"mypyc: {done.stdout[-2000:]}{done.stderr[-2000:]}")
        _gather(work, Path(made) / place.name).rename(place)


def _gather(work: Path, found: Path) -> Path:
    """Move what was compiled into a folder of its own, each module in that of its package."""
    suffix = str(sysconfig.get_config_var("EXT_SUFFIX"))
    for folder in (Path(), *{compiled.source(module).parent for module in compiled.MODULES}):
        (found / folder).mkdir(parents=True, exist_ok=True)
        for path in (work / folder).glob(f"*{suffix}"):
            path.rename(found / folder / path.name)
    return found


if __name__ == "__main__":
    main()
