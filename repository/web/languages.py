"""The reader's language: Korean first; `?lang=` decides, Accept-Language is only a default.

Messages are Korean in the code and the templates; English is a catalogue (`translations/en`), compiled at
set-up. The language chosen by a link is carried on by every link of the page, never by a cookie.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, g, request
from flask_babel import Babel, force_locale, get_translations
from flask_babel.speaklater import LazyString
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from repository.errors import ConfigurationError

LANGUAGES = ("ko", "en")
MOST_KEPT = 256  # headers that are kept read
_CURRENT = "korean_memory.language"  # in the environment of a request
_FOLDER = Path(__file__).parent / "translations"


def chosen() -> str:
    """Give the language that the address itself chooses, or an empty string."""
    asked = request.args.get("lang", "")
    return asked if asked in LANGUAGES else ""


def current() -> str:
    """Give the language to answer in; a page asks for it some hundred times."""
    environ = request.environ
    found: str | None = environ.get(_CURRENT)
    if found is None:
        found = environ[_CURRENT] = chosen() or _preferred(request.headers.get("Accept-Language", ""))
    return found


@lru_cache(maxsize=MOST_KEPT)
def _preferred(accepted: str) -> str:
    """Choose by an Accept-Language header."""
    return parse_accept_header(accepted, LanguageAccept).best_match(LANGUAGES, "ko") or "ko"


def init_app(app: Flask) -> None:
    """Set up the two languages and the site's own catalogue."""
    _check(_FOLDER)
    babel = Babel()
    babel.init_app(
        app,
        default_locale="ko",
        default_translation_directories=str(_FOLDER),
        locale_selector=current,
    )
    # As Flask-Babel installs them, but that a page looks its catalogue up once, not for each of its words.
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # Jinja's extension adds it
        gettext=lambda text: _catalogue().ugettext(text),
        ngettext=lambda one, many, number: _catalogue().ungettext(one, many, number),
        newstyle=True,
        pgettext=lambda context, text: _catalogue().upgettext(context, text),
        npgettext=lambda context, one, many, number: _catalogue().unpgettext(context, one, many, number),
    )


def lazy(text: str) -> LazyString:
    """Give a text that is written in the language of the answer whenever it is shown."""
    return LazyString(_written, text)


def _written(text: str) -> str:
    written: str = _catalogue().ugettext(text)
    return written


@contextmanager
def answering_in(language: str) -> Iterator[None]:
    """Write in a language while the block runs, whatever the reader's is."""
    own = g.pop("catalogue", None)
    try:
        with force_locale(language):
            yield
    finally:
        g.pop("catalogue", None)
        if own is not None:
            g.catalogue = own


def _catalogue() -> Any:
    """Give the catalogue of the answer that is being made; outside of any, that of nothing."""
    if not g:
        return get_translations()
    if "catalogue" not in g:
        g.catalogue = get_translations()
    return g.catalogue


def add_catalogue(app: Flask, folder: Path) -> None:
    """Add the translations of an arm: a folder with `en/LC_MESSAGES/messages.po` and its compiled twin.

    Raises ConfigurationError where the catalogue has not been compiled.
    """
    _check(folder)
    app.extensions["babel"].translation_directories.append(str(folder))


def _check(folder: Path) -> None:
    if not (folder / "en" / "LC_MESSAGES" / "messages.mo").is_file():
        raise ConfigurationError(
            "catalogue_missing",
            f"영어 번역이 컴파일되지 않았습니다: {folder} (make setup)",
            f"the English catalogue in {folder} has not been compiled: run `make setup`",
        )
