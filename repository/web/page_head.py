"""The head of a page: what it says of itself to search engines, to previews in a chat, to readers of feeds.

A door hands `share` to its template where it knows more than its address and title. Korean stands at the bare
address and English at `?lang=en`; each is its own canonical address and names the other. `x-default` is the bare
one, which answers in the reader's language.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import Flask, request
from flask_babel import gettext as _
from markupsafe import Markup

from repository.linked_data import schema_org
from repository.linked_data.schema_org import Node
from repository.urls import Urls
from repository.web.atom import MEDIA_TYPE
from repository.web.context import site_urls
from repository.web.languages import LANGUAGES, current

WIDTH, HEIGHT = 1200, 630  # of a share picture, as previews want it (1.91 to 1)
LONGEST = 200  # characters of a description
Address = Callable[[Urls], str]


@dataclass(frozen=True, slots=True)
class Preview:
    """The picture of a preview: absolute address, size in pixels, alternative text, media type."""

    url: str
    width: int
    height: int
    alt: str
    media_type: str = "image/jpeg"


@dataclass(frozen=True, slots=True)
class Form:
    """The same in another form, or a feed to follow: media type, address, and what it is called."""

    media_type: str
    url: str
    title: str


@dataclass(frozen=True, slots=True)
class Share:
    """What a door tells of its page; `address` makes its address from those of a language.

    `preview` is nothing where the site's own card stands for the page. `listed` says whether search engines may
    list it, `trained` whether it is cleared for training.
    """

    address: Address
    description: str = ""
    title: str = ""
    kind: str = "website"
    changed: str = ""
    preview: Preview | None = None
    nodes: Sequence[Node] = ()
    forms: Sequence[Form] = ()
    listed: bool = True
    trained: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """All that the template of the head writes out."""

    share: Share
    title: str
    description: str
    canonical: str
    languages: Sequence[tuple[str, str]]
    preview: Preview
    feeds: Sequence[Form]
    data: Markup
    policy: str


def init_app(app: Flask) -> None:
    """Give templates `page_head`."""
    app.jinja_env.globals["page_head"] = page_head


def page_head(share: Share | None, title: str) -> Head:
    """Gather the head of the page being made; a page that says nothing is named by its path alone."""
    told = share or Share(_here)
    site, language = site_urls(), current()
    return Head(
        share=told,
        title=told.title or title,
        description=told.description or site_description(),
        canonical=told.address(urls_in(site, language)),
        languages=[(lang, told.address(urls_in(site, lang))) for lang in LANGUAGES],
        preview=told.preview or _card(site, language),
        feeds=_feeds(urls_in(site, language)),
        data=Markup(schema_org.document(told.nodes)) if told.nodes else Markup(),
        policy=site.mining_policy(),
    )


def urls_in(site: Urls, language: str) -> Urls:
    """Give the addresses of the pages in a language: bare for Korean."""
    return Urls(site.base, "" if language == LANGUAGES[0] else language)


def site_description() -> str:
    """Say in a sentence what the site is."""
    return str(
        _("도서관·박물관·미술관·기록관이 디지털로 옮긴 우리 기록을 한곳에서 찾고, 보고, 바르게 씁니다.")
    )


def _here(urls: Urls) -> str:
    """Give the address of this page by its path, in a language."""
    query = f"?lang={urls.lang}" if urls.lang else ""
    return f"{urls.base}{request.path}{query}"


def _card(site: Urls, language: str) -> Preview:
    alt = f"{_('코리안메모리')} — {_('우리 기록을 한곳에서')}"
    return Preview(site.share_card(language), WIDTH, HEIGHT, alt, "image/png")


def _feeds(urls: Urls) -> list[Form]:
    return [
        Form(MEDIA_TYPE, urls.new_items(), f"{_('코리안메모리')} · {_('새로 들어온 자료')}"),
        Form(MEDIA_TYPE, urls.new_collections(), f"{_('코리안메모리')} · {_('새 주제 컬렉션')}"),
    ]


def shorten(text: str, longest: int = LONGEST) -> str:
    """Cut a text for a preview between words, on one line."""
    whole = " ".join(text.split())
    if len(whole) <= longest:
        return whole
    kept = whole[: longest - 1]
    return f"{kept.rpartition(' ')[0] or kept}…"
