"""Progress bars of several sources at once, on standard error."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from harvest.many import Show
from repository.cli_support import Bar


@contextmanager
def progress_bars() -> Iterator[Show]:
    """Show a bar for each source that asks for one, while the block runs."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as shown:
        yield lambda label: Bar(shown, shown.add_task(label, total=None))
