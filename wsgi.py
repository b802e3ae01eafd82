"""The composition root: the only module that knows the core and both arms.

`create_app` gives the WSGI application, `serving` the same for a process of its own, `km` the command line. What
serves pages, and each command, is imported when it is called: a command does not wait for the libraries of all the
others.
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import click

from repository import logs, ports, settings
from repository.cli_support import Commands, Open, emit, json_option, progress_bar
from repository.memory import Memory, open_memory
from repository.worker import Job, end, stop_on_signals, work

if TYPE_CHECKING:
    from flask import Flask

ROOT = Path(__file__).resolve().parent
REFRESH_SECONDS = 1.0
YIELDING = 10  # niceness of the worker, as `nice` counts
GARBAGE = (5_000, 20, 50)  # how many new objects, and how many rounds of each kind, until the next is due
COMMANDS = {
    "takedown": "repository.cli:takedown",
    "rights": "repository.cli:rights",
    "index": "repository.cli_index:index",
    "search": "repository.cli_search:search",
    "words": "repository.cli_words:words",
    "reports": "repository.cli_reports:reports",
    "user": "repository.users_cli:user",
    "source": "harvest.source_cli:source",
    "harvest": "harvest.cli:harvest",
    "parked": "harvest.cli:parked",
    "correct": "harvest.corrections_cli:correct",
    "institution": "harvest.institution_cli:institution",
    "collection": "curation.collections_cli:collection",
    "dataset": "curation.datasets_cli:dataset",
}
REBUILDS = {
    "items": "harvest.cli:rebuild_items",
    "derivatives": "repository.cli:rebuild_derivatives",
    "manifests": "repository.cli:rebuild_manifests",
    "index": "repository.cli_index:rebuild_index",
}


def create_app(given: settings.Settings | None = None) -> Flask:
    """Make the web application over one opened installation."""
    from flask import Flask
    from werkzeug.middleware.proxy_fix import ProxyFix

    import curation
    from harvest import site
    from repository import web

    chosen = given or settings.load()
    logs.configure(chosen.log_level, as_json=chosen.log_json)
    memory = open_memory(chosen)
    app = Flask("korean_memory", static_folder=str(ROOT / "static"), static_url_path="/static")
    app.extensions["memory"] = memory
    web.init_app(app, memory)
    site.init_app(app, memory)
    curation.init_app(app, memory)
    if hops := chosen.trusted_proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # Flask's documented way to wrap itself
            app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops
        )
    return app


def serving() -> Flask:
    """Make the application for a process that does nothing but serve it.

    What stands by now stays as long as the process: looking through it for garbage again and again would stop
    one page in a hundred for a tenth of a second. What pages leave behind is looked through every few pages.
    """
    app = create_app()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GARBAGE)
    return app


@click.group(cls=Commands, named=COMMANDS)
@click.pass_context
def km(ctx: click.Context) -> None:
    """Korean Memory: harvest, keep, describe, find, show, curate and publish."""

    @cache
    def opened() -> Memory:
        chosen = settings.load()
        logs.configure("WARNING", as_json=False)
        return open_memory(chosen)

    ctx.obj = opened


@km.command()
@click.option("--config", type=click.Path(path_type=Path), help="Also write the settings to this file.")
@click.pass_obj
def init(opened: Open, config: Path | None) -> None:
    """Make the data folder and bring the database to the newest schema.

    Example: km init --config memory.toml
    """
    memory = opened()
    memory.database.migrate()
    if config is not None:
        config.write_text(settings.to_toml(memory.settings), "utf-8")


@km.command()
@click.option("--no-worker", is_flag=True, help="Serve pages only.")
@click.pass_obj
def serve(opened: Open, no_worker: bool) -> None:
    """Serve the site, and start the worker beside it.

    Example: km serve
    """
    from granian import Granian
    from granian.constants import Interfaces

    chosen = opened().settings
    ports.check_free(chosen.host, chosen.port)
    worker_process = (
        None if no_worker else subprocess.Popen([sys.executable, str(ROOT / "wsgi.py"), "worker"])
    )
    click.echo(f"{chosen.site_url}/", err=True)
    try:
        Granian(
            "wsgi:serving",
            factory=True,
            interface=Interfaces.WSGI,
            address=chosen.host,
            port=chosen.port,
            workers=chosen.web_workers,
            blocking_threads=chosen.web_threads,
            respawn_failed_workers=True,
            workers_kill_timeout=10,
            log_access=False,
            working_dir=ROOT,
        ).serve()
    finally:
        if worker_process is not None:
            end(worker_process)


def refresh_all(memory: Memory) -> int:
    """Bring every projection up to the newest change."""
    from repository.presentation import presenter_of
    from repository.refresh import refresh

    return refresh(memory, presenter_of(memory.settings))


def jobs(memory: Memory) -> list[Job]:
    """Gather the kinds of work that the core and both arms bring."""
    import curation
    from harvest import site
    from repository import jobs as core

    projections = Job("projections", REFRESH_SECONDS, lambda: refresh_all(memory))
    return [projections, *core.jobs(memory), *site.jobs(memory), *curation.jobs(memory)]


@km.command()
@click.pass_obj
def worker(opened: Open) -> None:
    """Look for work left and do it, until told to stop; it yields the processors to what serves pages.

    Example: km worker
    """
    os.nice(YIELDING)
    memory = opened()
    logs.configure(memory.settings.log_level, as_json=memory.settings.log_json)
    work(jobs(memory), stop_on_signals())


@km.command("demo")
@click.option("--remove", is_flag=True, help="Take the samples away again.")
@json_option
@click.pass_obj
def fill_demo(opened: Open, remove: bool, as_json: bool) -> None:
    """Fill the installation with invented sample institutions: harvest, collections, a release.

    Example: km demo
    """
    from curation.demo import remove_demo, run_demo
    from harvest import demo

    memory = opened()
    memory.database.migrate()
    if remove:
        demo.remove(memory, remove_demo, refresh_all)
        return
    report = demo.perform(memory, refresh_all, run_demo)
    emit(as_json, report, demo.text(report, memory.settings.site_url))


@km.command("status")
@json_option
@click.pass_obj
def show_status(opened: Open, as_json: bool) -> None:
    """Show the sums that must hold: sources, files, index.

    Example: km status
    """
    from harvest import status
    from repository.refresh import lags

    memory = opened()
    with memory.database.read() as conn:
        rows, behind = status.of_all(conn), {lag.reader: lag.behind for lag in lags(conn)}
    found = {"sources": rows, "documents": memory.engine.count(), "behind": behind}
    lines = [status.line(row) for row in rows]
    emit(as_json, found, "\n".join([*lines, f"index: documents {found['documents']}, behind {behind}"]))
    if not all(row.sums_hold for row in rows):
        raise click.exceptions.Exit(1)


@km.group(cls=Commands, named=REBUILDS)
def rebuild() -> None:
    """Make derived things anew: items, index, manifests, derivatives, all."""


@rebuild.command("all")
@click.pass_obj
def rebuild_all(opened: Open) -> None:
    """Make everything derived anew: items, derivatives, manifests, index.

    Example: km rebuild all
    """
    from harvest.replay import replay
    from repository.presentation import presenter_of
    from repository.refresh import rebuild_derivatives, rebuild_index, rebuild_manifests

    memory = opened()
    with progress_bar("items") as advance:
        replay(memory, "", advance)
    with progress_bar("files") as advance:
        rebuild_derivatives(memory, advance)
    with progress_bar("manifests") as advance:
        rebuild_manifests(memory, presenter_of(memory.settings), advance)
    with progress_bar("index") as advance:
        rebuild_index(memory, advance)


if __name__ == "__main__":
    km()
