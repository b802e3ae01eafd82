"""The way into the workbench: log in, log out, another password, and the first page."""

from __future__ import annotations

from typing import Any

from flask import (
    Blueprint,
    Flask,
    Response,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_login import LoginManager, current_user, login_user
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.wrappers import Response as AnyResponse

from repository import logins, people
from repository.errors import BadRequest, Closed, KoreanMemoryError
from repository.logins import LoginRefused
from repository.memory import Memory
from repository.person import Action, Person
from repository.web import sessions, workbench
from repository.web.context import memory
from repository.web.workbench import PREFIX, requires, someone

blueprint = Blueprint("workbench", __name__, template_folder="templates", url_prefix="/workbench")
_LOGIN = "workbench.login"
_csrf = CSRFProtect()


class Staff:
    """A person as Flask-Login wants one: named by id and generation."""

    is_authenticated = is_active = True
    is_anonymous = False

    def __init__(self, person: Person) -> None:
        self.person = person

    def get_id(self) -> str:
        """Name the person and the generation of the session."""
        return f"{self.person.id}.{self.person.generation}"


def init_app(app: Flask, opened: Memory) -> None:
    """Bring the login, and close everything below `/workbench/` to strangers."""
    sessions.init_app(app, opened.settings)
    app.config.update(WTF_CSRF_CHECK_DEFAULT=False, WTF_CSRF_TIME_LIMIT=None)
    _csrf.init_app(app)
    manager = LoginManager()
    manager.session_protection = None
    manager.user_loader(_load)
    manager.init_app(app, add_context_processor=False)
    app.before_request(_guard)
    app.after_request(_private)
    app.register_blueprint(blueprint)


def _now() -> int:
    return int(memory().database.clock().timestamp())


def _load(named: str) -> Staff | None:
    """Give the person of a session, unless it is over: too old, of another generation, or disabled."""
    who, _dot, generation = named.partition(".")
    if _now() - session.get("since", 0) > memory().settings.session_hours * 3600:
        return None
    with memory().database.read() as conn:
        found = people.find(conn, who)
    live = found is not None and found.active and str(found.generation) == generation
    return Staff(found) if found and live else None


def _guard() -> AnyResponse | None:
    rule = request.url_rule
    if rule is None or not rule.rule.startswith(PREFIX):
        return None
    if request.endpoint != _LOGIN:
        if not current_user.is_authenticated:
            here = request.full_path.rstrip("?") if request.method != "POST" else None
            return redirect(url_for(_LOGIN, next=here), 303)
        if not hasattr(current_app.view_functions[str(request.endpoint)], workbench.DECLARED):
            raise Closed("action_not_allowed", "이 일을 할 권한이 없습니다.", "Your account may not do this.")
    try:
        _csrf.protect()
    except CSRFError as error:
        raise BadRequest(
            "form_stale",
            "양식이 오래되었거나 이 쪽에서 보낸 것이 아닙니다. 쪽을 새로 열고 다시 해 주세요.",
            "This form is too old or was not sent from this page. Please open the page anew and try again.",
        ) from error
    return None


def _private(response: Response) -> Response:
    if request.path.startswith(PREFIX):
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _enter(person: Person, since: int) -> None:
    """Begin a new session: nothing that was in the old one stays, so none can be planted beforehand."""
    session.clear()
    session.permanent = True
    session["since"] = since
    login_user(Staff(person))


def own_path(asked: str) -> str:
    """Give the address to go on to: one of the workbench, or its first page."""
    plain = asked.startswith(PREFIX) and "\\" not in asked and asked.isprintable()
    return asked if plain else url_for("workbench.start")


@blueprint.route("/login", methods=["GET", "POST"])
def login() -> AnyResponse:
    """Ask who somebody is, and let in who is known."""
    onward = own_path(request.args.get("next", ""))
    if request.method != "POST":
        return redirect(onward, 303) if current_user.is_authenticated else _page("login", onward=onward)
    email, password = request.form.get("email", ""), request.form.get("password", "")
    try:
        found = logins.log_in(memory().database, email, password, request.remote_addr or "")
    except LoginRefused as error:
        return _refused("login", error, onward=onward)
    _enter(found, _now())
    return redirect(onward, 303)


@blueprint.post("/logout")
@requires(Action.SEE)
def logout() -> AnyResponse:
    """End every session of the person."""
    with memory().database.write() as tx:
        people.end_sessions(tx, someone(), someone().id)
    session.clear()
    return redirect(url_for(_LOGIN), 303)


@blueprint.get("/")
@requires(Action.SEE)
def start() -> AnyResponse:
    """Show what the person may do."""
    return _page("start", entries=workbench.entries(current_app, someone()))


@blueprint.route("/password", methods=["GET", "POST"])
@requires(Action.SEE)
def password() -> AnyResponse:
    """Give oneself another password; the sessions elsewhere end, this one goes on."""
    if request.method != "POST":
        return _page("password")
    person, database, form = someone(), memory().database, request.form
    try:
        logins.log_in(database, person.email, form.get("current", ""), request.remote_addr or "", "confirmed")
        if form.get("new", "") != form.get("again", ""):
            raise BadRequest(
                "password_differs", "새 비밀번호 두 개가 서로 다릅니다.", "The two new passwords differ."
            )
        kept = people.secret(form.get("new", ""), person.email, person.name)
        with database.write() as tx:
            changed = people.set_password(tx, person, kept, person.id)
    except (LoginRefused, BadRequest) as error:
        return _refused("password", error)
    _enter(changed, session["since"])
    return redirect(url_for("workbench.start"), 303)


def _page(name: str, **shown: Any) -> Response:
    person = getattr(current_user, "person", None)
    return make_response(render_template(f"workbench/{name}.html", person=person, **shown))


def _refused(name: str, error: KoreanMemoryError, **shown: Any) -> Response:
    response = _page(name, fault=error, **shown)
    wait = error.wait if isinstance(error, LoginRefused) else 0
    response.status_code = 429 if wait else 422
    if wait:
        response.headers["Retry-After"] = str(wait)
    return response
