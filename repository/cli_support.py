"""What all commands share: how they get at the installation, speak to people and machines, and show progress."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click
import msgspec
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)

from repository.errors import KoreanMemoryError
from repository.memory import Memory

Open = Callable[[], Memory]
json_option = click.option("--json", "as_json", is_flag=True, help="Write JSON for machines.")


class Commands(click.Group):
    """A group whose commands end in exit 1 with one coded line for an error of ours, never in a trace."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command and translate what it raises."""
        try:
            return super().invoke(ctx)
        except KoreanMemoryError as error:
            click.echo(f"{error.ko}\n{error.code}: {error.en}", err=True)
            raise click.exceptions.Exit(1) from error


def who() -> str:
    """Name the person at the terminal."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "operator"


def emit(as_json: bool, value: Any, text: str) -> None:
    """Write a result: JSON on one line for machines, or text for people."""
    click.echo(msgspec.json.encode(value).decode() if as_json else text)


class Bar:
    """A progress bar on the terminal: called with how much more is done, or told where things stand."""

    def __init__(self, shown: Progress, task: TaskID) -> None:
        self._shown, self._task = shown, task

    def __call__(self, by: int) -> None:
        self._shown.advance(self._task, by)

    def at(self, done: int, total: int) -> None:
        """Say that so many of so many are done."""
        self._shown.update(self._task, completed=done, total=total)


@contextmanager
def progress_bar(label: str, total: int | None = None) -> Iterator[Bar]:
    """Show progress on standard error while the block runs."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as shown:
        task = shown.add_task(label, total=total)
        yield Bar(shown, task)
