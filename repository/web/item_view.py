"""What an item's page shows, as values: pictures, film, names and dates in words, rights, downloads, credit line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from repository.asset import Asset, AssetState, Role, remote_picture
from repository.gate import Access
from repository.institution import Institution
from repository.item import Agent, Date, Description, Note, Text, Title
from repository.items import StoredItem
from repository.rights.decision import Use
from repository.rights.explain import Explanation, UseExplained, explain
from repository.rights.vocabulary import Mark, marks
from repository.urls import Urls
from repository.web import film_view, words
from repository.web.cards import Picture, fit, holder_name, in_widths, is_invented, maker_name, thumbnail
from repository.web.film_view import Film, Read
from repository.web.picture_words import PictureWords, alternative, described

STRIP = 24  # pages in the strip at once
STAGE = 1200  # the longest side in pixels of the picture that a page shows first
PHONE = 700  # and of the one for small screens
_UNITS = ("B", "KB", "MB", "GB", "TB")


@dataclass(frozen=True, slots=True)
class Page:
    """One picture of an item: its place from 1, its label, the picture and its small twin, its image service."""

    number: int
    label: Text
    picture: Picture
    small: Picture
    info: str
    url: str
    words: PictureWords

    @property
    def caption(self) -> Text:
        """What stands below the picture: what somebody wrote of it, else its label."""
        return self.words.alt[0].text if self.words.alt else self.label


@dataclass(frozen=True, slots=True)
class Download:
    """An original that may be had."""

    url: str
    label: Text
    media_type: str
    size: str


@dataclass(frozen=True, slots=True)
class Maker:
    """A maker or contributor: role in words, name, further names, years."""

    role: str
    name: Text
    others: tuple[Text, ...]
    life: str
    search: str


@dataclass(frozen=True, slots=True)
class Dated:
    """A date as written and as it was read."""

    role: str
    text: Text
    read: str
    edtf: str


@dataclass(frozen=True, slots=True)
class Rights:
    """What a page says of rights: one sentence, the answers for each use, the mark, who decided when."""

    sentence: str
    uses: tuple[UseExplained, ...]
    duties: tuple[tuple[str, str], ...]
    elsewhere: tuple[str, ...]
    table: str
    mark: Mark | None
    decided: str


@dataclass(frozen=True, slots=True)
class ItemView:
    """Everything an item's page shows."""

    id: str
    titles: tuple[Text, ...]
    type: str
    makers: tuple[Maker, ...]
    dates: tuple[Dated, ...]
    places: tuple[tuple[Text, str], ...]
    subjects: tuple[tuple[Text, str], ...]
    notes: tuple[tuple[str, Text], ...]
    lead: Text | None
    languages: tuple[str, ...]
    extents: tuple[Text, ...]
    identifiers: tuple[str, ...]
    holder: Text | None
    holder_url: str
    provider: Institution | None
    source_url: str
    invented: bool
    pages: tuple[Page, ...]
    current: int
    film: Film | None
    downloads: tuple[Download, ...]
    rights: Rights
    credit: str
    manifest: str


@dataclass(frozen=True, slots=True)
class Material:
    """What the view is made from: the item, its files, the access to them, the institutions, and the addresses."""

    stored: StoredItem
    files: Sequence[Asset]
    access: Access
    known: Mapping[str, Institution]
    urls: Urls
    site: Urls
    language: str
    captions: Read = film_view.silent

    @property
    def description(self) -> Description:
        """The item's description."""
        return self.stored.item.description

    @property
    def invented(self) -> bool:
        """Whether the item comes from an invented institution."""
        return is_invented(self.stored.item.holder, self.stored.item.provider, self.known)

    def viewable(self, *roles: Role) -> list[Asset]:
        """Give the fetched files of some roles that may be seen now."""
        return [
            asset
            for asset in self.files
            if asset.role in roles
            and asset.state is AssetState.FETCHED
            and self.access.allows(Use.VIEW, asset.id)
        ]

    def pictures(self) -> list[Asset]:
        """Give the pictures that may be seen now, those at the institution's own service only where seen whole."""
        roles = (Role.PAGE, Role.VIEW)
        return [
            asset
            for asset in self.files
            if asset.role in roles
            and (
                self.access.seen_whole(asset.id)
                if asset.is_remote_image
                else asset.is_image and self.access.allows(Use.VIEW, asset.id)
            )
        ]


def build(given: Material, page: int) -> ItemView:
    """Make the view; `page` from 1 says which picture is open."""
    item, described, urls = given.stored.item, given.description, given.urls
    notes = [note for note in described.notes if note.value.strip()]
    lead = next((note for note in notes if note.kind == "abstract" and _fits(note, given.language)), None)
    lead = lead or next((note for note in notes if note.kind == "abstract"), None)
    pages = given.pictures()
    film = _film(given)
    return ItemView(
        id=item.id,
        titles=words.titles(described.titles),
        type=str(words.TYPES.get(described.type, words.TYPES["unknown"])),
        makers=tuple(_maker(agent, given) for agent in described.agents if agent.names),
        dates=tuple(_dated(date, given.language) for date in described.dates),
        places=_links([words.pick(place.names, given.language) for place in described.places], urls),
        subjects=_links(described.subjects, urls),
        notes=tuple((_note_kind(note), Text(note.value, note.lang)) for note in notes if note is not lead),
        lead=Text(lead.value, lead.lang) if lead else None,
        languages=tuple(words.language_name(code, given.language) for code in described.languages),
        extents=described.extents,
        identifiers=tuple(dict.fromkeys((*described.identifiers, item.local_id))),
        holder=holder_name(described, item.holder, given.known),
        holder_url=urls.institution(item.holder) if item.holder in given.known else "",
        provider=given.known.get(item.provider),
        source_url=described.shown_at if described.shown_at.startswith(("http://", "https://")) else "",
        invented=given.invented,
        pages=tuple(_page(given, asset, number, len(pages)) for number, asset in enumerate(pages, 1)),
        current=page,
        film=film,
        downloads=tuple(_downloads(given)),
        rights=_rights(given),
        credit=credit_line(given),
        manifest=given.site.manifest(item.id) if pages or film else "",
    )


def _fits(note: Note, language: str) -> bool:
    return words.tag(Text(note.value, note.lang)) in (language, "")


def _note_kind(note: Note) -> str:
    return str(words.NOTE_KINDS.get(note.kind, words.NOTE_KINDS["note"]))


def _links(texts: Iterable[Text | None], urls: Urls) -> tuple[tuple[Text, str], ...]:
    return tuple((text, urls.search([("q", text.value[:200])])) for text in texts if text)


def _maker(agent: Agent, given: Material) -> Maker:
    name = maker_name(agent, given.language)
    names = words.titles(Title(one.value, one.lang) for one in agent.names)
    role = words.ROLES.get(agent.role)
    return Maker(
        role=str(role) if role else _("함께한 이"),
        name=name,
        others=tuple(other for other in names if other.value != name.value),
        life=words.life(agent),
        search=given.urls.search([("q", name.value[:200])]),
    )


def _dated(date: Date, language: str) -> Dated:
    role = words.DATE_ROLES.get(date.role, words.DATE_ROLES["other"])
    return Dated(str(role), Text(date.text), words.years(date, language), date.edtf)


def _page(given: Material, asset: Asset, number: int, count: int) -> Page:
    bound = given.access.max_px(asset.id) or STAGE
    side = min(STAGE, bound)
    width, height = fit(asset, side)
    alt = alternative(asset, given.description, given.invented, (number, count))
    label = Text(asset.label, asset.lang) if asset.label else Text(_("%(n)s쪽", n=number), given.language)
    small = thumbnail(given.urls, given.access, asset, given.description, given.invented)
    assert small is not None, "only what may be seen becomes a page"
    remote = asset.is_remote_image
    src = remote_picture(asset, side) if remote else given.urls.picture(asset.id, f"!{side},{side}")
    sources = "" if remote else in_widths(given.urls, asset, (PHONE, STAGE), bound)
    return Page(
        number=number,
        label=label,
        picture=Picture(src, width, height, alt, given.invented, sources),
        small=small,
        info=f"{asset.url}/info.json" if remote else given.urls.info(asset.id),
        url=given.urls.item(given.stored.item.id, number),
        words=described(asset, number),
    )


def _film(given: Material) -> Film | None:
    found = [one for one in given.viewable(Role.FILM, Role.SOUND) if given.access.seen_whole(one.id)]
    if not found:
        return None
    film = found[0]
    captions = [one for one in given.viewable(Role.CAPTION) if one.parent == film.id]
    alt = alternative(film, given.description, given.invented)
    return film_view.build(film, captions, alt, given.urls, given.language, given.captions)


def _downloads(given: Material) -> Iterable[Download]:
    for number, asset in enumerate(given.files, 1):
        fetched = asset.state is AssetState.FETCHED and asset.role is not Role.POSTER
        if fetched and given.access.allows(Use.REUSE, asset.id):
            label = _file_label(given, asset, number)
            yield Download(given.urls.original(asset.id), label, asset.media_type, size(asset.bytes))


def _file_label(given: Material, asset: Asset, number: int) -> Text:
    if asset.label:
        return Text(asset.label, asset.lang)
    kind = {Role.FILM: _("영상"), Role.SOUND: _("소리"), Role.DOCUMENT: _("문서"), Role.CAPTION: _("자막")}
    if asset.role is Role.CAPTION and asset.lang:
        return Text(f"{kind[asset.role]} · {words.language_name(asset.lang, given.language)}", given.language)
    return Text(str(kind.get(asset.role) or _("파일 %(n)s", n=number)), given.language)


def size(count: int) -> str:
    """Say a number of bytes for people."""
    value = float(count)
    for unit in _UNITS:
        if value < 1000 or unit == _UNITS[-1]:
            return f"{value:.0f} {unit}" if unit == "B" or value >= 100 else f"{value:.1f} {unit}"
        value /= 1000
    raise AssertionError


def _rights(given: Material) -> Rights:
    current = given.access.decision
    assert current is not None, "a described item has been decided on"
    explained: Explanation = explain(current.decision, given.language)
    mark = marks().get(current.decision.mark)
    shown = tuple(one for one in explained.uses if one.use is not Use.DESCRIBE)
    kept = {
        duty.code: (duty.text(given.language), duty.ground(given.language))
        for one in shown
        for duty in one.duties
    }
    return Rights(
        sentence=next(one.why for one in shown if one.use is Use.REUSE),
        uses=shown,
        duties=tuple(kept.values()),
        elsewhere=explained.elsewhere,
        table=explained.table,
        mark=mark,
        decided=current.at,
    )


def credit_line(given: Material) -> str:
    """Write the line that names the source: title, maker, date, holder, mark, address."""
    described, language = given.description, given.language
    title = words.in_language(described.titles, language)[0].value
    maker = next((maker_name(agent, language).value for agent in described.agents if agent.names), "")
    date = next((words.years(date, language) or date.text for date in described.dates), "")
    holder = holder_name(described, given.stored.item.holder, given.known)
    mark = marks().get(given.access.decision.decision.mark) if given.access.decision else None
    parts = [
        f"「{title}」" if language == "ko" else f"“{title}”",
        maker,
        date,
        _("%(name)s 소장", name=holder.value) if holder else "",
        mark.label(language) if mark and mark.code != "none" else "",
        given.site.item_id(given.stored.item.id),
    ]
    return ", ".join(part for part in parts if part)
