"""`km user`: accounts of staff, from the terminal; a password is never an argument."""

from __future__ import annotations

import sys

import click

from repository import attempts, passwords, people
from repository.cli_support import Open, emit, json_option, who
from repository.person import Person, Role

_ROLE = click.Choice([role.value for role in Role])
_stdin = click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")


@click.group()
def user() -> None:
    """Accounts of staff: who may log in to the workbench, and what for."""


@user.command("add")
@click.argument("email")
@click.option("--name", required=True, help="The person's name.")
@click.option(
    "--role", "roles", multiple=True, type=_ROLE, default=[Role.VIEWER.value], help="May be repeated."
)
@_stdin
@click.pass_obj
def add(opened: Open, email: str, name: str, roles: tuple[str, ...], password_stdin: bool) -> None:
    """Make an account; the password is asked for twice.

    Example: km user add kim@example.org --name 김사서 --role librarian
    """
    password = _password(password_stdin)
    with opened().database.write() as tx:
        people.add(tx, email, name, map(Role, roles), password, who())


@user.command("list")
@json_option
@click.pass_obj
def list_people(opened: Open, as_json: bool) -> None:
    """List the accounts.

    Example: km user list --json
    """
    with opened().database.read() as conn:
        found = people.every(conn)
    emit(as_json, found, "\n".join(_line(person) for person in found))


@user.command("role")
@click.argument("email")
@click.argument("roles", nargs=-1, type=_ROLE)
@click.pass_obj
def role(opened: Open, email: str, roles: tuple[str, ...]) -> None:
    """Give an account exactly these roles; none takes all away.

    Example: km user role kim@example.org librarian rights_officer
    """
    with opened().database.write() as tx:
        people.set_roles(tx, people.by_email(tx.conn, email), map(Role, roles), who())


@user.command("password")
@click.argument("email")
@_stdin
@click.pass_obj
def change_password(opened: Open, email: str, password_stdin: bool) -> None:
    """Give an account another password, which ends its sessions.

    Example: km user password kim@example.org
    """
    chosen = _password(password_stdin)
    with opened().database.write() as tx:
        people.set_password(tx, people.by_email(tx.conn, email), chosen, who())


@user.command("disable")
@click.argument("email")
@click.pass_obj
def disable(opened: Open, email: str) -> None:
    """Let a person no longer log in, and end the sessions.

    Example: km user disable kim@example.org
    """
    with opened().database.write() as tx:
        people.set_active(tx, people.by_email(tx.conn, email), False, who())


@user.command("enable")
@click.argument("email")
@click.pass_obj
def enable(opened: Open, email: str) -> None:
    """Let a person log in again.

    Example: km user enable kim@example.org
    """
    with opened().database.write() as tx:
        people.set_active(tx, people.by_email(tx.conn, email), True, who())


@user.command("unlock")
@click.argument("email")
@click.pass_obj
def unlock(opened: Open, email: str) -> None:
    """Forget the failed logins of an account, so that it need not wait.

    Example: km user unlock kim@example.org
    """
    with opened().database.write() as tx:
        attempts.forgive(tx, people.by_email(tx.conn, email).email)


def _password(from_stdin: bool) -> str:
    """Read a new password: one line of standard input, or twice from the terminal, hidden."""
    if from_stdin:
        line = sys.stdin.readline(passwords.LONGEST + 2)
        return line.removesuffix("\n").removesuffix("\r")
    typed: str = click.prompt(
        "비밀번호 / password", hide_input=True, confirmation_prompt="다시 한 번 / again"
    )
    return typed


def _line(person: Person) -> str:
    return f"{person.email}  {person.name}  {', '.join(person.roles)}  {'active' if person.active else 'disabled'}"
