"""What the doors tell of their pages in the head: the first page, institutions, collections, searches, items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flask_babel import gettext as _

from repository.asset import Asset, Role, remote_picture
from repository.institution import Institution
from repository.item import Text
from repository.linked_data import formats, schema_org, schema_work
from repository.linked_data.schema_org import Exhibition
from repository.linked_data.schema_work import Image, Part, Play, Work
from repository.rights.decision import Use
from repository.rights.explain import answer_words
from repository.rights.vocabulary import marks
from repository.search.query import Query
from repository.sets import PublishedSet
from repository.urls import Urls
from repository.web import robots, search_formats, words
from repository.web.badge import badge_of
from repository.web.cards import alternative, fit, holder_name, maker_name
from repository.web.context import memory, site_urls
from repository.web.item_view import STAGE, Material, credit_line
from repository.web.languages import current
from repository.web.page_head import HEIGHT, WIDTH, Address, shorten
from repository.web.page_head import Form as Form
from repository.web.page_head import Preview as Preview
from repository.web.page_head import Share as Share
from repository.web.page_head import urls_in as urls_in


def _home_step(site: Urls) -> tuple[str, str]:
    return str(_("코리안메모리")), urls_in(site, current()).home()


# ---- pages of one kind


def of_home() -> Share:
    """Tell of the first page: the site, its search, who runs it."""
    contact = memory().settings.contact
    return Share(Urls.home, nodes=schema_org.website(site_urls(), current(), contact))


def of_page(address: Address, description: str, name: str) -> Share:
    """Tell of a page of the site itself, with the way to it."""
    site, language = site_urls(), current()
    steps = [_home_step(site), (name, address(urls_in(site, language)))]
    return Share(address, shorten(description), nodes=[schema_org.trail(steps)])


def of_institution(one: Institution, after: str = "") -> Share:
    """Tell of an institution's page; its further pages, after an item, are pages of their own."""
    site, language = site_urls(), current()
    urls = urls_in(site, language)
    steps = [
        _home_step(site),
        (str(_("기관")), urls.institutions()),
        (one.name(language), urls.institution(one.id)),
    ]
    told = one.about_ko if language == "ko" else one.about_en
    sample = f" {_('가상 기관')}." if one.invented else ""
    return Share(
        address=lambda given: given.institution(one.id, after),
        description=shorten(f"{one.name(language)}.{sample} {told}"),
        nodes=[schema_org.institution(one, site), schema_org.trail(steps)],
    )


def of_search(query: Query) -> Share:
    """Tell of a search: one address for all its spellings, and its other forms."""
    bare = replace(query, cursor="")
    kinds = {"json": "JSON", "atom": str(_("새 자료 따라 읽기")), "csv": "CSV", "iiif": "IIIF"}
    return Share(
        address=lambda urls: urls.search(query.pairs()),
        forms=[
            Form(search_formats.MEDIA_TYPES[form], search_formats.address(form, bare), title)
            for form, title in kinds.items()
        ],
        listed=robots.may_be_listed(query),
    )


def of_collection(shown: Exhibition, preview: Preview | None) -> Share:
    """Tell of a topic collection's page; `preview` is its opening picture, where that may be seen."""
    site, language = site_urls(), current()
    urls = urls_in(site, language)
    title = words.pick(shown.title, language) or shown.title[0]
    steps = [
        _home_step(site),
        (str(_("주제 컬렉션")), urls.collections()),
        (title.value, urls.collection(shown.slug)),
    ]
    return Share(
        address=lambda given: given.collection(shown.slug),
        description=shorten(shown.lead.value),
        kind="article",
        changed=shown.published,
        preview=preview,
        nodes=[schema_org.collection(shown, site), schema_org.trail(steps)],
    )


# ---- an item


def of_item(given: Material, collections: Sequence[PublishedSet]) -> Share:
    """Tell of an item's page what its decision lets be told, shown and used."""
    item, site, language = given.stored.item, given.site, given.language
    urls = urls_in(site, language)
    heading = words.in_language(given.description.titles, language)[0]
    steps = [_home_step(site)]
    if holder := given.known.get(item.holder):
        steps.append((holder.name(language), urls.institution(holder.id)))
    steps.append((heading.value, urls.item(item.id)))
    return Share(
        address=lambda given_urls: given_urls.item(item.id),
        title=heading.value,
        description=shorten(" · ".join(_said(given))),
        kind="article",
        changed=given.stored.datestamp,
        preview=preview_of(given),
        nodes=[schema_work.item(_work(given, collections), site), schema_org.trail(steps)],
        forms=_forms(item.id, urls),
        trained=given.access.allows(Use.TRAIN),
    )


def _said(given: Material) -> list[str]:
    """Say who holds it, what may be done with it, who made it and when, that a sample is one, and what it is."""
    described, language = given.description, given.language
    holder = holder_name(described, given.stored.item.holder, given.known)
    maker = next((maker_name(one, language).value for one in described.agents if one.names), "")
    date = next((words.years(one, language) or one.text for one in described.dates), "")
    notes = [Text(note.value, note.lang) for note in described.notes if note.kind == "abstract"]
    told = words.pick(notes, language)
    facts = (
        _("%(name)s 소장", name=holder.value) if holder else "",
        badge_of(given.access, language).text,
        _("견본 그림 · 실물 사진이 아님") if given.invented else "",
        maker,
        date,
        told.value if told else "",
    )
    return [str(fact) for fact in facts if fact]


def _forms(item: str, urls: Urls) -> list[Form]:
    site = Urls(urls.base)
    kinds = {"json": ("application/json", "JSON")}
    kinds |= {suffix: (kind, suffix) for suffix, (kind, _write) in formats.FORMATS.items()}
    return [Form(kind, site.item_as(item, suffix), name) for suffix, (kind, name) in kinds.items()]


def standing(given: Material) -> Asset | None:
    """Choose what stands for an item in a preview: its first picture that may be seen, else a film seen whole."""
    films = [one for one in given.viewable(Role.FILM) if given.access.seen_whole(one.id)]
    return next(iter([*given.pictures(), *films]), None)


def preview_of(given: Material) -> Preview | None:
    """Give the share picture of an item, or nothing where nothing of it may be seen."""
    asset = standing(given)
    if asset is None:
        return None
    alt = alternative(asset, given.description, given.invented).value
    if not asset.is_remote_image:
        return Preview(given.site.share_picture(given.stored.item.id), WIDTH, HEIGHT, alt)
    width, height = fit(asset, WIDTH)
    return Preview(remote_picture(asset, WIDTH), width, height, alt)


def _work(given: Material, collections: Sequence[PublishedSet]) -> Work:
    item, language = given.stored.item, given.language
    decision = given.access.decision
    assert decision is not None, "a described item has been decided on"
    mark = marks().get(decision.decision.mark)
    return Work(
        item=item,
        address=urls_in(given.site, language).item(item.id),
        changed=given.stored.datestamp,
        came=given.stored.created,
        image=_image(given),
        play=_play(given),
        mark=mark if mark and mark.code != "none" else None,
        credit=Text(credit_line(given), language),
        access=Text(answer_words(decision.decision, Use.VIEW, language), language),
        holder=given.known.get(item.holder),
        provider=given.known.get(item.provider),
        collections=[
            Part(one.id, (Text(one.title_ko, "ko"), Text(one.title_en, "en"))) for one in collections
        ],
        sample=_sample(given),
    )


def _sample(given: Material) -> Text | None:
    """Say of an item of an invented institution that it is one, and that its pictures are drawn."""
    if not given.invented:
        return None
    return Text(f"{_('가상 기관')} · {_('견본 그림 · 실물 사진이 아님')}", given.language)


def _image(given: Material) -> Image | None:
    """Give the first picture that may be seen, at the size at which its page shows it."""
    asset = next(iter(given.pictures()), None)
    if asset is None:
        return None
    bound = given.access.max_px(asset.id)
    side = min(STAGE, bound) if bound else STAGE
    width, height = fit(asset, side)
    remote = asset.is_remote_image
    url = remote_picture(asset, side) if remote else given.site.picture(asset.id, f"!{side},{side}")
    return Image(url, width, height, asset.alt, asset.description)


def _play(given: Material) -> Play | None:
    films = [one for one in given.viewable(Role.FILM, Role.SOUND) if given.access.seen_whole(one.id)]
    if not films:
        return None
    film = films[0]
    still = given.site.poster(film.id) if film.role is Role.FILM else ""
    return Play(given.site.film(film.id), film.media_type, film.seconds, still)
