"""What all commands share: how they get at the installation, speak to people and machines, and show progress."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
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
    """A group whose commands end in exit 1 with one coded line for an error of ours, never in a trace.

    Commands that are `named`, as `module:command`, are imported when they are called: none waits for the others'
    libraries.
    """

    def __init__(self, *given: Any, named: Mapping[str, str] | None = None, **kept: Any) -> None:
        super().__init__(*given, **kept)
        self._named = dict(named or {})

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the names of all commands, in order."""
        return sorted({*super().list_commands(ctx), *self._named})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Give a command, imported where it was only named."""
        if cmd_name not in self._named:
            return super().get_command(ctx, cmd_name)
        module, _, name = self._named[cmd_name].partition(":")
        found: click.Command = getattr(import_module(module), name)
        return found

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
