"""Sessions of staff: below `/workbench/` only, so that public pages neither read nor set a cookie."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask, Request, Response, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin

from repository.secret import key_of
from repository.settings import Settings
from repository.web.workbench import PREFIX


class WorkbenchSessions(SecureCookieSessionInterface):
    """Signed cookies for the workbench; anywhere else a session is empty and is never saved."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Read the session of a request."""
        return super().open_session(app, request) if request.path.startswith(PREFIX) else self.session_class()

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Write the session into an answer, which nobody may keep."""
        if request.path.startswith(PREFIX):
            super().save_session(app, session, response)


def init_app(app: Flask, settings: Settings) -> None:
    """Set up the sessions and their cookie."""
    app.secret_key = key_of(settings)
    app.session_interface = WorkbenchSessions()
    app.permanent_session_lifetime = timedelta(minutes=settings.session_idle_minutes)
    app.config.update(
        SESSION_COOKIE_NAME="km_workbench",
        SESSION_COOKIE_PATH=PREFIX,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.site_url.startswith("https:"),
    )
